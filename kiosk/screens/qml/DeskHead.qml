pragma ComponentBehavior: Bound
import QtQuick

// Whose desk, who works there, date and time.
Item {
    id: head

    required property var header

    Row {
        height: parent.height
        spacing: Theme.mm(4)
        Pictogram {
            name: head.header.emblem ? "emblem" : ""
            size: 10
            anchors.verticalCenter: parent.verticalCenter
        }
        Lines {
            width: implicitWidth + 1
            visible: text !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: head.header.municipality
            role: "labelBold"
        }
        Lines {
            width: implicitWidth + 1
            visible: text !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: head.header.place
            role: "label"
        }
    }
    Row {
        anchors.right: parent.right
        height: parent.height
        spacing: Theme.mm(5)
        Pictogram {
            name: head.header.staff !== "" ? "staff" : ""
            size: 9
            anchors.verticalCenter: parent.verticalCenter
        }
        Lines {
            width: implicitWidth + 1
            visible: text !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: head.header.staff
            role: "labelBold"
        }
        Lines {
            width: implicitWidth + 1
            visible: text !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: head.header.role
            role: "label"
        }
        Lines {
            width: implicitWidth + 1
            anchors.verticalCenter: parent.verticalCenter
            text: head.header.date
            role: "label"
        }
        Lines {
            width: implicitWidth + 1
            anchors.verticalCenter: parent.verticalCenter
            text: head.header.time
            role: "label"
        }
    }
}
