pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Theme.mm(Theme.large ? 2 : 4) + Math.max(label.implicitHeight, text.implicitHeight)
    Rectangle {
        width: root.width
        height: Math.max(1, Theme.mm(Theme.large ? 1 : 0.5))
        color: Theme.color("ink")
    }
    Lines {
        id: label
        y: Theme.mm(Theme.large ? 2 : 4)
        width: implicitWidth + 1
        text: root.block.label
        role: Theme.large ? "label" : "labelBold"
    }
    Lines {
        id: text
        x: label.width + Theme.mm(7)
        y: label.y
        width: root.width - x
        text: root.block.text
        role: "label"
        align: Theme.large ? Text.AlignRight : Text.AlignLeft
    }
}
