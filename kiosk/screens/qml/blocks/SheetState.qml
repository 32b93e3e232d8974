pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Theme.mm(Theme.large ? 22 : Theme.landscape ? 14 : 17)
    Accessible.role: Accessible.StaticText
    Accessible.name: block.ordinal + " " + block.name + " " + block.state
    Pictogram {
        id: icon
        name: root.block.done ? "check-disc" : "warning"
        size: Theme.large ? 13 : Theme.landscape ? 8 : 10
        anchors.verticalCenter: parent.verticalCenter
    }
    Lines {
        id: ordinal
        visible: text !== ""
        x: icon.width + Theme.mm(Theme.landscape ? 2 : 5)
        width: visible ? Math.max(implicitWidth, measure(text.replace(/\d/g, "2"))) + 1 : 0 // 1 is narrower
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.ordinal
        role: Theme.landscape && !Theme.large ? "label" : "body"
        spoken: false
    }
    Lines {
        x: ordinal.x + (ordinal.visible ? ordinal.width + Theme.mm(Theme.landscape ? 2 : 8) : 0)
        width: Math.max(1, said.x - x - Theme.mm(2))
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.name
        role: Theme.landscape && !Theme.large ? "labelBold" : "bodyBold"
        spoken: false
    }
    Lines {
        id: said
        x: root.width - width
        width: implicitWidth + 1
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.state
        role: Theme.landscape && !Theme.large ? "labelBold" : "bodyBold"
        color: Theme.color(root.block.done ? "success" : "error")
        spoken: false
    }
}
