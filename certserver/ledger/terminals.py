"""Who is admitted as a terminal, and by which X.509s it proves itself: a renewed one counts beside the one before it,
until that ends, and ends with it where that is revoked. Every change is noted in the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from cryptography import x509
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.outlets import Outlet
from certserver.signing.requests import key_hash
from certserver.storage.admission import terminal_x509s, terminals
from koufu.der import MALFORMED_DER


class Way(Enum):
    """How an X.509 came to count."""

    ADMITTED = "admitted"
    """By an operator, from elsewhere or made for the terminal."""
    ENROLLED = "enrolled"
    """The terminal made its key, and came with a one-time code."""
    RENEWED = "renewed"
    """The terminal came with the one before it."""
    INTRODUCED = "introduced"
    """Renewed with another municipality, and shown here with the one before it."""


@dataclass(frozen=True, slots=True)
class KnownX509:
    """An X.509 of a terminal. Instants are Unix seconds; `ends_at` and `key_hash` are None where an older build took
    it in."""

    x509_hash: bytes
    key_hash: bytes | None
    ends_at: int | None
    added_at: int
    way: Way
    revoked_at: int | None

    def counts(self, now: int) -> bool:
        """Whether a terminal proves itself by it now."""
        return self.revoked_at is None and (self.ends_at is None or now < self.ends_at)


def admit_terminal(connection: Connection, book: Book, terminal: str, outlet: Outlet, x509_der: bytes, at: int) -> None:
    """Admits a terminal with its X.509, in place of the one of that name. It serves after its first heartbeat."""
    enter_terminal(connection, book.state.municipality, terminal, outlet)
    revoke_all(connection, book.state.municipality, terminal, at)
    add_x509(connection, book.state.municipality, terminal, x509_der, Way.ADMITTED, at)
    detail = {"terminal": terminal, "what": f"terminal admitted at {outlet.name}, {outlet.kind.value}"}
    book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, detail))


def enter_terminal(connection: Connection, municipality: str, terminal: str, outlet: Outlet) -> None:
    """Enters a terminal that has told nothing yet, in place of the one of that name; its X.509s stay as they are."""
    connection.execute(delete(terminals).where(_of(terminals, municipality, terminal)))
    connection.execute(
        insert(terminals).values(
            municipality=municipality,
            terminal=terminal,
            outlet=outlet.name,
            outlet_kind=outlet.kind.value,
            withdrawn=False,
            build="",
            wire_schema=0,
            told_at=0,
            seen_at=0,
            told="{}",
        )
    )


def withdraw_terminal(connection: Connection, book: Book, terminal: str, at: int, why: str = "") -> None:
    """Withdraws a terminal: it is served nothing from now on. Raises `NoSuchEntry` when there is none."""
    _set_withdrawn(connection, book, terminal, withdrawn=True)
    detail = {"terminal": terminal, "what": "terminal withdrawn"} | ({"reason": why} if why else {})
    book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, detail))


def serve_again(connection: Connection, book: Book, terminal: str, at: int) -> None:
    """Serves a withdrawn terminal again, by the X.509s it has. Raises `NoSuchEntry` when there is none."""
    _set_withdrawn(connection, book, terminal, withdrawn=False)
    detail = {"terminal": terminal, "what": "terminal served again"}
    book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, detail))


def x509s_of(connection: Connection, municipality: str, terminal: str) -> tuple[KnownX509, ...]:
    """All X.509s that a terminal ever had, newest first."""
    table = terminal_x509s.c
    query = (
        select(table.x509_hash, table.key_hash, table.ends_at, table.added_at, table.way, table.revoked_at)
        .where(_of(terminal_x509s, municipality, terminal))
        .order_by(table.added_at.desc(), table.x509_hash)
    )
    return tuple(KnownX509(*row[:4], Way(row.way), row.revoked_at) for row in connection.execute(query))


def x509_of_key(connection: Connection, municipality: str, terminal: str, key_hash: bytes) -> bytes | None:
    """The X.509 (DER) that was made here for this public key, and is not revoked: whoever did not get the answer asks
    again."""
    table = terminal_x509s.c
    found = connection.scalar(
        select(table.x509)
        .where(
            _of(terminal_x509s, municipality, terminal),
            table.key_hash == key_hash,
            table.x509.is_not(None),
            table.revoked_at.is_(None),
        )
        .order_by(table.added_at.desc())
        .limit(1)
    )
    return None if found is None else bytes(found)


def add_x509(connection: Connection, municipality: str, terminal: str, der: bytes, way: Way, at: int) -> None:
    """Lets a terminal prove itself by one more X.509 (DER). Raises `ConfigurationError` for what is none."""
    try:
        read = x509.load_der_x509_certificate(der)
    except MALFORMED_DER as error:
        raise ConfigurationError("this is no X.509") from error
    of_it = _of(terminal_x509s, municipality, terminal)
    digest = sha256(der).digest()
    connection.execute(delete(terminal_x509s).where(of_it, terminal_x509s.c.x509_hash == digest))
    connection.execute(
        insert(terminal_x509s).values(
            municipality=municipality,
            terminal=terminal,
            x509_hash=digest,
            key_hash=key_hash(read.public_key()),
            ends_at=int(read.not_valid_after_utc.timestamp()),
            added_at=at,
            way=way.value,
            revoked_at=None,
            x509=der if way in (Way.ENROLLED, Way.RENEWED) else None,
        )
    )


def revoke_all(connection: Connection, municipality: str, terminal: str, at: int) -> None:
    """Lets a terminal prove itself by none of the X.509s it has."""
    of_it = _of(terminal_x509s, municipality, terminal)
    connection.execute(update(terminal_x509s).where(of_it, terminal_x509s.c.revoked_at.is_(None)).values(revoked_at=at))


def renewed_since(known: Sequence[KnownX509], x509_hash: bytes) -> tuple[KnownX509, ...]:
    """Of all X.509s of a terminal those that whoever has this one may have got by it: renewed or shown since, and not
    revoked."""
    since = next((each.added_at for each in known if each.x509_hash == x509_hash), None)
    if since is None:
        return ()
    return tuple(
        each
        for each in known
        if each.x509_hash != x509_hash
        and each.way in (Way.RENEWED, Way.INTRODUCED)
        and each.added_at >= since
        and each.revoked_at is None
    )


def revoke_x509(connection: Connection, book: Book, terminal: str, x509_hash: bytes, at: int) -> None:
    """Lets a terminal prove itself by this X.509 no more, nor by those that were renewed since: whoever has a stolen
    one may have renewed it. Raises `NoSuchEntry` for one that it does not have, or that was revoked."""
    municipality, table = book.state.municipality, terminal_x509s.c
    known = x509s_of(connection, municipality, terminal)
    if not any(each.x509_hash == x509_hash and each.revoked_at is None for each in known):
        raise NoSuchEntry(f"terminal {terminal} has no such X.509")
    for revoked in (x509_hash, *(each.x509_hash for each in renewed_since(known, x509_hash))):
        of_it = and_(_of(terminal_x509s, municipality, terminal), table.x509_hash == revoked)
        connection.execute(update(terminal_x509s).where(of_it).values(revoked_at=at))
        what = "X.509 revoked" if revoked == x509_hash else "X.509 revoked with the one before it"
        detail = {"terminal": terminal, "what": what, "about": revoked.hex()}
        book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, detail))


def _set_withdrawn(connection: Connection, book: Book, terminal: str, *, withdrawn: bool) -> None:
    changed = connection.execute(
        update(terminals).where(_of(terminals, book.state.municipality, terminal)).values(withdrawn=withdrawn)
    )
    if changed.rowcount != 1:
        raise NoSuchEntry(f"no terminal {terminal} is admitted")


def _of(table: Any, municipality: str, terminal: str) -> ColumnElement[bool]:
    return and_(table.c.municipality == municipality, table.c.terminal == terminal)
