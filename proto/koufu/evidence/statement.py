"""The server's statement about one document, and the check that it answers one proven order. The kiosk prints nothing
else (I1)."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import BadSignature, MalformedEvidence, StatementMismatch
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.order import MAX_COPIES, MAX_LINES, ORDER_ID_BYTES, Order, ProvenOrder
from koufu.evidence.sizes import HASH_BYTES, MAX_PAGES
from koufu.evidence.words import CertificateKind, Mismatch

STATEMENT_DOMAIN = "koufu/statement/1"
MAX_FILE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Statement:
    """What was issued in answer to what. `line` and `copy` count from 0; hashes are SHA-256; times are Unix seconds.
    `content_hashes` holds one chained hash a page, in order of the pages."""

    municipality: str
    proof_hash: bytes
    order_id: bytes
    line: int
    copy: int
    kind: CertificateKind
    document_no: str
    content_hashes: tuple[bytes, ...]
    file_hash: bytes
    file_length: int
    issued_at: int

    def to_bytes(self) -> bytes:
        """The bytes the municipality signs."""
        writer = Writer(STATEMENT_DOMAIN)
        writer.text(self.municipality)
        writer.raw(self.proof_hash)
        writer.raw(self.order_id)
        writer.number(self.line)
        writer.number(self.copy)
        writer.text(self.kind.value)
        writer.text(self.document_no)
        writer.number(len(self.content_hashes))
        for content_hash in self.content_hashes:
            writer.raw(content_hash)
        writer.raw(self.file_hash)
        writer.number(self.file_length)
        writer.number(self.issued_at)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "Statement":
        """The statement in these bytes, or `MalformedEvidence`."""
        reader = Reader(STATEMENT_DOMAIN, evidence)
        try:
            statement = cls(
                municipality=reader.text(limit=6),
                proof_hash=reader.raw(exactly=HASH_BYTES),
                order_id=reader.raw(exactly=ORDER_ID_BYTES),
                line=reader.number(limit=MAX_LINES - 1),
                copy=reader.number(limit=MAX_COPIES - 1),
                kind=CertificateKind(reader.text(limit=32)),
                document_no=parse_document_number(reader.text(limit=16)),
                content_hashes=tuple(reader.raw(exactly=HASH_BYTES) for _ in range(reader.number(limit=MAX_PAGES))),
                file_hash=reader.raw(exactly=HASH_BYTES),
                file_length=reader.number(limit=MAX_FILE_BYTES),
                issued_at=reader.number(),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        return statement


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A statement's bytes as sent and the municipality's Ed25519 signature over them."""

    evidence: bytes
    signature: bytes


def open_statement(signed: SignedStatement, key: Ed25519PublicKey) -> Statement:
    """The statement, after its signature held. Raises `BadSignature` or `MalformedEvidence`."""
    try:
        key.verify(signed.signature, signed.evidence)
    except InvalidSignature as error:
        raise BadSignature("the municipality's key did not sign this statement") from error
    return Statement.from_bytes(signed.evidence)


def require_answer(statement: Statement, proven: ProvenOrder, line: int, copy: int) -> None:
    """Raises `StatementMismatch` unless the statement answers exactly this proven order, line and copy."""
    order = Order.from_bytes(proven.evidence)
    expected = {
        Mismatch.MUNICIPALITY: (statement.municipality, order.municipality),
        Mismatch.PROOF: (statement.proof_hash, proven.proof_hash()),
        Mismatch.ORDER: (statement.order_id, order.order_id),
        Mismatch.LINE: (statement.line, line),
        Mismatch.COPY: (statement.copy, copy),
        Mismatch.KIND: (statement.kind, order.lines[line].kind if line < len(order.lines) else None),
    }
    for mismatch, (stated, ordered) in expected.items():
        if stated != ordered:
            raise StatementMismatch(mismatch)
    if line >= len(order.lines) or copy >= order.lines[line].copies:
        raise StatementMismatch(Mismatch.COPY)
    if not statement.content_hashes:
        raise StatementMismatch(Mismatch.PAGES)
