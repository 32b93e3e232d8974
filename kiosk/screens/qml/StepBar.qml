pragma ComponentBehavior: Bound
import QtQuick

// A railway line: where we have been, where we are, what is ahead.
Item {
    id: bar

    required property var steps
    readonly property real inset: Theme.mm(Theme.landscape ? 21.2 : 12.2)
    readonly property real pitch: (width - 2 * inset) / (steps.names.length - 1)
    readonly property real lineY: Theme.mm(7)
    property real grown: steps.now - 1

    Accessible.role: Accessible.StaticText
    Accessible.name: steps.spoken

    Behavior on grown {
        enabled: Theme.motion
        NumberAnimation {
            duration: 240
        }
    }

    Rectangle {
        x: bar.inset
        y: bar.lineY - height / 2
        width: bar.width - 2 * bar.inset
        height: Theme.mm(1.25)
        color: Theme.color("hairline")
    }
    Rectangle {
        x: bar.inset
        y: bar.lineY - height / 2
        width: bar.grown * bar.pitch
        height: Theme.mm(1.25)
        color: Theme.color("go")
    }
    Repeater {
        model: bar.steps.names.length
        Item {
            id: step
            required property int index
            readonly property bool done: index < bar.steps.now - 1
            readonly property bool now: index === bar.steps.now - 1
            readonly property real disc: Theme.mm(now ? 13 : 7)
            x: bar.inset + index * bar.pitch
            y: bar.lineY
            Rectangle {
                anchors.centerIn: parent
                width: step.disc
                height: step.disc
                radius: width / 2
                color: step.done || step.now ? Theme.color("go") : Theme.color("paper")
                border.width: step.done || step.now ? 0 : Theme.mm(0.9)
                border.color: Theme.color("ahead")
            }
            Pictogram {
                anchors.centerIn: parent
                visible: step.done
                name: "check"
                ink: Theme.color("onGo")
                size: 5
            }
            Text {
                anchors.centerIn: parent
                visible: step.now
                text: bar.steps.now
                font.family: Theme.family
                font.pixelSize: Theme.mm(8)
                font.bold: true
                color: Theme.color("onGo")
                Accessible.ignored: true
            }
            Lines {
                x: -width / 2
                y: Theme.mm(8)
                width: implicitWidth + 1
                text: bar.steps.names[step.index]
                role: step.now ? "labelBold" : "label"
                color: step.now ? Theme.color("ink") : Theme.color("quiet")
                spoken: false
            }
        }
    }
}
