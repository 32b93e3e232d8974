"""Entries of a ledger that nobody ordered, for tests that want many of them, or those of a municipality without
terminals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certserver.ledger.book import LedgerEntry, open_book
from certserver.storage.engine import Database
from koufu.evidence.numbers import document_number
from koufu.evidence.statement import SignedStatement, Statement
from koufu.evidence.words import CertificateKind, Option, Scope

EVERY_S = 60
"""Between one document and the next."""


@dataclass(frozen=True, slots=True)
class Made:
    """How an entry differs from the usual."""

    kind: CertificateKind = CertificateKind.RESIDENCE
    terminal: str = "kiosk-1"
    build: str = "1.0.0"
    person: int = 0
    options: frozenset[Option] = frozenset()


def entries(made: Iterable[Made], begin: int, *, municipality: str, first: int = 1) -> Iterator[LedgerEntry]:
    """One entry for each, a minute apart; their numbers count from `first`."""
    for at, each in enumerate(made, start=first):
        number = document_number((at << 5).to_bytes(10, "big"))
        issued_at = begin + (at - first) * EVERY_S
        order_id = at.to_bytes(16, "big")
        statement = Statement(
            municipality=municipality,
            proof_hash=bytes(32),
            order_id=order_id,
            line=0,
            copy=0,
            kind=each.kind,
            document_no=number,
            content_hashes=(at.to_bytes(32, "big"),),
            file_hash=bytes(32),
            file_length=1,
            issued_at=issued_at,
        )
        yield LedgerEntry(
            order_id=order_id,
            line=0,
            copy=0,
            kind=each.kind,
            scope=Scope.SELF,
            options=each.options,
            document_no=number,
            terminal=each.terminal,
            subject=each.person.to_bytes(32, "big"),
            register_version="1",
            fee=200,
            signed=SignedStatement(statement.to_bytes(), bytes(64)),
            key_id=bytes(8),
            issued_at=issued_at,
            terminal_build=each.build,
        )


def enter(
    database: Database, municipality: str, made: Iterable[Made], begin: int, *, first: int = 1
) -> tuple[LedgerEntry, ...]:
    """Enters them in one transaction; what was entered."""
    entered = tuple(entries(made, begin, municipality=municipality, first=first))
    with database.writing() as connection, open_book(connection, municipality) as book:
        for each in entered:
            book.enter(each)
    return entered
