pragma ComponentBehavior: Bound
import QtQuick

// Chosen or not, besides by colour: an empty ring, or a disc with a tick.
Item {
    id: ring

    property bool chosen: false

    width: Theme.mm(Theme.large ? 12 : Theme.landscape ? 7 : 8)
    height: width

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: ring.chosen ? Theme.color("go") : "transparent"
        border.width: ring.chosen ? 0 : Theme.mm(0.5)
        border.color: Theme.color("edge")
    }
    Pictogram {
        anchors.centerIn: parent
        visible: ring.chosen
        name: "check"
        ink: Theme.color("onGo")
        size: Theme.large ? 9 : 6
    }
}
