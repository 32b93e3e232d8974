pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property bool stacked: Theme.landscape && !Theme.large
    implicitHeight: stacked ? counting.height + Theme.mm(8) + hand.height : Math.max(counting.height, hand.height)

    Item {
        id: counting
        width: line.x + line.width
        height: above.height + line.height
        readonly property bool two: root.block.before.indexOf("\n") >= 0
        readonly property string first: two ? root.block.before.split("\n")[0] : ""
        readonly property string second: two ? root.block.before.split("\n")[1] : root.block.before
        Lines {
            id: above
            visible: counting.two
            height: visible ? implicitHeight : 0
            width: implicitWidth + 1
            text: counting.first
        }
        Row {
            id: line
            y: above.height
            spacing: Theme.mm(3)
            height: Theme.mm(Theme.large ? 24 : 22)
            Lines {
                visible: text !== ""
                y: Theme.mm(Theme.large ? 2 : 6)
                width: implicitWidth + 1
                text: counting.second
                role: root.stacked ? "body" : Theme.large ? "body" : "itemPlain"
                lineHeight: Theme.mm(Theme.large ? 22 : 14)
            }
            Lines {
                width: implicitWidth + 1
                text: root.block.figure
                role: "figurePlain"
                lineHeight: line.height
            }
            Lines {
                y: Theme.mm(Theme.large ? 2 : 6)
                width: implicitWidth + 1
                text: root.block.after
                role: root.stacked ? "body" : Theme.large ? "body" : "itemPlain"
                lineHeight: Theme.mm(Theme.large ? 22 : 14)
            }
            Item {
                width: Theme.mm(1)
                height: 1
            }
            Row {
                visible: root.block.discs > 0
                y: Theme.mm(10)
                spacing: Theme.mm(2.4)
                Repeater {
                    model: root.block.discs
                    Rectangle {
                        width: Theme.mm(6)
                        height: width
                        radius: width / 2
                        color: Theme.color("ink")
                    }
                }
            }
        }
    }
    Item {
        id: hand
        visible: root.block.cover !== ""
        x: root.stacked ? 0 : Math.max(counting.width + Theme.mm(10), Theme.mm(96))
        y: root.stacked ? counting.height + Theme.mm(8) : Theme.mm(1)
        width: root.width - x
        height: visible ? Theme.mm(33) : 0
        Pictogram {
            id: picture
            name: hand.visible ? "hand-over-keys" : ""
            width: Theme.mm(43)
            height: Theme.mm(33)
        }
        Lines {
            x: picture.width + Theme.mm(6)
            width: hand.width - x
            anchors.verticalCenter: parent.verticalCenter
            text: root.block.cover
            lineHeight: Theme.mm(12)
        }
    }
}
