"""How PINs are typed at a counter, in every case that sets or shows one: what each is typed for, by which keys, what
came of it. How many signs were typed is all that is known here."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.model import Usage
from hardware.keypad.pin import PIN_DIGITS, SIGNING_PIN_LENGTHS
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.case import CaseEvent

PATIENCE_S = 300.0
"""So long a PIN that was begun, or is held, may wait for the next sign. Whoever types by a pointing board takes their
time."""


class Part(Enum):
    """What a PIN is typed for."""

    CURRENT = "current"
    """It is shown to the card at once."""
    NEW = "new"
    AGAIN = "again"
    """The new one, once more."""
    BEFORE = "before"
    """The one from before a change that broke off; it and the new one are shown to find out which is in force."""


@dataclass(frozen=True, slots=True)
class PinAsk:
    """One PIN that is typed."""

    usage: Usage
    part: Part


class BoardWay(Enum):
    """How the resident types."""

    KEYS = "keys"
    """All keys at once."""
    BIG = "big"
    """Few big keys: first a group of signs, then the sign."""
    ONE_BY_ONE = "one-by-one"
    """One large sign at a time: this one, or the next."""


@dataclass(frozen=True, slots=True)
class PinHeld(CaseEvent):
    """A PIN was taken off its pad and is held."""

    number: int


@dataclass(frozen=True, slots=True)
class PinMisshapen(CaseEvent):
    """What was typed is no PIN of its kind; it was wiped."""

    number: int


@dataclass(frozen=True, slots=True)
class PinsDiffer(CaseEvent):
    """The new PIN and its repetition differ; both were wiped."""

    number: int


@dataclass(frozen=True, slots=True)
class PinWeak(CaseEvent):
    """The new PIN is easy to guess. `refused`: the municipality does not take it, and it was wiped. Only the resident's
    window ever says so."""

    number: int
    weaknesses: frozenset[Weakness]
    refused: bool


PinTaken = PinHeld | PinMisshapen | PinsDiffer | PinWeak
"""What came of a PIN that was taken off its pad."""


def enough(ask: PinAsk, typed: int) -> bool:
    """Whether so many signs can be a PIN of the usage."""
    return typed == PIN_DIGITS if ask.usage is Usage.USER_AUTH else typed in SIGNING_PIN_LENGTHS
