"""What of card applications is counted, when, and by which bands of age: as the ministry's tables of 申請・交付・保有
have them. Pure."""

from datetime import date
from enum import Enum

from certserver.applications.states import EventKind, OldCard
from certserver.days import full_years

BANDS: tuple[int, ...] = (*range(0, 80, 5), 80)
"""Where each band begins; the last one is open."""


class Counted(Enum):
    """What is counted."""

    POPULATION = "population"
    """人口, of the resident register. Only ever handed over."""
    SENT = "sent"
    """Taken in somewhere and sent to the municipality: what an office is paid for."""
    APPLIED = "applied"
    """有効申請受付: the card maker accepted it."""
    DELIVERED = "delivered"
    """交付"""
    ENDED = "ended"
    """A card that counts as held no more: handed in, expired, or its holder died or left the country."""


class Sex(Enum):
    """As a form of application has it."""

    MALE = "male"
    FEMALE = "female"


_AT = {EventKind.SEND: Counted.SENT, EventKind.ACCEPT: Counted.APPLIED, EventKind.DELIVER: Counted.DELIVERED}


def counted_at(event: EventKind, old_card: OldCard) -> tuple[Counted, ...]:
    """What an event counts as. A new card ends the old one that was handed in for it; what ends a card otherwise no
    application tells."""
    counted = _AT.get(event)
    if counted is None:
        return ()
    ends = counted is Counted.DELIVERED and old_card is OldCard.HANDED_IN
    return (counted, Counted.ENDED) if ends else (counted,)


def band_of(born: date, day: date) -> int:
    """Where the band of somebody's age on a day begins."""
    return min(full_years(born, day) // 5 * 5, BANDS[-1])
