pragma ComponentBehavior: Bound
import QtQuick
import ".."

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
                width: column.width
                height: Math.max(Theme.mm(Theme.large ? 30 : Theme.landscape ? 21 : 25), Theme.grows ? Math.max(name.height, saying.height) + Theme.mm(4) : 0)
                Accessible.role: Accessible.StaticText
                Accessible.name: said.name + " " + said.state
                Rectangle {
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
                Pictogram {
                    id: mark
                    name: row.said.done ? "check-disc" : "ring"
                    size: Theme.large && !Theme.landscape ? 16 : 12
                    anchors.verticalCenter: parent.verticalCenter
                }
                Lines {
                    id: name
                    x: mark.width + Theme.mm(Theme.large ? 5 : 7)
                    width: Math.max(1, saying.x - x - Theme.mm(2))
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.said.name
                    role: "item"
                    spoken: false
                }
                Lines {
                    id: saying
                    x: row.width - width
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.grows ? Math.min(implicitWidth + 1, row.width * 0.45) : implicitWidth + 1
                    text: row.said.state
                    role: row.said.done || Theme.large ? "body" : "bodyBold"
                    color: Theme.color(row.said.done ? "success" : "ink")
                    spoken: false
                }
                Rectangle {
                    anchors.bottom: parent.bottom
                    visible: row.index === root.block.rows.length - 1
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
            }
        }
    }
}
