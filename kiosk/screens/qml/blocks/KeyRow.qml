pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property real between: Theme.mm(block.between)
    readonly property real keyWidth: (width - (block.columns - 1) * between) / block.columns
    readonly property real needed: {
        let most = 0;
        for (let i = 0; Theme.grows && i < keys.count; i++)
            most = Math.max(most, keys.itemAt(i)?.implicitHeight ?? 0);
        return most;
    }
    implicitHeight: Math.max(Theme.mm(block.height), needed)
    Repeater {
        id: keys
        model: root.block.keys.length
        KeyFace {
            id: key
            required property int index
            control: root.block.keys[index]
            style: root.block.style
            role: root.block.style === "sign" && !Theme.large ? (control.text.length === 1 ? "lead" : Theme.landscape ? "labelBold" : "bodyBold") : root.block.style === "ring" ? (Theme.landscape && !Theme.large ? (Theme.spaced ? "labelBold" : "bodyBold") : Theme.spaced && !Theme.large ? "name" : "item") : root.block.columns === 1 && !Theme.large ? (Theme.landscape ? "name" : "item") : control.name.startsWith("language-") ? (root.block.height > 30 ? "itemPlain" : "label") : root.block.style === "plain" && root.block.columns === 2 && !Theme.large ? "bodyBold" : "labelBold"
            iconSize: Theme.large ? 14 : root.block.columns <= 2 ? 10 : 9
            x: Math.round(index * (root.keyWidth + root.between))
            width: Math.round(root.keyWidth)
            height: root.height
            onActed: if (control.turns)
                Touches.turned(1)
        }
    }
}
