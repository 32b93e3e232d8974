pragma ComponentBehavior: Bound
import QtQuick

// Blocks one under the other. Their types never change during the life of this item: another shape is another item.
// They are not made by `Loader.setSource`: Qt (6.11) keeps the values that it is given for ever, with all they hold. The
// component is made here, so that what is in the blocks ends with them: one from elsewhere leaves it alive for a moment.
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
            Component.onCompleted: drawn = Qt.createComponent("blocks/" + block.type + ".qml").createObject(place, {
                "block": block,
                "y": gap,
                "width": width
            }) as Item
        }
    }
}
