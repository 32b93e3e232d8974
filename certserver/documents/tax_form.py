"""The certificates of income and tax and of no tax: tables in two halves of the sheet, on as many pages as their rows
need. There is no national form: arrangement and words are our own and unconfirmed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots
from certserver.documents import page_end, tax, tax_sheet
from certserver.documents.fitting import Field, Step
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import FRAME, RULE, Align, Layer
from certserver.documents.model import Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.documents.tax import (
    FORM_NAMES,
    TaxDocument,
    TaxPerson,
    compose_income,
    compose_non_taxation,
    read_person,
)
from certserver.documents.tax_pages import Heading, Line, Pair, entries_of, pages_of, read_lines
from certserver.documents.tax_sheet import LEFT, RIGHT, ROWS_A_PAGE, row_y
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import PagePicture
from koufu.evidence.words import CertificateKind

STATEMENT = Field(170.0, (Step(12.5), Step(11), Step(10)))
AMOUNT = tax_sheet.amount_field(38.0)
REMARKS = Field(144.0, (Step(10), Step(9), Step(9, 1, 2), Step(8, 0.8, 2)))
LABELS = (
    *tax_sheet.HEAD_LABELS,
    *(tax.INCOME, tax.INCOMES, tax.DEDUCTIONS, tax.DEPENDANTS, tax.TAXES, tax.YEN, tax.PERSONS),
    *(tax.TOTAL_INCOME, tax.TOTAL_INCOME_AND_OTHERS, tax.DEDUCTED, tax.TAXABLE, tax.ANNUAL_TAX, tax.LABELS["remarks"]),
)

_MIDDLE = 105.0
_AMOUNTS = 38.0
"""Width of the column of amounts in each half."""
_REMARKS_RIGHT = 45.0
_REMARKS_ROWS = 2
_STATEMENT_ROWS = 3
_STATEMENT_EDGES = (0.33, 3.33)
"""In rows: as far from the head as from the tables."""
_STATEMENT = "statement"
_LABEL_SIZE = 9.0
_MARGIN, _UNIT_MARGIN, _INSET = 6.0, 9.0, 2.4
_TOTAL_RULE = dots(0.15)

Pages = tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class TaxShape:
    """What of a page does not hang on whom it shows: how many rows of tables stand on it, where their first does (a
    statement can stand above), and at which of them (from 0) there is a heading, and a total where there was none
    before, in each half."""

    title: str
    last: bool
    first: int
    rows: int
    headings: tuple[int, ...]
    totals: tuple[tuple[int, ...], tuple[int, ...]]

    place = page_end.PLACE
    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS})
    quiet: ClassVar[Box | None] = page_end.QUIET_ZONE
    white: ClassVar[tuple[Box, ...]] = ()
    has_picture = False

    def draw(self, layer: Layer) -> None:
        """Lines and fixed labels."""
        tax_sheet.draw_head(layer)
        if self.first:
            top, bottom = map(row_y, _STATEMENT_EDGES)
            layer.frame(Box(dots(LEFT), top, dots(RIGHT), bottom))
        if self.rows:
            _draw_tables(layer, self)
        if self.last:
            _draw_remarks(layer, self.first + self.rows)


@dataclass(frozen=True, slots=True, repr=False)
class TaxPage:
    """What one page says, but for its certification. `remarks` are None but on the last page; a page without a `mark`
    has no room for another row."""

    person: TaxPerson
    statement: Entry | None
    lines: tuple[Line, ...]
    remarks: Entry | None
    mark: Entry | None

    @property
    def first(self) -> int:
        """The first row of its tables."""
        return _first(stated=self.statement is not None)

    def __repr__(self) -> str:
        return f"<TaxPage of {len(self.lines)} lines>"


class TaxForm:
    """Fulfils `certserver.documents.form.Form` for both kinds. The title of `usual` stands on the sheet; `least`
    tells how many rows each pair of tables has where one page holds them all."""

    individual = False
    clause_source = ClauseSource.MUNICIPALITY
    place = page_end.PLACE

    def __init__(
        self,
        kind: CertificateKind,
        least: tuple[int, ...],
        compose: Callable[[EligibleLine, MunicipalityProfile], TaxDocument],
        usual: TaxShape,
    ) -> None:
        self.name = FORM_NAMES[kind]
        self.kind = kind
        self.usual_shapes = ((usual,),)
        self._title = usual.title
        self._least = least
        self._compose = compose

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> TaxDocument:
        """What an order line's document says."""
        return self._compose(line, profile)

    def pages_of(self, document: TaxDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        before = _first(stated=bool(document.statement.text))
        pages = pages_of(document.tables, self._least, ROWS_A_PAGE, before=before, after=_REMARKS_ROWS)
        return tuple(tuple(_entries(document, pages, at)) for at in range(len(pages)))

    def pictures_of(self, _document: TaxDocument) -> tuple[PagePicture, ...]:
        """None."""
        return ()

    def read(self, page: Page) -> TaxPage:
        """What a page says."""
        return TaxPage(
            person=read_person(page),
            statement=page.take(_STATEMENT) if page.has(_STATEMENT) else None,
            lines=read_lines(page),
            remarks=page.take("remarks", tax.LABELS["remarks"]) if page.last else None,
            mark=page.take(CONTINUATION) if page.has(CONTINUATION) else None,
        )

    def shape_of(self, said: TaxPage) -> TaxShape:
        """The shape of a page."""
        headings = tuple(at for at, line in enumerate(said.lines) if isinstance(line, Heading))
        left, right = (tuple(_first_totals(said.lines, half)) for half in (0, 1))
        last = said.remarks is not None
        return TaxShape(self._title, last, said.first, len(said.lines), headings, (left, right))

    def fill(self, layer: Layer, said: TaxPage) -> None:
        """Writes what a page says where it belongs."""
        tax_sheet.fill_head(layer, self._title, said.person)
        if said.statement is not None:
            centre = sum(map(row_y, _STATEMENT_EDGES)) / 2
            middle = dots((LEFT + RIGHT) / 2)
            layer.value(said.statement.name, said.statement.text, middle, centre, STATEMENT, align=Align.MIDDLE)
        for at, line in enumerate(said.lines, said.first):
            _fill_line(layer, line, (row_y(at) + row_y(at + 1)) / 2)
        end = said.first + len(said.lines)
        if said.remarks is not None:
            centre = row_y(end + _REMARKS_ROWS // 2)
            layer.value(said.remarks.name, said.remarks.text, dots(_REMARKS_RIGHT + _INSET), centre, REMARKS)
        if said.mark is not None:
            page_end.fill_mark(layer, said.mark, row_y(end + _REMARKS_ROWS) + page_end.MARK_BELOW)

    def picture_of(self, _said: TaxPage) -> Picture | None:
        """None."""
        return None


def _first(*, stated: bool) -> int:
    """The first row of the tables of a page, with a statement above them or without."""
    return _STATEMENT_ROWS + 1 if stated else 0


def _entries(document: TaxDocument, pages: Pages, page: int) -> Iterator[Entry]:
    """A full last page has no room for another row, so it needs no mark that nothing follows."""
    first = page == 0
    last = page + 1 == len(pages)
    yield from document.person.entries(again=not first)
    if first:
        yield document.statement
    for line in pages[page]:
        yield from entries_of(line)
    if last:
        yield document.remarks
    above = _first(stated=first and bool(document.statement.text))
    if not last or above + len(pages[page]) + _REMARKS_ROWS < ROWS_A_PAGE:
        yield Entry(CONTINUATION, page_end.mark_of(page, len(pages)))


def _first_totals(lines: tuple[Line, ...], half: int) -> Iterator[int]:
    before = True
    for at, line in enumerate(lines):
        total = isinstance(line, Pair) and line.totals[half]
        if total and not before:
            yield at
        before = total


def _draw_tables(layer: Layer, table: TaxShape) -> None:
    left, middle, right = dots(LEFT), dots(_MIDDLE), dots(RIGHT)
    top, bottom = row_y(table.first), row_y(table.first + table.rows)
    for row in range(1, table.rows):
        layer.level(left, right, row_y(table.first + row), FRAME if row in table.headings else RULE)
    for (start, end), totals in zip(((left, middle), (middle, right)), table.totals, strict=True):
        for row in totals:
            layer.level(start, end, row_y(table.first + row), _TOTAL_RULE)
    for x in (middle, right):
        layer.upright(top, bottom, x - dots(_AMOUNTS))
    layer.upright(top, bottom, middle, _TOTAL_RULE)
    layer.frame(Box(left, top, right, bottom))


def _draw_remarks(layer: Layer, row: int) -> None:
    left, divide, right = dots(LEFT), dots(_REMARKS_RIGHT), dots(RIGHT)
    top, bottom = row_y(row), row_y(row + _REMARKS_ROWS)
    layer.upright(top, bottom, divide)
    layer.frame(Box(left, top, right, bottom))
    layer.spread(tax.LABELS["remarks"], left + dots(_MARGIN), divide - dots(_MARGIN), (top + bottom) / 2, _LABEL_SIZE)


def _fill_line(layer: Layer, line: Line, centre: float) -> None:
    for half, (start, end) in enumerate(((LEFT, _MIDDLE), (_MIDDLE, RIGHT))):
        left, right = dots(start), dots(end)
        divide = right - dots(_AMOUNTS)
        near, far = left + dots(_MARGIN), divide - dots(_MARGIN)
        if isinstance(line, Heading):
            heading = entries_of(line)[half]
            layer.spread(heading.text, near, far, centre, _LABEL_SIZE, entry=heading.name)
            layer.spread(
                tax.unit_of(heading.text), divide + dots(_UNIT_MARGIN), right - dots(_UNIT_MARGIN), centre, _LABEL_SIZE
            )
            continue
        row = entries_of(line)[half]
        if line.totals[half]:
            layer.spread(row.label, near, far, centre, _LABEL_SIZE, entry=row.name)
        else:
            layer.value(row.name, row.label, left + dots(_INSET), centre, tax_sheet.LABEL)
        tax_sheet.fill_amount(layer, row, right, centre, AMOUNT)


INCOME_TAX_FORM = TaxForm(
    CertificateKind.INCOME_TAX,
    (14, 8),
    compose_income,
    TaxShape("所得・課税証明書", True, 0, 24, (0, 15), ((13,), (13, 23))),
)
NON_TAXATION_FORM = TaxForm(
    CertificateKind.NON_TAXATION,
    (7,),
    compose_non_taxation,
    TaxShape("非課税証明書", True, _STATEMENT_ROWS + 1, 8, (0,), ((), (7,))),
)
