pragma ComponentBehavior: Bound
import QtQuick

// Blocks one under the other. Their types never change during the life of this item: another shape is another item.
Column {
    id: stack

    required property var blocks

    Repeater {
        model: stack.blocks.length
        Item {
            id: place
            required property int index
            readonly property var block: stack.blocks[index]
            readonly property real gap: index === 0 && block.gap < 0 ? 0 : Theme.mm(block.gap)
            property Item drawn: null
            width: stack.width
            height: gap + (drawn?.implicitHeight ?? 0)
            onBlockChanged: if (drawn)
                drawn.block = block
            onWidthChanged: if (drawn)
                drawn.width = width
            onGapChanged: if (drawn)
                drawn.y = gap
            Component.onCompleted: drawn = BlockTypes.of(block.type).createObject(place, {
                "block": block,
                "y": gap,
                "width": width
            }) as Item
        }
    }
}
