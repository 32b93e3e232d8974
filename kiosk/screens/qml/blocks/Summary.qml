pragma ComponentBehavior: Bound
import QtQuick
import ".."

// What the choice gives. Upright: the page left, words right. Lying: words on top, the page below. Large: words only.
Item {
    id: root
    required property var block
    readonly property bool pictured: !!block.paper && !Theme.large
    readonly property bool listed: pictured && block.paper.lines.length > 0
    readonly property bool beside: pictured && !Theme.landscape
    implicitHeight: beside ? Math.max(page.height, words.height) : words.height + (pictured ? Theme.mm(5) + Math.max(page.height, notes.height) : 0)

    PaperPage {
        id: page
        visible: root.pictured
        paper: root.block.paper ?? ({
                title: "",
                lines: [],
                dense: false
            })
        y: root.beside ? 0 : words.height + Theme.mm(5)
        width: Theme.mm(Theme.landscape ? (root.listed ? 74 : 46) : 86)
        height: Theme.mm(Theme.landscape ? (root.listed ? 76 : 64) : 121.5)
    }
    Column {
        id: words
        x: root.beside ? page.width + Theme.mm(12) : 0
        width: root.width - x
        Lines {
            visible: text !== ""
            width: parent.width
            text: root.block.intro
            role: "label"
        }
        Lines {
            width: parent.width
            text: root.block.name
            role: Theme.spaced && !Theme.large ? "item" : "lead"
        }
        Item {
            width: 1
            height: Theme.mm(root.block.checks.length && !Theme.large ? 4 : 0)
        }
        Repeater {
            model: root.block.checks.length
            Item {
                id: check
                required property int index
                width: words.width
                height: said.implicitHeight
                Pictogram {
                    id: tick
                    name: "check"
                    size: Theme.large ? 12 : 8
                    y: (Theme.line("body") - height) / 2
                }
                Lines {
                    id: said
                    x: tick.width + Theme.mm(4)
                    width: check.width - x
                    text: root.block.checks[check.index]
                }
            }
        }
        Item {
            width: 1
            height: Theme.mm(told.visible ? 4 : 0)
        }
        Lines {
            id: told
            visible: text !== "" && root.beside
            width: parent.width
            text: root.block.text
        }
        Item {
            width: 1
            height: Theme.mm(Theme.large ? 2 : 5)
        }
        Rectangle {
            width: parent.width
            height: Math.max(1, Theme.mm(0.35))
            color: Theme.color("hairline")
        }
        Item {
            width: parent.width
            height: Theme.mm(Theme.large ? 26 : Theme.landscape ? 20 : 25)
            Lines {
                anchors.bottom: parent.bottom
                width: implicitWidth + 1
                text: root.block.copies
                lineHeight: Theme.mm(Theme.large ? 24 : 16)
            }
            Lines {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                width: implicitWidth + 1
                text: root.block.fee.before + root.block.fee.figure + root.block.fee.after
                role: Theme.large ? "title" : "lead"
                lineHeight: Theme.mm(Theme.large ? 24 : 18)
            }
        }
        Item {
            width: 1
            height: Theme.mm(hint.visible ? 8 : 0)
        }
        Lines {
            id: hint
            visible: text !== "" && root.beside
            width: parent.width
            text: root.block.hint
            role: "label"
            color: Theme.color("quiet")
        }
    }
    Column {
        id: notes
        visible: root.pictured && !root.beside
        x: page.width + Theme.mm(6)
        y: page.y
        width: root.width - x
        Lines {
            visible: text !== ""
            width: parent.width
            text: root.block.text || root.block.hint
            role: "label"
            color: Theme.color("quiet")
        }
    }
}
