"""Figures that a municipality hands over of the time before this software, or that no row here tells, such as its
population: a CSV file, one line for each municipality, thing, day, band and sex with a count. See docs/reports.md."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, delete, func, insert, literal, select
from sqlalchemy.exc import IntegrityError

from certserver.applications.counted import BANDS, Counted, Sex
from certserver.check_digits import local_government_digit
from certserver.errors import ConfigurationError
from certserver.storage.reports import card_counts, card_months, issued_days
from koufu.evidence.words import CertificateKind

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

CODE_DIGITS = 6
HANDED_OVER = "handed-over"
"""The source of figures that no row here tells."""

CARD_FIELDS = ("municipality", "counted", "day", "as_of", "age_from", "sex", "count")
ISSUED_FIELDS = ("municipality", "day", "kind", "count", "fee")
MOST = 10**10
"""Of one count, and of one sum in yen."""
_AT_ONCE = 5_000

Row = dict[str, str | int | None]
Read = Callable[[Mapping[str, str]], Row]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lines were taken in, and what their counts add up to."""

    lines: int
    count: int


def take_card_figures(connection: Connection, municipality: str | None, lines: Iterable[str]) -> Taken:
    """Takes in counts of cards and people, in place of whatever was handed over before of the same municipality, thing
    and day. `municipality` None: the file may name any. Raises `ConfigurationError` with the line that is wrong; then
    the transaction is to be undone."""
    rows = _rows(lines, CARD_FIELDS, _card_row, municipality)
    taken, days = _take(connection, card_counts, rows, ("municipality", "counted", "day"), "times")
    _sum_months(connection, {(str(code), str(counted), str(day)[:7]) for code, counted, day in days})
    return taken


def take_issued_figures(connection: Connection, municipality: str | None, lines: Iterable[str]) -> Taken:
    """The same for issued certificates: copies, and fees in yen, by day and kind."""
    rows = _rows(lines, ISSUED_FIELDS, _issued_row, municipality)
    return _take(connection, issued_days, rows, ("municipality", "day"), "copies")[0]


Key = tuple[str | int | None, ...]


def _take(
    connection: Connection, table: Table, rows: Iterator[Row], replaced: tuple[str, ...], number: str
) -> tuple[Taken, set[Key]]:
    """Adds rows in portions; what they replace goes as they come. Also what was replaced."""
    begun: set[Key] = set()
    taken = count = 0
    while portion := list(islice(rows, _AT_ONCE)):
        for key in dict.fromkeys(tuple(row[name] for name in replaced) for row in portion):
            if key not in begun:
                begun.add(key)
                own = (table.c[name] == value for name, value in zip(replaced, key, strict=True))
                connection.execute(delete(table).where(table.c.source == HANDED_OVER, *own))
        try:
            connection.execute(insert(table), portion)
        except IntegrityError as error:
            raise ConfigurationError("two lines of the file are about the same") from error
        taken += len(portion)
        count += sum(int(row[number] or 0) for row in portion)
    return Taken(taken, count), begun


def _sum_months(connection: Connection, months: set[tuple[str, str, str]]) -> None:
    """Adds months of municipalities up anew, each with all that is counted in it."""
    for code, counted, month in sorted(months):
        if counted == Counted.POPULATION.value:
            continue
        its_own = (card_months.c.municipality == code, card_months.c.counted == counted, card_months.c.month == month)
        connection.execute(delete(card_months).where(*its_own))
        by = (card_counts.c.municipality, card_counts.c.counted, card_counts.c.age_from, card_counts.c.sex)
        summed = select(*by, literal(month), func.sum(card_counts.c.times)).where(
            card_counts.c.municipality == code,
            card_counts.c.counted == counted,
            card_counts.c.day.between(f"{month}-01", f"{month}-31"),
        )
        names = ["municipality", "counted", "age_from", "sex", "month", "times"]
        connection.execute(insert(card_months).from_select(names, summed.group_by(*by)))


def _rows(lines: Iterable[str], fields: Sequence[str], read: Read, municipality: str | None) -> Iterator[Row]:
    reader = csv.reader(lines)
    header = _next(reader) or []
    if [cell.removeprefix("\ufeff") for cell in header] != list(fields):
        raise ConfigurationError(f"the first line must be {','.join(fields)}")
    while (cells := _next(reader)) is not None:
        try:
            if len(cells) != len(fields):
                raise ValueError(f"it has {len(cells)} fields, not {len(fields)}")
            row = read(dict(zip(fields, cells, strict=True)))
        except ValueError as error:
            raise ConfigurationError(f"line {reader.line_num}: {error}") from error
        if municipality is not None and row["municipality"] != municipality:
            raise ConfigurationError(f"line {reader.line_num}: it is of another municipality than {municipality}")
        yield row


def _next(reader: "CsvReader") -> list[str] | None:
    """The next line's fields, None after the last. Raises `ConfigurationError`."""
    try:
        return next(reader, None)
    except csv.Error as error:
        raise ConfigurationError(f"line {reader.line_num}: {error}") from error


def _card_row(cells: Mapping[str, str]) -> Row:
    counted = Counted(cells["counted"])
    if (counted is Counted.POPULATION) != bool(cells["as_of"]):
        raise ValueError("as_of stands with a population and with nothing else")
    band = int(cells["age_from"])
    if band not in BANDS:
        raise ValueError(f"{band} begins no band of age")
    return {
        "municipality": _code(cells["municipality"]),
        "counted": counted.value,
        "source": HANDED_OVER,
        "day": _day(cells["day"]),
        "age_from": band,
        "sex": Sex(cells["sex"]).value,
        "as_of": _day(cells["as_of"]) if cells["as_of"] else None,
        "times": _number(cells["count"]),
    }


def _issued_row(cells: Mapping[str, str]) -> Row:
    return {
        "municipality": _code(cells["municipality"]),
        "day": _day(cells["day"]),
        "source": HANDED_OVER,
        "kind": CertificateKind(cells["kind"]).value,
        "scope": "",
        "options": "",
        "copies": _number(cells["count"]),
        "fee": _number(cells["fee"]),
    }


def _code(text: str) -> str:
    if len(text) != CODE_DIGITS or str(local_government_digit(text[:-1])) != text[-1]:
        raise ValueError("the municipality's code is not right")
    return text


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= MOST):
        raise ValueError("a count is a whole number from 0")
    return int(text)
