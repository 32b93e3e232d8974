pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: Theme.mm(Theme.large ? 20 : 10)
    Lines {
        width: root.width
        anchors.verticalCenter: parent.verticalCenter
        text: root.block.text
        role: "label"
        color: Theme.color("quiet")
    }
}
