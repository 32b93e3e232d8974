pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Twelve keys. Which digit was pressed goes to the PIN pad and is told to nobody else: not to the model, not to a screen
// reader, not to a log.
Item {
    id: root
    required property var block
    readonly property bool full: Theme.landscape
    readonly property real gap: Theme.mm(Theme.lowReach ? 3.2 : 4)
    readonly property real keyWidth: full ? (width - 2 * gap) / 3 : Theme.mm(Theme.large ? 73.5 : 58)
    readonly property real start: (width - 3 * keyWidth - 2 * gap) / 2
    readonly property real keyHeight: (height - 3 * gap) / 4
    readonly property real tall: Theme.mm(block.height - (Theme.lowReach ? 0 : Theme.large ? 2 : Theme.landscape ? 5 : 10))
    implicitHeight: tall

    Repeater {
        model: 12
        KeyBase {
            id: key
            required property int index
            readonly property int which: index < 9 ? index + 1 : index === 10 ? 0 : -1
            readonly property string words: index === 9 ? root.block.eraseAll : index === 11 ? root.block.eraseOne : ""
            name: which >= 0 ? "digit-" + which : index === 9 ? "erase-all" : "erase-one"
            spoken: which >= 0 ? root.block.digit : words.replace("\n", " ")
            kind: "pin"
            sends: false
            x: Math.round(root.start + (index % 3) * (root.keyWidth + root.gap))
            y: Math.round(Math.floor(index / 3) * (root.keyHeight + root.gap))
            width: Math.round(root.keyWidth)
            height: Math.round(root.keyHeight)
            onActed: {
                if (which >= 0)
                    Touches.digit(which);
                else if (index === 9)
                    Touches.erasedAll();
                else
                    Touches.erasedLast();
            }
            Lines {
                anchors.centerIn: parent
                width: parent.width
                text: key.which >= 0 ? String(key.which) : key.words
                role: key.which >= 0 ? "pinKey" : "bodyBold"
                lineHeight: key.which >= 0 ? Math.min(Theme.line(role), key.height) : Theme.mm(!Theme.large ? (Theme.lowReach ? 9 : 10.5) : Theme.landscape ? 14 : 17)
                align: Text.AlignHCenter
                color: Theme.color("pinInk")
                spoken: false
            }
        }
    }
}
