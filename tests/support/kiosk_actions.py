"""What actions are tested with: one attempt, a proven order, documents made for it, and a server that answers what it
is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.actions.attempt import Attempts, CheckedDocument
from kiosk.actions.server import (
    CertificateServer,
    EncryptedDocument,
    OutcomeReport,
    PrepareAgain,
    Pulse,
    ReleasedDocument,
    ServerRefusal,
    Servers,
    Session,
    Told,
)
from kiosk.actions.site import Site
from kiosk.errors import ServerAway
from kiosk.flow.documents import WaitingDocument
from kiosk.flow.effects import CallStaff
from kiosk.flow.events import Event
from kiosk.flow.values.offer import Offer
from koufu.evidence.content import FIRST, PageContent, PageEntry, hash_of, linked
from koufu.evidence.enrolment import ProvenEnrolment
from koufu.evidence.facecode import CONTENT_PREFIX_BYTES, FaceCode
from koufu.evidence.numbers import document_number
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.statement import SignedStatement, Statement
from koufu.evidence.trustlist import Signatory
from koufu.evidence.words import CertificateKind, Option, Scope
from koufu.ground.profiles import USUAL
from tests.support.sim_documents import coded_pdf
from tests.support.trust_lists import a_signatory

SITE = Site("992011", "kiosk-1", "見本中央郵便局", "Mihon Central Post Office", USUAL.profile_id, 576)
MUNICIPAL_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNATORY = a_signatory("992011", MUNICIPAL_KEY.public_key().public_bytes_raw())
FILE_KEY = bytes(range(100, 132))

ORDER = Order(
    municipality=SITE.municipality,
    terminal=SITE.terminal,
    order_id=b"order of Hanako!",
    session_nonce=bytes(32),
    lines=(
        OrderLine(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP})),
        OrderLine(CertificateKind.SEAL_REGISTRATION, Scope.SELF),
    ),
    offer_version="1",
    fee=400,
    printer_profile=USUAL.profile_id,
    expires_at=1_800_000_000,
)
PROVEN = ProvenOrder(ORDER.to_bytes(), b"the card's answer")


def only(server: CertificateServer) -> Servers:
    """One municipality and its server, whatever the code."""
    return Servers(SITE.municipality, lambda _: server, lambda: ())


@dataclass
class Heard:
    """Collects what actions tell."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    @property
    def last(self) -> Event:
        return self.events[-1]


@dataclass(frozen=True)
class Made:
    """A document as a server would have made it: everything that a test may falsify."""

    waiting: WaitingDocument
    file: bytes
    statement: Statement
    signed: SignedStatement
    encrypted: bytes
    key: bytes = FILE_KEY

    def restated(self, **changes: Any) -> "Made":
        """The same with another statement, rightly signed."""
        statement = replace(self.statement, **changes)
        return replace(self, statement=statement, signed=signed(statement))


def make(line: int = 0, sheets: int = 1, number: bytes = b"0123456789", proven: ProvenOrder = PROVEN) -> Made:
    """A document for a line of an order."""
    order = Order.from_bytes(proven.evidence)
    kind, document_no = order.lines[line].kind, document_number(number)
    entries = (PageEntry("name", "氏名", "見本　花子"),)
    contents = [
        PageContent(order.municipality, kind, "plain/1", FIRST, document_no, page, sheets, FIRST, 0, "even", entries)
        for page in range(1, sheets + 1)
    ]
    hashes = tuple(hash_of(evidence) for _, evidence in linked(contents))
    file = coded_pdf([face(document_no, page, sheets, content) for page, content in enumerate(hashes, start=1)])
    statement = Statement(
        municipality=order.municipality,
        proof_hash=proven.proof_hash(),
        order_id=order.order_id,
        line=line,
        copy=0,
        kind=kind,
        document_no=document_no,
        content_hashes=hashes,
        file_hash=sha256(file).digest(),
        file_length=len(file),
        issued_at=0,
    )
    waiting = WaitingDocument(line, 0, kind, document_no, sheets)
    return Made(waiting, file, statement, signed(statement), encrypt(file))


