pragma ComponentBehavior: Bound
import QtQuick

// The window: the panel at the left, and beside it the bench when there is one.
Item {
    id: main

    required property var bridge

    function refresh() {
        Theme.pitch = bridge.pitch;
        Theme.still = bridge.still;
        if (bridge.screen)
            kiosk.show(JSON.parse(bridge.screen));
    }
    Component.onCompleted: refresh()

    Connections {
        target: main.bridge
        function onScreenChanged() {
            main.refresh();
        }
    }
    Connections {
        target: main.bridge.pin
        function onOfferedChanged() {
            Touches.offered = main.bridge.pin.offered;
            Touches.inGroup = main.bridge.pin.inGroup;
        }
    }
    Connections {
        target: Touches
        function onTouched(name) {
            main.bridge.touch(name);
        }
        function onFelt(name) {
            main.bridge.feel(name);
        }
        function onDigit(which) {
            main.bridge.pin.press(which);
        }
        function onSign(which) {
            main.bridge.pin.type(which);
        }
        function onPointed(key) {
            main.bridge.pin.point(key);
        }
        function onNotThis() {
            main.bridge.pin.other();
        }
        function onErasedLast() {
            main.bridge.pin.eraseLast();
        }
        function onErasedAll() {
            main.bridge.pin.eraseAll();
        }
    }
    Rectangle {
        anchors.fill: parent
        color: "#33373d"
    }
    Kiosk {
        id: kiosk
        width: main.bridge.panelWidth
        height: main.bridge.panelHeight
        clip: true
    }
    Loader {
        x: kiosk.width
        width: main.width - x
        height: main.height
        active: main.bridge.bench !== ""
        sourceComponent: BenchPanel {
            bridge: main.bridge
        }
    }
}
