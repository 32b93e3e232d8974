import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: figure.lineHeight + (below ? after.implicitHeight : 0)
    readonly property bool below: figure.width + Theme.mm(5) + after.natural > width
    Lines {
        id: figure
        width: implicitWidth + 1
        text: root.block.before + root.block.figure
        role: "figure"
        lineHeight: Theme.mm(Theme.large ? 24 : 26)
    }
    Lines {
        id: after
        x: root.below ? 0 : figure.width + Theme.mm(5)
        y: root.below ? figure.lineHeight : Theme.mm(Theme.large ? 1 : 6)
        width: root.width - x
        text: root.block.after
        role: Theme.large || Theme.landscape ? "item" : "lead"
        lineHeight: Theme.mm(Theme.large ? 22 : 16)
    }
}
