"""What is put on a slip, and nothing of how: nothing personal is on any (I11)."""

from dataclasses import dataclass

from kiosk.flow.means import Means
from kiosk.flow.values.board import Window
from kiosk.flow.values.trouble import DeclineReason, FaultReport
from koufu.evidence.words import CertificateKind, RefusalReason


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: what was delivered as (kind, copies, yen), what was paid in and how, what came back and what
    is still owed. `reprint` counts how often it was printed before, out or not: from 1 on it is marked so."""

    lines: tuple[tuple[CertificateKind, int, int], ...]
    inserted: int
    change: int
    reference: str
    owed: int = 0
    means: Means = Means.CASH
    reprint: int = 0


@dataclass(frozen=True, slots=True)
class GuidanceSlip:
    """Why it can't be had here, and which window can help."""

    reason: DeclineReason | RefusalReason
    kind: CertificateKind | None
    window: Window


@dataclass(frozen=True, slots=True)
class FaultSlip:
    """What happened, what about paper and money; with a debt, its number. `reprint`: one with this number may have come
    out before a restart."""

    report: FaultReport
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class EnrolmentSlip:
    """The number of what was applied for, and the window of the municipality that decides."""

    number: str
    window: Window


Slip = Receipt | GuidanceSlip | FaultSlip | EnrolmentSlip
