pragma ComponentBehavior: Bound
import QtQuick

// Whose machine this is, where it stands; date and time right.
Item {
    id: bar

    required property var header

    Pictogram {
        id: emblem
        name: bar.header.emblem ? "emblem" : ""
        size: Theme.large ? 15 : 11
        anchors.verticalCenter: parent.verticalCenter
    }
    Row {
        x: emblem.visible ? emblem.width + Theme.mm(5) : 0
        height: parent.height
        spacing: Theme.mm(5)
        Lines {
            width: implicitWidth + 1
            visible: bar.header.municipality !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: bar.header.municipality
            role: "labelBold"
        }
        Lines {
            width: implicitWidth + 1
            visible: bar.header.place !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: bar.header.place
            role: "label"
        }
    }
    Row {
        anchors.right: parent.right
        height: parent.height
        spacing: Theme.mm(5)
        Lines {
            width: implicitWidth + 1
            visible: bar.header.date !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: bar.header.date
            role: "label"
        }
        Lines {
            width: implicitWidth + 1
            anchors.verticalCenter: parent.verticalCenter
            text: bar.header.time
            role: "label"
        }
    }
}
