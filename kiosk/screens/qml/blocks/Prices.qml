pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    readonly property real rowHeight: Theme.large ? Theme.line("label") + Theme.mm(1) : Theme.mm(block.dense ? 11.5 : block.compact ? 13 : block.roomy ? (Theme.landscape ? 30 : 34) : 17)
    implicitHeight: column.height
    Column {
        id: column
        width: root.width
        Repeater {
            model: root.block.rows.length
            Item {
                id: row
                required property int index
                readonly property var price: root.block.rows[index]
                width: column.width
                height: Math.max(root.rowHeight, name.implicitHeight + Theme.mm(root.block.dense ? 1.5 : 2))
                Rectangle {
                    visible: row.index > 0
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
                Lines {
                    id: name
                    width: Math.min(implicitWidth + 1, row.width - value.width - Theme.mm(4))
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.price.name
                    role: root.block.compact || (Theme.landscape && Theme.spaced && !Theme.large) ? "bodyBold" : root.block.roomy && !Theme.spaced ? "lead" : "item"
                    lineHeight: Math.min(Theme.line(role), Theme.size(role) * (root.block.dense ? 1.24 : 1.36))
                }
                Lines {
                    x: name.width + Theme.mm(4)
                    visible: row.price.aside !== ""
                    width: Math.max(1, value.x - x - Theme.mm(2))
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.price.aside
                    role: "label"
                    color: Theme.color("quiet")
                }
                Lines {
                    id: value
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    width: implicitWidth + 1
                    text: row.price.value
                    role: root.block.compact ? "body" : root.block.roomy && !Theme.landscape ? "lead" : "itemPlain"
                    bold: false
                }
            }
        }
    }
}
