"""What the start screen shows before anybody shows a card: kinds, fees, hours now, the next closure, where to ask."""

from dataclasses import dataclass
from datetime import datetime

from certserver.municipality import MunicipalityProfile, Window
from certserver.ports import JST
from certserver.rules.hours import hours_of, is_open, next_closure
from certserver.rules.settings import Closure, InForce
from koufu.evidence.words import CertificateKind


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One kind: fee in yen, and today's hours in minutes of the day (0-0 when closed all day)."""

    kind: CertificateKind
    fee: int
    open_now: bool
    opens_at: int
    closes_at: int
    weekdays_only: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The start screen of one municipality at one outlet."""

    name: str
    name_en: str
    rows: tuple[BoardRow, ...]
    closure: Closure | None
    window: Window


def board(in_force: InForce, profile: MunicipalityProfile, now: datetime) -> Board:
    """The board at an instant."""
    today = now.astimezone(JST).date()
    rows = []
    for kind in in_force.kinds:
        opens_at, closes_at = hours_of(kind, in_force.closures, today)
        rows.append(
            BoardRow(
                kind=kind.kind,
                fee=kind.fee,
                open_now=is_open(kind, in_force.closures, now),
                opens_at=opens_at,
                closes_at=closes_at,
                weekdays_only=kind.weekdays_only,
            )
        )
    return Board(
        name=profile.name,
        name_en=profile.name_en,
        rows=tuple(rows),
        closure=next_closure(in_force.closures, today),
        window=profile.window,
    )
