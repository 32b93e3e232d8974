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
        if (room > 0)
            for (const line of all.split("\n"))
                found.push(...evened(line, room));
        return found;
    }
    // A paragraph that would end in a short line is set narrower, in as many lines, unless that line is a clause.
    function evened(line: string, room: real): var {
        let best = wrapped(line, room);
        const lines = best.length;
        if (lines < 2 || /[、。,.] ?$/.test(best[lines - 2]))
            return best;
        const longest = Math.max(...phrases(line).map(measure));
        const least = 0.4 * room;
        for (let narrower = room; measure(best[lines - 1]) < least && narrower >= longest; narrower -= 0.04 * room) {
            const tried = wrapped(line, narrower);
            if (tried.length > lines)
                break;
            best = tried;
        }
        return best;
    }
    function wrapped(line: string, room: real): var {
        const found = [];
        let now = "";
        for (const phrase of phrases(line)) {
            if (now && measure(now + phrase) > room) {
                found.push(now);
                now = "";
            }
            now += phrase;
            while (measure(now) > room) {
                let fits = 1;
                while (fits < now.length - 1 && measure(now.slice(0, fits + 1)) <= room)
                    fits++;
                const cut = whole(now, fits);
                if (cut >= now.length)
                    break;
                found.push(now.slice(0, cut));
                now = now.slice(cut);
            }
        }
        found.push(now);
        return found;
    }
    // Where a phrase may be cut by letters, at `fits` or near it: never inside a figure or before its unit, never before
    // a mark that can't begin a line, even if that leaves the line too long.
    function whole(phrase: string, fits: int): int {
        let cut = fits;
        const figure = /[¥￥]?\d(?:[\d,.:～–-]*\d)?(?:\u00a0?(?:円札?|通|枚目?|人|回|歳|秒|階|けた|月|日|時|分|yen))?/g;
        for (let found = figure.exec(phrase); found; found = figure.exec(phrase)) {
            const end = found.index + found[0].length;
            if (found.index < cut && cut < end)
                cut = found.index > 0 ? found.index : end;
        }
        const mark = /[、。，．,.・）」』】ーっゃゅょッャュョ々～]/;
        if (cut > 1 && mark.test(phrase[cut]) && !/\d/.test(phrase.slice(0, cut)))
            cut--;
        while (cut < phrase.length && mark.test(phrase[cut]))
            cut++;
        return cut;
    }

    FontMetrics {
        id: metrics
        font.family: Theme.family
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
            font.family: Theme.family
            font.pixelSize: lines.pixels
            font.bold: lines.bold
            color: lines.color
            horizontalAlignment: lines.align
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
}
