pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: figure.lineHeight + Theme.mm(4) + bar.height
    Lines {
        id: figure
        width: implicitWidth + 1
        text: root.block.figure
        role: "figure"
    }
    Lines {
        x: figure.width + Theme.mm(3)
        y: Theme.mm(Theme.large ? 2 : 6)
        width: root.width - x
        text: root.block.unit
        role: "itemPlain"
        lineHeight: Theme.mm(Theme.large ? 22 : 16)
    }
    Rectangle {
        id: bar
        y: figure.lineHeight + Theme.mm(4)
        width: root.width
        height: Theme.mm(4)
        radius: height / 2
        color: Theme.color("hairline")
        Rectangle {
            width: parent.width * root.block.left
            height: parent.height
            radius: parent.radius
            color: Theme.color("go")
        }
    }
}
