pragma ComponentBehavior: Bound
import QtQuick

// Text whose lines break only where the text says so: at line breaks, at "|", and in languages with spaces at those. A
// phrase longer than a line (a person's name, a municipality's own words) is broken by letters as a last resort.
Item {
    id: lines

    required property string text
    property string role: "body"
    property color color: Theme.color("ink")
    property int align: Text.AlignLeft
    property bool bold: Theme.bold(role)
    property string family: ""
    property real lineHeight: Theme.line(role)
    property bool spoken: true
    property real room: width // lines are broken for this width

    readonly property int pixels: Theme.size(role)
    readonly property var parts: broken(text, room, metrics.font)
    readonly property real natural: widest(text, metrics.font)
    readonly property real shown: widest(parts.join("\n"), metrics.font) // of the lines as they are broken
    readonly property bool forced: wasForced(text, room, metrics.font)

    implicitWidth: Math.ceil(natural)
    implicitHeight: parts.length * lineHeight

    Accessible.role: Accessible.StaticText
    Accessible.name: text.replace(/\|/g, "").replace(/\n/g, " ")
    Accessible.ignored: !spoken

    function phrases(line: string): var {
        const found = [];
        for (const part of line.split("|")) {
            if (!Theme.spaced) {
                found.push(part);
                continue;
            }
            const words = part.split(" ");
            for (let i = 0; i < words.length; i++)
                found.push(i < words.length - 1 ? words[i] + " " : words[i]);
        }
        return found;
    }
    function measure(piece: string): real {
        return metrics.advanceWidth(piece.replace(/ +$/, ""));
    }
    function widest(all: string, _font: font): real {
        let width = 0;
        for (const line of all.split("\n"))
            width = Math.max(width, measure(line.replace(/\|/g, "")));
        return width;
    }
    function wasForced(all: string, room: real, _font: font): bool {
        for (const line of all.split("\n"))
            for (const phrase of phrases(line))
                if (measure(phrase) > room)
                    return true;
        return false;
    }
    function broken(all: string, room: real, _font: font): var {
        const found = [];
        if (room <= 0)
            return found;
        for (const line of all.split("\n")) {
            let now = "";
            for (const phrase of phrases(line)) {
                if (now && measure(now + phrase) > room) {
                    found.push(now);
                    now = "";
                }
                now += phrase;
                while (measure(now) > room && now.length > 1) {
                    let fits = 1;
                    while (fits < now.length - 1 && measure(now.slice(0, fits + 1)) <= room)
                        fits++;
                    found.push(now.slice(0, fits));
                    now = now.slice(fits);
                }
            }
            found.push(now);
        }
        return found;
    }

    FontMetrics {
        id: metrics
        font.family: lines.family || Theme.family
        font.pixelSize: lines.pixels
        font.bold: lines.bold
    }

    Repeater {
        model: lines.parts.length
        Text {
            required property int index
            y: Math.round(index * lines.lineHeight)
            width: lines.width
            height: lines.lineHeight
            text: (lines.parts[index] ?? "").replace(/ +$/, "")
            textFormat: Text.PlainText
            font.family: lines.family || Theme.family
            font.pixelSize: lines.pixels
            font.bold: lines.bold
            color: lines.color
            horizontalAlignment: lines.align
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
}
