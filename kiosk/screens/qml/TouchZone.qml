pragma ComponentBehavior: Bound
import QtQuick

// What can be touched, in pages when it needs more room than there is. A first page that is a menu only leads on.
Item {
    id: zone

    property var pages: []
    property string mark: ""
    property bool menu: false
    property var pageKeys: ["", ""]
    property int page: 0
    readonly property bool turned: pages.length > 1 && !(menu && page === 0)
    readonly property alias used: blocks.used
    readonly property real room: turned ? pager.y - Theme.mm(3) : height

    function show(mark: string, pages: var, menu: bool, pageKeys: var) {
        if (mark !== zone.mark)
            page = 0;
        zone.mark = mark;
        zone.pages = pages;
        zone.menu = menu;
        zone.pageKeys = pageKeys;
        fill();
    }
    function turn(by: int) {
        page = Math.max(0, Math.min(pages.length - 1, page + by));
        fill();
    }
    function fill() {
        blocks.show(mark + "#" + page, pages[page] ?? []);
    }

    Zone {
        id: blocks
        width: parent.width
        height: current ? current.height : 0
    }
    Connections {
        target: Touches
        function onTurned(by) {
            zone.turn(by);
        }
    }

    Item {
        id: pager
        visible: zone.turned
        width: parent.width
        height: Theme.mm(Theme.large ? 24 : 21)
        y: parent.height - height
        readonly property real third: (width - 2 * Theme.mm(6)) / 3
        KeyFace {
            width: pager.third
            height: parent.height
            iconSize: 12
            control: ({
                    name: "page-earlier",
                    text: Theme.large ? "" : zone.pageKeys[0],
                    icon: Theme.large ? "chevron-left" : "",
                    chosen: false,
                    note: "",
                    value: "",
                    spoken: zone.pageKeys[0],
                    font: "",
                    enabled: zone.page > 0,
                    turns: true
                })
            onActed: zone.turn(-1)
        }
        Lines {
            x: pager.third + Theme.mm(6)
            width: pager.third
            anchors.verticalCenter: parent.verticalCenter
            text: (zone.page + (zone.menu ? 0 : 1)) + "/" + (zone.pages.length - (zone.menu ? 1 : 0))
            role: "item"
            align: Text.AlignHCenter
        }
        KeyFace {
            x: 2 * (pager.third + Theme.mm(6))
            width: pager.third
            height: parent.height
            iconSize: 12
            control: ({
                    name: "page-later",
                    text: Theme.large ? "" : zone.pageKeys[1],
                    icon: Theme.large ? "chevron-right" : "",
                    chosen: false,
                    note: "",
                    value: "",
                    spoken: zone.pageKeys[1],
                    font: "",
                    enabled: zone.page < zone.pages.length - 1,
                    turns: true
                })
            onActed: zone.turn(1)
        }
    }
}
