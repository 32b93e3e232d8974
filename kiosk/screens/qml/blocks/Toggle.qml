pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property bool stacked: Theme.large
    readonly property real keyHeight: Theme.mm(Theme.large ? 30 : 24)
    readonly property real keyWidth: stacked ? (width - Theme.mm(4)) / 2 : Theme.mm(Theme.landscape ? 42 : 47)
    readonly property real keysWidth: 2 * keyWidth + Theme.mm(stacked ? 4 : 3)
    implicitHeight: Theme.mm(Theme.large ? 54 : 33) - (Theme.lowReach && !Theme.large ? Theme.mm(1) : 0)
    Rectangle {
        width: root.width
        height: Math.max(1, Theme.mm(0.35))
        color: Theme.contrast ? Theme.color("hairline") : Theme.color("ahead")
        opacity: Theme.contrast ? 1 : 0.7
        visible: !root.stacked
    }
    Column {
        width: root.stacked ? root.width : root.width - root.keysWidth - Theme.mm(3)
        y: root.stacked ? 0 : (root.height - height) / 2
        Lines {
            width: parent.width
            text: root.block.name
            role: (Theme.landscape || Theme.spaced) && !Theme.large ? "bodyBold" : "name"
            lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.34)
        }
        Lines {
            visible: text !== "" && (!Theme.landscape || Theme.large)
            height: visible ? implicitHeight : 0
            width: parent.width
            text: root.block.reason
            role: "label"
            color: Theme.color("quiet")
        }
    }
    Repeater {
        model: root.block.keys.length
        KeyFace {
            required property int index
            control: root.block.keys[index]
            role: (Theme.landscape || Theme.spaced) && !Theme.large ? "labelBold" : "bodyBold"
            iconSize: Theme.large ? 12 : 8
            x: Math.round(root.width - root.keysWidth + index * (root.keysWidth - root.keyWidth))
            y: root.stacked ? Theme.mm(23) : (root.height - height) / 2
            width: Math.round(root.keyWidth)
            height: root.keyHeight
        }
    }
}
