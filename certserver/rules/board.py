"""What the start screen shows before anybody shows a card: kinds, fees, hours now, the next closure, where to ask."""

from dataclasses import dataclass
from datetime import datetime

from certserver.municipality import MunicipalityProfile, Window
from certserver.ports import JST
from certserver.rules.hours import hours_of, is_open, next_closure
from certserver.rules.in_force import InForce
from certserver.rules.settings import Closure, RefusalText
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
    refusal_texts: tuple[RefusalText, ...] = ()


def board(in_force: InForce, profile: MunicipalityProfile, now: datetime) -> Board:
    """The board of an outlet at an instant. A closure of some kinds only shows in their rows."""
    today = now.astimezone(JST).date()
    rows = []
    for kind in in_force.kinds:
        opens_at, closes_at = hours_of(kind, today)
        rows.append(
            BoardRow(
                kind=kind.kind,
                fee=kind.fee,
                open_now=is_open(kind, now),
                opens_at=opens_at,
                closes_at=closes_at,
                weekdays_only=kind.weekdays_only,
            )
        )
    return Board(
        name=profile.name,
        name_en=profile.name_en,
        rows=tuple(rows),
        closure=next_closure((each for each in in_force.closures if not each.kinds), today),
        window=profile.window,
        refusal_texts=in_force.refusal_texts,
    )
