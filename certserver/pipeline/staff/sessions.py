"""Who is signed in: a random token that only the terminal has, kept as its hash, and good at that terminal alone."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.ledger.state import read_state
from certserver.pipeline.admission import Caller
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.parts import StaffParts
from certserver.pipeline.staff.rows import forget_failures
from certserver.ports import unix
from certserver.staff.backoff import FORGOTTEN_S
from certserver.staff.engagements import Engagement
from certserver.staff.sessions import StaffSession, expiry
from certserver.storage.office import office_sessions
from certserver.storage.staff import staff_challenges, staff_failures, staff_sessions
from certserver.storage.statements import Change, Query
from koufu.evidence.words import RefusalReason

SESSION_BYTES = 32
RAN_OUT = "ran-out"

_IT = and_(
    staff_sessions.c.municipality == bindparam("of"),
    staff_sessions.c.session_hash == bindparam("which"),
    staff_sessions.c.terminal == bindparam("at"),
    staff_sessions.c.x509_hash == bindparam("proven_by"),
)
_READ = Query(select(staff_sessions).where(_IT))
_TOUCH = Change(update(staff_sessions).where(_IT).values(touched_at=bindparam("now")))
_END = Change(delete(staff_sessions).where(_IT))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is signed in."""

    token: bytes
    session: StaffSession

    def __repr__(self) -> str:
        return f"<SignedIn {self.session.mark}>"


def begin(parts: StaffParts, connection: Connection, caller: Caller, municipality: str, at: Engagement) -> SignedIn:
    """A session of somebody who proved who they are."""
    now = unix(parts.clock.now())
    token = parts.entropy(SESSION_BYTES)
    session = StaffSession(
        mark=at.mark,
        role=at.role,
        outlet=at.outlet,
        place=at.place,
        terminal=caller.terminal,
        touched_at=now,
        idle_s=parts.limits.idle_s,
        expires_at=expiry(now, parts.limits, at.until),
    )
    connection.execute(
        insert(staff_sessions).values(
            municipality=municipality,
            session_hash=_hash(token),
            mark=session.mark,
            role=session.role.value,
            outlet=session.outlet,
            place=session.place.value,
            terminal=session.terminal,
            x509_hash=caller.x509_hash,
            touched_at=now,
            idle_s=session.idle_s,
            expires_at=session.expires_at,
        )
    )
    return SignedIn(token, session)


def signed_in(connection: Connection, municipality: str, caller: Caller, token: bytes, now: int) -> StaffSession | None:
    """Who is signed in by this token at this terminal; None where nobody is."""
    row = _READ.first(connection, _asked(municipality, caller, token))
    session = None if row is None else _session(row)
    return session if session is not None and session.alive(now) else None


def touched(connection: Connection, municipality: str, caller: Caller, token: bytes, now: int) -> StaffSession | None:
    """The same, who does something now: in a writing transaction."""
    session = signed_in(connection, municipality, caller, token, now)
    if session is not None and session.touched_at < now:
        _TOUCH.run(connection, {**_asked(municipality, caller, token), "now": now})
    return session


def extend(parts: StaffParts, caller: Caller, municipality: str, token: bytes) -> StaffSession | Declined:
    """Somebody is still there."""
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        found = touched(connection, municipality, caller, token, unix(parts.clock.now()))
        return found or Declined(Why.NO_SESSION)


def sign_out(parts: StaffParts, caller: Caller, municipality: str, token: bytes, how: str) -> Declined | None:
    """Ends a session. One that has ended already is no fault: it is ended."""
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            asked = _asked(municipality, caller, token)
            row = _READ.first(connection, asked)
            if row is not None:
                _END.run(connection, asked)
                _note_end(book, row.terminal, row.mark, how, unix(parts.clock.now()))
    return None


def end_sessions_of(connection: Connection, book: Book, mark: str, why: str, now: int) -> None:
    """Ends all sessions of somebody at once, at counters and at the console."""
    municipality = book.state.municipality
    of_it = and_(staff_sessions.c.municipality == municipality, staff_sessions.c.mark == mark)
    for row in connection.execute(select(staff_sessions.c.terminal).where(of_it)).all():
        _note_end(book, row.terminal, mark, why, now)
    connection.execute(delete(staff_sessions).where(of_it))
    at_console = and_(office_sessions.c.municipality == municipality, office_sessions.c.mark == mark)
    for _ in range(connection.execute(delete(office_sessions).where(at_console)).rowcount):
        _note_end(book, "console", mark, why, now)


def forget_staff(parts: StaffParts) -> None:
    """Ends what ran out, and notes it; forgets challenges and failures that count no more. Composition schedules it."""
    now = unix(parts.clock.now())
    table = staff_sessions.c
    ran_out = or_(table.expires_at <= now, table.touched_at + table.idle_s <= now)
    old_challenges = staff_challenges.c.expires_at <= now
    with parts.database.reading() as connection:
        codes = connection.scalars(select(table.municipality).where(ran_out).distinct()).all()
        challenge = select(staff_challenges.c.expires_at).where(old_challenges).limit(1)
        failure = select(staff_failures.c.last_at).where(staff_failures.c.last_at <= now - FORGOTTEN_S).limit(1)
        others = connection.execute(challenge).first() or connection.execute(failure).first()
    for code in codes:
        with parts.database.writing() as connection, open_book(connection, code) as book:
            of_it = and_(table.municipality == code, ran_out)
            for row in connection.execute(select(table.terminal, table.mark).where(of_it)).all():
                _note_end(book, row.terminal, row.mark, RAN_OUT, now)
            connection.execute(delete(staff_sessions).where(of_it))
    if others is not None:
        with parts.database.writing() as connection:
            connection.execute(delete(staff_challenges).where(old_challenges))
            forget_failures(connection, now)


def _asked(municipality: str, caller: Caller, token: bytes) -> dict[str, str | bytes]:
    return {"of": municipality, "which": _hash(token), "at": caller.terminal, "proven_by": caller.x509_hash}


def _session(row: Any) -> StaffSession:
    return StaffSession(
        mark=row.mark,
        role=Role(row.role),
        outlet=row.outlet,
        place=SiteKind(row.place),
        terminal=row.terminal,
        touched_at=row.touched_at,
        idle_s=row.idle_s,
        expires_at=row.expires_at,
    )


def _note_end(book: Book, terminal: str, mark: str, how: str, now: int) -> None:
    book.note(AuditEntry(now, AuditEvent.STAFF_SIGNED_OUT, terminal, {"officer": mark, "what": how}))


def _hash(token: bytes) -> bytes:
    return sha256(token).digest()
