pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property bool stacked: Theme.landscape || Theme.large
    readonly property real cell: stacked ? width : (width - Theme.mm(6)) / 2
    implicitHeight: flow.height
    Grid {
        id: flow
        columns: root.stacked ? 1 : 2
        columnSpacing: Theme.mm(6)
        rowSpacing: Theme.mm(Theme.large && !Theme.landscape && !Theme.lowReach ? 8 : 4)
        Repeater {
            model: root.block.places.length
            Item {
                id: place
                required property int index
                readonly property var said: root.block.places[index]
                width: root.cell
                height: Math.max(picture.visible ? picture.height : 0, words.height)
                Pictogram {
                    id: picture
                    name: place.said.picture
                    width: Theme.mm(Theme.landscape ? 36 : 45)
                    height: Theme.mm(Theme.landscape ? 37.5 : 47)
                }
                Column {
                    id: words
                    x: picture.visible ? picture.width + Theme.mm(8) : 0
                    width: place.width - x
                    anchors.verticalCenter: parent.verticalCenter
                    Lines {
                        width: parent.width
                        text: place.said.head
                        role: Theme.large ? "label" : "item"
                        color: Theme.color(Theme.large ? "quiet" : "ink")
                    }
                    Lines {
                        width: parent.width
                        text: place.said.text
                        lineHeight: Theme.large ? Theme.line("body") : Theme.mm(12)
                    }
                }
            }
        }
    }
}
