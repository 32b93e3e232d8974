pragma ComponentBehavior: Bound
import QtQuick

// On a key of a list of pages: pictogram and words from the left, a value at the right.
Item {
    id: root

    required property var face
    readonly property var control: face.control
    implicitHeight: words.height + Theme.mm(5)

    Pictogram {
        id: picture
        x: Theme.mm(3)
        name: root.control.icon
        size: root.face.iconSize
        ink: root.face.live ? "transparent" : Theme.color("quiet")
        anchors.verticalCenter: parent.verticalCenter
    }
    Lines {
        id: words
        x: picture.visible ? Theme.mm(6) + picture.width : Theme.mm(4)
        width: root.width - x - value.width - Theme.mm(3)
        anchors.verticalCenter: parent.verticalCenter
        text: root.control.text
        role: root.face.role
        bold: Theme.bold(root.face.role) || root.face.chosen
        lineHeight: Theme.size(role) * 1.3
        color: root.face.ink
        spoken: false
    }
    Lines {
        id: value
        visible: text !== ""
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(3)
        anchors.verticalCenter: parent.verticalCenter
        width: visible ? implicitWidth + 1 : 0
        text: root.control.value
        role: "labelBold"
        color: root.face.ink
        spoken: false
    }
}
