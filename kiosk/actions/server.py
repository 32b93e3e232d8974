"""The certificate server as the kiosk sees it: its calls, and what they answer. The wire fulfils it over gRPC; nothing
here knows messages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.flow.documents import Delivery
from kiosk.flow.effects import CallStaff
from kiosk.flow.values.board import Board, Municipality, Window
from kiosk.flow.values.offer import Offer
from kiosk.flow.values.service import OutOfService
from koufu.evidence.enrolment import ProvenEnrolment
from koufu.evidence.order import ProvenOrder
from koufu.evidence.statement import SignedStatement
from koufu.evidence.trustlist import Signatory
from koufu.evidence.words import RefusalReason


@dataclass(frozen=True, slots=True)
class ServerRefusal:
    """A refusal. `line` is the order line it is about, from 0; None when it is about the whole visit."""

    reason: RefusalReason
    line: int | None
    window: Window | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """The answer to a heartbeat. `not_admitted` says why this terminal may not serve, when it may not."""

    board: Board | None
    not_admitted: OutOfService | None
    wants_log: bool = False
    """An officer asked for this terminal's log."""
    took_calls: bool = True
    """It knows now what staff were called for. One that does not know this terminal takes no calls from it."""


@dataclass(frozen=True, slots=True)
class Owed:
    """`yen` to whoever is at the terminal, and whether that is `unclear`; debts on slips that it remembers, with their
    yen (whether they were paid back it does not know); outcomes that no server has, and those that one did not take;
    calls for staff that nobody was told of; documents that were released and are not out."""

    yen: int = 0
    unclear: bool = False
    debts: int = 0
    debt_yen: int = 0
    outcomes_untold: int = 0
    outcomes_set_aside: int = 0
    calls_untold: int = 0
    documents_on_the_way: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the terminal's log: when (Unix seconds), and the listed fields it has."""

    at: int
    fields: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Told:
    """How this terminal is, for whoever looks after it: nothing personal. `faults` say why it serves nobody, `in_tray`
    how many sheets it has, None where nobody can say; `log` are its last lines, None unless they were asked for."""

    faults: tuple[OutOfService, ...]
    in_tray: int | None
    owed: Owed
    log: tuple[LogLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """An open session and the challenge bytes for the card."""

    session_id: bytes
    challenge: bytes


@dataclass(frozen=True, slots=True, repr=False)
class EncryptedDocument:
    """A prepared document, encrypted (12-byte nonce, AES-256-GCM ciphertext, tag); its length and hash were checked."""

    line: int
    copy: int
    document_no: str
    pages: int
    encrypted: bytes

    def __repr__(self) -> str:
        return f"<EncryptedDocument {self.line}/{self.copy}>"


@dataclass(frozen=True, slots=True, repr=False)
class ReleasedDocument:
    """The statement about one document, and its key of 32 bytes."""

    line: int
    copy: int
    statement: SignedStatement
    key: bytes

    def __repr__(self) -> str:
        return f"<ReleasedDocument {self.line}/{self.copy}>"


@dataclass(frozen=True, slots=True)
class PrepareAgain:
    """The register moved. Nothing was issued."""


@dataclass(frozen=True, slots=True, repr=False)
class OutcomeReport:
    """What became of an order of a municipality. Without documents it only closes the order. `reference` is for this
    terminal's staff and goes no further."""

    municipality: str
    order_id: bytes
    attempt_token: bytes
    deliveries: tuple[Delivery, ...]
    captured: int
    alarm: str | None
    reference: str = ""

    def __repr__(self) -> str:
        return f"<OutcomeReport of {len(self.deliveries)} documents>"


class CertificateServer(Protocol):
    """The calls of a terminal. Every one raises `ServerAway` when no answer came in time (it may have had its effect or
    not), `ServerFault` when the answer is none, `RequestRejected` when the server does not take what was sent,
    `NotAdmittedThere` when it takes nothing of this terminal (yet)."""

    def heartbeat(self, devices: dict[str, str], staff: Sequence[CallStaff] = (), told: Told | None = None) -> Pulse:
        """Tells this terminal's build, its devices and what staff were called for, and its own municipality how it is;
        what can be had here now."""
        ...

    def open_session(self, user_auth_x509: bytes, card_kind: str) -> Session | ServerRefusal:
        """Step 3."""
        ...

    def answer_challenge(self, session_id: bytes, answer: bytes) -> Offer | ServerRefusal:
        """Step 5."""
        ...

    def apply(self, session_id: bytes, proven: ProvenEnrolment) -> str | ServerRefusal:
        """Applies for an enrolment: its number, 16 digits. The same bytes again give the same number."""
        ...

    def prepare(
        self, session_id: bytes, attempt_token: bytes, proven: ProvenOrder
    ) -> tuple[EncryptedDocument, ...] | ServerRefusal:
        """Step 7. The same order and token again give the same bytes."""
        ...

    def release(
        self, order_id: bytes, attempt_token: bytes
    ) -> tuple[ReleasedDocument, ...] | PrepareAgain | ServerRefusal:
        """Step 10. The same order and token again give the same statements and keys."""
        ...

    def report_outcome(self, report: OutcomeReport) -> None:
        """Step 13. The same report may come again."""
        ...

    def signatory(self, *, anew: bool = False) -> Signatory:
        """The keys that the signed trust list names for this municipality; `anew` fetches the list now."""
        ...


@dataclass(frozen=True, slots=True)
class Servers:
    """The server of each municipality, by its code; `home` is the one that the terminal stands in, `koseki_at` gives
    those that serve people for their koseki wherever they live."""

    home: str
    of: Callable[[str], CertificateServer]
    koseki_at: Callable[[], tuple[Municipality, ...]]
