pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Amounts one under the other; the last one, under a strong rule, matters.
Item {
    id: root
    required property var block
    implicitHeight: column.height
    Column {
        id: column
        width: root.width
        Repeater {
            model: root.block.rows.length
            Item {
                id: row
                required property int index
                readonly property var said: root.block.rows[index]
                readonly property bool matters: index === root.block.rows.length - 1
                readonly property real lineY: height - Theme.mm(matters ? (Theme.large ? 7 : 8) : Theme.large ? 5 : 8)
                width: column.width
                height: Theme.mm(matters ? (Theme.large ? 37 : 46) : Theme.large ? 24 : Theme.landscape ? 28 : 34.5)
                Rectangle {
                    width: parent.width
                    height: Math.max(1, Theme.mm(row.matters ? 1 : 0.35))
                    color: Theme.color(row.matters ? "ink" : "hairline")
                }
                Accessible.role: Accessible.StaticText
                Accessible.name: said.label + " " + said.amount.before + said.amount.figure + said.amount.after
                component Set: Text {
                    property string role
                    font.family: Theme.family
                    font.pixelSize: Theme.size(role)
                    font.bold: Theme.bold(role)
                    color: Theme.color("ink")
                    textFormat: Text.PlainText
                    y: row.lineY - baselineOffset
                    Accessible.ignored: true
                }
                readonly property bool crowded: matters && wide(said.amount, big.font) + label.implicitWidth > width
                function wide(amount: var, _font: font): real {
                    return big.advanceWidth(amount.before + amount.figure + amount.after);
                }
                FontMetrics {
                    id: big
                    font.family: Theme.family
                    font.pixelSize: Theme.size("amount")
                    font.bold: true
                }
                Set {
                    id: label
                    text: row.said.label
                    role: row.matters ? "item" : "itemPlain"
                }
                Row {
                    anchors.right: parent.right
                    spacing: Theme.mm(root.block.rows.length === 1 ? 1 : 5)
                    Set {
                        id: figure
                        text: row.said.amount.before + row.said.amount.figure
                        role: row.crowded ? "amountSmall" : row.matters ? "amount" : "figure"
                    }
                    Set {
                        visible: text !== ""
                        text: row.said.amount.after
                        role: row.matters ? "unit" : "unitSmall"
                    }
                }
            }
        }
    }
}
