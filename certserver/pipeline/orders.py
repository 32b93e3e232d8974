"""An order's row and its fence: which attempt may touch it, and where it stands. Closed is for good; a row is made by
the first attempt that reaches the database and belongs to that attempt's token alone (I2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from certserver.errors import StorageError
from certserver.stages import Refused
from certserver.storage.statements import Change, Query
from certserver.storage.visits import orders, prepared_documents
from koufu.evidence.order import Order, ProvenOrder
from koufu.evidence.sizes import HASH_BYTES
from koufu.evidence.words import CertificateKind, RefusalReason

TOKEN_BYTES = 16


class OrderState(Enum):
    """Where an order stands."""

    PREPARED = "prepared"
    STALE = "stale"
    """The register or the day moved; the same attempt may prepare it anew."""
    RELEASED = "released"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, repr=False)
class OrderRow:
    """An order as it stands in the database. `generation` counts how often it was prepared."""

    municipality: str
    order_id: bytes
    terminal: str
    session_id: bytes | None
    token_hash: bytes
    state: OrderState
    generation: int
    evidence: bytes | None
    proof: bytes | None
    register_version: str | None
    issued_on: str | None
    expires_at: int
    refusal: Refused | None = None

    def __repr__(self) -> str:
        return f"<OrderRow {self.state.value}>"

    def belongs_to(self, terminal: str, attempt_token: bytes) -> bool:
        """Whether this attempt at this terminal may touch it."""
        return self.terminal == terminal and self.token_hash == token_hash(attempt_token)

    def proven(self) -> ProvenOrder:
        """The proven order it was prepared for. Only for an order that was prepared."""
        if self.evidence is None or self.proof is None:
            raise StorageError("an order that was never prepared has no proof")
        return ProvenOrder(self.evidence, self.proof)

    def order(self) -> Order:
        """The order in its evidence. Only for an order that was prepared."""
        return Order.from_bytes(self.proven().evidence)


@dataclass(frozen=True, slots=True, repr=False)
class StoredDocument:
    """A prepared document as it stands in the database, without its bytes."""

    line: int
    copy: int
    kind: CertificateKind
    fee: int
    document_no: str
    pages: int
    content_hashes: tuple[bytes, ...]
    file_hash: bytes
    file_length: int
    binding: bytes
    encrypted_key: bytes

    def __repr__(self) -> str:
        return f"<StoredDocument {self.line}/{self.copy}>"


_THIS_ORDER = (orders.c.municipality == bindparam("of")) & (orders.c.order_id == bindparam("which"))
_SELECT = Query(select(orders).where(_THIS_ORDER))
_INSERT = Change(insert(orders))
_PREPARED_ANEW = Change(
    update(orders)
    .where(_THIS_ORDER)
    .values(
        state=OrderState.PREPARED.value,
        generation=bindparam("now_generation"),
        register_version=bindparam("now_version"),
        issued_on=bindparam("now_day"),
    )
)
_MOVE = Change(update(orders).where(_THIS_ORDER).values(state=bindparam("now_state")))

_REFUSE = Change(update(orders).where(_THIS_ORDER).values(refusal=bindparam("reason"), refusal_line=bindparam("about")))

_ITS_DOCUMENTS = (prepared_documents.c.municipality == bindparam("of")) & (
    prepared_documents.c.order_id == bindparam("which")
)
_SELECT_DOCUMENTS = Query(
    select(
        prepared_documents.c.line,
        prepared_documents.c.copy,
        prepared_documents.c.kind,
        prepared_documents.c.fee,
        prepared_documents.c.document_no,
        prepared_documents.c.pages,
        prepared_documents.c.content_hashes,
        prepared_documents.c.file_hash,
        prepared_documents.c.file_length,
        prepared_documents.c.binding,
        prepared_documents.c.encrypted_key,
    )
    .where(_ITS_DOCUMENTS)
    .order_by(prepared_documents.c.line, prepared_documents.c.copy)
)
_SELECT_BYTES = Query(
    select(prepared_documents.c.encrypted)
    .where(_ITS_DOCUMENTS)
    .order_by(prepared_documents.c.line, prepared_documents.c.copy)
)
_INSERT_DOCUMENTS = Change(insert(prepared_documents))
_DELETE_DOCUMENTS = Change(delete(prepared_documents).where(_ITS_DOCUMENTS))


def token_hash(attempt_token: bytes) -> bytes:
    """How an attempt token is kept."""
    return sha256(b"koufu/attempt/1\x00" + attempt_token).digest()


def read_order(connection: Connection, municipality: str, order_id: bytes) -> OrderRow | None:
    """The order, or None when no attempt of it ever reached the database."""
    row = _SELECT.first(connection, {"of": municipality, "which": order_id})
    if row is None:
        return None
    return OrderRow(
        municipality=row.municipality,
        order_id=row.order_id,
        terminal=row.terminal,
        session_id=row.session_id,
        token_hash=row.token_hash,
        state=OrderState(row.state),
        generation=row.generation,
        evidence=row.evidence,
        proof=row.proof,
        register_version=row.register_version,
        issued_on=row.issued_on,
        expires_at=row.expires_at,
        refusal=None if row.refusal is None else Refused(RefusalReason(row.refusal), row.refusal_line),
    )


def insert_order(connection: Connection, row: OrderRow) -> None:
    """Adds an order. A second one of its id raises SQLAlchemy's `IntegrityError`."""
    _INSERT.run(
        connection,
        {
            "municipality": row.municipality,
            "order_id": row.order_id,
            "terminal": row.terminal,
            "session_id": row.session_id,
            "token_hash": row.token_hash,
            "state": row.state.value,
            "generation": row.generation,
            "evidence": row.evidence,
            "proof": row.proof,
            "register_version": row.register_version,
            "issued_on": row.issued_on,
            "expires_at": row.expires_at,
        },
    )


