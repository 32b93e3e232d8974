pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A pointing board: groups of signs and then the signs of one on large keys, or a single sign and the two answers to it.
// What stands there comes from the pad by way of `Touches` and is in no model, in no log and in nobody's ear.
Item {
    id: root
    required property var block
    readonly property bool single: block.kind === "one-by-one"
    readonly property real gap: Theme.mm(4)
    readonly property real helperHeight: Theme.mm(Theme.lowReach ? 20.4 : Theme.large ? 26 : 24)
    readonly property real room: height - helperHeight - gap
    readonly property int columns: single ? 1 : Touches.offered.length === 4 ? 2 : Math.min(3, Math.max(1, Touches.offered.length))
    readonly property int rows: single ? 1 : Math.max(1, Math.ceil(Touches.offered.length / columns))
    implicitHeight: Theme.mm(block.height - (Theme.lowReach ? 0 : Theme.landscape ? 3 : 8))

    component Words: Lines {
        anchors.centerIn: parent
        width: parent.width
        align: Text.AlignHCenter
        color: Theme.color("pinInk")
        spoken: false
    }

    Rectangle {
        id: shown
        visible: root.single
        width: Math.min(root.width * 0.42, root.room)
        height: root.room
        radius: Theme.radius
        color: Theme.color("paper")
        border.width: Theme.mm(1.25)
        border.color: Theme.color("go")
        Text {
            anchors.centerIn: parent
            text: root.single ? (Touches.offered[0] ?? "") : ""
            textFormat: Text.PlainText
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Math.round(Math.min(parent.width, parent.height) * 0.8)
            color: Theme.color("ink")
            Accessible.ignored: true
        }
    }
    KeyBase {
        visible: root.single
        name: "board-this"
        spoken: root.block.this
        kind: "pin"
        sends: false
        x: Math.round(shown.width + root.gap)
        width: Math.round(root.width - x)
        height: Math.round((root.room - root.gap) / 2)
        onActed: Touches.pointed(0)
        Words {
            text: root.block.this
            role: "lead"
        }
    }
    KeyBase {
        visible: root.single
        name: "board-other"
        spoken: root.block.other
        kind: "pin"
        sends: false
        x: Math.round(shown.width + root.gap)
        y: Math.round((root.room + root.gap) / 2)
        width: Math.round(root.width - x)
        height: Math.round((root.room - root.gap) / 2)
        onActed: Touches.notThis()
        Words {
            text: root.block.other
            role: "lead"
        }
    }

    Repeater {
        model: root.single ? 0 : Touches.offered.length
        KeyBase {
            id: key
            required property int index
            readonly property string signs: Touches.offered[index] ?? ""
            // Two lines of a group stand one above the other: the key is as wide as it is high, more or less.
            readonly property string words: signs.length <= 3 ? signs.split("").join(" ") : signs.slice(0, Math.ceil(signs.length / 2)).split("").join(" ") + "\n" + signs.slice(Math.ceil(signs.length / 2)).split("").join(" ")
            name: "board-" + index
            spoken: root.block.sign
            kind: "pin"
            sends: false
            x: Math.round((index % root.columns) * (width + root.gap))
            y: Math.round(Math.floor(index / root.columns) * (height + root.gap))
            width: Math.round((root.width - (root.columns - 1) * root.gap) / root.columns)
            height: Math.round((root.room - (root.rows - 1) * root.gap) / root.rows)
            onActed: Touches.pointed(index)
            Text {
                anchors.centerIn: parent
                text: key.words
                textFormat: Text.PlainText
                horizontalAlignment: Text.AlignHCenter
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Math.round(key.signs.length > 1 ? Math.min(key.height * 0.3, key.width * 0.2) : Math.min(key.height, key.width) * 0.7)
                color: Theme.color("pinInk")
                Accessible.ignored: true
            }
        }
    }
    KeyBase {
        visible: !root.single && Touches.inGroup
        name: "board-groups"
        spoken: root.block.groups
        kind: "pin"
        sends: false
        y: Math.round(root.height - root.helperHeight)
        width: Math.round((root.width - root.gap) / 2)
        height: Math.round(root.helperHeight)
        onActed: Touches.notThis()
        Words {
            text: root.block.groups
            role: "labelBold"
        }
    }
    KeyBase {
        name: "erase-one"
        spoken: root.block.eraseOne.replace("\n", " ")
        kind: "pin"
        sends: false
        x: Math.round(root.single ? 0 : (root.width + root.gap) / 2)
        y: Math.round(root.height - root.helperHeight)
        width: Math.round(root.width - x)
        height: Math.round(root.helperHeight)
        onActed: Touches.erasedLast()
        Words {
            text: root.block.eraseOne
            role: "labelBold"
            lineHeight: Math.min(Theme.line(role), root.helperHeight - Theme.mm(2.4))
        }
    }
}
