pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes

// The edge of something that can't be touched now.
Shape {
    id: edge

    property real thickness: Math.max(1, Theme.mm(0.5))

    ShapePath {
        strokeColor: Theme.color("ahead")
        strokeWidth: edge.thickness
        fillColor: "transparent"
        strokeStyle: ShapePath.DashLine
        dashPattern: [Theme.mm(1.5) / edge.thickness, Theme.mm(1) / edge.thickness]
        PathRectangle {
            x: edge.thickness / 2
            y: edge.thickness / 2
            width: Math.max(1, edge.width - edge.thickness)
            height: Math.max(1, edge.height - edge.thickness)
            radius: Theme.radius
        }
    }
}
