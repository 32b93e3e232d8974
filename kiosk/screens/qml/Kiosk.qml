pragma ComponentBehavior: Bound
import QtQuick

// The panel: grounds, header, step bar, what is read, what is touched, action row, utilities, and what lies over them.
Item {
    id: kiosk

    property var screen: null
    readonly property bool ready: screen !== null
    readonly property bool covered: ready && !!screen.sheet

    Accessible.role: Accessible.Pane
    Accessible.name: ready ? screen.title : ""
    Accessible.description: ready ? screen.voice : ""

    // a tactile keypad types like a keyboard; its digits go where those of the screen go
    focus: true
    Keys.onPressed: event => {
        if (!ready || covered || screen.grid.shield.length === 0)
            return;
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
            Touches.digit(event.key - Qt.Key_0);
        else if (event.key === Qt.Key_Backspace)
            Touches.erasedLast();
        else if (event.key === Qt.Key_Escape)
            Touches.erasedAll();
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
            Touches.touched("primary");
        else
            return;
        event.accepted = true;
    }

    property string lastScene: ""

    function show(next: var) {
        const changed = next.scene !== lastScene;
        lastScene = next.scene;
        Theme.colors = next.colors;
        Theme.landscape = next.look.landscape;
        Theme.large = next.look.large;
        Theme.contrast = next.look.contrast;
        Theme.lowReach = next.look.lowReach;
        Theme.leftHand = next.look.leftHand;
        Theme.spaced = next.look.language !== "ja";
        if (changed)
            Touches.screenChanged();
        screen = next;
        read.show(next.readMark, next.read);
        touch.show(next.pagesMark, next.pages, next.menu, next.pageKeys);
        foot.show(next.footMark, next.foot);
        over.show(next);
        if (changed)
            kiosk.forceActiveFocus();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.color("paper")
    }

    component Ground: Rectangle {
        property var rect
        property bool seamed: false
        x: Theme.mm(rect.x)
        y: Theme.mm(rect.y)
        width: rect.x + rect.w > (Theme.landscape ? 336 : 266) ? kiosk.width - x : Theme.mm(rect.w)
        height: Theme.mm(rect.y + rect.h) - y
        Rectangle {
            visible: Theme.contrast && parent.y > 0
            width: parent.width
            height: Theme.mm(0.75)
            color: Theme.color("seam")
        }
        Rectangle {
            visible: Theme.contrast && Theme.landscape && parent.x > 0
            width: Theme.mm(0.75)
            height: parent.height
            color: Theme.color("seam")
        }
    }
    Repeater {
        model: kiosk.ready ? kiosk.screen.grid.desk : []
        Ground {
            required property var modelData
            rect: modelData
            color: Theme.color("desk")
        }
    }
    Repeater {
        model: kiosk.ready ? kiosk.screen.grid.shield : []
        Ground {
            required property var modelData
            rect: modelData
            color: Theme.color("shield")
        }
    }
    Rectangle {
        y: kiosk.ready ? Theme.mm(kiosk.screen.grid.rule) : 0
        width: parent.width
        height: parent.height - y
        color: Theme.color("paper")
        Rectangle {
            width: parent.width
            height: Math.max(1, Theme.mm(0.5))
            color: Theme.color("hairline")
        }
    }

    component Placed: Item {
        property var rect: ({
                x: 0,
                y: 0,
                w: 0,
                h: 0
            })
        x: Theme.mm(rect.x)
        y: Theme.mm(rect.y)
        width: Theme.mm(rect.w)
        height: Theme.mm(rect.h)
    }

    FocusScope {
        id: under
        anchors.fill: parent
        enabled: !kiosk.covered

        Loader {
            active: kiosk.ready && !!kiosk.screen.header
            x: active ? Theme.mm(kiosk.screen.grid.header.x) : 0
            y: active ? Theme.mm(kiosk.screen.grid.header.y) : 0
            width: active ? Theme.mm(kiosk.screen.grid.header.w) : 0
            height: active ? Theme.mm(kiosk.screen.grid.header.h) : 0
            sourceComponent: HeaderBar {
                header: kiosk.screen.header ?? ({
                        emblem: false,
                        municipality: "",
                        place: "",
                        date: "",
                        time: ""
                    })
            }
        }
        Loader {
            active: kiosk.ready && !!kiosk.screen.steps
            x: active ? Theme.mm(kiosk.screen.grid.steps.x) : 0
            y: active ? Theme.mm(kiosk.screen.grid.steps.y) : 0
            width: active ? Theme.mm(kiosk.screen.grid.steps.w) : 0
            height: active ? Theme.mm(kiosk.screen.grid.steps.h) : 0
            sourceComponent: Theme.large ? bars : line
            readonly property var steps: kiosk.ready && kiosk.screen.steps ? kiosk.screen.steps : ({
                    names: ["", ""],
                    now: 1,
                    large: "",
                    spoken: ""
                })
            id: stepsLoader
            Component {
                id: line
                StepBar {
                    steps: stepsLoader.steps
                }
            }
            Component {
                id: bars
                StepBars {
                    steps: stepsLoader.steps
                }
            }
        }
        Zone {
            id: read
            objectName: "zone:read"
            fades: true
            x: kiosk.ready ? Theme.mm(kiosk.screen.grid.read.x) : 0
            y: kiosk.ready ? Theme.mm(kiosk.screen.grid.read.y) : 0
            width: kiosk.ready ? Theme.mm(kiosk.screen.grid.read.w) : 0
            height: kiosk.ready ? Theme.mm(kiosk.screen.grid.read.h) : 0
        }
        TouchZone {
            id: touch
            objectName: "zone:lower"
            x: kiosk.ready ? Theme.mm(kiosk.screen.grid.lower.x) : 0
            y: kiosk.ready ? Theme.mm(kiosk.screen.grid.lower.y) : 0
            width: kiosk.ready ? Theme.mm(kiosk.screen.grid.lower.w) : 0
            height: kiosk.ready ? Theme.mm(kiosk.screen.grid.lower.h) : 0
        }
        Zone {
            id: foot
            objectName: "zone:foot"
            x: touch.x
            y: touch.y + touch.height - used
            width: touch.width
            height: used
        }
        ActionRow {
            visible: kiosk.ready
            action: kiosk.ready ? kiosk.screen.action : over.shown
            x: kiosk.ready ? Theme.mm(kiosk.screen.grid.action.x) : 0
            y: kiosk.ready ? Theme.mm(kiosk.screen.grid.action.y) : 0
            width: kiosk.ready ? Theme.mm(kiosk.screen.grid.action.w) : 0
            height: kiosk.ready ? Theme.mm(kiosk.screen.grid.action.h) : 0
        }
        Loader {
            active: kiosk.ready
            x: kiosk.ready ? Theme.mm(kiosk.screen.grid.utilities.x) : 0
            y: kiosk.ready ? Theme.mm(kiosk.screen.grid.utilities.y) : 0
            width: kiosk.ready ? Theme.mm(kiosk.screen.grid.utilities.w) : 0
            height: kiosk.ready ? Theme.mm(kiosk.screen.grid.utilities.h) : 0
            sourceComponent: UtilityStrip {
                utilities: kiosk.screen.utilities
            }
        }
    }
    OverlaySheet {
        id: over
        anchors.fill: parent
        enabled: kiosk.covered
    }
}
