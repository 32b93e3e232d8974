pragma ComponentBehavior: Bound
import QtQuick

// On a key: a pictogram above words.
Item {
    id: root

    required property var face
    implicitHeight: picture.height + words.height + Theme.mm(5)

    Item {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.mm(0.5)
        height: picture.height + words.height
        Pictogram {
            id: picture
            name: root.face.control.icon
            size: Theme.large ? 17 : 13
            anchors.horizontalCenter: parent.horizontalCenter
        }
        Lines {
            id: words
            y: picture.height
            width: parent.width
            text: root.face.control.text
            role: "labelBold"
            align: Text.AlignHCenter
            lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.38)
            color: root.face.ink
            spoken: false
        }
    }
}
