pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Number and unit stay together; what became of the money stands beside them, or below.
Item {
    id: root
    required property var block
    readonly property bool below: rest.natural + figure.width + Theme.mm(4) > width
    implicitHeight: figure.lineHeight + (below ? alone.implicitHeight : 0)
    Lines {
        id: figure
        width: implicitWidth + 1
        text: root.block.amount.before + root.block.amount.figure
        role: "figure"
        lineHeight: Theme.mm(Theme.large ? 24 : 26)
    }
    Lines {
        id: whole
        x: figure.width + Theme.mm(4)
        y: Theme.mm(Theme.large ? 1 : 6)
        width: root.width - x
        text: root.below ? root.block.amount.after : root.block.amount.after + root.block.after
        role: Theme.large || Theme.landscape ? "item" : "lead"
        lineHeight: Theme.mm(Theme.large ? 22 : 16)
    }
    Lines {
        id: rest
        visible: false
        width: root.width
        text: root.block.amount.after + root.block.after
        role: whole.role
    }
    Lines {
        id: alone
        visible: root.below
        y: figure.lineHeight
        width: root.width
        text: root.block.alone
        role: whole.role
    }
}
