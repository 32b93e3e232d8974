"""The order a card proves: who orders what where, at which fee, until when. A document that does not answer these
very bytes can't be printed (I1)."""

from dataclasses import dataclass
from hashlib import sha256

from koufu.evidence.challenge import NONCE_BYTES
from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.words import CertificateKind, Option, Scope, has_matter

ORDER_DOMAIN = "koufu/order/2"
ORDER_ID_BYTES = 16
MAX_LINES = 5
MAX_COPIES = 10
MAX_MEMBERS = 64
MAX_FEE_YEN = 1_000_000


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One kind of certificate with its choices. `members`: references from the offer, only with `Scope.MEMBERS`.
    `matter`: a reference from the offer, exactly for kinds that have one: a fiscal year (「2026」), or which damage."""

    kind: CertificateKind
    scope: Scope
    options: frozenset[Option] = frozenset()
    copies: int = 1
    members: tuple[str, ...] = ()
    matter: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.copies <= MAX_COPIES:
            raise ValueError(f"an order line has 1 to {MAX_COPIES} copies")
        if bool(self.members) != (self.scope is Scope.MEMBERS) or len(self.members) > MAX_MEMBERS:
            raise ValueError("an order line names members exactly when its scope is chosen members")
        if bool(self.matter) != has_matter(self.kind):
            raise ValueError("an order line names a matter exactly when its kind has one")


@dataclass(frozen=True, slots=True)
class Order:
    """1 to 5 lines at a fee in yen. `expires_at` is in Unix seconds; `printer_profile` names the ground's profile."""

    municipality: str
    terminal: str
    order_id: bytes
    session_nonce: bytes
    lines: tuple[OrderLine, ...]
    offer_version: str
    fee: int
    printer_profile: str
    expires_at: int

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MAX_LINES:
            raise ValueError(f"an order has 1 to {MAX_LINES} lines")

    def to_bytes(self) -> bytes:
        """The bytes that the card answers, by their SHA-256. Options stand in alphabetical order of their values."""
        writer = Writer(ORDER_DOMAIN)
        writer.text(self.municipality)
        writer.text(self.terminal)
        writer.raw(self.order_id)
        writer.raw(self.session_nonce)
        writer.number(len(self.lines))
        for line in self.lines:
            writer.text(line.kind.value)
            writer.text(line.scope.value)
            writer.texts(tuple(sorted(option.value for option in line.options)))
            writer.number(line.copies)
            writer.texts(line.members)
            writer.text(line.matter)
        writer.text(self.offer_version)
        writer.number(self.fee)
        writer.text(self.printer_profile)
        writer.number(self.expires_at)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "Order":
        """The order in these bytes, or `MalformedEvidence`. Bytes that would not be written again alike are refused."""
        reader = Reader(ORDER_DOMAIN, evidence)
        try:
            order = cls(
                municipality=reader.text(limit=6),
                terminal=reader.text(limit=64),
                order_id=reader.raw(exactly=ORDER_ID_BYTES),
                session_nonce=reader.raw(exactly=NONCE_BYTES),
                lines=tuple(_read_line(reader) for _ in range(reader.number(limit=MAX_LINES))),
                offer_version=reader.text(limit=64),
                fee=reader.number(limit=MAX_FEE_YEN),
                printer_profile=reader.text(limit=64),
                expires_at=reader.number(),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        if order.to_bytes() != evidence:
            raise MalformedEvidence("the order is not in its one canonical form")
        return order


def _read_line(reader: Reader) -> OrderLine:
    return OrderLine(
        kind=CertificateKind(reader.text(limit=32)),
        scope=Scope(reader.text(limit=32)),
        options=frozenset(Option(value) for value in reader.texts(count=len(Option), limit=32)),
        copies=reader.number(limit=MAX_COPIES),
        members=reader.texts(count=MAX_MEMBERS, limit=64),
        matter=reader.text(limit=64),
    )


@dataclass(frozen=True, slots=True)
class ProvenOrder:
    """An order's bytes as sent and the card's answer over them (RSA PKCS#1 v1.5 over SHA-256)."""

    evidence: bytes
    proof: bytes

    def proof_hash(self) -> bytes:
        """SHA-256 that the server's statement must carry: over the order and the card's answer to it."""
        writer = Writer("koufu/proof/1")
        writer.raw(self.evidence)
        writer.raw(self.proof)
        return sha256(writer.done()).digest()
