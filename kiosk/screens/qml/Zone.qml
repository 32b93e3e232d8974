pragma ComponentBehavior: Bound
import QtQuick

// A part of the screen that is filled with blocks. While its shape stays the same its items stay too and only words
// change; another shape comes as new items, cross-fading where `fades`.
Item {
    id: zone

    property bool fades: false
    property Item current: null
    property string mark: ""
    readonly property real used: current ? current.height : 0

    function show(mark: string, blocks: var) {
        if (current && mark === zone.mark) {
            current.blocks = blocks;
            return;
        }
        const old = current;
        zone.mark = mark;
        current = stack.createObject(zone, {
            "blocks": blocks,
            "width": Qt.binding(() => zone.width)
        });
        if (!old)
            return;
        old.enabled = false;
        if (fades && Theme.motion) {
            const crossing = fade.createObject(zone, {
                "leaving": old,
                "coming": current
            }) as ParallelAnimation;
            crossing.start();
        } else {
            old.visible = false;
            old.destroy();
        }
    }

    Component {
        id: stack
        Blocks {}
    }
    Component {
        id: fade
        ParallelAnimation {
            id: crossing
            required property Item leaving
            required property Item coming
            NumberAnimation {
                target: crossing.leaving
                property: "opacity"
                to: 0
                duration: 160
            }
            NumberAnimation {
                target: crossing.coming
                property: "opacity"
                from: 0
                to: 1
                duration: 160
            }
            onFinished: {
                leaving.destroy();
                crossing.destroy();
            }
        }
    }
}
