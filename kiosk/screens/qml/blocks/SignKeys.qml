pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Capitals and digits. Which one was pressed goes to its pad and is told to nobody else: not to the model, not to a
// screen reader, not to a log.
Item {
    id: root
    required property var block
    readonly property string signs: "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    readonly property int columns: Theme.landscape ? 7 : 10
    readonly property int rows: Math.ceil((signs.length + 4) / columns)
    readonly property real gap: Theme.mm(3.1)
    readonly property real keyWidth: (width - (columns - 1) * gap) / columns
    readonly property real keyHeight: (height - (rows - 1) * gap) / rows
    readonly property int helpers: columns * rows - signs.length // places that are left, shared by two keys
    implicitHeight: Theme.mm(block.height - (Theme.lowReach ? 0 : Theme.landscape ? 3 : 8))

    Repeater {
        model: root.signs.length
        KeyBase {
            id: key
            required property int index
            readonly property string sign: root.signs[index]
            name: "sign-" + sign
            spoken: root.block.sign
            kind: "pin"
            sends: false
            x: Math.round((index % root.columns) * (root.keyWidth + root.gap))
            y: Math.round(Math.floor(index / root.columns) * (root.keyHeight + root.gap))
            width: Math.round(root.keyWidth)
            height: Math.round(root.keyHeight)
            onActed: Touches.sign(sign)
            Lines {
                anchors.centerIn: parent
                width: parent.width
                text: key.sign
                role: Theme.landscape || Theme.large ? "item" : "lead"
                lineHeight: Math.min(Theme.line(role), key.height - Theme.mm(2.4))
                align: Text.AlignHCenter
                color: Theme.color("pinInk")
                spoken: false
            }
        }
    }
    Repeater {
        model: 2
        KeyBase {
            id: erase
            required property int index
            readonly property int first: root.signs.length % root.columns
            readonly property int wide: Math.floor(root.helpers / 2)
            readonly property string words: index === 0 ? root.block.eraseOne : root.block.eraseAll
            name: index === 0 ? "erase-one" : "erase-all"
            spoken: words.replace("\n", " ")
            kind: "pin"
            sends: false
            x: Math.round((first + index * wide) * (root.keyWidth + root.gap))
            y: Math.round((root.rows - 1) * (root.keyHeight + root.gap))
            width: Math.round(wide * root.keyWidth + (wide - 1) * root.gap)
            height: Math.round(root.keyHeight)
            onActed: {
                if (index === 0)
                    Touches.erasedLast();
                else
                    Touches.erasedAll();
            }
            Lines {
                anchors.centerIn: parent
                width: parent.width
                text: erase.words
                role: Theme.large ? "bodyBold" : "labelBold"
                lineHeight: Math.min(Theme.mm(Theme.large ? 18 : 8), erase.height - Theme.mm(2.4))
                align: Text.AlignHCenter
                color: Theme.color("pinInk")
                spoken: false
            }
        }
    }
}
