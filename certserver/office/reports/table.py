"""A report as a table: title, notes, columns and rows of raw values, from which each writer makes what its readers
want. Rounding is done once, when a value is shown, and always from the exact numbers. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

TEN_THOUSAND = 10_000


class Shape(Enum):
    """How a column's values are shown."""

    TEXT = "text"
    COUNT = "count"
    """1,234"""
    TEN_THOUSANDS = "ten-thousands"
    """万, halves up, with commas: 1,217"""
    PLAIN_TEN_THOUSANDS = "plain-ten-thousands"
    """The same without commas: 1068"""
    PERCENT = "percent"
    """Of a `Ratio`, to one decimal, halves up: 73.7%"""
    YEN = "yen"
    HUNDREDTHS = "hundredths"
    """Of a `Ratio` of yen, to two decimals, halves up."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole, both exact. Nothing is said of a part of nothing."""

    part: int
    whole: int


class Withheld(Enum):
    """A number that is kept back, because it tells of too few people or would let such a number be computed."""

    WITHHELD = "withheld"


WITHHELD = Withheld.WITHHELD
WITHHELD_SIGN = "x"
NOTHING_SIGN = "–"

Value = str | int | Ratio | Withheld | None
"""None: there is nothing to say."""

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading, with the heading that it shares with its neighbours where there is one."""

    heading: str
    shape: Shape = Shape.COUNT
    group: str = ""

    @property
    def is_number(self) -> bool:
        """Whether values stand under each other by their digits."""
        return self.shape is not Shape.TEXT

    @property
    def full_heading(self) -> str:
        """The heading where each column stands for itself."""
        return f"{self.group} {self.heading}" if self.group else self.heading


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one column by the texts of another, numbered from 0; the rows from `first` on."""

    labels: int
    values: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A report. The first `label_columns` columns say what a row is about. Raises `ValueError` for a row of another
    length."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    chart: Chart | None = None
    label_columns: int = 1
    foot: tuple[Row, ...] = ()
    """Sums below, which a file that is reckoned with does not have."""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in (*self.rows, *self.foot)):
            raise ValueError("a row has as many values as there are columns")

    @property
    def withholds(self) -> bool:
        """Whether a number is kept back anywhere."""
        return any(value is WITHHELD for row in (*self.rows, *self.foot) for value in row)

    def groups(self) -> Iterator[tuple[str, int]]:
        """Headings that columns share, with how many; empty where a column stands for itself."""
        at = 0
        while at < len(self.columns):
            group, width = self.columns[at].group, 1
            while group and at + width < len(self.columns) and self.columns[at + width].group == group:
                width += 1
            yield group, width
            at += width


def shown(value: Value, shape: Shape) -> str:
    """What a reader sees."""
    if value is None or (isinstance(value, Ratio) and value.whole == 0):
        return NOTHING_SIGN
    if isinstance(value, Withheld):
        return WITHHELD_SIGN
    if isinstance(value, str):
        return value
    exact = exactly(value, shape)
    return f"{exact}%" if shape is Shape.PERCENT else _with_commas(exact) if shape in _COMMAS else exact


_COMMAS = frozenset({Shape.COUNT, Shape.TEN_THOUSANDS, Shape.YEN, Shape.HUNDREDTHS})


def exactly(value: int | Ratio, shape: Shape) -> str:
    """The digits of a number alone, for whoever reckons with them. Of a ratio the whole is not 0."""
    if isinstance(value, Ratio):
        decimals, factor = (1, 1000) if shape is Shape.PERCENT else (2, 100)
        return _with_point(halves_up(value.part * factor, value.whole), decimals)
    if shape in (Shape.TEN_THOUSANDS, Shape.PLAIN_TEN_THOUSANDS):
        return str(halves_up(value, TEN_THOUSAND))
    return str(value)


def halves_up(part: int, whole: int) -> int:
    """A quotient as a whole number; a half counts as one. `whole` is above 0."""
    return (2 * part + whole) // (2 * whole)


def _with_point(number: int, decimals: int) -> str:
    before, after = divmod(abs(number), 10**decimals)
    return f"{'-' if number < 0 else ''}{before}.{after:0{decimals}d}"


def _with_commas(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}"
