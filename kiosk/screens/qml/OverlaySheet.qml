pragma ComponentBehavior: Bound
import QtQuick

// What lies over a screen: a sheet over the desk. What is under it can be read but not touched.
Item {
    id: over

    property var sheet: null
    property var grid: null
    property var shown: ({
            back: null,
            primary: null,
            band: null,
            hint: null,
            ends: true,
            wide: true
        })

    visible: !!sheet

    function show(screen: var) {
        sheet = screen.sheet;
        grid = screen.grid;
        if (!sheet)
            return;
        shown = sheet.action;
        blocks.show(screen.sheetMark, sheet.blocks);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.color("scrim")
        opacity: 0.55
    }
    Rectangle {
        visible: !!over.grid
        x: over.grid ? Theme.mm(over.grid.sheet.x) : 0
        y: over.grid ? Theme.mm(over.grid.sheet.y) : 0
        width: parent.width - x
        height: parent.height - y
        color: Theme.color("paper")
        Accessible.role: Accessible.Dialog
        Accessible.name: over.sheet ? over.sheet.voice : ""
        Rectangle {
            width: parent.width
            height: Theme.mm(1)
            color: Theme.color("ink")
        }
        Rectangle {
            visible: Theme.landscape
            width: Theme.mm(1)
            height: parent.height
            color: Theme.color("ink")
        }
    }
    Zone {
        id: blocks
        objectName: "zone:sheet"
        x: over.grid ? Theme.mm(over.grid.sheetContent.x) : 0
        y: over.grid ? Theme.mm(over.grid.sheetContent.y) : 0
        width: over.grid ? Theme.mm(over.grid.sheetContent.w) : 0
        height: over.grid ? Theme.mm(over.grid.sheetContent.h) : 0
    }
    ActionRow {
        action: over.shown
        x: over.grid ? Theme.mm(over.grid.action.x) : 0
        y: over.grid ? Theme.mm(over.grid.action.y) : 0
        width: over.grid ? Theme.mm(over.grid.action.w) : 0
        height: over.grid ? Theme.mm(over.grid.action.h) : 0
    }
}
