"""When a terminal may begin to prove itself by another X.509: a server that does not know the new one yet would cut off
whoever is served, and turn away what it must still hear (I7, I9)."""

from dataclasses import dataclass

from kiosk.actions.attempt import Attempts
from kiosk.actions.counter.staff import StaffSession
from kiosk.actions.journal import Journal


@dataclass(frozen=True, slots=True)
class Quiet:
    """Asked on the server's lane, on which sessions open: what is free here stays so until the job is done. `session`
    is that of the counter's staff, None where there is no counter."""

    attempts: Attempts
    journal: Journal
    session: StaffSession | None

    def free(self) -> bool:
        """Whether no resident's visit and no clerk's session is open."""
        return not self.attempts.at_hand and (self.session is None or not self.session.is_open)

    def owes(self, home: str) -> bool:
        """Whether the server of a municipality other than `home` has still to hear of an outcome."""
        waiting = {each.municipality for each in self.journal.waiting()}
        visit = self.journal.visit
        if visit is not None and not visit.reported:
            waiting.add(visit.municipality)
        return bool(waiting - {home})
