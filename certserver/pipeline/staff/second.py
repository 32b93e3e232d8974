"""What takes two: another member of staff of the same place stands for an operation beside whoever is signed in."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, insert, select

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.pipeline.admission import Caller
from certserver.pipeline.staff.credentials import Credentials, Proven, note_refusal, prove
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.parts import StaffParts
from certserver.pipeline.staff.sessions import touched
from certserver.pipeline.staff.signing_in import engaged_here
from certserver.ports import unix
from certserver.staff.second import ANSWERING_ROLES, Operation
from certserver.staff.sessions import StaffSession
from certserver.storage.staff import staff_confirmations
from koufu.evidence.staff_challenge import StaffPurpose
from koufu.evidence.words import RefusalReason


@dataclass(frozen=True, slots=True)
class Wanted:
    """An operation, what it is done to, and the asker's random token: the same again is the same operation."""

    token: bytes
    operation: Operation
    about: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Two stand for it: marks of both."""

    first: str
    second: str


def confirm(
    parts: StaffParts, caller: Caller, municipality: str, session: bytes, wanted: Wanted, credentials: Credentials
) -> Confirmed | Declined:
    """Whether a second person, who proves who they are, stands for an operation of whoever is signed in."""
    now = unix(parts.clock.now())
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            first = touched(connection, municipality, caller, session, now)
            mark = "" if first is None else first.mark
            before = _of_first(connection, municipality, caller, first, wanted)
            if isinstance(before, Declined):
                note_refusal(book, caller, before, "staff second-person", mark, now)
    if before is not None:
        return before

    def then(proven: Proven) -> Confirmed | Declined:
        # Both were looked at before the second's password was: again, in the transaction that counts.
        stands = touched(proven.connection, municipality, caller, session, unix(proven.now))
        if stands is None:
            return Declined(Why.NO_SESSION)
        if stands.role not in ANSWERING_ROLES:
            return Declined(Why.FIRST_ONLY_HELPS)
        if proven.mark == stands.mark:
            return Declined(Why.SAME_PERSON)
        at = engaged_here(proven, municipality, stands.place)
        if at is None or at.role not in ANSWERING_ROLES:
            return Declined(Why.NOT_HERE)
        before = _before(proven.connection, municipality, caller, stands.mark, wanted)
        return before or _kept(proven, municipality, caller, stands.mark, wanted)

    return prove(parts, caller, municipality, credentials, StaffPurpose.SECOND_PERSON, then)


def _of_first(
    connection: Connection, municipality: str, caller: Caller, first: StaffSession | None, wanted: Wanted
) -> Confirmed | Declined | None:
    if first is None:
        return Declined(Why.NO_SESSION)
    if first.role not in ANSWERING_ROLES:
        return Declined(Why.FIRST_ONLY_HELPS)
    return _before(connection, municipality, caller, first.mark, wanted)


def _before(
    connection: Connection, municipality: str, caller: Caller, first: str, wanted: Wanted
) -> Confirmed | Declined | None:
    table = staff_confirmations.c
    of_it = and_(table.municipality == municipality, table.token == wanted.token)
    row = connection.execute(select(staff_confirmations).where(of_it)).one_or_none()
    if row is None:
        return None
    same = (row.operation, row.about, row.terminal, row.first)
    if same != (wanted.operation.value, wanted.about, caller.terminal, first):
        return Declined(Why.TOKEN_REUSED)
    return Confirmed(row.first, row.second)


def _kept(proven: Proven, municipality: str, caller: Caller, first: str, wanted: Wanted) -> Confirmed:
    now = unix(proven.now)
    proven.connection.execute(
        insert(staff_confirmations).values(
            municipality=municipality,
            token=wanted.token,
            operation=wanted.operation.value,
            about=wanted.about,
            terminal=caller.terminal,
            first=first,
            second=proven.mark,
            at=now,
        )
    )
    detail = {"officer": first, "second": proven.mark, "what": wanted.operation.value, "about": wanted.about}
    proven.book.note(AuditEntry(now, AuditEvent.STAFF_CONFIRMED, caller.terminal, detail))
    return Confirmed(first, proven.mark)
