"""What the card reader tells, and what the resident's card answers. No digit of a PIN is in any (I11)."""

from dataclasses import dataclass, field
from enum import Enum

from hardware.card.model import CardFacts, SlotEvent


@dataclass(frozen=True, slots=True)
class SlotChanged:
    """The card reader's watch told something."""

    what: SlotEvent


@dataclass(frozen=True, slots=True)
class CardRead:
    """What the card tells without a PIN."""

    attempt: int
    facts: CardFacts


@dataclass(frozen=True, slots=True)
class PinRight:
    """The card took the PIN. The X.509 comes along where it could not be read before (a phone's)."""

    attempt: int
    user_auth_x509: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinWrong:
    """The card refused the PIN; `tries_left` is 0 when it is now locked."""

    attempt: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class PinForgotten:
    """The card wants its PIN again (6982)."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ChallengeAnswered:
    """The card answered the challenge; the answer waits in the attempt's namespace."""

    attempt: int


@dataclass(frozen=True, slots=True)
class OrderProven:
    """The card proved the order; the proof waits in the attempt's namespace."""

    attempt: int
    order_id: bytes


@dataclass(frozen=True, slots=True)
class EnrolmentProven:
    """The card proved what is applied for."""

    attempt: int


class CardProblem(Enum):
    """Why a card could not do its step."""

    GONE = "gone"
    UNREADABLE = "unreadable"
    """Mute, or an answer that no such card gives."""
    READER_GONE = "reader-gone"


@dataclass(frozen=True, slots=True)
class CardFailed:
    """The card did not do its step."""

    attempt: int
    problem: CardProblem
