pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: words.implicitHeight
    Lines {
        id: words
        width: root.width
        text: root.block.text
        role: root.block.role
        color: Theme.color(root.block.tone)
    }
}
