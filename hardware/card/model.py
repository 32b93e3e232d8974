"""What is known of a card on the reader, and the Protocols that real and virtual readers fulfil. Pure: no IO here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


class CardKind(Enum):
    """What kind of card lies on the reader, as far as its chip can say."""

    STANDARD = "standard"
    """A plastic My Number card whose PIN can be tried."""
    LOCKED = "locked"
    """No tries left, and a signing X.509 is there: a face-authentication card has none, so this is a locked PIN.
    Also a phone with no tries left."""
    LOCKED_OR_FACE_AUTH = "locked-or-face-auth"
    """No tries left and no signing X.509: a locked PIN or a face-authentication card; the chip can't say which."""
    FACE_AUTH = "face-auth"
    """A face-authentication card (顔認証マイナンバーカード), known from the server."""
    ANDROID = "android"
    IPHONE = "iphone"
    FOREIGN = "foreign"
    """Any card without a JPKI applet that can be used here: a driving licence, a transport card, a bank card; also the
    basic resident register card that came before, and a generation that the table of labels doesn't know."""

    @property
    def takes_pin(self) -> bool:
        """Whether a PIN pad makes sense for it."""
        return self in (CardKind.STANDARD, CardKind.ANDROID, CardKind.IPHONE)


class Usage(Enum):
    """What a key of the card and its X.509 are for: each usage has a PIN and a CA of its own."""

    USER_AUTH = "user-auth"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Read before any PIN: kind, tries left (0-3, None for a foreign card), and the DER of the user-authentication
    X.509 where it is readable without a PIN (an Android phone's is not)."""

    kind: CardKind
    tries_left: int | None
    user_auth_x509: bytes | None = field(repr=False)


class SlotEvent(Enum):
    """What the reader tells while nobody asks.

    `INSERTED` and `REMOVED` alternate, except around a loss: after `READER_BACK` a card that lies there is told as
    `INSERTED` anew, and one that lay there before and is gone is told as `REMOVED`. A loss alone never says that a card
    was taken away."""

    INSERTED = "inserted"
    REMOVED = "removed"
    READER_LOST = "reader-lost"
    """The reader or the PC/SC daemon went away; the watch goes on by itself."""
    """Told also when there was none to begin with."""
    READER_BACK = "reader-back"


class CardConnection(Protocol):
    """One exclusive connection to one card. Dead for good after the card left, even when the card comes back."""

    def transmit(self, apdu: bytes | bytearray) -> bytes:
        """Sends one command APDU; returns the data and the two status bytes. Raises `CardGone`, `CardMute`,
        `ReaderGone`; the connection is dead after any of them. A `bytearray` holds a secret: it is overwritten once it
        was sent, or never will be."""
        ...

    def close(self) -> None:
        """Resets the card, so that it wants its PIN again, and lets it go. Never raises; may be called twice."""
        ...


class CardReader(Protocol):
    """One reader with one slot. `watch` tells presence; `connect` opens the card that lies there now."""

    def watch(self, tell: Callable[[SlotEvent], None]) -> None:
        """Starts telling what happens in the slot, from whichever thread the reader has. A card that already lies
        there is told as `INSERTED` at once. Called once."""
        ...

    def connect(self) -> CardConnection:
        """Opens the card exclusively; a connection opened before is closed. Raises `CardGone` when no card lies there,
        `CardMute` when it does not answer, `ReaderGone` when there is no reader or another program holds it."""
        ...

    def stop(self) -> None:
        """Ends the watch and frees everything. Never raises; may be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """The PIN was right."""


@dataclass(frozen=True, slots=True)
class WrongPin:
    """The PIN was wrong; `tries_left` is 0 when it is now locked."""

    tries_left: int


VerifyOutcome = Verified | WrongPin


@dataclass(frozen=True, slots=True)
class Answered:
    """The card's answer: 256 bytes, RSA PKCS#1 v1.5 over SHA-256."""

    answer: bytes


@dataclass(frozen=True, slots=True)
class PinAgain:
    """The card forgot its PIN (6982): ask the person again; never verify by yourself."""


AnswerOutcome = Answered | PinAgain
