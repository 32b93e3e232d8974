pragma Singleton
import QtQuick

// Where keys tell that they were touched. A finger that rolls or bounces counts once, and a second touch that lands on a
// screen that has just changed is not taken for a choice on it.
QtObject {
    id: touches

    property double heldUntil: 0
    property string lastName: ""
    property double lastAt: 0

    readonly property int screenGuard: 220
    readonly property int bounceGuard: 70

    signal touched(string name)
    signal turned(int by)
    signal digit(int which)
    signal erasedLast
    signal erasedAll

    function screenChanged() {
        heldUntil = Theme.still ? 0 : Date.now() + screenGuard;
    }
    function accepts(name: string): bool {
        if (Theme.still)
            return true;
        const now = Date.now();
        const bounced = name === lastName && now - lastAt < bounceGuard;
        lastName = name;
        lastAt = now;
        return !bounced && now >= heldUntil;
    }
}
