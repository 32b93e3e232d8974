pragma ComponentBehavior: Bound
import QtQuick

// On a key: a pictogram or a ring and words, together in the middle.
Item {
    id: root

    required property var face
    readonly property var control: face.control
    readonly property bool ringed: face.style === "ring"
    readonly property string icon: ringed ? "" : face.chosen && !control.icon ? "check" : control.icon
    readonly property real lead: ringed ? disc.width + Theme.mm(Theme.landscape ? 2 : 4) : icon ? picture.width + (control.text ? Theme.mm(Theme.large || face.role === "item" ? 5 : 2.5) : 0) : 0
    // Where keys grow, the room for words is the same chosen or not: choosing one moves nothing.
    readonly property real room: (Theme.grows ? face.width - Theme.mm(2.5) : width) - Theme.mm(0.8)
    implicitHeight: Math.max(words.height, icon ? picture.height : 0) + Theme.mm(5)

    Item {
        anchors.centerIn: parent
        width: root.lead + words.width
        height: Math.max(words.height, picture.height)
        Pictogram {
            id: picture
            name: root.icon
            ink: root.face.live ? "transparent" : Theme.color("quiet")
            size: root.face.iconSize
            anchors.verticalCenter: parent.verticalCenter
        }
        Ring {
            id: disc
            visible: root.ringed
            chosen: root.face.chosen
            anchors.verticalCenter: parent.verticalCenter
        }
        Lines {
            id: words
            x: root.lead
            room: Math.max(1, root.room - root.lead)
            width: text ? Math.ceil(shown) + 1 : 0
            anchors.verticalCenter: parent.verticalCenter
            text: root.control.text
            role: root.face.role
            bold: Theme.bold(root.face.role) || root.face.chosen
            lineHeight: Math.min(Theme.line(root.face.role), Theme.size(root.face.role) * 1.38)
            align: root.icon || root.ringed ? Text.AlignLeft : Text.AlignHCenter
            color: root.face.ink
            spoken: false
        }
    }
}
