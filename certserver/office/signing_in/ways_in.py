"""One-time ways in: whoever was entered, or lost what they sign in by, comes once by a random code, sets a password and
takes the secret of one-time codes into an authenticator. Nobody else ever sees either."""

import re
from base64 import b32encode
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from certserver.errors import StorageError
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.office.signing_in.counting import CONSOLE, count, note_refusal, uncount, waiting
from certserver.office.signing_in.parts import Doors, hash_of
from certserver.office.signing_in.sessions import Came, begin
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.registry import set_password
from certserver.pipeline.staff.rows import note_code_step
from certserver.ports import Entropy
from certserver.staff.codes import NEVER, SECRET_BYTES, accepted_step
from certserver.staff.passwords import SALT_BYTES, Unfit, hashed, unfit
from certserver.storage.office import office_ways_in

CODE_BYTES = 15
"""24 letters and digits of base32."""

LIVES_S = 24 * 3600

_STEP = "way in"


@dataclass(frozen=True, slots=True)
class WayIn:
    """Mark and code as they were typed."""

    mark: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """The way is there: the secret for an authenticator, and the same closed, which comes back with its first code."""

    secret: bytes = field(repr=False)
    closed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody sets who came by a way in."""

    closed: bytes = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetOnly:
    """Password and authenticator are set; nobody is signed in, since they hold no role today."""


def make_way_in(connection: Connection, municipality: str, mark: str, entropy: Entropy, now: int) -> str:
    """A code that opens once, for a day, in place of any former one."""
    code = b32encode(entropy(CODE_BYTES)).decode()
    connection.execute(delete(office_ways_in).where(_it(municipality, mark)))
    connection.execute(
        insert(office_ways_in).values(
            municipality=municipality, mark=mark, code_hash=hash_of(code.encode()), expires_at=now + LIVES_S
        )
    )
    return "-".join(code[at : at + 6] for at in range(0, len(code), 6))


def look_in(doors: Doors, address: str, way: WayIn, closed: bytes = b"") -> Opened | Declined:
    """Where the code opens, a secret for an authenticator: the one that was closed before, else a new one. The code is
    not used up yet."""
    declined = _tried(doors, address, way)
    if declined is not None:
        return declined
    try:
        secret = doors.keys.vault.open(closed, _about(doors, way))
    except StorageError:
        secret = doors.entropy(SECRET_BYTES)
        closed = doors.keys.vault.close(secret, _about(doors, way))
    return Opened(secret, closed)


def come_in(doors: Doors, address: str, way: WayIn, chosen: Chosen) -> Came | SetOnly | Declined | Unfit:
    """Sets password and authenticator, and signs in whoever holds a role today; the code opens nothing any more."""
    declined = _tried(doors, address, way)
    if declined is not None:
        return declined
    why = unfit(chosen.password, way.mark)
    if why is not None:
        return why
    try:
        secret: bytes | None = doors.keys.vault.open(chosen.closed, _about(doors, way))
    except StorageError:
        secret = None
    kept = hashed(chosen.password, doors.entropy(SALT_BYTES))
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        now = doors.now()
        step = None if secret is None else accepted_step(secret, chosen.code, now, NEVER)
        if secret is None or step is None or not _opens(doors, connection, way, now):
            declined = Declined(Why.WRONG)
            note_refusal(connection, book, declined, _STEP, way.mark, now)
            return declined
        connection.execute(delete(office_ways_in).where(_it(doors.municipality, way.mark)))
        set_password(connection, book, doors.keys.staff, way.mark, kept, secret, now)
        note_code_step(connection, doors.municipality, way.mark, step)
        book.note(
            AuditEntry(now, AuditEvent.CONFIGURED, CONSOLE, {"officer": way.mark, "what": "password and code set"})
        )
        came = begin(doors, connection, book, way.mark, "way in", now)
        return came if isinstance(came, Came) else SetOnly()


def _tried(doors: Doors, address: str, way: WayIn) -> Declined | None:
    """Why this opens nothing, counted and noted."""
    declined = waiting(doors, address, way.mark, _STEP)
    if declined is not None:
        return declined
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        now = doors.now()
        declined = count(doors, connection, book, address, way.mark, _STEP, now)
        if declined is not None:
            return declined
        if _opens(doors, connection, way, now):
            uncount(doors, connection, address, way.mark)
            return None
        declined = Declined(Why.WRONG)
        note_refusal(connection, book, declined, _STEP, way.mark, now)
        return declined


def _opens(doors: Doors, connection: Connection, way: WayIn, now: int) -> bool:
    row = connection.execute(select(office_ways_in).where(_it(doors.municipality, way.mark))).one_or_none()
    # A hash of random bits tells nothing by the time it takes to compare.
    return row is not None and now < row.expires_at and row.code_hash == hash_of(_plain(way.code).encode())


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code).upper()


def _about(doors: Doors, way: WayIn) -> bytes:
    """A closed secret belongs to one person's way in."""
    return f"way in {doors.municipality}/{way.mark} ".encode() + hash_of(_plain(way.code).encode())


def _it(municipality: str, mark: str) -> ColumnElement[bool]:
    return and_(office_ways_in.c.municipality == municipality, office_ways_in.c.mark == mark)
