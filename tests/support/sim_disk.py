"""What a simulated kiosk does while the disk does not take what it writes, seen from outside: what begins then, and of
which slips and money nothing is on disk when the power goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kiosk.actions.journal import saved_in
from kiosk.flow.occasions import DEBTS
from tests.support.books_outside import SlipRead
from tests.support.sim_log import SimLog

NEEDS_THE_JOURNAL = frozenset(
    {"before cash.accept", "before payment.debit", "before printer.print", "Prepare", "Release"}
)
"""Commands and calls that never come while what was to be written last is not."""
NOT_AT_A_START = frozenset({"before cash.give_back", "before cash.capture"})
"""Nor these, before anybody came: money of whom a restart cut off waits for the disk."""


@dataclass
class DiskWatch:
    """`begun` is what began though it may not have. `nobody_came` since the program's start."""

    store: SimLog
    nobody_came: Callable[[], bool]
    begun: list[str] = field(default_factory=list)

    def begins(self, what: str) -> None:
        """A command to a device, or a call of the server."""
        never = what in NEEDS_THE_JOURNAL or (what in NOT_AT_A_START and self.nobody_came())
        if self.store.lost and never:
            self.begun.append(what)

    def insert(self, piece: int, slot: Callable[[int], bool]) -> bool:
        """A note or coin is put in; whether it stays."""
        lost = self.store.lost
        taken = slot(piece)
        if lost and taken:
            self.begun.append(f"{piece} yen")
        return taken

    def unwritten(self, slips: Iterable[bytes]) -> list[str]:
        """Those that promise money of which nothing is on disk."""
        noted = {(note.reference, note.yen) for note in saved_in(self.store).notes if note.occasion in DEBTS}
        return [
            slip.text
            for slip in map(SlipRead.of, slips)
            if slip.owed is not None and not any(yen == slip.owed and number in slip.text for number, yen in noted)
        ]

    def in_doubt(self, held: int) -> bool:
        """Whether money came out, or was kept, that the disk does not know of; so much is in the machine."""
        visit = saved_in(self.store).visit
        return self.store.lost and visit is not None and visit.paying and held != visit.held - visit.paid_out
