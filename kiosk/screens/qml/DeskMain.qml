pragma ComponentBehavior: Bound
import QtQuick

// The clerk's window.
Item {
    id: main

    required property var bridge

    function refresh() {
        Theme.still = bridge.still;
        if (bridge.screen)
            desk.show(JSON.parse(bridge.screen));
    }
    Component.onCompleted: refresh()

    Connections {
        target: main.bridge
        function onScreenChanged() {
            main.refresh();
        }
    }
    Connections {
        target: Touches
        function onTouched(name) {
            main.bridge.touch(name);
        }
        function onWrote(name, text) {
            main.bridge.write(name, text);
        }
        function onSecret(character) {
            main.bridge.secret.press(character);
        }
        function onSecretErased() {
            main.bridge.secret.eraseLast();
        }
    }
    Desk {
        id: desk
        anchors.fill: parent
    }
}
