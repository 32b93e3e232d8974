pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Rows under their heads. A row with a key can be pressed as a whole.
Item {
    id: root
    required property var block
    readonly property real rowHeight: Theme.mm(15)
    readonly property real total: block.columns.reduce((sum, each) => sum + each.share, 0)
    readonly property real pad: Theme.mm(3)
    implicitHeight: list.height

    function leftOf(column: int): real {
        let sum = 0;
        for (let i = 0; i < column; i++)
            sum += block.columns[i].share;
        return Math.round(width * sum / total);
    }

    Column {
        id: list
        width: root.width
        Item {
            width: root.width
            height: Math.max(Theme.mm(12), heads.tallest + Theme.mm(2))
            Repeater {
                id: heads
                readonly property real tallest: {
                    let most = 0;
                    for (let i = 0; i < count; i++)
                        most = Math.max(most, itemAt(i)?.implicitHeight ?? 0);
                    return most;
                }
                model: root.block.columns.length
                Lines {
                    required property int index
                    readonly property var column: root.block.columns[index]
                    x: root.leftOf(index) + root.pad
                    width: root.leftOf(index + 1) - root.leftOf(index) - 2 * root.pad
                    anchors.verticalCenter: parent?.verticalCenter
                    text: column.label
                    role: "label"
                    color: Theme.color("quiet")
                    align: column.figure ? Text.AlignRight : Text.AlignLeft
                }
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: Math.max(1, Theme.mm(0.5))
                color: Theme.color("ahead")
            }
        }
        Lines {
            visible: root.block.rows.length === 0 && text !== ""
            x: root.pad
            width: root.width - 2 * root.pad
            height: visible ? Theme.mm(16) : 0
            lineHeight: Theme.mm(16)
            text: root.block.empty
            role: "label"
            color: Theme.color("quiet")
        }
        Repeater {
            model: root.block.rows.length
            FocusScope {
                id: row
                required property int index
                readonly property var told: root.block.rows[index]
                readonly property var control: told.key
                readonly property bool live: !!control && control.enabled
                readonly property color ink: told.tone === "error" ? Theme.color("error") : told.tone === "success" ? Theme.color("success") : told.tone === "quiet" ? Theme.color("quiet") : Theme.color("ink")
                objectName: control ? "key:" + control.name : ""
                width: root.width
                height: Math.max(root.rowHeight, cells.height + Theme.mm(4))
                activeFocusOnTab: live
                Accessible.role: live ? Accessible.Button : Accessible.Row
                Accessible.name: told.cells.join(" ").replace(/\|/g, "")
                function act() {
                    if (live && Touches.accepts(control.name))
                        Touches.touched(control.name);
                }
                Keys.onReturnPressed: act()
                Keys.onSpacePressed: act()
                TapHandler {
                    id: tap
                    enabled: row.live
                    onTapped: row.act()
                }
                HoverHandler {
                    id: over
                    enabled: row.live
                    cursorShape: Qt.PointingHandCursor
                }
                Rectangle {
                    anchors.fill: parent
                    visible: tap.pressed || over.hovered || row.activeFocus || (!!row.control && row.control.chosen)
                    color: Theme.color("tint")
                    border.width: row.activeFocus ? Theme.mm(0.8) : 0
                    border.color: Theme.color("go")
                }
                Item {
                    id: cells
                    width: parent.width
                    height: Math.max(...Array.from(cellList.model ? {
                        length: cellList.count
                    } : {
                        length: 0
                    }, (_, i) => cellList.itemAt(i)?.implicitHeight ?? 0), 0)
                    anchors.verticalCenter: parent.verticalCenter
                    Repeater {
                        id: cellList
                        model: row.told.cells.length
                        Lines {
                            required property int index
                            readonly property var column: root.block.columns[index]
                            x: root.leftOf(index) + root.pad
                            width: root.leftOf(index + 1) - root.leftOf(index) - 2 * root.pad
                            anchors.verticalCenter: parent?.verticalCenter
                            text: row.told.cells[index]
                            role: row.told.strong ? "labelBold" : "label"
                            color: row.ink
                            align: column.figure ? Text.AlignRight : Text.AlignLeft
                        }
                    }
                }
                Pictogram {
                    visible: row.live
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    name: row.live ? "chevron-right" : ""
                    size: 6
                }
                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
            }
        }
    }
}
