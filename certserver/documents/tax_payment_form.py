"""The certificate of tax payment: one row for each tax, due, paid and unpaid, on as many pages as they need. There is no
national form: arrangement and words are our own and unconfirmed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certserver.antiforgery.paper import Box, dots
from certserver.documents import tax_sheet
from certserver.documents.fitting import Field, Step
from certserver.documents.form import Picture
from certserver.documents.ink import RULE, Layer
from certserver.documents.model import Entry
from certserver.documents.tax import PaymentRow, TaxPaymentDocument, compose_payment
from certserver.documents.tax_sheet import LEFT, RIGHT, row_y
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine

TITLE = "納税証明書"
COLUMNS = ("税目", "納付すべき額", "納付済額", "未納額", "備考")
AS_OF = "納付状況の基準日"
NOT_OVERDUE = "※　未納額には、納期限がまだ来ていない額を含みます。"
LABELS = (*tax_sheet.HEAD_LABELS, *COLUMNS, AS_OF, NOT_OVERDUE, "合計")

TAX = Field(47.6, (Step(10), Step(9), Step(8), Step(8, 0.8), Step(8, 1, 2), Step(7, 1, 2), Step(7, 0.8, 2)))
NOTE = Field(33.6, TAX.steps)
DAY = Field(60.0, (Step(11), Step(10)))

_EDGES = (15.0, 67.0, 97.0, 127.0, 157.0, 195.0)
_ROW = 8.6
_AS_OF_ROWS = 1
_ROWS_A_PAGE = 18
"""Of this height, the day's row and the heading among them."""
_LEAST = 8
_DAY_RIGHT = 67.0
_LABEL_SIZE, _NOTE_SIZE = 9.0, 8.5
_MARGIN, _INSET = 4.0, 2.4
_TOTAL_RULE = dots(0.15)


@dataclass(frozen=True, slots=True)
class TaxPaymentShape:
    """What of the form does not hang on whom it shows: how many taxes stand on each page."""

    taxes: tuple[int, ...]

    title = TITLE
    place = tax_sheet.PLACE
    quiet: Box | None = tax_sheet.QUIET_ZONE
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def pages(self) -> int:
        """How many."""
        return len(self.taxes)
