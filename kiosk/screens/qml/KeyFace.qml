pragma ComponentBehavior: Bound
import QtQuick

// A key of the model in one of the styles of a row of keys.
KeyBase {
    id: key

    required property var control
    property string style: "plain"
    property string role: "labelBold"
    property real iconSize: 9

    name: control.name
    spoken: control.spoken || control.text.replace(/\|/g, "").replace(/\n/g, " ") + (control.note ? " " + control.note : "")
    live: control.enabled
    chosen: control.chosen
    choosable: style === "card" || style === "ring" || style === "listed"
    sends: !control.turns

    implicitHeight: (words.item as Item)?.implicitHeight ?? 0

    Loader {
        id: words
        anchors.fill: parent
        sourceComponent: key.style === "setting" ? above : key.style === "tab" ? tab : ["plain", "sign", "ring"].includes(key.style) ? middle : listed
    }
    Component {
        id: middle
        KeyMiddle {
            face: key
        }
    }
    Component {
        id: tab
        KeyTab {
            face: key
        }
    }
    Component {
        id: above
        KeyAbove {
            face: key
        }
    }
    Component {
        id: listed
        KeyListed {
            face: key
        }
    }
}
