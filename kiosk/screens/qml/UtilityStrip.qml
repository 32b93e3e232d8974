pragma ComponentBehavior: Bound
import QtQuick

// The same four keys in the same order on every screen; an empty place stays empty.
Item {
    id: strip

    required property var utilities
    readonly property int places: utilities.keys.length
    readonly property real gap: Theme.mm(6)
    readonly property real keyWidth: (width - (places - 1) * gap) / Math.max(1, places)
    readonly property real taken: utilities.keys.filter(key => key).length * (keyWidth + gap)

    Lines {
        visible: strip.utilities.note !== ""
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.leftHand ? strip.taken : 0
        width: strip.width - strip.taken
        text: strip.utilities.note
        role: "label"
        color: Theme.color("quiet")
    }
    Repeater {
        model: strip.places
        Item {
            id: place
            required property int index
            readonly property var control: strip.utilities.keys[index] ?? null
            x: (Theme.leftHand ? strip.places - 1 - index : index) * (strip.keyWidth + strip.gap)
            width: strip.keyWidth
            height: strip.height
            Loader {
                anchors.fill: parent
                active: !!place.control
                sourceComponent: KeyFace {
                    control: place.control
                    iconSize: Theme.large ? 14 : 10
                }
            }
        }
    }
}
