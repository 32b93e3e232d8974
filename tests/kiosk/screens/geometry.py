"""What a finger and an eye would complain about, measured on the items of a window that shows a screen: all in mm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont
from PySide6.QtQuick import QQuickItem

from kiosk.screens.fingers import walk
from kiosk.screens.panel import Panel
from kiosk.screens.window import KioskWindow

MIN_TARGET = 20.0
MIN_GAP = 3.0
MIN_CAPITAL = 4.8
CAPITAL_OF_EM = 0.765
ROUNDING = 0.3
"""Places are rounded to whole pixels."""

STANDARD_TITLE = 15.0
TITLE_LINES = 2
LARGE_TITLE_LINES = 3
CANNOT_BEGIN = re.compile(r"[、。，．・：）」』】〜～ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々]")
LONE = re.compile(r"[はがをにでとものへや、。円通]+")
"""A line of a sentence that is a particle, a mark or a unit and nothing else."""
FIGURE_CUT = re.compile(r"\d\|[\d,.:円通枚回]|(¥|\d[,.])\|\d")
"""What stands at the end of a line and the beginning of the next, when a figure or its unit was cut."""


@dataclass(frozen=True)
class Ruler:
    """Measures items of a window in mm."""

    panel: Panel

    @property
    def pitch(self) -> float:
        return self.panel.pitch

    @property
    def face(self) -> QRectF:
        return QRectF(0, 0, self.panel.width * self.pitch, self.panel.height * self.pitch)

    def rect(self, item: QQuickItem, width: float | None = None, height: float | None = None) -> QRectF:
        corner = item.mapToScene(QPointF(0, 0))
        return QRectF(
            corner.x() * self.pitch,
            corner.y() * self.pitch,
            (item.width() if width is None else width) * self.pitch,
            (item.height() if height is None else height) * self.pitch,
        )


@dataclass(slots=True)
class Item:
    """An item, its name, and the lines of its words if it has words."""

    item: QQuickItem
    name: str
    lines: list[str] | None
    end: int = 0
    """Where the items below it end in the list of all; they begin right after it."""


@dataclass(frozen=True, slots=True)
class Key:
    """What can be touched, where it stands, and where the words on it stand."""

    name: str
    rect: QRectF
    words: list[QRectF]


@dataclass(frozen=True)
class Sight:
    """All visible items of a window in drawing order, asked of Qt once for all complaints: there are hundreds."""

    ruler: Ruler
    items: list[Item]

    @classmethod
    def of(cls, window: KioskWindow, ruler: Ruler) -> "Sight":
        found: list[Item] = []
        _gather(window.view.contentItem(), found)
        return cls(ruler, found)

    @cached_property
    def keys(self) -> list[Key]:
        found = []
        for place, each in enumerate(self.items):
            kind, _, name = each.name.partition(":")
            if kind == "key" and name and each.item.isEnabled():
                below = self.items[place + 1 : each.end]
                words = [
                    self.ruler.rect(one.item) for one in below if one.lines is not None and one.item.property("text")
                ]
                found.append(Key(name, self.ruler.rect(each.item), words))
        return found

    def texts(self) -> Iterator[tuple[str, QFont, QRectF, QRectF]]:
        """Text, font, the ink of the line and the room it has."""
        ruler = self.ruler
        for item in (each.item for each in self.items):
            if not item.inherits("QQuickText") or not item.isEnabled() or not (text := item.property("text")):
                continue
            room, font = ruler.rect(item), item.property("font")
            wide, tall = item.property("contentWidth") * ruler.pitch, font.pixelSize() * ruler.pitch
            align = item.parentItem().property("align") or 1
            free = room.width() - wide
            x = room.x() + (0 if align == 1 else free if align == 2 else free / 2)
            ink = QRectF(x, room.center().y() - tall * 0.42, wide, tall * 0.84)
            yield str(text), font, ink, room


def _gather(above: QQuickItem, found: list[Item]) -> None:
    for item in above.childItems():
        if item.isVisible():
            parts = item.property("parts")
            each = Item(item, item.objectName(), None if parts is None else parts.toVariant())
            found.append(each)
            _gather(item, found)
            each.end = len(found)


def items(window: KioskWindow) -> list[QQuickItem]:
    return list(walk(window.view.contentItem()))


def complaints(sight: Sight) -> list[str]:
    return [*_keys(sight), *_texts(sight), *_zones(sight), *_breaks(sight)]


def _keys(sight: Sight) -> Iterator[str]:
    panel, keys = sight.ruler.face, sight.keys
    for place, key in enumerate(keys):
        name, rect = key.name, key.rect
        if not panel.contains(rect):
            yield f"key {name} leaves the panel: {rect}"
        if any(not rect.contains(line) for line in key.words):
            yield f"the words of key {name} leave it"
        if min(rect.width(), rect.height()) < MIN_TARGET - ROUNDING:
            yield f"key {name} is {rect.width():.1f} x {rect.height():.1f} mm"
        for other, beside in ((each.name, each.rect) for each in keys[place + 1 :]):
            apart = max(
                beside.left() - rect.right(),
                rect.left() - beside.right(),
                beside.top() - rect.bottom(),
                rect.top() - beside.bottom(),
            )
            if apart < MIN_GAP - ROUNDING:
                yield f"keys {name} and {other} are {apart:.1f} mm apart"


def _texts(sight: Sight) -> Iterator[str]:
    ruler, panel = sight.ruler, sight.ruler.face
    seen: list[tuple[str, QRectF]] = []
    for text, font, ink, room in sight.texts():
        if font.pixelSize() * ruler.pitch * CAPITAL_OF_EM < MIN_CAPITAL:
            yield f"{text!r} has capitals of {font.pixelSize() * ruler.pitch * CAPITAL_OF_EM:.1f} mm"
        if ink.width() > room.width() + 2 * ROUNDING:
            yield f"{text!r} is {ink.width():.1f} mm wide in {room.width():.1f}"
        if not panel.contains(ink):
            yield f"{text!r} leaves the panel"
        for other, beside in seen:
            if ink.intersects(beside):
                yield f"{text!r} lies over {other!r}"
        seen.append((text, ink))


def _zones(sight: Sight) -> Iterator[str]:
    ruler = sight.ruler
    zones = {each.name: each.item for each in sight.items if each.name.startswith("zone:")}
    used = {name: item.property("used") * ruler.pitch for name, item in zones.items()}
    foot = zones["zone:foot"]
    top = foot.y() * ruler.pitch - 2 if used["zone:foot"] else None
    for name, item in zones.items():
        if name == "zone:foot":
            continue
        start = item.y() * ruler.pitch
        room = (item.property("room") if name == "zone:lower" else item.height()) * ruler.pitch
        if top is not None and name in ("zone:read", "zone:lower") and item.x() == foot.x():
            room = top - start
        if used[name] and used[name] > room + 1:
            yield f"{name} is {used[name]:.1f} mm high in {room:.1f}"


def _breaks(sight: Sight) -> Iterator[str]:
    for each in sight.items:
        item, lines = each.item, each.lines
        if lines is None:
            continue
        text = item.property("text")
        if item.property("forced"):
            yield f"{text!r} is broken where it does not say so"
        large = item.property("pixels") * sight.ruler.pitch > STANDARD_TITLE + ROUNDING
        most = LARGE_TITLE_LINES if large else TITLE_LINES
        if item.property("role") == "title" and len(lines) > most:
            yield f"title {text!r} has {len(lines)} lines"
        for before, line in pairwise(lines):
            if CANNOT_BEGIN.match(line) or LONE.fullmatch(line):
                yield f"{text!r} has a line {line!r}"
            if FIGURE_CUT.search(f"{before[-2:]}|{line[:1]}"):
                yield f"{text!r} cuts a figure between {before!r} and {line!r}"
