pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property bool above: Theme.large || Theme.landscape
    readonly property real indent: above ? 0 : Theme.mm(40)
    implicitHeight: inside.y + inside.height
    // the label stands level with the first line beside it
    function firstLine(): real {
        const first = root.block.blocks[0];
        if (first.type === "SheetState")
            return Theme.mm(17);
        if (first.type === "MoneyLine")
            return Theme.mm(28);
        return first.type === "Numbered" ? Theme.mm(15) : Theme.line("body");
    }
    Rectangle {
        width: root.width
        height: Math.max(1, Theme.mm(0.35))
        color: Theme.color("hairline")
    }
    Lines {
        id: label
        y: root.above ? Theme.mm(2) : inside.y + (root.firstLine() - lineHeight) / 2
        width: root.above ? root.width : root.indent
        text: root.block.label
        role: Theme.landscape && !Theme.large ? "labelBold" : Theme.spaced && !Theme.large ? "name" : "item"
        color: Theme.color(root.above ? "quiet" : "ink")
        visible: !Theme.large
    }
    Blocks {
        id: inside
        x: root.indent
        y: Theme.mm(Theme.large ? (Theme.landscape ? 2 : 4) : root.above ? 12 : 10)
        width: root.width - x
        blocks: root.block.blocks
    }
}
