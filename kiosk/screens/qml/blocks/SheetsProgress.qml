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
            model: root.block.sheets.length
            Item {
                id: row
                required property int index
                readonly property var sheet: root.block.sheets[index]
                readonly property real indent: Theme.large ? 0 : Theme.mm(Theme.landscape ? 30 : 40)
                width: column.width
                height: Theme.mm(Theme.large ? 60 : Theme.landscape ? 38 : 41)
                Rectangle {
                    visible: row.index > 0
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
                Row {
                    visible: !Theme.large
                    spacing: Theme.mm(3)
                    Text {
                        id: ordinal
                        y: Theme.mm(27) - baselineOffset
                        text: row.sheet.ordinal
                        font.family: Theme.family
                        font.pixelSize: Theme.mm(Theme.landscape ? 13 : 16)
                        font.bold: true
                        width: Math.max(implicitWidth, wide.advanceWidth)
                        horizontalAlignment: Text.AlignRight
                        color: Theme.color(row.sheet.current ? "ink" : "quiet")
                        Accessible.ignored: true
                        TextMetrics {
                            id: wide // 1 is narrower than the other figures: what follows stands in one line all the same
                            font: ordinal.font
                            text: ordinal.text.replace(/\d/g, "2")
                        }
                    }
                    Text {
                        y: Theme.mm(27) - baselineOffset
                        text: row.sheet.unit
                        font.family: Theme.family
                        font.pixelSize: Theme.size(Theme.landscape ? "label" : "body")
                        color: Theme.color(row.sheet.current ? "ink" : "quiet")
                        Accessible.ignored: true
                    }
                }
                Lines {
                    x: row.indent
                    y: Theme.mm(Theme.large ? 4 : 9)
                    width: Theme.large ? row.width : Math.max(1, saying.x - x - Theme.mm(3))
                    text: row.sheet.name
                    role: Theme.large || !Theme.landscape ? "item" : Theme.spaced ? "bodyBold" : "name"
                    lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.36)
                }
                Lines {
                    id: saying
                    x: Theme.large ? 0 : row.width - width
                    y: Theme.mm(Theme.large ? 26 : 10)
                    width: Theme.large ? row.width : implicitWidth + 1
                    text: row.sheet.state
                    role: Theme.landscape && !Theme.large ? "label" : "body"
                    lineHeight: Theme.mm(Theme.large ? 22 : 13)
                    align: Theme.large ? Text.AlignLeft : Text.AlignRight
                }
                Rectangle {
                    x: row.indent
                    y: Theme.mm(Theme.large ? 50 : 28.5)
                    width: row.width - x
                    height: Theme.mm(4)
                    radius: height / 2
                    color: Theme.color("hairline")
                    Accessible.role: Accessible.ProgressBar
                    Accessible.name: row.sheet.name + " " + row.sheet.state
                    Rectangle {
                        width: parent.width * row.sheet.progress
                        height: parent.height
                        radius: parent.radius
                        color: Theme.color("go")
                        Behavior on width {
                            enabled: Theme.motion
                            NumberAnimation {
                                duration: 600
                            }
                        }
                    }
                }
            }
        }
    }
}
