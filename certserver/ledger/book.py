"""The book of a municipality: what one writing transaction appends to ledger and audit log, under one lock and with one
move of their heads. A transaction that decides anything opens it first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, update

from certserver.ledger.audit import OPERATOR, AuditEntry, AuditHead, chained, looked_at
from certserver.ledger.state import State, lock_state
from certserver.storage.issued import audit_log, ledger, municipality_state, viewed
from certserver.storage.statements import Change
from koufu.evidence.statement import SignedStatement
from koufu.evidence.words import CertificateKind, Option, Scope
from koufu.release import BUILD

_APPEND_LEDGER = Change(insert(ledger))
_APPEND_AUDIT = Change(insert(audit_log))
_APPEND_VIEWED = Change(insert(viewed))
_MOVE_HEADS = Change(
    update(municipality_state)
    .where(municipality_state.c.municipality == bindparam("of"))
    .values(
        settings_revision=bindparam("settings_revision"),
        open_alarms=bindparam("open_alarms"),
        ledger_seq=bindparam("ledger_seq"),
        audit_seq=bindparam("audit_seq"),
        audit_hash=bindparam("audit_hash"),
    )
)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One issued document. `fee` in yen, `issued_at` in Unix seconds; `subject` and hashes as raw bytes;
    `terminal_build` is what the terminal said at its last heartbeat."""

    order_id: bytes
    line: int
    copy: int
    kind: CertificateKind
    scope: Scope
    options: frozenset[Option]
    document_no: str
    terminal: str
    subject: bytes
    register_version: str
    fee: int
    signed: SignedStatement
    key_id: bytes
    issued_at: int
    terminal_build: str


class Book:
    """Open for one writing transaction. `state` is the municipality's as of the lock, and true until the end; `actor`
    is the person who changes something by it, as the audit log calls them."""

    def __init__(self, state: State, actor: str = OPERATOR) -> None:
        self.state = state
        self.actor = actor
        self._issued: list[LedgerEntry] = []
        self._noted: list[AuditEntry] = []
        self._open_alarms = state.open_alarms
        self._settings_revision = state.settings_revision

    def enter(self, entry: LedgerEntry) -> None:
        """Enters an issued document in the ledger."""
        self._issued.append(entry)

    def note(self, entry: AuditEntry) -> None:
        """Notes a decision in the audit log."""
        self._noted.append(entry)

    def alarms_changed(self, by: int) -> None:
        """Counts an alarm that was raised (+1) or closed (-1)."""
        self._open_alarms += by

    def settings_changed(self) -> None:
        """Says that a setting changed: every node reads its settings anew."""
        self._settings_revision += 1

    def write(self, connection: Connection) -> None:
        """Appends everything and moves the heads. An order, line and copy that is there already raises SQLAlchemy's
        `IntegrityError` (I7)."""
        before = self.state
        rows, head = chained(AuditHead(before.municipality, before.audit_seq, before.audit_hash), self._noted)
        if self._issued:
            _APPEND_LEDGER.run_all(connection, [self._ledger_row(at) for at in range(len(self._issued))])
        if rows:
            _APPEND_AUDIT.run_all(connection, rows)
        views = [
            {"municipality": before.municipality, "about": about, "audit_seq": before.audit_seq + at}
            for at, entry in enumerate(self._noted, start=1)
            for about in looked_at(entry)
        ]
        if views:
            _APPEND_VIEWED.run_all(connection, views)
        _MOVE_HEADS.run(
            connection,
            {
                "of": before.municipality,
                "settings_revision": self._settings_revision,
                "open_alarms": self._open_alarms,
                "ledger_seq": before.ledger_seq + len(self._issued),
                "audit_seq": head.audit_seq,
                "audit_hash": head.audit_hash,
            },
        )

    def _ledger_row(self, at: int) -> dict[str, object]:
        entry = self._issued[at]
        return {
            "municipality": self.state.municipality,
            "ledger_seq": self.state.ledger_seq + at + 1,
            "order_id": entry.order_id,
            "line": entry.line,
            "copy": entry.copy,
            "kind": entry.kind.value,
            "scope": entry.scope.value,
            "options": ",".join(sorted(option.value for option in entry.options)),
            "document_no": entry.document_no,
            "terminal": entry.terminal,
            "subject": entry.subject,
            "register_version": entry.register_version,
            "fee": entry.fee,
            "statement": entry.signed.evidence,
            "statement_signature": entry.signed.signature,
            "key_id": entry.key_id,
            "issued_at": entry.issued_at,
            "settings_revision": self.state.settings_revision,
            "terminal_build": entry.terminal_build,
            "server_build": BUILD,
        }


@contextmanager
def open_book(connection: Connection, municipality: str, actor: str = OPERATOR) -> Iterator[Book]:
    """Locks the municipality in a writing transaction; what was entered and noted is written at the end."""
    book = Book(lock_state(connection, municipality), actor)
    yield book
    book.write(connection)
