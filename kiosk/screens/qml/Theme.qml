pragma Singleton
import QtQuick

// Millimetres to pixels, sizes of type, colours by role. Set once for each screen; everything else reads it.
QtObject {
    property real pitch: 0.248
    property bool landscape: false
    property bool large: false
    property bool contrast: false
    property bool lowReach: false
    property bool leftHand: false
    property bool grows: false // a key is as high as its words need: where a page can be scrolled
    property bool spaced: false // words stand apart, so a line may break at a space
    property bool still: true // no motion, no guard against a second touch
    property var colors: ({})

    readonly property string family: "BIZ UDPGothic"
    readonly property int radius: mm(3)
    readonly property bool motion: !still && !contrast

    // role: [em in mm, line in mm, bold]
    readonly property var standardType: ({
            label: [6.5, 10, false],
            labelBold: [6.5, 10, true],
            body: [8, 13, false],
            bodyBold: [8, 13, true],
            name: [9, 13, true],
            item: [10, 14, true],
            itemPlain: [10, 14, false],
            lead: [12, 17, true],
            title: landscape ? [13, 18, true] : [15, 20, true],
            figure: [20, 26, true],
            figurePlain: [20, 26, false],
            pinKey: lowReach ? [17, 18, true] : [22, 26, true],
            amount: [32, 37, true],
            amountSmall: [24, 30, true],
            unit: [15, 20, true],
            unitSmall: [11, 16, true]
        })
    readonly property var largeType: ({
            label: [16, 22, false],
            labelBold: [16, 22, true],
            body: [16, 22, false],
            bodyBold: [16, 22, true],
            name: [16, 22, true],
            item: [16, 22, true],
            itemPlain: [16, 22, false],
            lead: [18, 24, true],
            title: [19, 26, true],
            figure: [20, 26, true],
            figurePlain: [20, 26, false],
            pinKey: lowReach ? [17, 18, true] : [22, 26, true],
            amount: [32, 37, true],
            amountSmall: [26, 30, true],
            unit: [16, 20, true],
            unitSmall: [16, 20, true]
        })
    // On a lying panel two columns have no room for 16 mm: large type is twice the smallest size there.
    readonly property var largeLyingType: ({
            label: [13, 18, false],
            labelBold: [13, 18, true],
            body: [13, 18, false],
            bodyBold: [13, 18, true],
            name: [13, 18, true],
            item: [13, 18, true],
            itemPlain: [13, 18, false],
            lead: [15, 20, true],
            title: [16, 22, true],
            figure: [18, 22, true],
            figurePlain: [18, 22, false],
            pinKey: lowReach ? [17, 18, true] : [22, 26, true],
            amount: [28, 33, true],
            amountSmall: [22, 28, true],
            unit: [14, 18, true],
            unitSmall: [13, 18, true]
        })
    readonly property var type: !large ? standardType : landscape ? largeLyingType : largeType

    function mm(millimetres: real): int {
        return Math.round(millimetres / pitch);
    }
    function size(role: string): int {
        return mm(type[role][0]);
    }
    function line(role: string): int {
        return mm(type[role][1]);
    }
    function bold(role: string): bool {
        return type[role][2];
    }
    function color(role: string): color {
        return colors[role] ?? "#000000";
    }
}
