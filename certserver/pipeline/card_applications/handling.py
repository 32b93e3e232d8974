"""What everything that somebody does with applications is done in: one writing transaction, under the lock of a
municipality, in the name of whoever acts then. What came of it is judged by whoever has the hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import Connection

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.ledger.state import read_state
from certserver.pipeline.card_applications.hiding import is_hidden, personal_of
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored, read_application
from certserver.pipeline.card_applications.who import Acting, AtTerminal, Who, acting, concerned
from certserver.ports import in_japan, unix
from certserver.registers.hidden import hold_hidden
from koufu.evidence.words import RefusalReason

Outcome = TypeVar("Outcome")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hand:
    """What whoever acts has at hand in the transaction. `at` is on a Japanese clock, in whole seconds."""

    parts: ApplicationParts
    connection: Connection
    book: Book
    acts: Acting
    at: datetime

    @property
    def municipality(self) -> str:
        """Of residence."""
        return self.book.state.municipality

    def application(self, application_id: str) -> Stored | Declined:
        """The application; to everybody that it does not concern there is none. Nor is there, but to officers of the
        municipality of residence in their office, that of somebody who is withheld now or lives with one who is (I14).
        That stays so until the transaction ends."""
        stored = read_application(self.connection, self.municipality, application_id)
        if stored is None or not _concerns(self.acts, stored) or self._hidden(stored):
            return Declined(Why.UNKNOWN)
        return stored

    def resident_hidden(self, resident_id: str, address: str) -> bool:
        """Whether whoever acts may not find this resident, or whoever lives at this address."""
        return self._sees_nobody_withheld and hold_hidden(self.connection, self.municipality, resident_id, address)

    def personal(self, stored: Stored) -> Personal | None:
        """What is personal, None once it was erased."""
        return personal_of(self.parts.keys, stored)

    def _hidden(self, stored: Stored) -> bool:
        return self._sees_nobody_withheld and is_hidden(self.connection, self.parts.keys, stored, hold_hidden)

    @property
    def _sees_nobody_withheld(self) -> bool:
        """Whether somebody acts at a terminal, or for another municipality than that of residence."""
        return self.acts.site is not None or self.acts.municipality not in (None, self.municipality)

    def closed(self, stored: Stored, personal: Personal) -> bytes:
        """What is personal, encrypted anew."""
        assert stored.key is not None, "what was erased is not told anew"
        application_id = stored.application.application_id
        return self.parts.keys.close_personal(stored.key, self.municipality, application_id, personal)

    def note(self, event: AuditEvent, application_id: str, detail: Mapping[str, str | int]) -> None:
        """Notes in the audit log what is done with an application, by whom."""
        actor = self.acts.actor
        who = {"application": application_id, "officer": actor.actor_id, "role": actor.role.value}
        if self.acts.beside:
            who["beside"] = self.acts.beside
        self.book.note(AuditEntry(unix(self.at), event, self.acts.source, {**who, **detail}))

    def viewed(self, application_id: str, what: str) -> None:
        """Notes that whoever acts is shown something of an application, and for what where they told that."""
        reason = {"reason": self.acts.purpose} if self.acts.purpose else {}
        self.note(AuditEvent.VIEWED, application_id, {"what": what, **reason})

    def refused(self, declined: Declined, step: str, about: Mapping[str, str] = _NOTHING) -> Declined:
        """Notes in the audit log that a step was refused, to whom, and what it was `about`."""
        actor = self.acts.actor
        who = {"officer": actor.actor_id, "role": actor.role.value}
        _note_refusal(self.book, self.acts.source, declined, step, self.at, {**who, **about})
        return declined


def in_hand(
    parts: ApplicationParts,
    who: Who,
    municipality: str,
    work: Callable[[Hand], Outcome | Declined],
    *,
    step: str = "",
    about: Mapping[str, str] = _NOTHING,
) -> Outcome | Declined:
    """What came of the work, or what it was refused for. That is in the audit log as a refused `step`, with what it is
    `about`; without one the work itself notes what has to be."""
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            at = in_japan(unix(parts.clock.now()))
            acts = acting(connection, who, unix(at))
            if isinstance(acts, Declined):
                if step:
                    _note_refusal(book, _source(who), acts, step, at, about)
                return acts
            hand = Hand(parts, connection, book, acts, at)
            done = work(hand)
            return hand.refused(done, step, about) if step and isinstance(done, Declined) else done


def _source(who: Who) -> str:
    return who.caller.terminal if isinstance(who, AtTerminal) else who.actor.role.value


def _concerns(acts: Acting, stored: Stored) -> bool:
    application = stored.application
    return concerned(acts, application.reception_municipality, application.residence_municipality, stored.outlet)


def _note_refusal(
    book: Book, source: str, declined: Declined, step: str, at: datetime, about: Mapping[str, str]
) -> None:
    detail: dict[str, str | int] = {"reason": declined.reason.value, "step": step, **about}
    if declined.needs:
        detail["about"] = ", ".join(need.value for need in declined.needs)
    book.note(AuditEntry(unix(at), AuditEvent.REFUSED, source, detail))
