pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: words.implicitHeight + (strong.visible ? strong.height : 0)
    readonly property bool tight: Theme.landscape && !Theme.large
    Lines {
        id: number
        width: Theme.mm(Theme.large ? 14 : tight ? 10 : 15)
        readonly property bool tight: root.tight
        text: root.block.number
        role: Theme.large ? "item" : tight ? "name" : "item"
        lineHeight: words.lineHeight
    }
    Lines {
        id: words
        x: number.width
        width: root.width - x
        text: root.block.text
        role: root.tight ? "label" : "body"
        lineHeight: Theme.mm(Theme.large ? 22 : root.tight ? 10.5 : 15)
    }
    Row {
        id: strong
        visible: root.block.strong !== ""
        x: number.width
        y: words.implicitHeight
        height: root.block.big ? Theme.line("figure") : Theme.mm(Theme.large ? 22 : root.tight ? 12 : 13)
        spacing: Theme.mm(3)
        Lines {
            visible: text !== ""
            width: implicitWidth + 1
            anchors.verticalCenter: parent.verticalCenter
            text: root.block.label
            role: root.tight ? "label" : "body"
        }
        Lines {
            width: implicitWidth + 1
            anchors.verticalCenter: parent.verticalCenter
            text: root.block.strong
            role: root.block.big ? "figure" : root.tight ? "name" : "item"
        }
    }
}
