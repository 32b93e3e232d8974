pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A text field. What is typed is told letter by letter; while it has the keyboard it shows what was typed, not what comes
// back late, unless the desk wants it empty again.
Item {
    id: root
    required property var block
    readonly property bool several: block.kind === "long"
    readonly property real boxHeight: Math.max(Theme.mm(several ? 44 : 16), hint.implicitHeight + Theme.mm(3))
    property int serial: -1
    implicitHeight: label.height + Theme.mm(1) + boxHeight + (note.visible ? note.implicitHeight : 0)

    function take() {
        if (input.text !== block.value && (!input.activeFocus || serial !== block.serial))
            input.text = block.value;
        serial = block.serial;
    }
    onBlockChanged: take()
    Component.onCompleted: {
        take();
        if (Touches.field === block.name || (block.first && Touches.field === "")) {
            input.forceActiveFocus();
            input.cursorPosition = input.text.length;
        }
    }

    Lines {
        id: label
        width: root.width
        height: text ? implicitHeight : 0
        text: root.block.label
        role: "labelBold"
    }
    Rectangle {
        id: box
        objectName: "box:" + root.block.name
        y: label.height + Theme.mm(1)
        width: root.block.width > 0 ? Math.min(Theme.mm(root.block.width), root.width) : root.width
        height: root.boxHeight
        radius: Theme.mm(1.5)
        color: Theme.color("paper")
        border.width: Theme.mm(input.activeFocus ? 1 : 0.5)
        border.color: root.block.problem ? Theme.color("error") : input.activeFocus ? Theme.color("go") : Theme.color("edge")

        TapHandler {
            onTapped: input.forceActiveFocus()
        }
        TextEdit {
            id: input
            objectName: "field:" + root.block.name
            anchors.fill: parent
            anchors.leftMargin: Theme.mm(4)
            anchors.rightMargin: Theme.mm(4)
            anchors.topMargin: root.several ? Theme.mm(3) : 0
            clip: true
            activeFocusOnTab: true
            onActiveFocusChanged: if (activeFocus) {
                Touches.field = root.block.name;
                Touches.reached(root);
            }
            verticalAlignment: root.several ? TextEdit.AlignTop : TextEdit.AlignVCenter
            wrapMode: root.several ? TextEdit.Wrap : TextEdit.NoWrap
            textFormat: TextEdit.PlainText
            selectByMouse: true
            font.family: Theme.family
            font.pixelSize: Theme.size("body")
            color: Theme.color("ink")
            selectionColor: Theme.color("go")
            selectedTextColor: Theme.color("onGo")
            inputMethodHints: root.block.kind === "figures" ? Qt.ImhDigitsOnly : Qt.ImhNone
            Accessible.role: Accessible.EditableText
            Accessible.name: root.block.label.replace(/\|/g, "")
            Keys.onPressed: event => {
                if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) {
                    const next = input.nextItemInFocusChain(event.key === Qt.Key_Tab);
                    if (next)
                        next.forceActiveFocus(Qt.TabFocusReason);
                    event.accepted = true;
                } else if (!root.several && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)) {
                    Touches.touched("primary");
                    event.accepted = true;
                }
            }
            onTextChanged: {
                let kept = text;
                if (root.block.kind === "figures")
                    kept = kept.replace(/[０-９]/g, each => String.fromCharCode(each.charCodeAt(0) - 0xfee0)).replace(/[^0-9]/g, "");
                if (!root.several)
                    kept = kept.replace(/[\r\n\t]/g, "");
                kept = kept.slice(0, root.block.most);
                if (kept !== text) {
                    text = kept;
                    cursorPosition = kept.length;
                    return;
                }
                if (kept !== root.block.value || activeFocus)
                    Touches.wrote(root.block.name, kept);
            }
        }
        Lines {
            id: hint
            x: Theme.mm(4)
            width: parent.width - 2 * x
            anchors.verticalCenter: root.several ? undefined : parent.verticalCenter
            y: Theme.mm(3)
            visible: input.text === "" && input.preeditText === "" && text !== ""
            text: root.block.hint
            role: "label"
            color: Theme.color("quiet")
        }
    }
    Lines {
        id: note
        y: box.y + box.height
        width: root.width
        visible: text !== ""
        text: root.block.problem
        role: "label"
        color: Theme.color("error")
    }
}
