pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: line.height
    Rectangle {
        id: line
        width: root.width
        height: Math.max(1, Theme.mm(root.block.strong ? 1 : 0.35))
        color: Theme.color(root.block.strong ? "ink" : "hairline")
    }
}