def face(document_no: str, page: int, pages: int, content: bytes, municipality: str = SITE.municipality) -> FaceCode:
    return FaceCode(municipality, document_no, page, pages, content[:CONTENT_PREFIX_BYTES], b"SIM")


def signed(statement: Statement) -> SignedStatement:
    evidence = statement.to_bytes()
    return SignedStatement(evidence, MUNICIPAL_KEY.sign(evidence))


def encrypt(file: bytes) -> bytes:
    return bytes(12) + AESGCM(FILE_KEY).encrypt(bytes(12), file, None)


def attempts_with(*made: Made, proven: ProvenOrder = PROVEN) -> Attempts:
    """An attempt that holds these documents, released."""
    attempts = Attempts()
    attempt = attempts.open(1, "4Q7-K2M")
    attempt.order, attempt.proven, attempt.token = Order.from_bytes(proven.evidence), proven, b"token of attempt"
    attempt.signatory = SIGNATORY
    attempt.waiting = tuple(each.waiting for each in made)
    for each in made:
        at = (each.waiting.line, each.waiting.copy)
        pages = each.waiting.sheets
        attempt.encrypted[at] = EncryptedDocument(*at, each.waiting.document_no, pages, each.encrypted)
        attempt.released[at] = ReleasedDocument(*at, each.signed, each.key)
    return attempts


def checked(made: Made) -> CheckedDocument:
    """The document as the check before paper leaves it."""
    at = (made.waiting.line, made.waiting.copy)
    encrypted = EncryptedDocument(*at, made.waiting.document_no, made.waiting.sheets, made.encrypted)
    return CheckedDocument(encrypted, made.key, made.statement)


@dataclass
class ScriptedServer:
    """Answers what it is told, in this order; an exception is raised."""

    answers: list[object] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    no_key: Exception | None = None
    told: list[Told | None] = field(default_factory=list)
    """How the terminal was, by each heartbeat."""

    def _next(self, *asked: object) -> object:
        self.asked.append(asked)
        answer = self.answers.pop(0) if self.answers else ServerAway("nothing more to say")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def heartbeat(self, devices: dict[str, str], staff: Sequence[CallStaff] = (), told: Told | None = None) -> Pulse:
        self.told.append(told)
        answer = self._next("heartbeat", devices, *staff)
        assert isinstance(answer, Pulse)
        return answer

    def open_session(self, user_auth_x509: bytes, card_kind: str) -> Session | ServerRefusal:
        answer = self._next("open", user_auth_x509, card_kind)
        assert isinstance(answer, Session | ServerRefusal)
        return answer

    def answer_challenge(self, session_id: bytes, answer: bytes) -> Offer | ServerRefusal:
        offer = self._next("answer", session_id, answer)
        assert isinstance(offer, Offer | ServerRefusal)
        return offer

    def prepare(
        self, session_id: bytes, attempt_token: bytes, proven: ProvenOrder
    ) -> tuple[EncryptedDocument, ...] | ServerRefusal:
        answer = self._next("prepare", session_id, attempt_token, proven)
        assert isinstance(answer, tuple | ServerRefusal)
        return answer

    def release(
        self, order_id: bytes, attempt_token: bytes
    ) -> tuple[ReleasedDocument, ...] | PrepareAgain | ServerRefusal:
        answer = self._next("release", order_id, attempt_token)
        assert isinstance(answer, tuple | PrepareAgain | ServerRefusal)
        return answer

    def apply(self, session_id: bytes, proven: ProvenEnrolment) -> str | ServerRefusal:
        answer = self._next("apply", session_id, proven)
        assert isinstance(answer, str | ServerRefusal)
        return answer

    def report_outcome(self, report: OutcomeReport) -> None:
        self._next("report", report)

    def signatory(self, *, anew: bool = False) -> Signatory:
        if self.no_key is not None:
            raise self.no_key
        return SIGNATORY


@dataclass
class ScriptedTransport:
    """Answers bytes, in this order; an exception is raised."""

    answers: list[bytes | list[bytes] | Exception] = field(default_factory=list)
    sent: list[tuple[str, bytes, float]] = field(default_factory=list)

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        self.sent.append((method, request, deadline))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, bytes)
        return answer

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        self.sent.append((method, request, deadline))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, list)
        yield from answer
