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
            model: root.block.lines.length
            Item {
                id: row
                required property int index
                readonly property var said: root.block.lines[index]
                readonly property bool small: root.block.compact
                readonly property bool beside: small && said.details !== ""
                width: column.width
                height: Theme.mm(Theme.large ? 1 : small ? 1.5 : 5) + texts.height + Theme.mm(Theme.large ? 1 : small ? 1.5 : 4)
                Rectangle {
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
                Pictogram {
                    id: icon
                    name: Theme.large || row.small ? "" : "sheet"
                    size: Theme.landscape ? 14 : 16
                    y: texts.y - Theme.mm(1)
                }
                Column {
                    id: texts
                    x: icon.visible ? icon.width + Theme.mm(Theme.landscape ? 3 : 7) : 0
                    y: Theme.mm(Theme.large ? 1 : row.small ? 1.5 : 5)
                    width: (Theme.large ? root.width : fee.x - Theme.mm(3)) - x
                    Lines {
                        id: name
                        width: row.beside ? Math.min(natural + 1, parent.width) : parent.width
                        text: row.said.name
                        role: Theme.landscape && Theme.spaced && !Theme.large ? "bodyBold" : "item"
                    }
                    Lines {
                        visible: text !== ""
                        height: visible ? implicitHeight : 0
                        width: root.width - texts.x
                        text: row.said.aside
                        role: "label"
                        color: Theme.color("quiet")
                    }
                    Lines {
                        visible: text !== "" && !row.beside
                        height: visible ? implicitHeight : 0
                        width: Theme.large ? fee.x - Theme.mm(3) : root.width - texts.x
                        text: row.said.details
                        role: "label"
                        color: Theme.color(Theme.large ? "ink" : "quiet")
                    }
                }
                Lines {
                    visible: text !== "" && row.beside
                    x: name.width + Theme.mm(4)
                    y: texts.y + (name.implicitHeight - implicitHeight) / 2
                    width: Math.max(1, fee.x - x - Theme.mm(3))
                    text: row.said.details
                    role: "label"
                    color: Theme.color("quiet")
                }
                Lines {
                    id: fee
                    x: row.width - width
                    y: Theme.large ? texts.y + texts.height - height : texts.y
                    width: implicitWidth + 1
                    height: implicitHeight
                    text: row.said.fee
                    role: "itemPlain"
                }
            }
        }
    }
}
