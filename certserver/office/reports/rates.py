"""Rates of money that claims are reckoned with: what is known without asking a municipality, with its source and how
sure it is, and how a municipality's own rows go before it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from certserver.outlets import EVERYWHERE, OutletKind, every


class Rate(Enum):
    """What is reckoned with."""

    COMMISSION = "commission"
    """Yen for each certificate that came out at an outlet, paid to whoever keeps it."""
    INTAKE = "intake"
    """Yen for each card application that an office took in for the municipality."""
    FIXED = "fixed"
    """Yen a fiscal year: machines, lines, contributions, whatever does not depend on how many are issued."""
    SUBSIDY = "subsidy"
    """Which share of what is paid for intake the state gives back, in hundredths of a percent."""


WHOLE = 10_000
"""A share of all of it."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate at a place from a day on. `confirmed`: the municipality stands for it, or the ministry wrote it."""

    rate: Rate
    place: str
    since: date
    amount: int
    confirmed: bool
    source: str


_LONG_AGO = date(2010, 1, 1)

KNOWN = (
    RateRow(
        Rate.COMMISSION,
        every(OutletKind.CONVENIENCE_STORE),
        _LONG_AGO,
        117,
        False,
        "コンビニ事業者への委託手数料、1通117円（記憶による。未確認）",
    ),
    RateRow(
        Rate.SUBSIDY, EVERYWHERE, _LONG_AGO, WHOLE, True, "マイナンバーカード交付事務費補助金（10/10）、総務省資料"
    ),
)
"""What stands without a municipality's own rows."""


def spans(rows: Iterable[RateRow], since: date, until: date) -> list[tuple[date, date]]:
    """The days from one to another, cut where any rate begins: within each part every rate is the same."""
    cuts = sorted({row.since for row in rows if since < row.since <= until})
    firsts = [since, *cuts]
    return list(zip(firsts, [*(cut - timedelta(days=1) for cut in cuts), until], strict=True))


def rate_on(rows: Iterable[RateRow], rate: Rate, outlet: str, outlet_kind: str, day: date) -> RateRow | None:
    """The row that counts at an outlet on a day: the outlet's own before its kind's before those of everywhere, the
    newest of each; None where nobody set one."""
    begun = [row for row in (*rows, *KNOWN) if row.rate is rate and row.since <= day]
    for place in (outlet, EVERYWHERE + outlet_kind, EVERYWHERE):
        here = [row for row in begun if row.place == place]
        if here:
            newest = max(row.since for row in here)
            return next(row for row in here if row.since == newest)
    return None
