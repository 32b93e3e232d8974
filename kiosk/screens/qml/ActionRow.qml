pragma ComponentBehavior: Bound
import QtQuick

// Back on the left third, the primary key on the right two thirds: always there. A band stands in its place while
// something is waited for. The primary key comes first for those who go through the keys one by one.
Item {
    id: row

    required property var action

    readonly property real gap: Theme.mm(6)
    property real third: (width - gap) / 3
    readonly property bool wide: action.wide || (!action.back && !!action.band)
    property real mainWidth: wide ? width : width - third - gap
    // how high it has to be for all words
    readonly property real need: Math.max(primary.visible ? onward.implicitHeight : 0, back.visible ? back.implicitHeight - Theme.mm(5) : 0, band.visible ? saying.height : 0) + Theme.mm(5)
    readonly property bool mirrored: Theme.leftHand && !wide

    Item {
        visible: !!row.action.hint
        x: row.mirrored ? row.width - width : 0
        width: row.third
        height: row.height
        Pictogram {
            id: hintIcon
            name: row.action.hint ? row.action.hint.icon : ""
            size: 12
            anchors.verticalCenter: parent.verticalCenter
        }
        Lines {
            x: hintIcon.visible ? hintIcon.width + Theme.mm(4) : 0
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            text: row.action.hint ? row.action.hint.text : ""
            role: "label"
        }
    }
    KeyBase {
        id: primary
        readonly property var control: row.action.primary ?? row.nothing
        visible: !!row.action.primary
        enabled: visible
        name: control.name
        spoken: control.spoken || control.text
        live: control.enabled
        kind: "primary"
        x: row.mirrored || row.wide ? 0 : row.width - width
        width: row.mainWidth
        height: row.height
        Lines {
            id: onward
            // Words and chevron never meet where the row is as high as the words need.
            readonly property bool pushed: Theme.grows && chevron.visible && implicitWidth > primary.width - Theme.mm(38)
            anchors.centerIn: parent
            anchors.horizontalCenterOffset: pushed ? -Theme.mm(8) : 0
            width: Math.min(implicitWidth + 1, primary.width - Theme.mm(pushed ? 24 : 8))
            text: primary.control.text
            role: primary.live ? "lead" : "item"
            lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.34)
            align: Text.AlignHCenter
            color: primary.ink
            spoken: false
        }
        Pictogram {
            id: chevron
            visible: primary.live && !row.action.ends && (!Theme.large || row.wide)
            name: "chevron-right"
            ink: Theme.color("onGo")
            size: Theme.large ? 16 : 12
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: Theme.mm(6)
        }
    }
    KeyFace {
        id: back
        visible: !!row.action.back
        enabled: visible
        control: row.action.back ?? row.nothing
        x: row.mirrored ? row.width - width : 0
        width: row.third
        height: row.height
        role: Theme.large ? "lead" : Theme.landscape ? "name" : "item"
        iconSize: Theme.landscape ? 9 : 11
    }
    Rectangle {
        id: band
        objectName: "box:band"
        readonly property var words: row.action.band ?? ({
                icon: "",
                text: "",
                figure: "",
                after: ""
            })
        visible: !!row.action.band
        x: row.mirrored || row.wide ? 0 : row.width - width
        width: row.mainWidth
        height: row.height
        color: Theme.color("tint")
        border.width: Theme.contrast ? Theme.mm(1.5) : 0
        border.color: Theme.color("tintEdge")
        Accessible.role: Accessible.StaticText
        Accessible.name: words.text + " " + words.figure + " " + words.after

        Row {
            id: saying
            anchors.centerIn: parent
            spacing: Theme.mm(Theme.landscape ? 3 : 5)
            Pictogram {
                id: bandIcon
                name: band.words.icon
                size: Theme.landscape && !Theme.large ? 10 : 12
                anchors.verticalCenter: parent.verticalCenter
            }
            Row {
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.mm(3)
                Lines {
                    id: before
                    // On a page that scrolls, words take two lines where there is no room for one.
                    width: !Theme.grows ? implicitWidth + 1 : Math.min(implicitWidth + 1, band.width - bandIcon.width - 2 * saying.spacing - Theme.mm(4))
                    text: band.words.text
                    role: Theme.landscape && !Theme.large ? "name" : "item"
                    spoken: false
                }
                Lines {
                    visible: text !== ""
                    width: implicitWidth + 1
                    lineHeight: before.lineHeight
                    y: -Theme.mm(1)
                    text: band.words.figure
                    role: Theme.landscape && !Theme.large ? "lead" : "title"
                    spoken: false
                }
                Lines {
                    visible: text !== ""
                    width: implicitWidth + 1
                    text: band.words.after
                    role: before.role
                    spoken: false
                }
            }
        }
    }

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
}
