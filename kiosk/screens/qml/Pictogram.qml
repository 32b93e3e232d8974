pragma ComponentBehavior: Bound
import QtQuick

// One of our drawings, rendered at exactly the size it is shown, in the colours of the theme.
Image {
    id: picture

    property string name
    property color ink: "transparent" // another colour for the lines
    property real size: 11 // mm, for square ones

    width: Theme.mm(size)
    height: width
    sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
    source: name ? "image://pictogram/" + name + "/" + (Theme.contrast ? "contrast" : "standard") + "/" + (ink.a > 0 ? ink.toString().slice(1) : "") : ""
    visible: name !== ""
    asynchronous: false
}
