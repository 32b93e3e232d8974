pragma ComponentBehavior: Bound
import QtQuick

// Pages on the left, the matter in the middle, the resident's screen on the right, keys below.
Rectangle {
    id: desk

    property var screen: null
    readonly property bool ready: screen !== null
    readonly property bool tabbed: ready && screen.tabs.length > 0
    readonly property bool sided: ready && screen.aside.length > 0
    readonly property real margin: Theme.mm(8)
    readonly property real navWidth: tabbed ? Theme.mm(74) : 0
    readonly property real asideWidth: sided ? Math.min(Theme.mm(112), width * 0.3) : 0
    readonly property real headHeight: Theme.mm(18)
    readonly property real actionHeight: row.height + Theme.mm(10)
    readonly property bool acted: ready && (!!screen.action.back || !!screen.action.primary || !!screen.action.band || screen.extra.length > 0)

    color: Theme.color("paper")
    Accessible.role: Accessible.Pane
    Accessible.name: ready ? screen.title : ""

    // a key that is about to go
    readonly property var nothing: ({
            name: "",
            text: "",
            icon: "",
            chosen: false,
            note: "",
            value: "",
            spoken: "",
            font: "",
            enabled: false,
            turns: false
        })

    property string lastScene: ""
    property Item held: null // what got the keyboard last

    // What a key is in the moment before it goes, when the next screen has fewer.
    readonly property var noKey: ({
            name: "",
            text: "",
            icon: "",
            chosen: false,
            note: "",
            value: "",
            spoken: "",
            font: "",
            leads: false,
            tells: false,
            turns: false,
            enabled: false
        })

    function show(next: var) {
        const changed = next.scene !== lastScene;
        lastScene = next.scene;
        Theme.pitch = next.look.pitch;
        Theme.colors = next.colors;
        Theme.landscape = true;
        Theme.grows = true;
        Theme.spaced = next.look.language !== "ja";
        if (changed) {
            Touches.field = "";
            Touches.screenChanged();
        }
        screen = next;
        main.show(next.mainMark, next.main);
        aside.show(next.asideMark, next.aside);
        alerts.show(next.alertsMark, next.alerts);
        if (changed)
            flick.contentY = 0;
    }

    Rectangle {
        width: parent.width
        height: desk.headHeight
        z: 1
        color: Theme.color("paper")
        Loader {
            active: desk.ready
            x: desk.margin
            width: parent.width - 2 * x
            height: parent.height
            sourceComponent: DeskHead {
                header: desk.screen.header
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Math.max(1, Theme.mm(0.4))
            color: Theme.color("hairline")
        }
    }

    Rectangle {
        id: nav
        visible: desk.tabbed
        y: desk.headHeight
        width: desk.navWidth
        height: parent.height - y
        color: Theme.color("desk")
        Column {
            id: tabs
            x: Theme.mm(5)
            y: Theme.mm(6)
            width: parent.width - 2 * x
            spacing: Theme.mm(3)
            Repeater {
                model: desk.tabbed ? desk.screen.tabs.length : 0
                KeyFace {
                    required property int index
                    control: desk.screen.tabs[index] ?? desk.nothing
                    style: "tab"
                    role: "labelBold"
                    iconSize: 9
                    width: tabs.width
                    height: Theme.mm(17)
                }
            }
        }
    }
    Grid {
        id: below
        readonly property real keyWidth: Theme.mm(64)
        columns: desk.tabbed ? 1 : 2
        x: desk.tabbed ? Theme.mm(5) : desk.margin
        y: desk.height - height - Theme.mm(desk.tabbed ? 5 : 8)
        spacing: Theme.mm(2.5)
        Repeater {
            model: desk.ready ? desk.screen.keys.length : 0
            KeyFace {
                required property int index
                control: desk.screen.keys[index] ?? desk.nothing
                style: "tab"
                role: "label"
                iconSize: 8
                width: below.keyWidth
                height: Theme.mm(14)
            }
        }
    }

    Flickable {
        id: flick
        x: desk.navWidth + desk.margin
        y: desk.headHeight + Theme.mm(6) + (alerts.used ? alerts.used + Theme.mm(3) : 0)
        width: desk.width - x - desk.margin - (desk.sided ? desk.asideWidth + desk.margin : 0)
        height: desk.height - y - (desk.acted ? desk.actionHeight : Theme.mm(4))
        contentHeight: main.used + Theme.mm(4)
        contentWidth: width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        onHeightChanged: if (desk.held?.visible)
            reach(desk.held)
        interactive: contentHeight > height
        pixelAligned: true
        // what has the keyboard is in sight
        function reach(item: Item) {
            const top = item.mapToItem(main, 0, 0).y;
            const slack = Theme.mm(4);
            if (top - slack < contentY)
                contentY = Math.max(0, top - slack);
            else if (top + item.height + slack > contentY + height)
                contentY = Math.min(Math.max(0, contentHeight - height), top + item.height + slack - height);
        }
        Connections {
            target: Touches
            function onReached(item) {
                desk.held = item;
                flick.reach(item);
            }
        }
        Zone {
            id: main
            objectName: "zone:main"
            x: Theme.mm(3)
            width: flick.width - Theme.mm(6)
            height: used
        }
    }
    // What went wrong stands above the matter, and stays there however far that is scrolled. What is scrolled away is
    // covered here and below: dashed edges are not clipped.
    Rectangle {
        x: flick.x
        y: desk.headHeight
        width: flick.width
        height: flick.y - y
        color: Theme.color("paper")
        Zone {
            id: alerts
            objectName: "zone:alerts"
            x: Theme.mm(3)
            y: Theme.mm(5)
            width: parent.width - Theme.mm(6)
            height: used
        }
    }
    Rectangle {
        // where more is below, a bar says how far one is
        visible: flick.contentHeight > flick.height
        x: flick.x + flick.width + Theme.mm(1)
        y: flick.y + flick.height * flick.contentY / flick.contentHeight
        width: Theme.mm(1.6)
        height: flick.height * flick.height / flick.contentHeight
        radius: width / 2
        color: Theme.color("ahead")
    }
    Rectangle {
        visible: desk.sided
        x: desk.width - desk.asideWidth - desk.margin - Theme.mm(4)
        y: desk.headHeight
        width: desk.width - x
        height: desk.height - y
        color: Theme.color("desk")
    }
    Zone {
        id: aside
        objectName: "zone:aside"
        x: desk.width - desk.asideWidth - desk.margin + Theme.mm(2)
        y: desk.headHeight + Theme.mm(6)
        width: desk.asideWidth - Theme.mm(2)
        height: used
    }
    Item {
        id: row
        visible: desk.acted
        x: flick.x
        y: desk.height - desk.actionHeight
        width: flick.width
        // Keys between Back and the primary one stand above both where type is large.
        readonly property int between: desk.ready ? desk.screen.extra.length : 0
        readonly property bool stacked: between > 0 && width < Theme.mm(190)
        readonly property real above: stacked ? extras.height + Theme.mm(4) : 0
        height: above + action.height
        Rectangle {
            y: -Theme.mm(2)
            width: parent.width
            height: desk.height - row.y - y
            color: Theme.color("paper")
        }
        Rectangle {
            y: -Theme.mm(2)
            width: parent.width
            height: Math.max(1, Theme.mm(0.4))
            color: Theme.color("hairline")
        }
        ActionRow {
            id: action
            y: Theme.mm(2) + row.above
            width: parent.width
            height: Math.max(Theme.mm(20), need, row.stacked ? 0 : extras.needed)
            visible: desk.acted
            action: desk.ready ? desk.screen.action : ({
                    ends: true,
                    wide: false
                })
            // Back, the keys between and the primary one: narrower where there are many, or large type leaves less.
            readonly property int before: 1 + (row.stacked ? 0 : row.between)
            third: Math.min(Theme.mm(54), (width - before * gap) / (before + 1))
            mainWidth: Math.min(width - before * (third + gap), Theme.mm(140))
        }
        Row {
            id: extras
            readonly property real needed: {
                let most = 0;
                for (let i = 0; i < betweenKeys.count; i++)
                    most = Math.max(most, betweenKeys.itemAt(i)?.implicitHeight ?? 0);
                return most;
            }
            x: row.stacked ? 0 : action.third + action.gap
            y: Theme.mm(2)
            spacing: action.gap
            Repeater {
                id: betweenKeys
                model: row.between
                KeyFace {
                    required property int index
                    control: desk.screen.extra[index] ?? desk.noKey
                    role: "labelBold"
                    width: row.stacked ? (row.width - (row.between - 1) * action.gap) / row.between : action.third
                    height: row.stacked ? Math.max(Theme.mm(20), extras.needed) : action.height
                }
            }
        }
    }
}
