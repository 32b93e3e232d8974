pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: band.height
    Rectangle {
        id: band
        width: root.width
        height: Math.max(Theme.mm(Theme.large ? (Theme.landscape ? 40 : 48) : Theme.landscape ? 28 : 34), first.implicitHeight + words.implicitHeight + Theme.mm(4))
        color: Theme.color("tint")
        border.width: Theme.contrast ? Theme.mm(1.5) : 0
        border.color: Theme.color("tintEdge")
        Pictogram {
            id: icon
            name: Theme.large ? "" : root.block.icon
            x: Theme.mm(Theme.landscape ? 4 : 8)
            size: Theme.landscape ? 16 : 20
            anchors.verticalCenter: parent.verticalCenter
        }
        readonly property int cut: root.block.text.indexOf("\n")
        Lines {
            id: first
            x: words.x
            y: (band.height - height - words.height) / 2
            width: words.width
            height: implicitHeight
            text: root.block.text.slice(0, band.cut)
            role: Theme.landscape && !Theme.large ? "labelBold" : "bodyBold"
        }
        Lines {
            id: words
            y: first.y + first.height
            x: icon.visible ? icon.x + icon.width + Theme.mm(Theme.landscape ? 4 : 10) : Theme.mm(5)
            width: band.width - x - Theme.mm(3)
            height: implicitHeight
            text: root.block.text.slice(band.cut + 1)
            role: Theme.landscape && !Theme.large ? "label" : "body"
        }
    }
}
