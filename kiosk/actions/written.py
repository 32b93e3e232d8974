"""What never begins while the journal does not work: to take money or debit it, to send an order, to have documents
issued, to print one. To give money back always goes on; what a restart cut off waits for a disk that can be written."""

from kiosk.actions.journal import Journal
from kiosk.errors import JournalBroken
from kiosk.flow import effects as do
from kiosk.flow.effects import Effect, NoteRight
from kiosk.flow.events import NotWritten, RecoveryWaits


def required(journal: Journal) -> None:
    """Asked after what is about to be done was written, before it is done. Raises `JournalBroken`."""
    if not journal.works:
        raise JournalBroken


def required_on_disk(journal: Journal) -> None:
    """The same of what goes on though no other visit may begin: with too little room for one, or with too many outcomes
    that wait. Raises `JournalBroken`."""
    if not journal.writes:
        raise JournalBroken


def not_begun(effect: Effect) -> NotWritten | RecoveryWaits | None:
    """What the flow hears of an effect that the journal stopped; None for those that it never stops."""
    match effect:
        case do.Prepare() | do.Release() | do.AcceptMoney() | do.Debit() | do.PrintDocument() | NoteRight():
            return NotWritten(effect.attempt)
        case do.Recover():
            return RecoveryWaits()
        case _:
            return None
