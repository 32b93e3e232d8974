"""Finds the resident who stands at a counter: by name and day of birth, or by the session that their own card opened.
One or none; what was asked for is never noted, that somebody asked is. Nobody browses a register: a terminal may ask so
often in an hour, and whoever is withheld is not found, as nobody is (I14)."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from certserver.applications.ages import needs_legal_representative
from certserver.applications.finding import MOST_AN_HOUR, is_called
from certserver.applications.moving import Sight, sight
from certserver.applications.permissions import NotAllowed, NotHere, Visitor, may
from certserver.applications.photo_measures import wants_photo
from certserver.applications.places import Procedure
from certserver.applications.states import OF_A_MUNICIPALITY
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.own_card import answered_by
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import commissions_of
from certserver.pipeline.card_applications.rows import of_person
from certserver.pipeline.card_applications.viewing import Standing, standing_of
from certserver.pipeline.card_applications.who import AtTerminal
from certserver.ports import unix
from certserver.registers.births import Born, born_on
from certserver.registers.resident_now import read_resident_now
from certserver.storage.applications import resident_searches
from koufu.applying.words import Comer

HOUR_S = 3600
_INTO_IT = (Procedure.FORM_SUPPORT, Procedure.CARD_APPLICATION)
"""Who may do one of these at a place may find its residents."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of themselves."""

    name: str = field(repr=False)
    born: date = field(repr=False)


@dataclass(frozen=True, slots=True)
class Search:
    """Who is looked for, in whose register: by what they say, or by an answered session."""

    municipality: str
    by: Said | bytes


@dataclass(frozen=True, slots=True)
class Found:
    """The resident, what follows from their age today, and their open application where the office may know of it."""

    resident: Born
    needs_representative: bool
    photo_wanted: bool
    open: Standing | None


def find_resident(parts: ApplicationParts, who: AtTerminal, search: Search) -> Found | Declined:
    """The one resident, or why none."""

    def found(hand: Hand) -> Found | Declined:
        person = _find(hand, who, search)
        if isinstance(person, Declined):
            return person
        actor, day = hand.acts.actor, hand.at.date()
        subject = parts.keys.person(search.municipality, person.resident_id).hex()
        detail = {"what": "resident", "resident": subject, "officer": actor.actor_id, "role": actor.role.value}
        hand.book.note(AuditEntry(unix(hand.at), AuditEvent.VIEWED, hand.acts.source, detail))
        return Found(
            person,
            needs_representative=needs_legal_representative(person.born, day, adult_ward=False),
            photo_wanted=wants_photo(person.born, day),
            open=_open_of(hand, person.resident_id),
        )

    return in_hand(parts, who, search.municipality, found, step="finding a resident")


def one_called(hand: Hand, terminal: str, said: Said) -> Born | Declined:
    """The one person who is called so and was born then; counted, so that nobody browses a register."""
    if not once_more(hand.connection, hand.municipality, terminal, unix(hand.at)):
        return Declined(Why.TOO_OFTEN)
    people = [
        each
        for each in born_on(hand.connection, hand.municipality, said.born)
        if is_called(said.name, (each.name, each.alias), (each.name_kana, each.alias_kana))
    ]
    return people[0] if len(people) == 1 else Declined(Why.NOBODY_FOUND)


def _find(hand: Hand, who: AtTerminal, search: Search) -> Born | Declined:
    refused = _may_look(hand, search.municipality)
    if refused is not None:
        return refused
    if isinstance(search.by, bytes):
        return _of_session(hand, who, search.by)
    return one_called(hand, who.caller.terminal, search.by)


def _may_look(hand: Hand, municipality: str) -> Declined | None:
    acts = hand.acts
    if acts.actor.role not in OF_A_MUNICIPALITY:
        return Declined(Why.ROLE_NOT_HERE)
    if acts.site is None or acts.site.municipality is None:
        return Declined(NotHere.NEVER_HERE)
    opened = commissions_of(hand.connection, (acts.site.municipality, municipality), unix(hand.at))
    visitor = Visitor(Comer.PERSON, municipality)
    refused: list[NotAllowed] = []
    for procedure in _INTO_IT:
        verdict = may(procedure, visitor, acts.site, acts.actor.role, opened, hand.at.date())
        if not isinstance(verdict, NotAllowed):
            return None
        refused.append(verdict)
    # What the office was not commissioned for says less than why the other may not be done.
    told = min(refused, key=lambda each: each.reason is NotHere.NOT_COMMISSIONED)
    return Declined(told.reason, instead=told.instead)


def _of_session(hand: Hand, who: AtTerminal, session_id: bytes) -> Born | Declined:
    holder = answered_by(hand.connection, hand.municipality, session_id, who.caller, unix(hand.at))
    if holder is None:
        return Declined(Why.NOBODY_FOUND)
    now = read_resident_now(hand.connection, hand.municipality, holder)
    born = () if now is None or now.born is None else born_on(hand.connection, hand.municipality, now.born)
    people = [each for each in born if each.resident_id == holder]
    return people[0] if len(people) == 1 else Declined(Why.NOBODY_FOUND)


def _open_of(hand: Hand, resident_id: str) -> Standing | None:
    for application in of_person(
        hand.connection, hand.municipality, hand.parts.keys.person(hand.municipality, resident_id)
    ):
        stored = hand.application(application)
        if not isinstance(stored, Declined) and sight(stored.application, hand.acts.actor) is not Sight.NOTHING:
            return standing_of(hand.connection, stored)
    return None


def once_more(connection: Connection, municipality: str, terminal: str, at: int) -> bool:
    """Counts a search, unless there were too many."""
    table = resident_searches.c
    of_it = and_(table.municipality == municipality, table.terminal == terminal)
    connection.execute(delete(resident_searches).where(table.at <= at - HOUR_S))
    asked = connection.scalar(select(func.sum(table.times)).where(of_it)) or 0
    if asked >= MOST_AN_HOUR:
        return False
    again = update(resident_searches).where(of_it, table.at == at).values(times=table.times + 1)
    if connection.execute(again).rowcount == 0:
        row = {"municipality": municipality, "terminal": terminal, "at": at, "times": 1}
        connection.execute(insert(resident_searches).values(**row))
    return True
