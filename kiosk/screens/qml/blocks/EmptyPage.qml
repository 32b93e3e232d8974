pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Theme.mm(Theme.large ? 92 : Theme.landscape ? 120 : 121.5)
    DashedEdge {
        id: page
        visible: !Theme.large
        width: Theme.mm(Theme.landscape ? 100 : 86)
        height: parent.height
    }
    Lines {
        x: Theme.large || Theme.landscape ? (Theme.large ? 0 : Theme.mm(6)) : page.width + Theme.mm(12)
        width: Theme.landscape && !Theme.large ? page.width - 2 * x : root.width - x
        anchors.verticalCenter: Theme.large ? undefined : parent.verticalCenter
        text: root.block.text
        color: Theme.color("quiet")
    }
}
