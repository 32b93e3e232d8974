import QtQuick

// A key of the model in one of the styles of a row of keys.
KeyBase {
    id: key

    required property var control
    property string style: "plain"
    property string role: "labelBold"
    property real iconSize: 9
    property bool turner: control.turns

    name: control.name
    spoken: control.spoken || control.text.replace(/\|/g, "").replace(/\n/g, " ") + (control.note ? " " + control.note : "")
    live: control.enabled
    chosen: control.chosen
    choosable: style === "card" || style === "ring" || style === "listed"
    sends: !turner

    readonly property real pad: Theme.mm(style === "setting" ? 0.5 : style === "plain" || style === "ring" ? 1.5 : Theme.landscape ? 3 : 6)
    readonly property bool ringed: style === "card" || style === "listed"

    // pictogram and words in the middle
    Item {
        id: middle
        anchors.centerIn: parent
        visible: key.style === "plain" || key.style === "ring"
        readonly property string icon: key.style === "ring" ? "" : key.chosen && !key.control.icon ? "check" : key.control.icon
        readonly property real lead: key.style === "ring" ? disc.width + Theme.mm(Theme.landscape ? 2 : 4) : icon ? picture.width + Theme.mm(key.role === "item" ? 5 : 2.5) : 0
        width: lead + words.width
        height: words.height
        Pictogram {
            id: picture
            name: middle.icon
            ink: key.live ? "" : Theme.color("quiet")
            size: key.iconSize
            anchors.verticalCenter: parent.verticalCenter
        }
        Ring {
            id: disc
            visible: key.style === "ring"
            chosen: key.chosen
            anchors.verticalCenter: parent.verticalCenter
        }
        Lines {
            id: words
            x: middle.lead
            width: Math.min(implicitWidth + 1, Math.max(1, key.width - 2 * key.pad - middle.lead))
            anchors.verticalCenter: parent.verticalCenter
            text: key.control.text
            role: key.role
            bold: key.control.font === "" && (Theme.bold(key.role) || key.chosen)
            family: key.control.font
            lineHeight: Math.min(Theme.line(key.role), Theme.size(key.role) * 1.38)
            align: middle.icon || key.style === "ring" ? Text.AlignLeft : Text.AlignHCenter
            color: key.ink
            spoken: false
            visible: middle.visible
        }
    }

    // pictogram above words
    Item {
        anchors.centerIn: parent
        visible: key.style === "setting"
        width: parent.width - 2 * key.pad
        height: above.height + below.height
        Pictogram {
            id: above
            name: key.style === "setting" ? key.control.icon : ""
            size: Theme.large ? 15 : 13
            anchors.horizontalCenter: parent.horizontalCenter
        }
        Lines {
            id: below
            y: above.height
            width: parent.width
            text: key.style === "setting" ? key.control.text : ""
            role: "labelBold"
            align: Text.AlignHCenter
            lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.38)
            color: key.ink
            spoken: false
        }
    }

    // pictogram, words and note left; value and ring or chevron right
    Item {
        anchors.fill: parent
        anchors.leftMargin: key.pad
        anchors.rightMargin: key.pad
        visible: key.ringed || key.style === "wide"

        Pictogram {
            id: leftIcon
            name: parent.visible ? key.control.icon : ""
            size: Theme.landscape && !Theme.large && key.style === "card" ? 11 : Theme.large ? 16 : key.style === "wide" ? 15 : 16
            anchors.verticalCenter: parent.verticalCenter
        }
        Item {
            id: texts
            x: leftIcon.visible ? leftIcon.width + Theme.mm(Theme.landscape && !Theme.large && key.style === "card" ? 3 : 7) : 0
            width: Math.max(1, ending.x - Theme.mm(2) - x)
            height: first.height + second.height
            anchors.verticalCenter: parent.verticalCenter
            Lines {
                id: first
                width: parent.width
                text: key.ringed || key.style === "wide" ? key.control.text : ""
                role: Theme.landscape && !Theme.large ? (key.style === "card" ? "bodyBold" : "name") : Theme.large ? "lead" : "item"
                lineHeight: Math.min(Theme.line(role), Theme.size(role) * 1.34)
                color: key.ink
                spoken: false
            }
            Lines {
                id: second
                y: first.height
                width: parent.width
                height: visible ? implicitHeight : 0
                visible: key.control.note !== "" && key.ringed
                text: key.control.note
                role: "label"
                color: Theme.color("quiet")
                spoken: false
            }
        }
        Item {
            id: ending
            x: parent.width - width
            width: (value.visible ? value.width + Theme.mm(5) : 0) + mark.width
            height: parent.height
            Lines {
                id: value
                visible: key.control.value !== "" && key.ringed
                width: visible ? implicitWidth + 1 : 0
                anchors.verticalCenter: parent.verticalCenter
                text: key.control.value
                role: "itemPlain"
                color: key.ink
                spoken: false
            }
            Item {
                id: mark
                x: parent.width - width
                width: Theme.mm(Theme.landscape && !Theme.large ? 7 : 8)
                height: parent.height
                Ring {
                    anchors.centerIn: parent
                    visible: key.ringed && key.live
                    chosen: key.chosen
                }
                Pictogram {
                    anchors.centerIn: parent
                    visible: key.style === "wide"
                    name: key.style === "wide" ? "chevron-right" : ""
                    size: 9
                }
            }
        }
    }
}
