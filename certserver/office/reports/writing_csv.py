"""A report as a CSV file that a spreadsheet opens as it is: UTF-8 with a byte order mark, numbers as bare digits. No
cell can be a formula. Pure."""

import csv
import io
from collections.abc import Iterator

from certserver.office.reports.table import Column, Ratio, Table, Value, exactly, shown

BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_FULL_WIDTH_STARTS = ("＝", "＋", "－", "＠")
"""A spreadsheet may take these for the same."""


def as_csv(table: Table) -> Iterator[bytes]:
    """The file in pieces, a row each: headings, then rows; title and notes are not in it, so that every line has the
    same fields."""
    yield _line([_guarded(column.full_heading) for column in table.columns], first=True)
    for row in table.rows:
        yield _line([_cell(value, column) for value, column in zip(row, table.columns, strict=True)])


def _cell(value: Value, column: Column) -> str:
    if isinstance(value, str):
        return _guarded(value)
    if value is None or (isinstance(value, Ratio) and value.whole == 0):
        return ""
    if isinstance(value, int | Ratio):
        return exactly(value, column.shape)
    return shown(value, column.shape)


def _guarded(text: str) -> str:
    """A text that a spreadsheet would reckon with gets an apostrophe before it."""
    starts = text.lstrip(" ").startswith((*_FORMULA_STARTS, *_FULL_WIDTH_STARTS)) or text.startswith(_FORMULA_STARTS)
    return f"'{text}" if starts else text


def _line(cells: list[str], *, first: bool = False) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return ((BYTE_ORDER_MARK if first else "") + written.getvalue()).encode()
