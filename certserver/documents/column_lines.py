"""How the rows of a two-column document become lines: sizes by rule, then wrapped under the value; nothing is cut.
Every character counts one em: a koseki is full width, and no glyph of its typefaces is wider."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certserver.antiforgery.paper import dots, points
from certserver.documents.columns import OPENING, Item, Row, Weight
from certserver.documents.fitting import broken
from certserver.documents.typefaces import clusters

ROOM = dots(123.8)
"""Width of the content, in dots."""

PITCH = dots(5.25)
NAME_PITCH = dots(6.4)
HANG = 0.5
"""A text that begins with 【 stands so many em to the left, so that its ink aligns with other values."""

_SIZE, _SMALL = 11.0, 10.0
_STEPS = {
    Weight.PLAIN: (_SIZE, _SMALL),
    Weight.HEAD: (13.0, _SIZE, _SMALL),
    Weight.NAME: (15.0, 13.0, _SIZE, _SMALL),
}
_BETWEEN = 2
"""Em between items that stand beside each other."""

_NARROWEST = 8
"""Em. Where less is left beside a long label, the value wraps under the label."""


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """Text of one size in a line: `entry` names whose it is, `left` in dots from the content's left edge, `size` in
    points."""

    entry: str
    text: str
    left: float
    size: float

    def __repr__(self) -> str:
        return f"<Piece at {self.size} pt>"


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line and its height in dots."""

    pieces: tuple[Piece, ...]
    height: int = PITCH

    @property
    def size(self) -> float:
        """The largest in it, in points."""
        return max(piece.size for piece in self.pieces)

    def __repr__(self) -> str:
        return f"<Line of {len(self.pieces)} pieces>"


class _FullWidth:
    """Measures every character as one em. Fulfils `certserver.documents.fitting.Measure`."""

    def widths(self, of: Iterable[str]) -> Iterator[float]:
        return (1.0 for _ in of)


_FULL_WIDTH = _FullWidth()


def lines_of(row: Row) -> tuple[Line, ...]:
    """The lines of a row. A label is never parted from its value's first character."""
    if len(row) > 1 and (together := _beside(row)) is not None:
        return (together,)
    return tuple(line for item in row for line in _lines(item))


def _beside(row: Row) -> Line | None:
    """All items on one line at full size, None when they don't fit."""
    em = points(_SIZE)
    pieces = []
    left = 0.0
    for item in row:
        text = item.lead + item.value
        start = left - _hang(text) * em
        pieces.append(Piece(item.entry.name, text, start, _SIZE))
        left = start + (_em(text) + _BETWEEN + _hang(text)) * em
    last = pieces[-1]
    return Line(tuple(pieces)) if last.left + _em(last.text) * em <= ROOM else None


def _lines(item: Item) -> tuple[Line, ...]:
    """One line at the first size at which it fits, else several at the last."""
    lead, value = item.lead, item.value
    for size in _STEPS[item.weight]:
        before = min(size, _SIZE)
        start = (_em(lead) - _hang(lead)) * points(before)
        if start + _em(value) * points(size) <= ROOM:
            return (_line(item, start, before, size),)
    return tuple(_wrapped(item))


def _line(item: Item, start: float, before: float, size: float) -> Line:
    name, lead, value = item.entry.name, item.lead, item.value
    height = NAME_PITCH if size > _SIZE else PITCH
    if not lead:
        return Line((Piece(name, value, -_hang(value) * points(size), size),), height)
    left = -_hang(lead) * points(before)
    if before == size:
        return Line((Piece(name, lead + value, left, size),), height)
    return Line((Piece(name, lead, left, before), Piece(name, value, start, size)), height)


def _wrapped(item: Item) -> Iterator[Line]:
    name, lead, value = item.entry.name, item.lead, item.value
    em = points(_SMALL)
    indent = _em(lead) - _hang(lead)
    if ROOM / em - indent < _NARROWEST:
        lead, value, indent = "", lead + value, 0.0
    for at, text in enumerate(_broken(value, ROOM / em - indent)):
        if at == 0 and lead:
            yield Line((Piece(name, lead + text, -_hang(lead) * em, _SMALL),))
        else:
            yield Line((Piece(name, text, (indent - (_hang(text) if at == 0 else 0)) * em, _SMALL),))


def _broken(text: str, room: float) -> tuple[str, ...]:
    lines = broken(_FULL_WIDTH, text, room, len(text))
    assert lines is not None, "a text has at most as many lines as characters"
    return lines


def _em(text: str) -> int:
    return len(clusters(text))


def _hang(text: str) -> float:
    return HANG if text.startswith(OPENING) else 0.0
