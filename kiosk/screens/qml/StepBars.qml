pragma ComponentBehavior: Bound
import QtQuick

// The step bar in large type: one line of words over six bars.
Item {
    id: bar

    required property var steps

    Accessible.role: Accessible.StaticText
    Accessible.name: steps.spoken

    Lines {
        width: parent.width
        y: Theme.mm(Theme.landscape ? 0 : 3)
        text: bar.steps.large
        role: "labelBold"
        spoken: false
    }
    Repeater {
        model: bar.steps.names.length
        Rectangle {
            required property int index
            readonly property real gap: Theme.mm(3)
            width: (bar.width - (bar.steps.names.length - 1) * gap) / bar.steps.names.length
            x: index * (width + gap)
            y: Theme.mm(Theme.landscape ? 22 : 27)
            height: Theme.mm(4)
            radius: height / 2
            color: index < bar.steps.now ? Theme.color("go") : Theme.color("hairline")
        }
    }
}
