pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Math.max(icon.height, words.implicitHeight)
    Pictogram {
        id: icon
        name: "info"
        size: Theme.large ? 16 : root.block.role === "label" ? 9 : root.block.text.indexOf("\n") >= 0 ? 12 : 10
        anchors.verticalCenter: parent.verticalCenter
    }
    Lines {
        id: words
        x: icon.width + Theme.mm(root.block.role === "label" ? 4 : 6)
        width: root.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.text
        role: root.block.role
    }
}
