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
from certserver.documents.tax import FORM_NAMES, TaxDocument, compose_income, compose_non_taxation
from certserver.documents.tax_pages import Heading, Line, Pair, pages_of
from certserver.documents.tax_sheet import LEFT, RIGHT, ROWS_A_PAGE, row_y
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

STATEMENT = Field(170.0, (Step(12.5), Step(11), Step(10)))
AMOUNT = tax_sheet.amount_field(38.0)
REMARKS = Field(144.0, (Step(10), Step(9), Step(9, 1, 2), Step(8, 0.8, 2)))
LABELS = (
    *tax_sheet.HEAD_LABELS,
    *(tax.INCOME, tax.INCOMES, tax.DEDUCTIONS, tax.DEPENDANTS, tax.TAXES, tax.YEN, tax.PERSONS),
    *(tax.TOTAL_INCOME, tax.TOTAL_INCOME_AND_OTHERS, tax.DEDUCTED, tax.TAXABLE, tax.ANNUAL_TAX, "備考"),
)

_MIDDLE = 105.0
_AMOUNTS = 38.0
"""Width of the column of amounts in each half."""
_REMARKS_RIGHT = 45.0
_REMARKS_ROWS = 2
_STATEMENT_ROWS = 3
_STATEMENT_EDGES = (0.33, 3.33)
"""In rows: as far from the head as from the tables."""
_LABEL_SIZE = 9.0
_MARGIN, _UNIT_MARGIN, _INSET = 6.0, 9.0, 2.4
_TOTAL_RULE = dots(0.15)

Pages = tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class PageShape:
    """The rows of one page, where the tables' first stands (a statement can stand above), and at which of them (from 0)
    there is a heading, and a total where there was none before, in each half."""

    first: int
    rows: int
    headings: tuple[int, ...]
    totals: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class TaxShape:
    """What of the form does not hang on whom it shows: how many rows stand on each page, and where they are parted."""

    title: str
    tables: tuple[PageShape, ...]

    place = page_end.PLACE
    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS})
    quiet: Box | None = page_end.QUIET_ZONE
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def pages(self) -> int:
        """How many."""
        return len(self.tables)

    def draw(self, layer: Layer, page: int) -> None:
        """Lines and fixed labels of a page (from 0)."""
        tax_sheet.draw_head(layer)
        table = self.tables[page]
        if table.first:
            top, bottom = map(row_y, _STATEMENT_EDGES)
            layer.frame(Box(dots(LEFT), top, dots(RIGHT), bottom))
        if table.rows:
            _draw_tables(layer, table)
        if page + 1 == self.pages:
            _draw_remarks(layer, table.first + table.rows)


