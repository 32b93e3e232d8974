"""Breaks the tables of a certificate of tax into pages: pairs of tables side by side, row beside row, each row whole,
and no heading at the foot of a page; and reads a page's lines back. It knows no millimetres."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certserver.documents.model import Entry
from certserver.documents.page import Page
from certserver.documents.tax import TOTALS, UNUSED_ROW, Row, Table

_HEADING = "heading"
_ROW = re.compile(r"[0-9]+\.(income|deduction|dependants|tax)|unused[0-9.a-z]+|" + "|".join(TOTALS))
"""Names of rows."""


@dataclass(frozen=True, slots=True, repr=False)
class Heading:
    """The first row of a pair of tables, again where it goes on upon the next page."""

    left: Entry
    right: Entry

    def __repr__(self) -> str:
        return "<Heading>"


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """Two rows side by side."""

    left: Row
    right: Row

    @property
    def totals(self) -> tuple[bool, bool]:
        """Which of the two are totals."""
        return self.left.name in TOTALS, self.right.name in TOTALS

    def __repr__(self) -> str:
        return "<Pair>"


Line = Heading | Pair


def pages_of(
    tables: Sequence[tuple[Table, Table]], least: Sequence[int], room: int, *, before: int, after: int
) -> tuple[tuple[Line, ...], ...]:
    """The lines of each page of `room` rows, of which the first page leaves `before` and the last leaves `after` to
    something else. A pair of tables has at least as many rows as `least` says, its heading not counted, while one page
    holds them all."""
    spare = room - before - after - sum(1 + _height(pair) for pair in tables)
    pages: list[list[Line]] = [[]]
    left_on_page = room - before
    for number, ((left, right), wanted) in enumerate(zip(tables, least, strict=True), 1):
        more = max(0, min(wanted - _height((left, right)), spare))
        spare -= more
        heading = Heading(*(Entry(f"{_HEADING}{number}.{side}", table.heading) for side, table in _sides(left, right)))
        # A heading takes a row with it.
        left_on_page = _started(pages, heading, left_on_page if left_on_page >= 2 else 0, room)
        for line in _lines(left, right, _height((left, right)) + more, number):
            if left_on_page == 0:
                left_on_page = _started(pages, heading, 0, room)
            pages[-1].append(line)
            left_on_page -= 1
    if left_on_page < after:
        pages.append([])
    return tuple(map(tuple, pages))


def entries_of(line: Line) -> tuple[Entry, Entry]:
    """What stands on a line, from the left."""
    return line.left, line.right


def read_lines(page: Page) -> tuple[Line, ...]:
    """The lines of a page, as long as there are any next in reading order. Raises `ForeignPage`."""
    lines: list[Line] = []
    while True:
        upcoming = page.upcoming()
        if upcoming.startswith(_HEADING):
            lines.append(Heading(page.take(upcoming), page.take(page.upcoming())))
        elif _ROW.fullmatch(upcoming):
            lines.append(Pair(page.take(upcoming, None), page.take(page.upcoming(), None)))
        else:
            return tuple(lines)


def _sides(left: Table, right: Table) -> tuple[tuple[str, Table], tuple[str, Table]]:
    return ("left", left), ("right", right)


def _started(pages: list[list[Line]], heading: Heading, left_on_page: int, room: int) -> int:
    """Sets a heading, on a new page where none is left on this one; how many rows are left then."""
    if left_on_page == 0:
        pages.append([])
        left_on_page = room
    pages[-1].append(heading)
    return left_on_page - 1


def _height(pair: tuple[Table, Table]) -> int:
    return max(len(table.rows) + len(table.totals) for table in pair)


def _lines(left: Table, right: Table, height: int, number: int) -> Iterator[Pair]:
    columns = (_column(table, height, f"{number}.{side}") for side, table in _sides(left, right))
    return (Pair(one, other) for one, other in zip(*columns, strict=True))


def _column(table: Table, height: int, name: str) -> tuple[Row, ...]:
    """Rows from above, totals from below, and between them rows that nobody can write into."""
    unused = range(len(table.rows) + 1, height - len(table.totals) + 1)
    return (*table.rows, *(_unused(f"unused{name}{at}") for at in unused), *table.totals)


def _unused(name: str) -> Row:
    return Row(name, UNUSED_ROW, UNUSED_ROW)
