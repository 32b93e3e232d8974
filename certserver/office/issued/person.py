"""Who issued or looked at somebody's data: for one resident, found for a purpose, every document that their cards
ordered, and every view that the audit log tells of. Data of others are not in it, nor is the resident's own name."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from certserver.applications.finding import is_called
from certserver.errors import NoSuchEntry
from certserver.ledger.audit import AuditEvent
from certserver.office.audit import Noted
from certserver.office.desk import Desk
from certserver.office.issued.refusing import NotDone, WhyNot
from certserver.office.issued.story import entry_of, views_of
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.office.views import note_view
from certserver.pipeline.card_applications.finding import once_more
from certserver.registers.births import born_on
from certserver.registers.hidden import hold_hidden
from certserver.registers.repository import is_resident
from certserver.storage.applications import applications
from certserver.storage.enrolments import enrolments
from certserver.storage.identity import card_links
from certserver.storage.issued import ledger, outcomes

MOST_DOCUMENTS = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom somebody looks for: by the number of a document that they hold, by the register's key, or by name and day of
    birth. What is left empty is not asked."""

    document_no: str = ""
    resident_id: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A document that somebody's card ordered. `issued_at` in Unix seconds."""

    document_no: str
    kind: str
    issued_at: int
    terminal: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What is told to one resident. `person` is the keyed hash by which the audit log knows them; each list, newest
    first, may be cut off at its length."""

    person: str
    cards: int
    documents: tuple[Ordered, ...]
    views: tuple[Noted, ...]
    more_documents: bool


def history(desk: Desk, asked: Asked, purpose: Purpose) -> History | None:
    """Finds one resident, and tells; that is a view itself, which stands in it from the next time on. None where
    nobody, or more than one, is found so: that somebody looked is noted, for whom is not. Raises `NotDone`
    for a question that is none, and when one looked too often: nobody browses a register."""
    desk.demand(Right.SEARCH_LEDGER)
    with desk.changing() as (connection, book):
        found = _found(desk, connection, asked)
        if found is None:
            nobody: dict[str, str | int] = {
                "officer": desk.who.mark,
                "reason": "nobody-found",
                "step": "finding a resident",
            }
            desk.note(book, AuditEvent.REFUSED, nobody)
            return None
        resident_id, subjects = found
        person = "" if resident_id is None else desk.applications.keys.person(desk.municipality, resident_id).hex()
        documents = _documents(connection, desk.municipality, subjects)
        shown = documents[:MOST_DOCUMENTS]
        about = (
            *(each.document_no for each in shown),
            *(subject.hex() for subject in subjects),
            *_applications(desk, connection, resident_id),
            *_enrolments(connection, desk.municipality, subjects),
            *((person,) if person else ()),
        )
        told = History(
            person=person or subjects[0].hex(),
            cards=len(subjects),
            documents=shown,
            views=views_of(connection, desk.municipality, about),
            more_documents=len(documents) > MOST_DOCUMENTS,
        )
        note_view(desk, book, "history of a resident", told.person, purpose)
    return told


def _found(desk: Desk, connection: Connection, asked: Asked) -> tuple[str | None, tuple[bytes, ...]] | None:
    """The resident, None for whoever lives elsewhere, and the subjects of their cards."""
    if asked.document_no:
        try:
            subject = entry_of(connection, desk.municipality, asked.document_no).subject
        except NoSuchEntry:
            return None
        links = card_links.c
        resident_id = connection.scalar(
            select(links.resident_id).where(links.municipality == desk.municipality, links.subject == subject)
        )
        if resident_id is None:
            return None, (subject,)
        # At which terminals somebody was is not for whoever holds their paper (I14).
        if hold_hidden(connection, desk.municipality, resident_id, address=""):
            return None
        return resident_id, _subjects(connection, desk.municipality, resident_id)
    if not asked.resident_id and (not asked.name or asked.born is None):
        raise NotDone(WhyNot.NO_QUESTION)
    if not once_more(connection, desk.municipality, desk.actor, desk.now()):
        raise NotDone(WhyNot.TOO_OFTEN)
    if asked.resident_id:
        if not is_resident(connection, desk.municipality, asked.resident_id):
            return None
        return asked.resident_id, _subjects(connection, desk.municipality, asked.resident_id)
    assert asked.born is not None, "a name is asked with a day of birth"
    people = [
        each.resident_id
        for each in born_on(connection, desk.municipality, asked.born)
        if is_called(asked.name, (each.name, each.alias), (each.name_kana, each.alias_kana))
    ]
    return (people[0], _subjects(connection, desk.municipality, people[0])) if len(people) == 1 else None


def _subjects(connection: Connection, municipality: str, resident_id: str) -> tuple[bytes, ...]:
    links = card_links.c
    rows = connection.scalars(
        select(links.subject)
        .where(links.municipality == municipality, links.resident_id == resident_id)
        .order_by(links.linked_at, links.subject)
    )
    return tuple(rows)


def _documents(connection: Connection, municipality: str, subjects: tuple[bytes, ...]) -> tuple[Ordered, ...]:
    table = ledger.c
    rows = connection.execute(
        select(table.document_no, table.kind, table.issued_at, table.terminal, outcomes.c.outcome)
        .outerjoin(
            outcomes,
            (outcomes.c.municipality == table.municipality) & (outcomes.c.document_no == table.document_no),
        )
        .where(table.municipality == municipality, table.subject.in_(subjects))
        .order_by(table.ledger_seq.desc())
        .limit(MOST_DOCUMENTS + 1)
    )
    return tuple(Ordered(*row) for row in rows)


def _applications(desk: Desk, connection: Connection, resident_id: str | None) -> tuple[str, ...]:
    if resident_id is None:
        return ()
    table = applications.c
    person = desk.applications.keys.person(desk.municipality, resident_id)
    return tuple(
        connection.scalars(
            select(table.application).where(table.municipality == desk.municipality, table.person == person)
        )
    )


def _enrolments(connection: Connection, municipality: str, subjects: tuple[bytes, ...]) -> tuple[str, ...]:
    table = enrolments.c
    rows = connection.scalars(
        select(table.number).where(table.municipality == municipality, table.subject.in_(subjects))
    )
    return tuple(rows)
