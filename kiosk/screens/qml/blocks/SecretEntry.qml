pragma ComponentBehavior: Bound
import QtQuick
import ".."

// Where a password is typed. Characters go to the pad and stay nowhere here; only how many there are is drawn.
Item {
    id: root
    required property var block
    implicitHeight: label.height + Theme.mm(17)
    Component.onCompleted: if (Touches.field === block.name || (block.first && Touches.field === ""))
        box.forceActiveFocus()

    Lines {
        id: label
        width: root.width
        text: root.block.label
        role: "labelBold"
    }
    Rectangle {
        id: box
        objectName: "field:" + root.block.name
        y: label.height + Theme.mm(1)
        width: root.block.width > 0 ? Math.min(Theme.mm(root.block.width), root.width) : root.width
        height: Theme.mm(16)
        radius: Theme.mm(1.5)
        color: Theme.color("paper")
        border.width: Theme.mm(activeFocus ? 1 : 0.5)
        border.color: activeFocus ? Theme.color("go") : Theme.color("edge")
        activeFocusOnTab: true
        onActiveFocusChanged: if (activeFocus) {
            Touches.field = root.block.name;
            Touches.reached(root);
        }
        Accessible.role: Accessible.EditableText
        Accessible.name: root.block.label.replace(/\|/g, "")
        Accessible.passwordEdit: true
        TapHandler {
            onTapped: box.forceActiveFocus()
        }
        Keys.onPressed: event => {
            if (event.key === Qt.Key_Backspace)
                Touches.secretErased();
            else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                Touches.touched("primary");
            else if (event.text.length === 1 && event.text >= " " && event.key !== Qt.Key_Delete)
                Touches.secret(event.text);
            else
                return;
            event.accepted = true;
        }
        // More than the box holds moves to the left, so that the last one and the caret are seen.
        Item {
            x: Theme.mm(4)
            width: parent.width - 2 * x
            height: parent.height
            clip: true
            Row {
                x: Math.min(0, parent.width - width)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.mm(2)
                Repeater {
                    model: Math.min(root.block.count, 32)
                    Rectangle {
                        width: Theme.mm(3.4)
                        height: width
                        radius: width / 2
                        color: Theme.color("ink")
                    }
                }
                Rectangle {
                    visible: box.activeFocus
                    width: Math.max(1, Theme.mm(0.5))
                    height: Theme.mm(8)
                    color: Theme.color("ink")
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
        Lines {
            x: Theme.mm(4)
            width: parent.width - 2 * x
            anchors.verticalCenter: parent.verticalCenter
            visible: root.block.count === 0 && !box.activeFocus && text !== ""
            text: root.block.hint
            role: "label"
            color: Theme.color("quiet")
        }
    }
}
