"""Changing and resetting PINs. A PIN is shown or set exactly once a call and wiped whatever happens (I11); nothing here
ever shows one again by itself. After a fault in the middle the holder is asked which PIN is in force."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.apdu import NOT_SATISFIED
from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage, Verified
from hardware.card.writing.commands import Purpose
from hardware.card.writing.model import CardWriter, OperatorDesk
from hardware.errors import CardError, CardRefused
from hardware.keypad.pin import HolderPin

OTHER = {Usage.USER_AUTH: Usage.SIGNING, Usage.SIGNING: Usage.USER_AUTH}
"""By whose PIN a forgotten one is reset."""


@dataclass(frozen=True, slots=True)
class PinSet:
    """The new PIN is in force, with all its tries."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The card was lost in the very command: either PIN may be in force. `settle` finds out."""


class InForce(Enum):
    """Which PIN a card took."""

    NEW = "new"
    OLD = "old"
    NEITHER = "neither"


def change_shown(session: JpkiSession, usage: Usage, new: HolderPin) -> PinSet | Unclear:
    """Puts a new PIN in the place of the one that the card was just shown. It is wiped. Raises `CardRefused` when the
    card does not know its holder any more: then nothing was changed."""
    try:
        session.change_pin(new, usage)
    except CardRefused as refused:
        if refused.status == NOT_SATISFIED:
            raise
        return Unclear()
    except CardError:
        return Unclear()
    finally:
        new.wipe()
    return PinSet()


def settle(session: JpkiSession, usage: Usage, new: HolderPin, old: HolderPin) -> InForce:
    """Which of two PINs is in force, on a new connection. It costs a try at most, and a right PIN gives all back; with
    a single try left nothing is shown, so that this never locks a card. Both are wiped."""
    try:
        for pin, which in ((new, InForce.NEW), (old, InForce.OLD)):
            if session.tries_left(usage) <= 1:
                return InForce.NEITHER
            if isinstance(session.verify(pin, usage), Verified):
                return which
        return InForce.NEITHER
    finally:
        new.wipe()
        old.wipe()


def reset_shown(writer: CardWriter, desk: OperatorDesk, case: str, usage: Usage, new: HolderPin) -> PinSet:
    """Sets the PIN of a usage anew, for a holder who has just shown the card the other one. It is wiped. After a fault
    it may simply be done again. Raises `CardError`, `OperatorRefused`, `IssuerAway`."""
    try:
        let_on(writer, desk, Purpose.PIN_RESET, case)
        writer.set_pin(usage, new)
        return PinSet()
    finally:
        new.wipe()


def reset_at_counter(writer: CardWriter, desk: OperatorDesk, case: str, usage: Usage, new: HolderPin) -> PinSet:
    """Sets a PIN anew without any other, for a holder whom the municipality's staff know; the card-writing terminal
    says whether this operator may. The PIN is wiped. After a fault it may simply be done again."""
    try:
        let_on(writer, desk, Purpose.PIN_AT_COUNTER, case)
        writer.set_pin(usage, new)
        return PinSet()
    finally:
        new.wipe()


def let_on(writer: CardWriter, desk: OperatorDesk, purpose: Purpose, case: str) -> None:
    """Has the operator let onto the card. Raises `CardError`, `OperatorRefused`, `IssuerAway`."""
    challenge = writer.operator_challenge()
    writer.let_on(purpose, desk.let_on(challenge, purpose, case))
