"""The certificate of tax payment: one row for each tax, due, paid and unpaid, on as many pages as they need. There is
no national form: arrangement and words are our own and unconfirmed."""

from collections.abc import Mapping
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
from certserver.documents.page import CONTINUATION, Page
from certserver.documents.tax import LABELS as OF
from certserver.documents.tax import (
    PaymentRow,
    TaxPaymentDocument,
    TaxPerson,
    compose_payment,
    read_payment,
    read_person,
    unused_payment,
)
from certserver.documents.tax_sheet import row_y
from certserver.documents.typefaces import Face
from certserver.errors import ForeignPage
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import PagePicture

TITLE = "納税証明書"
COLUMNS = (OF["tax_label"], OF["due"], OF["paid"], OF["unpaid"], OF["note"])
AS_OF = OF["as_of"]
NOT_OVERDUE = "※　未納額には、納期限がまだ来ていない額を含みます。"
UNIT = "（単位：円）"
WHOLE = "合計"
_WHOLE_ENTRY = "total.tax_label"
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
    """What of a page does not hang on whom it shows: how many taxes stand on it."""

    taxes: int
    last: bool

    title = TITLE
    place = page_end.PLACE
    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS})
    quiet: ClassVar[Box | None] = page_end.QUIET_ZONE
    white: ClassVar[tuple[Box, ...]] = ()
    has_picture = False

    def draw(self, layer: Layer) -> None:
        """Lines and fixed labels."""
        tax_sheet.draw_head(layer)
        last = self.last
        rows = _ABOVE + self.taxes + (1 if last else 0)
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
            layer.spread(WHOLE, left + margin, inner[0] - margin, _y(rows - 0.5), _LABEL_SIZE, entry=_WHOLE_ENTRY)
            layer.text(Face.LABEL, NOT_OVERDUE, left, _y(rows) + page_end.MARK_BELOW, _SMALL_SIZE)


@dataclass(frozen=True, slots=True, repr=False)
class TaxPaymentPage:
    """What one page says, but for its certification. `total` is None but on the last."""

    person: TaxPerson
    as_of: Entry
    rows: tuple[PaymentRow, ...]
    total: PaymentRow | None
    mark: Entry

    def __repr__(self) -> str:
        return f"<TaxPaymentPage of {len(self.rows)}>"


class TaxPaymentForm:
    """Fulfils `certserver.documents.form.Form`."""

    name = TaxPaymentDocument.form
    kind = TaxPaymentDocument.kind
    individual = False
    clause_source = ClauseSource.MUNICIPALITY
    place = page_end.PLACE
    usual_shapes = ((TaxPaymentShape(_LEAST, last=True),),)

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> TaxPaymentDocument:
        """What an order line's document says."""
        return compose_payment(line, profile)

    def pages_of(self, document: TaxPaymentDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        rows = document.rows
        rows += tuple(map(unused_payment, range(len(rows) + 1, _LEAST + 1)))
        pages = tuple(rows[at : at + _TAXES_A_PAGE] for at in range(0, len(rows), _TAXES_A_PAGE))
        return tuple(
            (
                *document.person.entries(again=at > 0),
                document.as_of,
                *(entry for row in of_page for entry in row.entries()),
                *(document.total.entries() if at + 1 == len(pages) else ()),
                Entry(CONTINUATION, page_end.mark_of(at, len(pages))),
            )
            for at, of_page in enumerate(pages)
        )

    def pictures_of(self, _document: TaxPaymentDocument) -> tuple[PagePicture, ...]:
        """None."""
        return ()

    def read(self, page: Page) -> TaxPaymentPage:
        """What a page says."""
        first = (page.number - 1) * _TAXES_A_PAGE + 1
        numbers = range(first, first + _TAXES_A_PAGE)
        return TaxPaymentPage(
            person=read_person(page),
            as_of=page.take("as_of", AS_OF),
            rows=tuple(read_payment(page, f"{at}") for at in numbers if page.has(f"{at}.tax_label")),
            total=_read_total(page) if page.last else None,
            mark=page.take(CONTINUATION),
        )

    def shape_of(self, said: TaxPaymentPage) -> TaxPaymentShape:
        """The shape of a page."""
        return TaxPaymentShape(len(said.rows), said.total is not None)

    def fill(self, layer: Layer, said: TaxPaymentPage) -> None:
        """Writes what a page says where it belongs."""
        tax_sheet.fill_head(layer, TITLE, said.person)
        layer.value(said.as_of.name, said.as_of.text, dots(_EDGES[1] + _INSET), _y(0.5), DAY)
        for at, row in enumerate(said.rows, _ABOVE):
            layer.value(row.label.name, row.label.text, dots(_EDGES[0] + _INSET), _y(at + 0.5), TAX)
            _fill_row(layer, row, at)
        end = _ABOVE + len(said.rows)
        if said.total is not None:
            _fill_row(layer, said.total, end)
            end += 1
        page_end.fill_mark(layer, said.mark, _y(end) + page_end.MARK_BELOW)

    def picture_of(self, _said: TaxPaymentPage) -> Picture | None:
        """None."""
        return None


def _read_total(page: Page) -> PaymentRow:
    total = read_payment(page, "total")
    if total.label.text != WHOLE:
        raise ForeignPage("the sum of a certificate of payment is called otherwise than its form does")
    return total


def _fill_row(layer: Layer, row: PaymentRow, at: int) -> None:
    """Amounts and note of a tax, or of the sum."""
    for entry, right in zip((row.due, row.paid, row.unpaid), _EDGES[2:5], strict=True):
        tax_sheet.fill_amount(layer, entry, dots(right), _y(at + 0.5), AMOUNT)
    layer.value(row.note.name, row.note.text, dots(_EDGES[4] + _INSET), _y(at + 0.5), NOTE)


def _y(row: float) -> int:
    return row_y(row * _ROW)
