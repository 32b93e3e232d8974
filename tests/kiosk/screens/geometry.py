"""What a finger and an eye would complain about, measured on the items of a window that shows a screen: all in mm."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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

    def keys(self, items: Iterable[QQuickItem]) -> list[tuple[str, QRectF, list[QRectF]]]:
        found = []
        for item in items:
            kind, _, name = item.objectName().partition(":")
            if kind == "key" and name and item.isEnabled():
                found.append(
                    (
                        name,
                        self.rect(item),
                        [self.rect(line) for line in walk(item) if line.property("text") and line.property("parts")],
                    )
                )
        return found

    def texts(self, items: Iterable[QQuickItem]) -> Iterator[tuple[str, QFont, QRectF, QRectF]]:
        """Text, font, the ink of the line and the room it has."""
        for item in items:
            if not item.inherits("QQuickText") or not item.isEnabled() or not item.property("text"):
                continue
            room = self.rect(item)
            wide, tall = item.property("contentWidth") * self.pitch, item.property("font").pixelSize() * self.pitch
            align = item.parentItem().property("align") or 1
            free = room.width() - wide
            x = room.x() + (0 if align == 1 else free if align == 2 else free / 2)
            ink = QRectF(x, room.center().y() - tall * 0.42, wide, tall * 0.84)
            yield str(item.property("text")), item.property("font"), ink, room


def items(window: KioskWindow) -> list[QQuickItem]:
    return list(walk(window.view.contentItem()))


def complaints(window: KioskWindow, ruler: Ruler) -> list[str]:
    seen = items(window)
    return [*_keys(seen, ruler), *_texts(seen, ruler), *_zones(seen, ruler), *_breaks(seen, ruler)]


def _keys(items: Iterable[QQuickItem], ruler: Ruler) -> Iterator[str]:
    panel = ruler.face
    keys = ruler.keys(items)
    for place, (name, rect, lines) in enumerate(keys):
        if not panel.contains(rect):
            yield f"key {name} leaves the panel: {rect}"
        if any(not rect.contains(line) for line in lines):
            yield f"the words of key {name} leave it"
        if min(rect.width(), rect.height()) < MIN_TARGET - ROUNDING:
            yield f"key {name} is {rect.width():.1f} x {rect.height():.1f} mm"
        for other, beside, _ in keys[place + 1 :]:
            apart = max(
                beside.left() - rect.right(),
                rect.left() - beside.right(),
                beside.top() - rect.bottom(),
                rect.top() - beside.bottom(),
            )
            if apart < MIN_GAP - ROUNDING:
                yield f"keys {name} and {other} are {apart:.1f} mm apart"


def _texts(items: Iterable[QQuickItem], ruler: Ruler) -> Iterator[str]:
    panel = ruler.face
    seen: list[tuple[str, QRectF]] = []
    for text, font, ink, room in ruler.texts(items):
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


def _zones(items: Iterable[QQuickItem], ruler: Ruler) -> Iterator[str]:
    zones = {item.objectName(): item for item in items if item.objectName().startswith("zone:")}
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


def _breaks(items: Iterable[QQuickItem], ruler: Ruler) -> Iterator[str]:
    for item in items:
        parts = item.property("parts")
        if parts is None:
            continue
        lines = parts.toVariant()
        text = item.property("text")
        if item.property("forced"):
            yield f"{text!r} is broken where it does not say so"
        large = item.property("pixels") * ruler.pitch > STANDARD_TITLE + ROUNDING
        most = LARGE_TITLE_LINES if large else TITLE_LINES
        if item.property("role") == "title" and len(lines) > most:
            yield f"title {text!r} has {len(lines)} lines"
        for before, line in pairwise(lines):
            if CANNOT_BEGIN.match(line) or LONE.fullmatch(line):
                yield f"{text!r} has a line {line!r}"
            if FIGURE_CUT.search(f"{before[-2:]}|{line[:1]}"):
                yield f"{text!r} cuts a figure between {before!r} and {line!r}"
