pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A picture kept in memory alone. The guide frame stands over it: where the photo is cut, and where crown and chin belong.
Item {
    id: root
    required property var block
    readonly property bool there: block.serial > 0
    readonly property real tall: Math.min(Theme.mm(block.height), width / block.ratio)
    implicitHeight: tall
    Accessible.role: Accessible.Graphic
    Accessible.name: block.label

    Rectangle {
        id: frame
        height: root.tall
        width: Math.round(height * root.block.ratio)
        x: Math.round((root.width - width) / 2)
        color: Theme.color("desk")
        clip: true
        Image {
            anchors.fill: parent
            visible: root.there
            source: root.there ? "image://case/" + root.block.name + "/" + root.block.serial : ""
            cache: false
            smooth: true
            mipmap: true
            asynchronous: false
            fillMode: Image.PreserveAspectFit
            retainWhileLoading: true
        }
        Item {
            id: guide
            visible: root.there && root.block.guide !== null
            readonly property real crown: root.block.guide ? root.block.guide[0] * frame.height : 0
            readonly property real chin: root.block.guide ? root.block.guide[1] * frame.height : 0
            readonly property real scale1: (chin - crown) / 34
            anchors.fill: parent
            Rectangle {
                // the cut: 35 by 45 mm with 4 mm above the crown
                x: parent.width / 2 - width / 2
                y: guide.crown - 4 * guide.scale1
                width: 35 * guide.scale1
                height: 45 * guide.scale1
                color: "transparent"
                border.width: Theme.mm(0.8)
                border.color: Theme.color("paper")
            }
            Rectangle {
                x: parent.width / 2 - width / 2
                y: guide.crown
                width: 25 * guide.scale1
                height: guide.chin - guide.crown
                radius: width / 2
                color: "transparent"
                border.width: Theme.mm(0.8)
                border.color: Theme.color("go")
            }
        }
        Rectangle {
            anchors.fill: parent
            color: "transparent"
            border.width: Math.max(1, Theme.mm(0.5))
            border.color: Theme.color("edge")
        }
    }
}
