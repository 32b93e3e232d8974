"""The audit log: every decision, each entry chained to the one before it by its hash (I12). It holds no personal data:
fields are listed, subjects are keyed hashes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select

from certserver.errors import AuditBroken, StorageError
from certserver.ledger.state import AUDIT_START, read_state
from certserver.storage.issued import audit_log
from koufu.evidence.codec import Writer

OPERATOR = "operator"
"""The actor of what is done at the command line."""


class AuditEvent(Enum):
    """What was decided."""

    SESSION_OPENED = "session-opened"
    OFFER_SHOWN = "offer-shown"
    """Personal data of a register were read for a resident."""
    REFUSED = "refused"
    PREPARED = "prepared"
    ISSUED = "issued"
    OUTCOME = "outcome"
    ALARM_RAISED = "alarm-raised"
    ALARM_CLOSED = "alarm-closed"
    CONFIGURED = "configured"
    ENROLMENT_APPLIED = "enrolment-applied"
    """Somebody applied for an enrolment (利用登録申請)."""
    ENROLMENT_DECIDED = "enrolment-decided"
    VIEWED = "viewed"
    """An officer was shown personal data."""
    APPLICATION_MOVED = "application-moved"
    """A step of a card application: opened, told of, attached to, or moved."""
    APPLICATION_ERASED = "application-erased"
    """The key of what was personal in a card application was dropped."""
    PROCEDURE_BEGUN = "procedure-begun"
    """A procedure of X.509s or PINs was begun on a card at a counter, taken up again, or let go on without any PIN:
    `what` says which, `case` is the number under which issuer and card-writing terminal know it."""
    PROCEDURE_ENDED = "procedure-ended"
    """It came to its end, or was left open: `outcome` says how, `told_of` who was at the desk then, `told_at` when."""
    STAFF_SIGNED_IN = "staff-signed-in"
    STAFF_SIGNED_OUT = "staff-signed-out"
    """Signed out, locked, or untouched for too long: `what` says which."""
    STAFF_CONFIRMED = "staff-confirmed"
    """Two stood for what one may not do alone."""
    AUDIT_VERIFIED = "audit-verified"
    """An officer had the whole log read: `outcome` says whether it is unbroken, `version` up to which entry."""
    SHEET_MARKED = "sheet-marked"
    """An officer says of a sheet that it is spoiled or voided."""
    DEBT_PAID = "debt-paid"
    """Money that a terminal owed was paid back: `what` says how many yen against which slip."""
    SHEETS_RECALLED = "sheets-recalled"
    """`sheets` of them by the recall that `about` names."""
    PROPOSAL_DECIDED = "proposal-decided"
    """What one officer asked for was declined by another, or taken back."""
    TERMINAL_ENROLLED = "terminal-enrolled"
    """A terminal was given an X.509: `what` says whether it enrolled, renewed its own, or showed one renewed elsewhere;
    `officer` made its one-time code."""
    TERMINAL_DECLINED = "terminal-declined"
    """It was not: `reason` says why."""
    REGISTER_CHANGED = "register-changed"
    """An operator changed the register for a resident. A keyed hash stands as `resident`; `subject` is an X.509's."""
    REGISTER_SWITCHED = "register-switched"
    """A delivery of a core system came into force, or an operator brought a snapshot back or gave one up."""


FIELDS = frozenset(
    {
        "about",
        "alarm",
        "application",
        "beside",
        "captured",
        "case",
        "copy",
        "document_no",
        "enrolment",
        "identity",
        "kind",
        "line",
        "officer",
        "order",
        "outcome",
        "person",
        "reason",
        "resident",
        "role",
        "second",
        "sheets",
        "state",
        "step",
        "subject",
        "terminal",
        "told_at",
        "told_of",
        "version",
        "what",
    }
)
"""The only fields an entry may have."""

_VIEWS = frozenset({AuditEvent.OFFER_SHOWN, AuditEvent.VIEWED})
_LOOKED_AT = ("about", "application", "document_no", "enrolment", "resident", "subject")
_LONGEST_KEY = 64

_encode = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode

