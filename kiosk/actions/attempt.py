"""What one attempt holds beside the flow's state: session, proof, documents and their keys; never a plain document. A
fresh namespace for each attempt; erased ones stay erased, so that nothing late can reach into the next visit (I2)."""

from dataclasses import dataclass, field

from kiosk.actions.server import EncryptedDocument, ReleasedDocument, Session
from kiosk.flow.documents import WaitingDocument
from koufu.evidence.enrolment import ProvenEnrolment
from koufu.evidence.order import Order, ProvenOrder
from koufu.evidence.statement import Statement
from koufu.evidence.trustlist import Signatory

Copy = tuple[int, int]
"""Line and copy of a document, both from 0."""


class AttemptOver(Exception):
    """The attempt was erased, or another one has begun. What was done for it is dropped."""


@dataclass(frozen=True, slots=True, repr=False)
class CheckedDocument:
    """A document that answers its order, still encrypted, with its key and the statement it was held against."""

    encrypted: EncryptedDocument
    key: bytes
    statement: Statement

    def __repr__(self) -> str:
        return f"<CheckedDocument {self.encrypted.line}/{self.encrypted.copy}>"


@dataclass(slots=True, repr=False)
class Attempt:
    """The namespace of one attempt. `municipality` is the one whose server the card's session is with, empty before
    there is one; `signatory` has that municipality's keys; `checked` are the documents between check and
    paper."""

    number: int
    reference: str
    municipality: str = ""
    user_auth_x509: bytes | None = None
    session: Session | None = None
    answer: bytes | None = None
    order: Order | None = None
    proven: ProvenOrder | None = None
    token: bytes | None = None
    enrolment: ProvenEnrolment | None = None
    signatory: Signatory | None = None
    waiting: tuple[WaitingDocument, ...] = ()
    encrypted: dict[Copy, EncryptedDocument] = field(default_factory=dict)
    released: dict[Copy, ReleasedDocument] = field(default_factory=dict)
    checked: dict[Copy, CheckedDocument] = field(default_factory=dict)
    erased: bool = False

    def __repr__(self) -> str:
        return f"<Attempt {self.number}>"

    def keep_checked(self, document: WaitingDocument, checked: CheckedDocument) -> None:
        """Keeps a document that may be printed. Raises `AttemptOver` when the attempt is over."""
        if self.erased:
            raise AttemptOver(self.number)
        self.checked[document.line, document.copy] = checked

    def take_checked(self, document: WaitingDocument) -> CheckedDocument:
        """The document, once. Raises `AttemptOver` when it is not here any more."""
        copy = (document.line, document.copy)
        checked = self.checked.pop(copy, None)
        if checked is None:
            raise AttemptOver(self.number)
        self.encrypted.pop(copy, None)
        self.released.pop(copy, None)
        return checked

    def erase(self) -> None:
        """Forgets everything."""
        self.erased = True
        self.checked.clear()
        self.encrypted.clear()
        self.released.clear()
        self.user_auth_x509 = self.session = self.answer = None
        self.order = self.proven = self.token = self.enrolment = None


def wipe(plain: bytearray) -> None:
    """Overwrites with zeros."""
    plain[:] = bytes(len(plain))


class Attempts:
    """Hands out the namespace of the attempt at hand, and of no other."""

    def __init__(self) -> None:
        self._current: Attempt | None = None

    @property
    def at_hand(self) -> bool:
        """Whether there is an attempt whose namespace is not erased."""
        current = self._current
        return current is not None and not current.erased

    def open(self, number: int, reference: str) -> Attempt:
        """A fresh namespace; whatever the one before held is erased."""
        if self._current is not None:
            self._current.erase()
        self._current = Attempt(number, reference)
        return self._current

    def of(self, number: int) -> Attempt:
        """The namespace of this attempt. Raises `AttemptOver` when it is not the one at hand."""
        current = self._current
        if current is None or current.number != number or current.erased:
            raise AttemptOver(number)
        return current

    def erase(self, number: int) -> None:
        """Erases this attempt if it is the one at hand."""
        if self._current is not None and self._current.number == number:
            self._current.erase()
            self._current = None
