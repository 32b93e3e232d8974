"""A PIN shown to a card and the next step with it in one go. At the counter a card is shown its PIN long before."""

from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage, WrongPin
from hardware.card.writing.model import CardWriter, OperatorDesk
from hardware.card.writing.pins import OTHER, PinSet, Unclear, change_shown, reset_shown
from hardware.keypad.pin import HolderPin


def change(session: JpkiSession, usage: Usage, old: HolderPin, new: HolderPin) -> PinSet | WrongPin | Unclear:
    """Puts a new PIN in the place of the old one. Both are wiped. Raises `CardError` when nothing was changed."""
    try:
        shown = session.verify(old, usage)
        return shown if isinstance(shown, WrongPin) else change_shown(session, usage, new)
    finally:
        old.wipe()
        new.wipe()


def reset_by_other_pin(
    session: JpkiSession,
    writer: CardWriter,
    desk: OperatorDesk,
    case: str,
    usage: Usage,
    other: HolderPin,
    new: HolderPin,
) -> PinSet | WrongPin:
    """Sets the PIN of a usage anew, which the holder's other PIN opens. Both are wiped. After a fault it may simply be
    done again. Raises `CardError`, `OperatorRefused`, `IssuerAway`."""
    try:
        shown = session.verify(other, OTHER[usage])
        return shown if isinstance(shown, WrongPin) else reset_shown(writer, desk, case, usage, new)
    finally:
        other.wipe()
        new.wipe()
