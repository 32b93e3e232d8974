pragma Singleton
import QtQuick

// Where keys tell that they were touched. A finger that rolls or bounces counts once, and a second touch that lands on a
// screen that has just changed is not taken for a choice on it.
QtObject {
    id: touches

    property string lastName: ""
    property string field: "" // of the clerk's window: which one has the keyboard

    // What a pointing board offers: from the pad to its keys, past every model.
    property var offered: []
    property bool inGroup: false

    // Timers, not the time of day: a clock that is set back must not deafen the screen.
    readonly property Timer screenGuard: Timer {
        interval: 220
    }
    readonly property Timer bounceGuard: Timer {
        interval: 70
    }

    signal touched(string name)
    signal felt(string name)
    signal turned(int by)
    signal digit(int which)
    signal sign(string which)
    signal pointed(int key)
    signal notThis
    signal erasedLast
    signal erasedAll
    signal wrote(string name, string text) // a text field of the clerk's window
    signal secret(string character)
    signal secretErased
    signal reached(var item) // what has the keyboard now

    function screenChanged() {
        if (!Theme.still)
            screenGuard.restart();
    }
    function accepts(name: string): bool {
        if (Theme.still)
            return true;
        const bounced = bounceGuard.running && name === lastName;
        if (bounced || screenGuard.running)
            return false;
        lastName = name;
        bounceGuard.restart();
        return true;
    }
}
