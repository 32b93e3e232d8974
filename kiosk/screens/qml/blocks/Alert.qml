pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Math.max(icon.height, words.implicitHeight)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.Accessible.name
    Pictogram {
        id: icon
        name: "warning"
        size: Theme.large ? 16 : 12
        y: Theme.mm(Theme.large ? 3 : 0.5)
    }
    Lines {
        id: words
        x: icon.width + Theme.mm(4)
        width: root.width - x
        text: root.block.text
        role: "bodyBold"
        color: Theme.color("error")
    }
}
