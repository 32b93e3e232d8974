pragma ComponentBehavior: Bound
import QtQuick

// On a key: pictogram, words and a note on the left; a value, and a ring or a chevron, on the right.
Item {
    id: root

    required property var face
    readonly property var control: face.control
    readonly property bool card: face.style === "card"
    readonly property bool leads: face.style === "wide" || !!control.leads
    readonly property bool narrow: Theme.landscape && !Theme.large
    implicitHeight: Math.max(words.height + note.height, control.icon ? picture.height : 0, value.visible ? value.height : 0) + Theme.mm(5)

    Item {
        anchors.fill: parent
        anchors.leftMargin: Theme.mm(Theme.landscape ? 3 : 6)
        anchors.rightMargin: anchors.leftMargin

        Pictogram {
            id: picture
            name: root.control.icon
            size: root.narrow && root.card ? 11 : root.leads && !Theme.large ? 15 : 16
            anchors.verticalCenter: parent.verticalCenter
        }
        Item {
            x: picture.visible ? picture.width + Theme.mm(root.narrow && root.card ? 3 : 7) : 0
            width: Math.max(1, ending.x - Theme.mm(2) - x)
            height: words.height + note.height
            anchors.verticalCenter: parent.verticalCenter
            Lines {
                id: words
                width: parent.width
                text: root.control.text
                role: Theme.large ? "lead" : root.narrow ? (root.card ? "bodyBold" : "name") : Theme.spaced && root.card ? "name" : "item"
                lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.34)
                color: root.control.tells ? Theme.color("quiet") : root.face.ink
                spoken: false
            }
            Lines {
                id: note
                y: words.height
                width: parent.width
                height: visible ? implicitHeight : 0
                visible: text !== ""
                text: root.control.note
                role: "label"
                color: Theme.color("quiet")
                spoken: false
            }
        }
        Item {
            id: ending
            x: parent.width - width
            width: (value.visible ? value.width + Theme.mm(5) : 0) + mark.width
            height: parent.height
            Lines {
                id: value
                visible: text !== ""
                width: visible ? implicitWidth + 1 : 0
                anchors.verticalCenter: parent.verticalCenter
                text: root.control.value
                role: "itemPlain"
                color: root.face.ink
                spoken: false
            }
            Item {
                id: mark
                x: parent.width - width
                width: Theme.mm(Theme.large ? 13 : Theme.landscape ? 7 : 8)
                height: parent.height
                Ring {
                    anchors.centerIn: parent
                    visible: !root.leads && !root.control.tells && root.face.live
                    chosen: root.face.chosen
                }
                Pictogram {
                    anchors.centerIn: parent
                    name: root.leads ? "chevron-right" : root.control.tells ? "info" : ""
                    size: Theme.large ? 12 : 9
                }
            }
        }
    }
}
