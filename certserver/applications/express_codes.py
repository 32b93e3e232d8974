"""The nine grounds of express issuance (特急発行), each with its window and fee. Read on municipal pages (kokubunji,
yaita, suzaka, ayase, mitake, nakatombetsu); the ordinance itself was not read. Used by
`certserver.applications.express`."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated


class ExpressCode(Enum):
    """Why somebody needs a card quickly."""

    INFANT = "infant"
    """乳児: under one, the first card."""
    FROM_ABROAD = "from-abroad"
    """国外からの転入, without a valid card of one's time abroad."""
    LOST = "lost"
    """紛失届"""
    NEW_RECORD = "new-record"
    """新たに住民票に記載 for another reason than birth or moving (無戸籍者 など)."""
    NEW_FOREIGN = "new-foreign"
    """新たに中長期在留者等となった"""
    NUMBER_CHANGED = "number-changed"
    """個人番号・住民票コードの変更, which voids the card."""
    DAMAGED = "damaged"
    """焼失・著しい損傷・機能不良, or voided by an office's mistake."""
    ANNOTATIONS_FULL = "annotations-full"
    """追記欄の満欄"""
    FORMER_INMATE = "former-inmate"
    """刑事施設等に収容されていた者"""


class FeeVaries(Enum):
    """What the municipality weighs before it takes a fee; it may differ from the row's."""

    NEVER = "never"
    LOST_BEFORE = "lost-before"
    """Free, but charged where an earlier card was lost."""
    BY_CAUSE = "by-cause"
    """Free or charged by what caused it."""
    OWN_FAULT = "own-fault"
    """Charged, but free where it is not one's own fault."""


@dataclass(frozen=True, slots=True)
class Fee:
    """Yen for a card, with X.509s and without."""

    with_x509: int
    without_x509: int

    def of(self, *, x509: bool) -> int:
        """The yen for somebody who wants X.509s, or none."""
        return self.with_x509 if x509 else self.without_x509


@dataclass(frozen=True, slots=True)
class ExpressRow(Dated):
    """One ground while the row counts. `days`: the window, the day it happened being its first; None for an infant,
    whose window ends on the day before the first birthday. `shown_by`: from which paper or entry the day is known."""

    code: ExpressCode
    days: int | None
    fee: Fee
    varies: FeeVaries
    shown_by: str


START = date(2024, 12, 2)
FREE = Fee(0, 0)
CHARGED = Fee(2000, 1800)
ORDINARY_REISSUE = Fee(1000, 800)
"""For comparison: a card issued again in the ordinary time."""
BIRTH_NOTICE = "出生届"
_PAGES = "municipal pages (kokubunji, yaita, suzaka, ayase, mitake, nakatombetsu); 30 days 起算して: suzaka"


def _row(
    code: ExpressCode, days: int | None, shown_by: str, fee: Fee = FREE, varies: FeeVaries = FeeVaries.NEVER
) -> ExpressRow:
    return ExpressRow(code, days, fee, varies, shown_by, since=START, source=_PAGES, confirmed=Confirmed.SEEN)


EXPRESS_ROWS = (
    _row(ExpressCode.INFANT, None, BIRTH_NOTICE),
    _row(ExpressCode.FROM_ABROAD, 30, "転入届", varies=FeeVaries.LOST_BEFORE),
    _row(ExpressCode.LOST, 30, "紛失届", CHARGED),
    _row(ExpressCode.NEW_RECORD, 30, "本人確認書類を得た日"),
    _row(ExpressCode.NEW_FOREIGN, 30, "住居地の届出"),
    _row(ExpressCode.NUMBER_CHANGED, 30, "変更の請求、又は通知・公示", varies=FeeVaries.BY_CAUSE),
    _row(ExpressCode.DAMAGED, 30, "使えなくなった日、又はそれを知った日", CHARGED, FeeVaries.OWN_FAULT),
    _row(ExpressCode.ANNOTATIONS_FULL, 30, "記載できなかった追記の日"),
    _row(ExpressCode.FORMER_INMATE, 30, "本人確認書類を得た日"),
)
