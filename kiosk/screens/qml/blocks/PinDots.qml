pragma ComponentBehavior: Bound
import QtQuick
import ".."

// How many signs there are. Which ones is not known here.
Item {
    id: root
    required property var block
    readonly property bool many: block.places > 4
    readonly property int columns: many && (Theme.landscape || Theme.large) ? block.places / 2 : block.places
    readonly property real apart: many ? Theme.mm(2.6) : Theme.mm(Theme.large ? (Theme.landscape ? 4 : 8) : Theme.landscape ? 5 : 9)
    readonly property real side: many ? Math.floor(Math.min(Theme.mm(20), (width - (columns - 1) * apart) / columns)) : Theme.mm(Theme.large ? 34 : Theme.landscape ? 24 : 36)
    implicitHeight: Math.ceil(block.places / columns) * (side + apart) - apart
    Accessible.role: Accessible.StaticText
    Accessible.name: block.spoken
    Grid {
        columns: root.columns
        spacing: root.apart
        Repeater {
            model: root.block.places
            Rectangle {
                id: box
                required property int index
                readonly property bool next: index === root.block.digits
                readonly property bool marked: next || root.block.wrong
                width: root.side
                height: root.side
                radius: Theme.radius
                color: Theme.color("paper")
                border.width: Theme.mm(marked ? (root.many ? 0.9 : 1.25) : 0.4)
                border.color: Theme.color(root.block.wrong ? "error" : next ? "go" : "edge")
                Rectangle {
                    anchors.centerIn: parent
                    visible: box.index < root.block.digits
                    width: box.width * 0.38
                    height: width
                    radius: width / 2
                    color: Theme.color("ink")
                }
                Rectangle {
                    anchors.centerIn: parent
                    visible: box.next
                    width: Theme.mm(1)
                    height: box.height * 0.5
                    color: Theme.color("go")
                }
            }
        }
    }
}
