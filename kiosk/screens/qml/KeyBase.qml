pragma ComponentBehavior: Bound
import QtQuick

// A physical key: an edge and a thick lower lip. It acts on touch-down and counts a long or rolling finger once. What
// stands on it is given as children.
FocusScope {
    id: base

    property string name
    property string spoken
    property bool live: true
    property bool chosen: false
    property bool choosable: false
    property string kind: "secondary" // secondary, primary, pin
    property bool sends: true // tells its name; otherwise only `acted` is emitted
    default property alias content: face.data
    readonly property bool down: tap.pressed
    readonly property color ink: kind === "primary" && live ? Theme.color("onGo") : kind === "pin" ? Theme.color("pinInk") : live ? Theme.color("ink") : Theme.color("quiet")

    signal acted

    readonly property int edgeWidth: kind === "primary" ? 0 : Theme.mm(chosen ? (Theme.contrast ? 1.5 : 1.25) : kind === "pin" ? 0.3 : (Theme.contrast ? 0.75 : 0.4))
    readonly property int lipHeight: Theme.mm(1.5)
    property real sink: tap.pressed ? Theme.mm(1) : 0

    objectName: "key:" + name
    activeFocusOnTab: live || activeFocus // Qt lets no item out of the chain while it has the keyboard

    Accessible.role: choosable ? Accessible.RadioButton : Accessible.Button
    Accessible.name: spoken
    Accessible.focusable: live
    Accessible.checkable: choosable
    Accessible.checked: chosen
    Accessible.onPressAction: base.act()

    function act() {
        if (!live || !Touches.accepts(name))
            return;
        acted();
        if (sends)
            Touches.touched(name);
    }

    onActiveFocusChanged: if (activeFocus)
        Touches.felt(name)

    Keys.onReturnPressed: act()
    Keys.onEnterPressed: act()
    Keys.onSpacePressed: act()

    Behavior on sink {
        enabled: Theme.motion && !tap.pressed
        NumberAnimation {
            duration: 120
        }
    }

    TapHandler {
        id: tap
        enabled: base.live
        acceptedButtons: Qt.LeftButton
        gesturePolicy: TapHandler.WithinBounds
        longPressThreshold: 0
        onPressedChanged: if (pressed)
            base.act()
    }

    // the lip and the edge are one rounded rectangle behind the face
    Rectangle {
        y: base.sink
        width: base.width
        height: base.height - base.sink
        visible: base.live
        radius: Theme.radius
        color: base.kind === "primary" ? Theme.color("goLip") : base.chosen ? Theme.color("go") : base.kind === "pin" ? Theme.color("pinLip") : Theme.color("lip")
    }
    DashedEdge {
        anchors.fill: parent
        visible: !base.live
    }
    Rectangle {
        id: face
        x: base.live ? base.edgeWidth : 0
        y: base.live ? base.edgeWidth + base.sink : 0
        width: base.width - 2 * x
        height: base.live ? base.height - 2 * base.edgeWidth - base.lipHeight : base.height
        radius: Math.max(0, Theme.radius - base.edgeWidth)
        color: {
            if (!base.live)
                return "transparent";
            if (base.kind === "primary")
                return base.down ? Theme.color("goLip") : Theme.color("go");
            if (base.kind === "pin")
                return base.down ? Theme.color("tint") : Theme.color("pinFace");
            return base.chosen || base.down ? Theme.color("tint") : Theme.color("face");
        }
    }

    // seen from any ground: a dark ring and a light one, clear of the key
    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.mm(Theme.contrast ? 2.5 : 2.5)
        visible: base.activeFocus
        color: "transparent"
        radius: Theme.radius + Theme.mm(2.5)
        border.width: Theme.mm(Theme.contrast ? 1.5 : 1)
        border.color: Theme.color("focusOuter")
        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.mm(1)
            visible: !Theme.contrast
            color: "transparent"
            radius: Theme.radius + Theme.mm(1.5)
            border.width: Theme.mm(0.75)
            border.color: Theme.color("focusInner")
        }
    }
}
