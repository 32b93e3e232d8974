"""The PC/SC functions that the reader stands on, as one small Protocol with the words and numbers of PC/SC. No policy
here: which faults mean what is told by `fault`, and only by it."""

from dataclasses import dataclass
from typing import Protocol

from hardware.errors import CardError, CardGone, CardMute, ReaderGone

SUCCESS = 0

CANCELLED = 0x80100002
INVALID_HANDLE = 0x80100003
UNKNOWN_READER = 0x80100009
TIMEOUT = 0x8010000A
SHARING_VIOLATION = 0x8010000B
NO_SMARTCARD = 0x8010000C
INVALID_VALUE = 0x80100011
NOT_TRANSACTED = 0x80100016
READER_UNAVAILABLE = 0x80100017
NO_SERVICE = 0x8010001D
SERVICE_STOPPED = 0x8010001E
NO_READERS = 0x8010002E
COMM_ERROR = 0x80100013
COMM_DATA_LOST = 0x8010002F
UNRESPONSIVE_CARD = 0x80100066
UNPOWERED_CARD = 0x80100067
RESET_CARD = 0x80100068
REMOVED_CARD = 0x80100069
ACCESS_DENIED = 0x8010006A
"""Polkit refused this user, or this user already holds as many contexts as the daemon allows (200)."""

STATE_UNAWARE = 0x0000
STATE_CHANGED = 0x0002
STATE_UNKNOWN = 0x0004
STATE_UNAVAILABLE = 0x0008
STATE_EMPTY = 0x0010
STATE_PRESENT = 0x0020
STATE_FLAGS = 0xFFFF
"""Above these 16 bits pcsc-lite counts insertions and removals."""

READER_NEWS = r"\\?PnP?\Notification"
"""The name under which the daemon tells that readers came or went."""


@dataclass(frozen=True, slots=True)
class CardHandle:
    """A connected card: the daemon's handle, and the protocol it speaks (1 is T=0, 2 is T=1)."""

    number: int
    protocol: int


class Winscard(Protocol):
    """Raw PC/SC. Every function first returns a result code; none raises. All but `status_change` may block for as long
    as a card likes; `cancel` is the one that may be called while another call on that context is going on."""

    def establish(self) -> tuple[int, int]:
        """A new context."""
        ...

    def release(self, context: int) -> int:
        """Gives a context back."""
        ...

    def readers(self, context: int) -> tuple[int, tuple[str, ...]]:
        """The names of all readers."""
        ...

    def status_change(self, context: int, reader: str, known: int, wait_ms: int) -> tuple[int, int]:
        """Waits until the reader's state differs from the known one; returns the new state with the event counter in
        its upper 16 bits."""
        ...

    def cancel(self, context: int) -> int:
        """Ends a `status_change` that waits in this context."""
        ...

    def connect(self, context: int, reader: str) -> tuple[int, CardHandle]:
        """Connects exclusively, with T=0 or T=1."""
        ...

    def transmit(self, card: CardHandle, apdu: bytes | bytearray) -> tuple[int, bytes]:
        """Sends a command; returns data and status bytes."""
        ...

    def disconnect(self, card: CardHandle, *, reset: bool) -> int:
        """Lets the card go, after a reset or as it is."""
        ...


_GONE = {INVALID_HANDLE, NO_SMARTCARD, NOT_TRANSACTED, COMM_ERROR, COMM_DATA_LOST, RESET_CARD, REMOVED_CARD}
_MUTE = {TIMEOUT, UNRESPONSIVE_CARD, UNPOWERED_CARD}
_NO_READER = {
    UNKNOWN_READER: "the reader is not there",
    READER_UNAVAILABLE: "the reader is not there",
    NO_READERS: "no reader is attached",
    NO_SERVICE: "the PC/SC daemon is away",
    SERVICE_STOPPED: "the PC/SC daemon is away",
    SHARING_VIOLATION: "the reader is taken",
    ACCESS_DENIED: "the PC/SC daemon denies access: polkit, or too many contexts",
}


def fault(result: int, what: str) -> CardError:
    """The fault that a result code other than `SUCCESS` stands for. Success without an answer is the caller's to judge:
    a card pulled in the middle of a command may end that way."""
    if result in _GONE:
        return CardGone(f"the card left during {what} ({result:08X})")
    if result in _MUTE:
        return CardMute(f"the card does not answer to {what} ({result:08X})")
    if result in _NO_READER:
        return ReaderGone(f"{_NO_READER[result]} ({what}, {result:08X})")
    return CardError(f"PC/SC fault {result:08X} during {what}")
