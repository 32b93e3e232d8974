pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Blocks side by side.
Item {
    id: root
    required property var block
    readonly property int count: block.parts.length
    readonly property real between: Theme.mm(block.between)
    readonly property real room: width - (count - 1) * between
    readonly property var shares: block.shares.length === count ? block.shares : block.parts.map(() => 1)
    readonly property real total: shares.reduce((sum, each) => sum + each, 0)
    implicitHeight: row.height
    Row {
        id: row
        spacing: root.between
        Repeater {
            model: root.count
            Item {
                id: part
                required property int index
                readonly property var blocks: root.block.parts[index] ?? []
                property Item drawn: null
                width: Math.floor(root.room * root.shares[index] / root.total)
                height: drawn?.height ?? 0
                onBlocksChanged: if (drawn)
                    drawn.blocks = blocks
                onWidthChanged: if (drawn)
                    drawn.width = width
                Component.onCompleted: drawn = Qt.createComponent("../Blocks.qml").createObject(part, {
                    "blocks": blocks,
                    "width": width
                }) as Item
            }
        }
    }
}
