pragma ComponentBehavior: Bound
import QtQuick

// Blocks one under the other. Their types never change during the life of this item: another shape is another item.
// A loaded item is never given a `Qt.binding` to begin with: Qt keeps each of those for ever.
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
            width: stack.width
            height: gap + ((loader.item as Item)?.implicitHeight ?? 0)
            Loader {
                id: loader
                y: place.gap
                width: place.width
                Component.onCompleted: setSource("blocks/" + place.block.type + ".qml", {
                    "block": place.block
                })
            }
            Binding {
                target: loader.item
                property: "block"
                value: place.block
                restoreMode: Binding.RestoreNone
            }
        }
    }
}
