pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Math.max(words.implicitHeight, icon.height)
    Pictogram {
        id: icon
        name: root.block.icon
        size: Theme.landscape && !Theme.large ? 13 : 16
        anchors.verticalCenter: parent.verticalCenter
    }
    Lines {
        id: words
        x: icon.width + Theme.mm(Theme.landscape && !Theme.large ? 4 : 5)
        width: root.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.text
        role: Theme.landscape && !Theme.large ? "item" : "lead"
        color: Theme.color(root.block.tone)
    }
}
