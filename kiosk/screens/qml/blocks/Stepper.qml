pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property bool above: Theme.large || Theme.landscape // the name stands above the keys
    readonly property real side: Theme.mm(Theme.large ? 34 : 24)
    readonly property real between: Theme.mm(Theme.large ? 38 : Theme.landscape ? 31 : 32)
    readonly property real otherWidth: Theme.mm(Theme.large ? 104 : Theme.landscape ? 56 : 54)
    readonly property bool under: Theme.large && Theme.landscape // the third key stands on a row of its own
    readonly property bool detailed: block.details !== ""
    readonly property real keysY: above ? Theme.mm(Theme.large ? (detailed ? 44 : 24) : 14) : (height - side) / 2
    implicitHeight: Theme.mm(Theme.large ? (under ? 98 : 60) + (detailed ? 20 : 0) : Theme.landscape ? 45 : 34) - (Theme.lowReach && !Theme.landscape && !Theme.large ? Theme.mm(2) : 0)
    readonly property real stepperX: above ? 0 : width - otherWidth - Theme.mm(5) - 2 * side - between

    Lines {
        id: name
        y: root.above ? Theme.mm(1) : (root.height - height - details.height) / 2
        width: root.above && !Theme.large && root.detailed ? Math.min(natural + 1, root.width) : root.above ? root.width : root.stepperX - Theme.mm(3)
        height: implicitHeight
        text: root.block.name
        role: Theme.landscape && !Theme.large ? "bodyBold" : "name"
        lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.32)
    }
    Lines {
        id: details
        readonly property bool beside: root.above && !Theme.large
        visible: root.detailed
        x: beside ? name.width + Theme.mm(4) : 0
        y: beside ? name.y + name.height - height : name.y + name.height
        width: beside ? root.width - x : name.width
        height: visible ? implicitHeight : 0
        text: root.block.details
        role: "label"
        color: Theme.color("quiet")
    }
    KeyFace {
        control: root.block.fewer
        x: root.stepperX
        y: root.keysY
        width: root.side
        height: root.side
        iconSize: 10
    }
    Lines {
        x: root.stepperX + root.side
        y: root.keysY + (root.side - implicitHeight) / 2
        width: root.between
        text: root.block.count
        role: "item"
        align: Text.AlignHCenter
    }
    KeyFace {
        control: root.block.more
        x: root.stepperX + root.side + root.between
        y: root.keysY
        width: root.side
        height: root.side
        iconSize: 10
    }
    KeyFace {
        control: root.block.other
        x: root.under ? 0 : root.width - width
        y: root.under ? root.keysY + root.side + Theme.mm(4) : root.keysY
        width: root.under ? root.width : root.otherWidth
        height: root.side
        role: "bodyBold"
    }
    Rectangle {
        visible: !Theme.large
        y: root.height - height
        width: root.width
        height: Math.max(1, Theme.mm(0.35))
        color: Theme.contrast ? Theme.color("hairline") : Theme.color("ahead")
        opacity: Theme.contrast ? 1 : 0.7
    }
}
