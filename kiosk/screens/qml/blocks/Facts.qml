pragma ComponentBehavior: Bound
import QtQuick
import ".."

Item {
    id: root
    required property var block
    implicitHeight: column.height
    readonly property bool tight: Theme.landscape && !Theme.large
    Column {
        id: column
        width: root.width
        Repeater {
            model: root.block.facts.length
            Item {
                id: row
                required property int index
                readonly property var fact: root.block.facts[index]
                width: column.width
                height: texts.y + texts.height + Theme.mm(root.tight ? 4 : Theme.landscape ? 3 : 6)
                Rectangle {
                    width: parent.width
                    height: Math.max(1, Theme.mm(0.35))
                    color: Theme.color("hairline")
                }
                Pictogram {
                    id: icon
                    name: row.fact.icon
                    size: root.tight ? 14 : 20
                    y: texts.y
                }
                Column {
                    id: texts
                    x: icon.visible ? icon.width + Theme.mm(root.tight ? 4 : 10) : 0
                    y: Theme.mm(root.tight ? 4 : Theme.landscape ? 3 : 7)
                    width: root.width - x
                    Lines {
                        width: parent.width
                        text: row.fact.head
                        role: row.fact.big && !Theme.large ? "lead" : root.tight ? "name" : "item"
                    }
                    Item {
                        width: 1
                        height: Theme.mm(Theme.large || root.tight ? 0 : 1)
                    }
                    Item {
                        width: parent.width
                        height: strong.visible ? strong.implicitHeight + (beside.below ? beside.implicitHeight : 0) : 0
                        Lines {
                            id: strong
                            visible: row.fact.strong !== ""
                            width: parent.width
                            text: row.fact.strong
                            role: Theme.landscape && !Theme.large ? "labelBold" : "bodyBold"
                        }
                        Lines {
                            id: beside
                            readonly property bool below: text !== "" && strong.natural + Theme.mm(5) + natural > parent.width
                            visible: text !== ""
                            x: below ? 0 : strong.natural + Theme.mm(5)
                            y: below ? strong.implicitHeight : 0
                            width: parent.width - x
                            text: row.fact.beside
                            role: Theme.landscape && !Theme.large ? "label" : "body"
                        }
                    }
                    Lines {
                        visible: text !== ""
                        width: parent.width
                        text: row.fact.text
                        role: Theme.landscape && !Theme.large ? "label" : "body"
                    }
                }
            }
        }
    }
}
