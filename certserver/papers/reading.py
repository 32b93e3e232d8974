"""Plain words with their reading above the characters (ふりがな): 「[暗証|あんしょう][番号|ばんごう]」. A word is never
parted from its reading, and lines end at the spaces between words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from certserver.antiforgery.paper import dots, points
from certserver.documents.typefaces import Face, clusters
from certserver.papers.side import Side

READING = 0.5
"""Size of a reading, in sizes of its word."""

_PITCH, _CENTRE = 1.95, 0.62
"""Of a line with readings: how high it is, in em, and where the middle of its words stands in it."""

_PITCH_BARE, _CENTRE_BARE = 1.4, 0.5
_ABOVE = 0.76
"""How far a reading's middle stands above its word's, in em."""

_WORD = re.compile(r"\[([^|\]]+)\|([^\]]+)\]|([^\[]+)")
_NOT_FIRST = "、。，．）」』・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ！？"
_SPACES = "　 "


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never parted: a character, or a word with its reading. `width` in em."""

    text: str
    reading: str
    width: float


def plain(told: str) -> str:
    """The words without their readings."""
    return "".join(word or other for word, _, other in _WORD.findall(told))


def read_aloud(
    side: Side,
    told: str,
    left: float,
    top: float,
    width: float,
    size: float,
    face: Face = Face.BOX_BOLD,
    *,
    readings: bool = True,
) -> float:
    """Sets words with their readings in as many lines as they take; the height at which they end. Without `readings`
    lines stand closer."""
    typeface = side.fonts[face].typeface
    em = points(size)
    height = side.mm(em * (_PITCH if readings else _PITCH_BARE))
    centre = height * (_CENTRE if readings else _CENTRE_BARE)
    y = top
    for paragraph in told.split("\n"):
        units = list(_units(paragraph, typeface.width))
        for line in _lines(units, dots(width) / em):
            _set(side, line, left, y + centre, size, face)
            y += height
    return y


def width_of(side: Side, told: str, size: float, face: Face = Face.BOX_BOLD) -> float:
    """Of words in one line, in mm."""
    return side.mm(sum(unit.width for unit in _units(told, side.fonts[face].typeface.width)) * points(size))


def _units(told: str, width: Callable[[str], float]) -> Iterator[_Unit]:
    for word, reading, other in _WORD.findall(told):
        if word:
            yield _Unit(word, reading, max(width(word), width(reading) * READING))
        else:
            for each in clusters(other):
                yield _Unit(each, "", width(each))


def _lines(units: list[_Unit], room: float) -> Iterator[list[_Unit]]:
    while units:
        used, count = 0.0, 0
        while count < len(units) and (used + units[count].width <= room or count == 0):
            used += units[count].width
            count += 1
        start = count
        if count < len(units):
            spaces = [at for at in range(1, count + 1) if units[at].text in _SPACES]
            if spaces:
                count, start = spaces[-1], spaces[-1] + 1
            else:
                while count > 1 and units[count].text[0] in _NOT_FIRST:
                    count -= 1
                start = count
        yield units[:count]
        units = units[start:]


def _set(side: Side, line: list[_Unit], left: float, centre: float, size: float, face: Face) -> None:
    em = points(size)
    x, run, run_left = left, "", left
    for unit in line:
        width = side.mm(unit.width * em)
        inside = side.width(unit.text, size, face)
        if unit.reading:
            above = centre - side.mm(_ABOVE * em)
            middle = x + width / 2
            start = middle - side.width(unit.reading, size * READING, face) / 2
            side.text(unit.reading, start, above, size * READING, face, mute=True)
        # Words stand in one run as far as no reading is wider than its word, so that text is copied whole.
        if unit.reading and width - inside > 0.01:
            if run:
                side.text(run, run_left, centre, size, face)
            side.text(unit.text, x + (width - inside) / 2, centre, size, face)
            run, run_left = "", x + width
        else:
            run += unit.text
        x += width
    if run:
        side.text(run, run_left, centre, size, face)
