pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A large picture as high as its room. A card moves 12 mm along its arrow, rests, and begins again.
Item {
    id: root
    required property var block
    readonly property bool moves: block.moving !== ""
    readonly property real room: Theme.mm(block.height)
    implicitHeight: room
    Accessible.ignored: true

    readonly property real ratio: block.ratio
    readonly property real drawnWidth: Math.min(width, Theme.mm(215), room * ratio)
    readonly property real drawnHeight: drawnWidth / ratio

    Item {
        anchors.centerIn: parent
        width: root.drawnWidth
        height: root.drawnHeight
        Pictogram {
            name: root.block.name
            width: parent.width
            height: parent.height
        }
        Pictogram {
            id: card
            name: root.moves ? "card-alone" : ""
            width: parent.width
            height: parent.height
            property real along: 0
            y: along * Theme.mm(12) * (root.block.moving === "up" ? -1 : 1)
            SequentialAnimation on along {
                running: root.moves && Theme.motion
                loops: Animation.Infinite
                NumberAnimation {
                    from: 0
                    to: 1
                    duration: 1200
                    easing.type: Easing.InOutQuad
                }
                PauseAnimation {
                    duration: 800
                }
            }
        }
    }
}
