pragma ComponentBehavior: Bound
import QtQuick

// Not a resident's screen: plain, small, dark, and beside the panel.
Flickable {
    id: panel

    required property var bridge
    readonly property var bench: JSON.parse(bridge.bench)

    contentHeight: column.height + 32
    clip: true

    Column {
        id: column
        x: 16
        y: 16
        width: panel.width - 32
        spacing: 12

        component Small: Text {
            width: column.width
            wrapMode: Text.Wrap
            font.family: Theme.family
            font.pixelSize: 15
            color: "#e6e9ee"
            textFormat: Text.PlainText
        }

        Small {
            text: "試験台 Bench"
            font.pixelSize: 20
            font.bold: true
        }
        Column {
            spacing: 2
            Repeater {
                model: panel.bench.lines
                Small {
                    required property string modelData
                    text: modelData
                    color: "#c3cad3"
                }
            }
        }
        Repeater {
            model: panel.bench.groups
            Column {
                id: group
                required property var modelData
                width: column.width
                spacing: 4
                Small {
                    text: group.modelData.title
                    color: "#c3cad3"
                    font.pixelSize: 14
                    font.bold: true
                }
                Grid {
                    id: keys
                    columns: 3
                    spacing: 4
                    Repeater {
                        model: group.modelData.controls
                        Rectangle {
                            id: control
                            required property var modelData
                            objectName: "bench:" + modelData.name
                            width: Math.floor((column.width - 2 * keys.spacing) / keys.columns)
                            height: 30
                            radius: 4
                            enabled: modelData.enabled
                            opacity: modelData.enabled ? 1 : 0.45
                            color: tap.pressed ? "#6b7480" : modelData.chosen ? "#2f6fde" : "#4a525c"
                            Accessible.role: Accessible.Button
                            Accessible.name: modelData.label
                            Text {
                                id: label
                                anchors.centerIn: parent
                                width: Math.min(implicitWidth, control.width - 8)
                                elide: Text.ElideRight
                                text: control.modelData.label
                                font.family: Theme.family
                                font.pixelSize: 14
                                // What breaks something looks unlike what a person does.
                                color: control.modelData.fault && !control.modelData.chosen ? "#ffd27a" : "#ffffff"
                                textFormat: Text.PlainText
                            }
                            TapHandler {
                                id: tap
                                enabled: control.modelData.enabled
                                onTapped: panel.bridge.pressBench(control.modelData.name)
                            }
                        }
                    }
                }
            }
        }
    }
}
