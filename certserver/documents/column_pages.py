"""How a two-column document becomes pages: a block stays whole and goes to the next page where it does not fit, one
that is longer than a page is broken between its rows. No page says more than its seal code holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from certserver.antiforgery.paper import dots
from certserver.documents.column_lines import PITCH, Line, lines_of
from certserver.documents.columns import Block, ColumnDocument, Section
from certserver.documents.model import Entry

TOP, BOTTOM = dots(30.0), dots(238.0)
"""Of the frame."""

SIGNED_BYTES = 4800
"""Of a page's entries before they are deflated: with what every page has besides, the symbols stay below the largest
that a back has room for. Only pages full of variation selectors come near it."""

_ABOVE_FIRST, _ABOVE = dots(2.0), dots(1.45)
"""White above the first block of a page, and above those below a rule."""

_GAP = dots(0.9)
"""After each block; a rule stands in it at the end."""

_BOX_BLOCK = dots(17.6)
"""Least height of a block with the box 除籍."""

_PER_ENTRY = 9
"""Bytes of the lengths before name, label and text, as far as deflate leaves them."""


@dataclass(frozen=True, slots=True, repr=False)
class Placed:
    """A block on a page: its top in dots from the sheet's edge, its lines, and where a rule stands above it."""

    top: int
    block: Block
    lines: tuple[Line, ...]
    rule: int | None

    @property
    def bottom(self) -> int:
        """Where the next may begin."""
        return self.top + _height(self.block, self.lines)

    def __repr__(self) -> str:
        return f"<Placed {self.block!r} at {self.top}>"


@dataclass(frozen=True, slots=True, repr=False)
class ColumnPage:
    """The blocks of one page."""

    placed: tuple[Placed, ...]

    @property
    def bottom(self) -> int:
        """Where the last block ends, in dots from the sheet's edge."""
        return self.placed[-1].bottom

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        for placed in self.placed:
            yield from placed.block.entries()

    def __repr__(self) -> str:
        return f"<ColumnPage of {len(self.placed)} blocks>"


def pages_of(document: ColumnDocument) -> tuple[ColumnPage, ...]:
    """The pages, at least one. What fits no page stands on one alone and reaches below the frame. There is always
    room for one line more after the last block."""
    pages = _Pages()
    for section in document.sections:
        _set(pages, section, last=section is document.sections[-1])
    return pages.done()


def laid(parts: Iterable[tuple[Block, bool]]) -> ColumnPage:
    """A page of these blocks, each with whether it begins a section: then a rule stands above it."""
    placed: list[Placed] = []
    for block, begins in parts:
        placed.append(_below(placed, block, _lines_of(block), rule=begins))
    return ColumnPage(tuple(placed))


def _set(pages: "_Pages", section: Section, *, last: bool) -> None:
    for at, block in enumerate(section.blocks):
        again = section.again if at else None
        after = PITCH if last and at + 1 == len(section.blocks) else 0
        parts = tuple(_parts(block, section.again, after))
        for number, part in enumerate(parts):
            final = number + 1 == len(parts)
            pages.add(
                part, again if number == 0 else section.again, after if final else 0, rule=at == 0 and number == 0
            )


def _parts(block: Block, again: Block | None, after: int) -> Iterator[Block]:
    """A block, in parts when it is longer than a page below what stands there again."""
    room = BOTTOM - TOP - _ABOVE_FIRST - after - (0 if again is None else _height_of(again))
    most = SIGNED_BYTES - (0 if again is None else _bytes(again.entries()))
    part = block
    while len(part.rows) > 1 and not _fits(part, room, most):
        counts = range(len(part.rows) - 1, 1, -1)
        count = next((count for count in counts if _fits(_head(part, count), room, most)), 1)
        yield _head(part, count)
        part = Block(part.rows[count:])
    yield part


def _head(block: Block, count: int) -> Block:
    return replace(block, rows=block.rows[:count])


def _fits(block: Block, room: int, most: int) -> bool:
    return _height_of(block) <= room and _bytes(block.entries()) <= most


class _Pages:
    """Pages as they fill."""

    def __init__(self) -> None:
        self._pages: list[ColumnPage] = []
        self._placed: list[Placed] = []
        self._bytes = 0

    def add(self, block: Block, again: Block | None, after: int, *, rule: bool) -> None:
        """Places a block below the last, or on a further page below `again`. `after` it there must be room."""
        lines = _lines_of(block)
        size = _bytes(block.entries())
        top = _next(self._placed, rule=rule)
        full = top + _height(block, lines) + after > BOTTOM or self._bytes + size > SIGNED_BYTES
        if full and self._placed:
            self._turn()
            if again is not None:
                self._place(again, _lines_of(again), rule=False)
        self._place(block, lines, rule=rule)

    def done(self) -> tuple[ColumnPage, ...]:
        """All pages."""
        self._turn()
        return tuple(self._pages)

    def _place(self, block: Block, lines: tuple[Line, ...], *, rule: bool) -> None:
        self._placed.append(_below(self._placed, block, lines, rule=rule))
        self._bytes += _bytes(block.entries())

    def _turn(self) -> None:
        self._pages.append(ColumnPage(tuple(self._placed)))
        self._placed, self._bytes = [], 0


def _below(placed: list[Placed], block: Block, lines: tuple[Line, ...], *, rule: bool) -> Placed:
    """A block below those that stand on its page already."""
    above = placed[-1].bottom if rule and placed else None
    return Placed(_next(placed, rule=rule), block, lines, above)


def _next(placed: list[Placed], *, rule: bool) -> int:
    """Where the next block begins, in dots from the sheet's edge."""
    if not placed:
        return TOP + _ABOVE_FIRST
    return placed[-1].bottom + (_ABOVE if rule else 0)


def _lines_of(block: Block) -> tuple[Line, ...]:
    return tuple(line for row in block.rows for line in lines_of(row))


def _height_of(block: Block) -> int:
    return _height(block, _lines_of(block))


def _height(block: Block, lines: tuple[Line, ...]) -> int:
    """With the gap after it."""
    content = max(sum(line.height for line in lines), PITCH, _BOX_BLOCK if block.removed is not None else 0)
    return (PITCH if block.heading else 0) + content + _GAP


def _bytes(entries: Iterable[Entry]) -> int:
    return sum(
        len(entry.name) + len(entry.label.encode()) + len(entry.text.encode()) + _PER_ENTRY
        for entry in entries
        if entry.covered
    )
