"""The certificate of tax payment: one row for each tax, due, paid and unpaid, on as many pages as they need. There is
no national form: arrangement and words are our own and unconfirmed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents import page_end, tax_sheet
from certserver.documents.fitting import Field, Step
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import BODY_CENTRE, RULE, Layer
from certserver.documents.model import Entry
from certserver.documents.tax import PaymentRow, TaxPaymentDocument, compose_payment, unused_payment
from certserver.documents.tax_sheet import row_y
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine

TITLE = "納税証明書"
COLUMNS = ("税目", "納付すべき額", "納付済額", "未納額", "備考")
AS_OF = "納付状況の基準日"
NOT_OVERDUE = "※　未納額には、納期限がまだ来ていない額を含みます。"
UNIT = "（単位：円）"
WHOLE = "合計"
LABELS = (*tax_sheet.HEAD_LABELS, *COLUMNS, AS_OF, NOT_OVERDUE, UNIT, WHOLE)

TAX = Field(47.6, (Step(10), Step(9), Step(8), Step(8, 0.8), Step(8, 1, 2), Step(7, 1, 2), Step(7, 0.8, 2)))
AMOUNT = tax_sheet.amount_field(30.0)
NOTE = Field(33.6, TAX.steps)
DAY = Field(120.0, (Step(11), Step(10)))

_EDGES = (15.0, 67.0, 97.0, 127.0, 157.0, 195.0)
_ROW = 1.25
"""In rows of `tax_sheet`: notes are long."""
_TAXES_A_PAGE = 17
"""So many, and day, heading and sum, fill a page."""
_LEAST = 8
_ABOVE = 2
"""Rows of the day and of the heading."""
_LABEL_SIZE, _SMALL_SIZE = 9.0, 8.0
_MARGIN, _INSET = 5.0, 2.4
_TOTAL_RULE = dots(0.15)


@dataclass(frozen=True, slots=True)
class TaxPaymentShape:
    """What of the form does not hang on whom it shows: how many taxes stand on each page."""

    taxes: tuple[int, ...]

    title = TITLE
    place = page_end.PLACE
    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS})
    quiet: Box | None = page_end.QUIET_ZONE
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def pages(self) -> int:
        """How many."""
        return len(self.taxes)

    def draw(self, layer: Layer, page: int) -> None:
        """Lines and fixed labels of a page (from 0)."""
        tax_sheet.draw_head(layer)
        last = page + 1 == self.pages
        rows = _ABOVE + self.taxes[page] + (1 if last else 0)
        left, *inner, right = map(dots, _EDGES)
        for row in range(1, rows):
            layer.level(left, right, _y(row), _TOTAL_RULE if last and row + 1 == rows else RULE)
        for x in inner:
            layer.upright(_y(0 if x == inner[0] else 1), _y(rows), x)
        layer.frame(Box(left, _y(0), right, _y(rows)))
        margin = dots(_MARGIN)
        layer.spread(AS_OF, left + margin, inner[0] - margin, _y(0.5), _LABEL_SIZE)
        unit = _y(0.5) + BODY_CENTRE * points(_LABEL_SIZE)
        layer.ending(Face.LABEL, UNIT, right - dots(_INSET), unit, _LABEL_SIZE)
        for label, (start, end) in zip(COLUMNS, pairwise((left, *inner, right)), strict=True):
            layer.spread(label, start + margin, end - margin, _y(1.5), _LABEL_SIZE)
        if last:
            layer.spread(WHOLE, left + margin, inner[0] - margin, _y(rows - 0.5), _LABEL_SIZE)
            layer.text(Face.LABEL, NOT_OVERDUE, left, _y(rows) + page_end.MARK_BELOW, _SMALL_SIZE)


class TaxPaymentForm:
    """Fulfils `certserver.documents.form.Form`."""

    name = TaxPaymentDocument.form
    kind = TaxPaymentDocument.kind
    individual = False
    clause_source = ClauseSource.MUNICIPALITY
    usual_shapes = (TaxPaymentShape((_LEAST,)),)

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> TaxPaymentDocument:
        """What an order line's document says."""
        return compose_payment(line, profile)

    def shape_of(self, document: TaxPaymentDocument) -> TaxPaymentShape:
        """The shape of a document."""
        return TaxPaymentShape(tuple(len(rows) for rows in _pages_of(document)))

    def entries_of(self, document: TaxPaymentDocument, page: int) -> Iterator[Entry]:
        """What stands on a page (from 0), in reading order. Clause, date and mayor are not among it."""
        pages = _pages_of(document)
        last = page + 1 == len(pages)
        yield from document.person.entries(again=page > 0)
        yield document.as_of
        for row in (*pages[page], document.total) if last else pages[page]:
            yield from row.entries()
        yield Entry("continuation", page_end.mark_of(page, len(pages)))

    def fill(self, layer: Layer, document: TaxPaymentDocument, page: int) -> None:
        """Writes the same where it belongs."""
        pages = _pages_of(document)
        last = page + 1 == len(pages)
        tax_sheet.fill_head(layer, TITLE, document.person)
        layer.value(document.as_of.name, document.as_of.text, dots(_EDGES[1] + _INSET), _y(0.5), DAY)
        for at, row in enumerate(pages[page], _ABOVE):
            layer.value(row.label.name, row.label.text, dots(_EDGES[0] + _INSET), _y(at + 0.5), TAX)
            _fill_row(layer, row, at)
        end = _ABOVE + len(pages[page])
        if last:
            _fill_row(layer, document.total, end)
            end += 1
        page_end.fill_mark(layer, page_end.mark_of(page, len(pages)), _y(end) + page_end.MARK_BELOW)

    def picture_of(self, _document: TaxPaymentDocument) -> Picture | None:
        """None."""
        return None


def _pages_of(document: TaxPaymentDocument) -> tuple[tuple[PaymentRow, ...], ...]:
    """The taxes of each page, with rows that nobody can write into up to the least number."""
    rows = document.rows
    rows += tuple(map(unused_payment, range(len(rows) + 1, _LEAST + 1)))
    return tuple(rows[at : at + _TAXES_A_PAGE] for at in range(0, len(rows), _TAXES_A_PAGE))


def _fill_row(layer: Layer, row: PaymentRow, at: int) -> None:
    """Amounts and note of a tax, or of the sum."""
    for entry, right in zip((row.due, row.paid, row.unpaid), _EDGES[2:5], strict=True):
        tax_sheet.fill_amount(layer, entry, dots(right), _y(at + 0.5), AMOUNT)
    layer.value(row.note.name, row.note.text, dots(_EDGES[4] + _INSET), _y(at + 0.5), NOTE)


def _y(row: float) -> int:
    return row_y(row * _ROW)
