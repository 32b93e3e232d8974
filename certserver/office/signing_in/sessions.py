"""Who is in: a random token that only the browser has, kept as its hash. What somebody may is read anew with every
request, so that a role that ends opens nothing any more."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.office.purposes import Purpose
from certserver.office.rights import HeldRole, Officer
from certserver.office.roles import officer_of, roles_held
from certserver.office.signing_in.counting import CONSOLE
from certserver.office.signing_in.parts import Doors, hash_of
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.rows import read_member
from certserver.ports import in_japan
from certserver.staff.sessions import expiry
from certserver.storage.office import office_answered, office_sessions, office_ways_in

TOKEN_BYTES = 32
TOUCH_EVERY_S = 30
"""A touch is a write: one in half a minute says as well that somebody is there."""

FRESH_S = 600
"""How long whoever came in counts as just proven: long enough to add what signs them in later."""

PURPOSE_S = 1800
"""How long a purpose that was told stands for what is looked at."""


@dataclass(frozen=True, slots=True)
class ConsoleSession:
    """Somebody's session. Instants are Unix seconds; `session_hash` names it."""

    session_hash: bytes
    mark: str
    passkey: bool
    began_at: int
    touched_at: int
    idle_s: int
    expires_at: int
    told_purpose: Purpose | None
    purpose_until: int

    def alive(self, now: int) -> bool:
        """Whether it still counts."""
        return now < min(self.touched_at + self.idle_s, self.expires_at)

    def fresh(self, now: int) -> bool:
        """Whether it was proven just now who this is: a window that was left open is not enough for a new way in."""
        return now < self.began_at + FRESH_S

    def purpose(self, now: int) -> Purpose | None:
        """For what personal data are looked at now; None when that was not told, or too long ago."""
        return self.told_purpose if now < self.purpose_until else None


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is signed in, with what they may now."""

    session: ConsoleSession
    officer: Officer
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody came in."""

    mark: str
    token: bytes = field(repr=False)


def begin(doors: Doors, connection: Connection, book: Book, mark: str, how: str, now: int) -> Came | Declined:
    """A session for somebody who proved who they are, and who holds a role today."""
    if not officer_of(connection, doors.municipality, mark, in_japan(now).date()).roles:
        return Declined(Why.NOT_HERE)
    _forget(doors, connection, book, now)
    token = doors.entropy(TOKEN_BYTES)
    connection.execute(
        insert(office_sessions).values(
            municipality=doors.municipality,
            session_hash=hash_of(token),
            mark=mark,
            passkey=how == "passkey",
            began_at=now,
            touched_at=now,
            idle_s=doors.limits.idle_s,
            expires_at=expiry(now, doors.limits, None),
            purpose=None,
            purpose_until=0,
        )
    )
    book.note(AuditEntry(now, AuditEvent.STAFF_SIGNED_IN, CONSOLE, {"officer": mark, "what": how}))
    return Came(mark, token)


def present(doors: Doors, token: bytes) -> Present | None:
    """Who is signed in by this token, who does something now; None where nobody is, or nobody who holds a role."""
    now = doors.now()
    with doors.database.reading() as connection:
        row = connection.execute(select(office_sessions).where(_it(doors, hash_of(token)))).one_or_none()
        session = None if row is None else _session(row)
        if session is None or not session.alive(now):
            return None
        officer = officer_of(connection, doors.municipality, session.mark, in_japan(now).date())
        member = read_member(connection, doors.municipality, session.mark)
    if member is None or not officer.roles:
        return None
    if now - session.touched_at >= TOUCH_EVERY_S:
        with doors.database.writing() as connection:
            of_it = _it(doors, session.session_hash)
            connection.execute(update(office_sessions).where(of_it).values(touched_at=now))
    return Present(session, officer, member.name)


def stands(doors: Doors, connection: Connection, session_hash: bytes) -> Officer | None:
    """What whoever has this session may at this very moment, in a transaction of somebody's; None once it ended."""
    now = doors.now()
    row = connection.execute(select(office_sessions).where(_it(doors, session_hash))).one_or_none()
    if row is None or not _session(row).alive(now):
        return None
    return officer_of(connection, doors.municipality, row.mark, in_japan(now).date())


def sign_out(doors: Doors, token: bytes) -> None:
    """Ends a session. One that has ended already is no fault: it is ended."""
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        of_it = _it(doors, hash_of(token))
        mark = connection.scalar(select(office_sessions.c.mark).where(of_it))
        if mark is not None:
            connection.execute(delete(office_sessions).where(of_it))
            _note_end(book, mark, "sign-out", doors.now())


def end_others(doors: Doors, mark: str, but: bytes) -> int:
    """Ends somebody's sessions but the one of this hash; how many there were."""
    table = office_sessions.c
    of_it = and_(table.municipality == doors.municipality, table.mark == mark, table.session_hash != but)
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        ended = connection.execute(delete(office_sessions).where(of_it)).rowcount
        for _ in range(ended):
            _note_end(book, mark, "ended by themselves", doors.now())
    return ended


def sessions_of(doors: Doors, mark: str) -> tuple[ConsoleSession, ...]:
    """Somebody's sessions that count, newest first."""
    table = office_sessions.c
    with doors.database.reading() as connection:
        rows = connection.execute(
            select(office_sessions)
            .where(table.municipality == doors.municipality, table.mark == mark)
            .order_by(table.began_at.desc(), table.session_hash)
        )
        return tuple(each for each in map(_session, rows) if each.alive(doors.now()))


def roles_of(doors: Doors, mark: str) -> tuple[HeldRole, ...]:
    """What somebody holds, held or will hold."""
    with doors.database.reading() as connection:
        return roles_held(connection, doors.municipality, mark)


def tell_purpose(doors: Doors, session_hash: bytes, purpose: Purpose) -> None:
    """Keeps for what somebody is about to look at personal data."""
    until = doors.now() + PURPOSE_S
    with doors.database.writing() as connection:
        told = update(office_sessions).where(_it(doors, session_hash))
        connection.execute(told.values(purpose=str(purpose), purpose_until=until))


def _forget(doors: Doors, connection: Connection, book: Book, now: int) -> None:
    """Ends what ran out, so that nothing has to come round by the clock: it opens nothing meanwhile."""
    table = office_sessions.c
    ran_out = and_(
        table.municipality == doors.municipality, or_(table.expires_at <= now, table.touched_at + table.idle_s <= now)
    )
    for mark in connection.scalars(select(table.mark).where(ran_out)).all():
        _note_end(book, mark, "ran-out", now)
    connection.execute(delete(office_sessions).where(ran_out))
    for others in (office_answered, office_ways_in):
        old = and_(others.c.municipality == doors.municipality, others.c.expires_at <= now)
        connection.execute(delete(others).where(old))


def _it(doors: Doors, session_hash: bytes) -> Any:
    return and_(office_sessions.c.municipality == doors.municipality, office_sessions.c.session_hash == session_hash)


def _session(row: Any) -> ConsoleSession:
    return ConsoleSession(
        session_hash=row.session_hash,
        mark=row.mark,
        passkey=row.passkey,
        began_at=row.began_at,
        touched_at=row.touched_at,
        idle_s=row.idle_s,
        expires_at=row.expires_at,
        told_purpose=None if row.purpose is None else Purpose.kept(row.purpose),
        purpose_until=row.purpose_until,
    )


def _note_end(book: Book, mark: str, how: str, now: int) -> None:
    book.note(AuditEntry(now, AuditEvent.STAFF_SIGNED_OUT, CONSOLE, {"officer": mark, "what": how}))