class TaxForm:
    """Fulfils `certserver.documents.form.Form` for both kinds. `title` stands on the sheet; `least` tells how many rows
    each pair of tables has where one page holds them all."""

    individual = False
    clause_source = ClauseSource.MUNICIPALITY

    def __init__(
        self,
        kind: CertificateKind,
        title: str,
        least: tuple[int, ...],
        compose: Callable[[EligibleLine, MunicipalityProfile], TaxDocument],
        usual: PageShape,
    ) -> None:
        self.name = FORM_NAMES[kind]
        self.kind = kind
        self.usual_shapes = (TaxShape(title, (usual,)),)
        self._title = title
        self._least = least
        self._compose = compose

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> TaxDocument:
        """What an order line's document says."""
        return self._compose(line, profile)

    def shape_of(self, document: TaxDocument) -> TaxShape:
        """The shape of a document."""
        pages = self._pages(document)
        return TaxShape(self._title, tuple(_page_shape(lines, _first(document, at)) for at, lines in enumerate(pages)))

    def entries_of(self, document: TaxDocument, page: int) -> Iterator[Entry]:
        """What stands on a page (from 0), in reading order. Clause, date and mayor are not among it."""
        pages = self._pages(document)
        last = page + 1 == len(pages)
        yield from document.person.entries(again=page > 0)
        if page == 0:
            yield document.statement
        for line in pages[page]:
            yield from _entries(line)
        if last:
            yield document.remarks
        if (mark := _mark(document, pages, page)) is not None:
            yield Entry("continuation", mark)

    def fill(self, layer: Layer, document: TaxDocument, page: int) -> None:
        """Writes the same where it belongs."""
        pages = self._pages(document)
        last = page + 1 == len(pages)
        tax_sheet.fill_head(layer, self._title, document.person)
        first = _first(document, page)
        if first:
            entry = document.statement
            centre = sum(map(row_y, _STATEMENT_EDGES)) / 2
            layer.value(entry.name, entry.text, dots((LEFT + RIGHT) / 2), centre, STATEMENT, align=Align.MIDDLE)
        for at, line in enumerate(pages[page], first):
            _fill_line(layer, line, (row_y(at) + row_y(at + 1)) / 2)
        if last:
            entry = document.remarks
            centre = row_y(first + len(pages[page]) + _REMARKS_ROWS // 2)
            layer.value(entry.name, entry.text, dots(_REMARKS_RIGHT + _INSET), centre, REMARKS)
        if (mark := _mark(document, pages, page)) is not None:
            bottom = row_y(first + len(pages[page]) + _REMARKS_ROWS)
            page_end.fill_mark(layer, mark, bottom + page_end.MARK_BELOW)

    def picture_of(self, _document: TaxDocument) -> Picture | None:
        """None."""
        return None

    def _pages(self, document: TaxDocument) -> Pages:
        before = _first(document, 0)
        return pages_of(document.tables, self._least, ROWS_A_PAGE, before=before, after=_REMARKS_ROWS)


def _first(document: TaxDocument, page: int) -> int:
    """The first row of the tables of a page."""
    return _STATEMENT_ROWS + 1 if document.statement.text and page == 0 else 0


def _mark(document: TaxDocument, pages: Pages, page: int) -> str | None:
    """What stands under a page's tables: that the next page goes on, or that nothing follows. A full last page has no
    room for another row, so it needs no mark."""
    last = page + 1 == len(pages)
    full = _first(document, page) + len(pages[page]) + _REMARKS_ROWS == ROWS_A_PAGE
    return None if last and full else page_end.mark_of(page, len(pages))


def _page_shape(lines: tuple[Line, ...], first: int) -> PageShape:
    headings = tuple(at for at, line in enumerate(lines) if isinstance(line, Heading))
    left, right = (tuple(_first_totals(lines, half)) for half in (0, 1))
    return PageShape(first, len(lines), headings, (left, right))


def _first_totals(lines: tuple[Line, ...], half: int) -> Iterator[int]:
    before = True
    for at, line in enumerate(lines):
        total = isinstance(line, Pair) and line.totals[half]
        if total and not before:
            yield at
        before = total


def _entries(line: Line) -> Iterator[Entry]:
    if isinstance(line, Pair):
        for row in (line.left, line.right):
            yield row.label
            yield row.value


def _draw_tables(layer: Layer, table: PageShape) -> None:
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
    layer.spread("備考", left + dots(_MARGIN), divide - dots(_MARGIN), (top + bottom) / 2, _LABEL_SIZE)


def _fill_line(layer: Layer, line: Line, centre: float) -> None:
    for half, (start, end) in enumerate(((LEFT, _MIDDLE), (_MIDDLE, RIGHT))):
        left, right = dots(start), dots(end)
        divide = right - dots(_AMOUNTS)
        near, far = left + dots(_MARGIN), divide - dots(_MARGIN)
        if isinstance(line, Heading):
            table = (line.left, line.right)[half]
            layer.spread(table.heading, near, far, centre, _LABEL_SIZE)
            layer.spread(table.unit, divide + dots(_UNIT_MARGIN), right - dots(_UNIT_MARGIN), centre, _LABEL_SIZE)
            continue
        row = (line.left, line.right)[half]
        if line.totals[half]:
            layer.spread(row.label.text, near, far, centre, _LABEL_SIZE)
        else:
            layer.value(row.label.name, row.label.text, left + dots(_INSET), centre, tax_sheet.LABEL)
        tax_sheet.fill_amount(layer, row.value, right, centre, AMOUNT)


INCOME_TAX_FORM = TaxForm(
    CertificateKind.INCOME_TAX,
    "所得・課税証明書",
    (14, 8),
    compose_income,
    PageShape(0, 24, (0, 15), ((13,), (13, 23))),
)
NON_TAXATION_FORM = TaxForm(
    CertificateKind.NON_TAXATION,
    "非課税証明書",
    (7,),
    compose_non_taxation,
    PageShape(_STATEMENT_ROWS + 1, 8, (0,), ((), (7,))),
)
