pragma ComponentBehavior: Bound
import QtQuick

// A page as a picture: grey bars for lines, or lines by name with those that are shown in blue; the black 印 square. It
// holds no personal data.
Rectangle {
    id: page

    required property var paper
    property bool sealed: true

    color: Theme.color("paper")
    border.width: Math.max(1, Theme.mm(0.4))
    border.color: Theme.color("edge")
    clip: true
    Accessible.ignored: true

    property real inner: Theme.mm(Theme.landscape ? 6 : 9)

    Lines {
        id: title
        x: Theme.mm(2)
        y: Theme.mm(Theme.landscape ? 5 : 7)
        width: page.width - 2 * x
        text: page.paper.title
        role: "labelBold"
        align: Text.AlignHCenter
        spoken: false
    }
    Column {
        visible: page.paper.lines.length === 0
        x: page.inner
        y: title.y + title.height + Theme.mm(4)
        spacing: Theme.mm(4.2)
        Repeater {
            model: [[0.885, 0.665], [1, 0.775], [0.945, 0.61], [0.665, 0]]
            Column {
                id: bars
                required property var modelData
                spacing: Theme.mm(2)
                Repeater {
                    model: 2
                    Rectangle {
                        required property int index
                        visible: bars.modelData[index] > 0
                        width: (page.width - 2 * page.inner) * bars.modelData[index]
                        height: Theme.mm(1.5)
                        radius: height / 2
                        color: Theme.contrast ? Theme.color("hairline") : Theme.color("ahead")
                    }
                }
            }
        }
    }
    Column {
        id: written
        visible: page.paper.lines.length > 0
        x: Theme.mm(Theme.landscape ? 4 : 6)
        y: title.y + title.height + Theme.mm(3)
        width: page.width - 2 * x
        Repeater {
            model: page.paper.lines.length
            Item {
                id: line
                required property int index
                readonly property var said: page.paper.lines[index]
                readonly property bool marked: said.shown && !said.fixed
                width: written.width
                height: Theme.mm(page.paper.dense ? (marked ? 10.8 : 10) : marked ? 17 : said.fixed ? 15 : 11.5)
                Rectangle {
                    anchors.fill: parent
                    visible: line.marked
                    color: Theme.color("tint")
                    Rectangle {
                        width: Theme.mm(1.25)
                        height: parent.height
                        color: Theme.color("go")
                    }
                }
                Lines {
                    x: Theme.mm(line.marked ? 4 : 3)
                    y: Theme.mm(line.marked && !page.paper.dense ? 1 : 0)
                    width: parent.width - x
                    text: line.said.shown ? line.said.text : "（" + line.said.text + "）"
                    role: "label"
                    lineHeight: Theme.mm(10)
                    color: line.said.shown ? Theme.color("ink") : Theme.color("edge")
                    spoken: false
                }
                Rectangle {
                    visible: line.said.shown && !page.paper.dense
                    x: Theme.mm(line.marked ? 4 : 3)
                    y: Theme.mm(line.marked ? 12 : 10.7)
                    width: (parent.width - 2 * x) * (line.said.fixed ? 0.9 : 0.62)
                    height: Theme.mm(1.5)
                    radius: height / 2
                    color: Theme.contrast ? Theme.color("hairline") : Theme.color("ahead")
                }
            }
        }
    }
    Rectangle {
        visible: page.sealed && !page.paper.dense
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.mm(Theme.landscape ? 5 : 8)
        width: Theme.mm(Theme.landscape ? 12 : 15)
        height: width
        color: "transparent"
        radius: Theme.mm(0.5)
        border.width: Theme.mm(0.7)
        border.color: Theme.color("ink")
        Text {
            anchors.centerIn: parent
            text: "印"
            font.family: Theme.family
            font.pixelSize: Theme.mm(Theme.landscape ? 6.5 : 8)
            font.bold: true
            color: Theme.color("ink")
        }
    }
}
