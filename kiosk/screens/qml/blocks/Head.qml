pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Theme.large ? Theme.line("label") + Theme.mm(1) : Theme.mm(15)
    Pictogram {
        id: icon
        name: root.block.icon
        size: Theme.large ? (Theme.landscape ? 13 : 16) : 9
        anchors.verticalCenter: parent.verticalCenter
    }
    Lines {
        id: words
        x: icon.visible ? icon.width + Theme.mm(Theme.large ? 5 : 4) : 0
        width: root.width - x - ending.width
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.text
        role: "bodyBold"
        color: Theme.color(root.block.tone)
    }
    Lines {
        id: ending
        visible: root.block.right !== ""
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: visible ? implicitWidth + 1 : 0
        text: root.block.right
        role: "label"
        color: Theme.color("quiet")
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: root.width
        height: Math.max(1, Theme.mm(0.35))
        color: Theme.color("hairline")
    }
}
