pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A page rising from the slot as far as the device reported.
Item {
    id: root
    required property var block
    implicitHeight: Theme.mm(block.height)
    Accessible.ignored: true
    readonly property real slotHeight: Theme.mm(Theme.landscape ? 11 : 16)
    readonly property real pageWidth: Theme.mm(Theme.landscape ? 76 : 112)
    readonly property real pageHeight: pageWidth * 1.414
    readonly property real risen: Math.min(height - slotHeight, pageHeight * block.progress)
    property real shown: risen

    Behavior on shown {
        enabled: Theme.motion
        NumberAnimation {
            duration: 600
        }
    }
    Item {
        width: root.pageWidth
        height: root.height - root.slotHeight + Theme.mm(2)
        anchors.horizontalCenter: parent.horizontalCenter
        clip: true
        PaperPage {
            y: parent.height - Theme.mm(2) - root.shown
            width: parent.width
            height: root.pageHeight
            sealed: false
            inner: Theme.mm(Theme.landscape ? 8 : 11.5)
            paper: ({
                    title: root.block.title,
                    lines: []
                })
        }
    }
    Rectangle {
        id: slot
        y: root.height - height
        width: root.pageWidth * 1.5
        height: root.slotHeight
        anchors.horizontalCenter: parent.horizontalCenter
        radius: Theme.mm(2.5)
        color: Theme.color("paper")
        border.width: Theme.mm(0.75)
        border.color: Theme.color("ink")
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.mm(Theme.landscape ? 2 : 2.6)
            width: parent.width * 0.785
            height: Theme.mm(2.6)
            radius: height / 2
            color: Theme.color("ink")
        }
    }
    Pictogram {
        name: "arrow-up"
        width: Theme.mm(Theme.landscape ? 16 : 24)
        height: Theme.mm(Theme.landscape ? 30 : 46)
        x: slot.x + slot.width - Theme.mm(Theme.landscape ? 9 : 3)
        y: slot.y - height - Theme.mm(5)
    }
}
