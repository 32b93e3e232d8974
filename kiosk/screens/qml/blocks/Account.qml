pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Names and what they come to, a line each, at a clerk's size.
Item {
    id: root
    required property var block
    implicitHeight: list.height
    Column {
        id: list
        width: root.width
        Repeater {
            model: root.block.rows.length
            Item {
                id: row
                required property int index
                readonly property var told: root.block.rows[index]
                width: list.width
                height: Math.max(Theme.mm(told.strong ? 16 : 13), name.implicitHeight + Theme.mm(3))
                Lines {
                    id: name
                    width: parent.width - value.width - Theme.mm(4)
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.told.name
                    role: row.told.strong ? "labelBold" : "label"
                }
                Lines {
                    id: value
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    width: implicitWidth + 1
                    text: row.told.value
                    role: row.told.strong ? "name" : "labelBold"
                }
                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
            }
        }
    }
}