def prepared_anew(connection: Connection, row: OrderRow) -> None:
    """Writes a stale order that was prepared again."""
    _PREPARED_ANEW.run(
        connection,
        {
            "of": row.municipality,
            "which": row.order_id,
            "now_generation": row.generation,
            "now_version": row.register_version,
            "now_day": row.issued_on,
        },
    )


def move_order(connection: Connection, municipality: str, order_id: bytes, state: OrderState) -> None:
    """Moves an order. When it is stale or closed its documents and keys go at once."""
    _MOVE.run(connection, {"of": municipality, "which": order_id, "now_state": state.value})
    if state in (OrderState.STALE, OrderState.CLOSED):
        _DELETE_DOCUMENTS.run(connection, {"of": municipality, "which": order_id})


def read_bytes(connection: Connection, municipality: str, order_id: bytes) -> tuple[bytes, ...]:
    """The encrypted bytes of an order's documents, in the order they are printed."""
    rows = _SELECT_BYTES.all(connection, {"of": municipality, "which": order_id})
    return tuple(encrypted for (encrypted,) in rows)


def refuse_order(connection: Connection, municipality: str, order_id: bytes, refused: Refused) -> None:
    """Closes an order for a reason, which its attempt is told again when it asks again."""
    values = {"of": municipality, "which": order_id, "reason": refused.reason.value, "about": refused.line}
    _REFUSE.run(connection, values)
    move_order(connection, municipality, order_id, OrderState.CLOSED)


def insert_documents(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Adds prepared documents, as `certserver.pipeline.binding` made their rows."""
    _INSERT_DOCUMENTS.run_all(connection, rows)


def read_documents(connection: Connection, municipality: str, order_id: bytes) -> tuple[StoredDocument, ...]:
    """The prepared documents of an order, in the order they are printed."""
    rows = _SELECT_DOCUMENTS.all(connection, {"of": municipality, "which": order_id})
    return tuple(
        StoredDocument(
            line=row.line,
            copy=row.copy,
            kind=CertificateKind(row.kind),
            fee=row.fee,
            document_no=row.document_no,
            pages=row.pages,
            content_hashes=tuple(
                row.content_hashes[at : at + HASH_BYTES] for at in range(0, len(row.content_hashes), HASH_BYTES)
            ),
            file_hash=row.file_hash,
            file_length=row.file_length,
            binding=row.binding,
            encrypted_key=row.encrypted_key,
        )
        for row in rows
    )
