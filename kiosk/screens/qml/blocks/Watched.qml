pragma ComponentBehavior: Bound
import QtQuick
import ".."

// The resident's window, small. While a PIN is typed there it shows that alone.
Item {
    id: root
    required property var block
    readonly property real ratio: block.portrait ? 1080 / 1920 : 1280 / 1024
    readonly property real tall: Math.min(Theme.mm(block.portrait ? 118 : 76), width / ratio)
    implicitHeight: words.y + words.height

    Rectangle {
        id: frame
        height: root.tall
        width: Math.round(height * root.ratio)
        x: Math.round((root.width - width) / 2)
        color: Theme.color("paper")
        border.width: Math.max(1, Theme.mm(0.5))
        border.color: Theme.color("edge")
        Image {
            anchors.fill: parent
            anchors.margins: frame.border.width
            visible: root.block.hidden === "" && root.block.picture > 0
            source: visible ? "image://resident/" + root.block.picture : ""
            cache: false
            smooth: true
            mipmap: true
            fillMode: Image.PreserveAspectFit
        }
        Column {
            visible: root.block.hidden !== ""
            anchors.centerIn: parent
            width: parent.width - Theme.mm(8)
            spacing: Theme.mm(4)
            Pictogram {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "hand-over-keys"
                size: 24
            }
            Lines {
                width: parent.width
                text: root.block.hidden
                role: "labelBold"
                align: Text.AlignHCenter
            }
        }
    }
    Column {
        id: words
        y: frame.height + Theme.mm(3)
        width: root.width
        Lines {
            width: parent.width
            visible: text !== ""
            height: visible ? implicitHeight : 0
            text: root.block.step
            role: "label"
            color: Theme.color("quiet")
            align: Text.AlignHCenter
        }
        Lines {
            width: parent.width
            text: root.block.title
            role: "labelBold"
            align: Text.AlignHCenter
        }
    }
}
