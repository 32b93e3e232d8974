"""The stage types of issuing: each stage takes only what the stage before it gave, so a skipped stage does not
type-check. Identified → authenticated → checked → eligible → rendered → prepared → issued."""

from dataclasses import dataclass, field

from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import Extract
from certserver.registers.snapshot import RegisterSnapshot
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.content import PageContent
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.statement import SignedStatement
from koufu.evidence.words import CertificateKind, RefusalReason


@dataclass(frozen=True, slots=True)
class Refused:
    """An order is not issued. `line` counts from 0, None when it is about the whole visit. `about` tells staff what of
    a document it was, as code points (「U+8FBB U+E0100」) or names of its fields: never a value of the register."""

    reason: RefusalReason
    line: int | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentifiedResident:
    """The holder of a valid X.509: `subject` is the keyed hash of its serial, `resident_id` the register's key, None
    for whoever lives elsewhere: that person may have a koseki kind by an enrolment, and nothing else."""

    municipality: str
    terminal: str
    subject: bytes
    resident_id: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class AuthenticatedResident:
    """An identified resident whose card answered the challenge of a session, after its PIN: who may order at all."""

    identified: IdentifiedResident
    session_id: bytes


@dataclass(frozen=True, slots=True)
class CheckedOrder:
    """An order proven by the card of the session it names, with the offer and fee that are in force."""

    resident: AuthenticatedResident
    order: Order
    proven: ProvenOrder


@dataclass(frozen=True, slots=True, repr=False)
class EligibleLine:
    """An order line that may be issued, and what of the register it shows."""

    line: OrderLine
    extract: Extract

    def __repr__(self) -> str:
        return f"<EligibleLine {self.line.kind.value}>"


@dataclass(frozen=True, slots=True, repr=False)
class EligibleOrder:
    """A checked order every line of which this resident may have, judged on one snapshot (I3)."""

    checked: CheckedOrder
    lines: tuple[EligibleLine, ...]
    snapshot: RegisterSnapshot
    profile: MunicipalityProfile

    def __repr__(self) -> str:
        return f"<EligibleOrder of {len(self.checked.order.lines)} lines>"


@dataclass(frozen=True, slots=True)
class DocumentStamp:
    """What sets one document apart: order line and copy (from 0), its own random document number, the instant of
    issue (Unix seconds), and the printer's profile for the ground."""

    line: int
    copy: int
    document_no: str
    issued_at: int
    printer_profile: str


@dataclass(frozen=True, slots=True, repr=False)
class RenderedDocument:
    """One document as a PDF, faces and backs in turn; the form bundle it was drawn with, what each page says, and one
    content hash a page (a page is one sheet)."""

    kind: CertificateKind
    line: int
    copy: int
    document_no: str
    file: bytes
    bundle: SignedBundle
    contents: tuple[PageContent, ...]
    content_hashes: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"<RenderedDocument {self.kind.value} of {len(self.content_hashes)} pages>"


@dataclass(frozen=True, slots=True, repr=False)
class PreparedDocument:
    """A rendered document that waits encrypted (12-byte nonce, AES-256-GCM ciphertext, tag) for its key."""

    kind: CertificateKind
    line: int
    copy: int
    document_no: str
    bundle: SignedBundle
    pages: int
    content_hashes: tuple[bytes, ...]
    file_hash: bytes
    file_length: int
    encrypted: bytes
    key: bytes

    def __repr__(self) -> str:
        return f"<PreparedDocument {self.kind.value} of {self.pages} pages>"


@dataclass(frozen=True, slots=True, repr=False)
class IssuedDocument:
    """A prepared document that stands in the ledger: its statement and its key."""

    line: int
    copy: int
    statement: SignedStatement
    key: bytes

    def __repr__(self) -> str:
        return f"<IssuedDocument {self.line}/{self.copy}>"


def ordered_copies(lines: tuple[OrderLine, ...]) -> tuple[tuple[int, int], ...]:
    """(line, copy) of every document an order asks for, both from 0, in the order they are printed."""
    return tuple((at, copy) for at, line in enumerate(lines) for copy in range(line.copies))
