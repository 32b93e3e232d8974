"""What one attempt holds beside the flow's state: session, proof, encrypted and opened documents. A fresh namespace for
each attempt; erased ones stay erased, so that nothing late can reach into the next visit (I2)."""

from dataclasses import dataclass, field

from kiosk.actions.server import EncryptedDocument, ReleasedDocument, Session
from kiosk.flow.documents import WaitingDocument
from koufu.evidence.order import Order, ProvenOrder

Copy = tuple[int, int]
"""Line and copy of a document, both from 0."""


class AttemptOver(Exception):
    """The attempt was erased, or another one has begun. What was done for it is dropped."""


@dataclass(slots=True, repr=False)
class Attempt:
    """The namespace of one attempt. `opened` holds plain documents, only between check and paper."""

    number: int
    reference: str
    user_auth_x509: bytes | None = None
    session: Session | None = None
    answer: bytes | None = None
    order: Order | None = None
    proven: ProvenOrder | None = None
    token: bytes | None = None
    waiting: tuple[WaitingDocument, ...] = ()
    encrypted: dict[Copy, EncryptedDocument] = field(default_factory=dict)
    released: dict[Copy, ReleasedDocument] = field(default_factory=dict)
    opened: dict[Copy, bytearray] = field(default_factory=dict)
    erased: bool = False

    def __repr__(self) -> str:
        return f"<Attempt {self.number}>"

    def keep_opened(self, document: WaitingDocument, plain: bytearray) -> None:
        """Keeps a plain document until it is printed, unless the attempt is over: then it is wiped at once."""
        if self.erased:
            wipe(plain)
            raise AttemptOver(self.number)
        self.opened[document.line, document.copy] = plain

    def take_opened(self, document: WaitingDocument) -> bytes:
        """The plain document, once: what was kept of it is wiped. Raises `AttemptOver` when it is not here any more."""
        plain = self.opened.pop((document.line, document.copy), None)
        if plain is None:
            raise AttemptOver(self.number)
        taken = bytes(plain)
        wipe(plain)
        return taken

    def drop_opened(self, document: WaitingDocument) -> None:
        """Wipes a plain document."""
        plain = self.opened.pop((document.line, document.copy), None)
        if plain is not None:
            wipe(plain)

    def erase(self) -> None:
        """Wipes plain documents and forgets everything else. Copies that libraries made are dropped with them."""
        self.erased = True
        for plain in list(self.opened.values()):
            wipe(plain)
        self.opened.clear()
        self.encrypted.clear()
        self.released.clear()
        self.user_auth_x509 = self.session = self.answer = None
        self.order = self.proven = self.token = None


def wipe(plain: bytearray) -> None:
    """Overwrites with zeros."""
    plain[:] = bytes(len(plain))


class Attempts:
    """Hands out the namespace of the attempt at hand, and of no other."""

    def __init__(self) -> None:
        self._current: Attempt | None = None

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