_ENTRIES = (
    select(audit_log)
    .where(audit_log.c.municipality == bindparam("of"))
    .order_by(audit_log.c.audit_seq)
    .execution_options(yield_per=1000)
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry. `at` in Unix seconds; `detail` holds listed fields only."""

    at: int
    event: AuditEvent
    actor: str
    detail: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where an audit log ended when somebody looked: number and hash of its last entry."""

    municipality: str
    audit_seq: int
    audit_hash: bytes

    def to_bytes(self) -> bytes:
        """The bytes that are signed and kept apart from the database."""
        writer = Writer("koufu/audit-head/1")
        writer.text(self.municipality)
        writer.number(self.audit_seq)
        writer.raw(self.audit_hash)
        return writer.done()


def looked_at(entry: AuditEntry) -> tuple[str, ...]:
    """The numbers and keyed hashes of what somebody saw by an entry, so that whom it is about can be told; none for an
    entry that tells of no view."""
    if entry.event not in _VIEWS:
        return ()
    keys = {str(entry.detail[name]) for name in _LOOKED_AT if name in entry.detail}
    return tuple(sorted(key for key in keys if len(key) <= _LONGEST_KEY))


def chained(head: AuditHead, entries: Iterable[AuditEntry]) -> tuple[list[dict[str, object]], AuditHead]:
    """The rows that follow a head, and the head after them. Raises `ValueError` for a field that is not listed."""
    number, digest = head.audit_seq, head.audit_hash
    rows: list[dict[str, object]] = []
    for entry in entries:
        strange = entry.detail.keys() - FIELDS
        if strange:
            raise ValueError(f"these fields are not for the audit log: {', '.join(sorted(strange))}")
        number += 1
        detail = _encode(dict(entry.detail))
        digest = _entry_hash(digest, head.municipality, number, entry.at, entry.event.value, entry.actor, detail)
        rows.append(
            {
                "municipality": head.municipality,
                "audit_seq": number,
                "at": entry.at,
                "event": entry.event.value,
                "actor": entry.actor,
                "detail": detail,
                "entry_hash": digest,
            }
        )
    return rows, AuditHead(head.municipality, number, digest)


def verify(connection: Connection, municipality: str, anchors: tuple[AuditHead, ...] = ()) -> AuditHead:
    """Reads the whole log of a municipality and returns its head. Raises `AuditBroken` at the first entry that was
    changed, taken out, put in or cut off; `anchors` are heads that were kept elsewhere."""
    wanted = {anchor.audit_seq: anchor.audit_hash for anchor in anchors if anchor.municipality == municipality}
    number, digest = 0, AUDIT_START
    with connection.execute(_ENTRIES, {"of": municipality}) as rows:
        for row in rows:
            number += 1
            if row.audit_seq != number:
                raise AuditBroken(number, f"the next entry there is number {row.audit_seq}")
            digest = _entry_hash(digest, municipality, number, row.at, row.event, row.actor, row.detail)
            if digest != row.entry_hash:
                raise AuditBroken(number, "its hash does not follow from the entry and the one before it")
            if wanted.get(number, digest) != digest:
                raise AuditBroken(number, "a head that was kept elsewhere says otherwise: the log was written anew")
    state = read_state(connection, municipality)
    if state is None:
        raise StorageError(f"municipality {municipality} is not set up in this database")
    last = max([state.audit_seq, *wanted])
    if last > number:
        raise AuditBroken(number + 1, f"the log ends here, but it reached entry {last}: its end was cut off")
    if (number, digest) != (state.audit_seq, state.audit_hash):
        raise AuditBroken(number, "the log goes on after the head that the municipality's row holds")
    return AuditHead(municipality, number, digest)


def _entry_hash(previous: bytes, municipality: str, number: int, at: int, event: str, actor: str, detail: str) -> bytes:
    writer = Writer("koufu/audit/1")
    writer.raw(previous)
    writer.text(municipality)
    writer.number(number)
    writer.number(at)
    writer.text(event)
    writer.text(actor)
    writer.text(detail)
    return sha256(writer.done()).digest()
