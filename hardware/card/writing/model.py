"""Whom a card is written with: the card itself, whoever issues X.509s, and the card-writing terminal that lets an
operator on. Pure: no IO here."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from hardware.card.model import AnswerOutcome, Usage
from hardware.card.writing.commands import CardState, Purpose
from hardware.keypad.pin import HolderPin


class Standing(Enum):
    """What an issuer says of an X.509 today."""

    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Case:
    """One visit to the counter for one usage: its number (random, 128 bit, kept by whoever runs the counter until the
    case is done) and who the holder is to the issuer, an opaque word."""

    number: str
    usage: Usage
    holder: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Issued:
    """An X.509 (DER) that was issued for a key, the number of its case, and how it stands."""

    x509: bytes = field(repr=False)
    case: str
    standing: Standing


class X509Issuer(Protocol):
    """Issues and revokes X.509s. Every method may be called again after `IssuerAway` and then does no more than once
    what it does. Raises `IssuerAway`, `IssuerRefused`."""

    def certify(self, case: Case, modulus: bytes) -> bytes:
        """The DER of an X.509 for the RSA-2048 key of that modulus; for the same key the same X.509."""
        ...

    def of_key(self, usage: Usage, modulus: bytes) -> Issued | None:
        """What was ever issued for a key."""
        ...

    def of_x509(self, usage: Usage, x509: bytes) -> Issued | None:
        """What is known of an X.509; None when it is none of this issuer's."""
        ...

    def revoke(self, usage: Usage, x509: bytes) -> None:
        """Revokes an X.509, at once and for good; one revoked before stays so."""
        ...


class OperatorDesk(Protocol):
    """The card-writing terminal with an operator who has signed on."""

    def let_on(self, challenge: bytes, purpose: Purpose, case: str) -> bytes:
        """Signs a card's challenge for a purpose, and notes operator, purpose and case. Raises `OperatorRefused`, and
        `IssuerAway` when the terminal does not answer."""
        ...


class CardWriter(Protocol):
    """One card, for the time of one connection. Raises `CardError` and its kinds; after any of them it is dead, and
    what was going on may have been done or not."""

    def state(self) -> CardState:
        """What the card tells of itself."""
        ...

    def operator_challenge(self) -> bytes:
        """Asks to be let on."""
        ...

    def let_on(self, purpose: Purpose, answer: bytes) -> None:
        """Is let on for a purpose until the connection ends."""
        ...

    def generate(self, usage: Usage) -> None:
        """A new key pair, made in the card, beside the one in use."""
        ...

    def modulus_beside(self, usage: Usage) -> bytes:
        """The public key beside: the 256 bytes of its modulus."""
        ...

    def write(self, usage: Usage, x509: bytes) -> None:
        """Writes the X.509 of the key beside, and has the card compare it."""
        ...

    def x509_beside(self, usage: Usage) -> bytes:
        """The DER of the X.509 beside, as the card gives it out."""
        ...

    def x509_in_use(self, usage: Usage) -> bytes:
        """The DER of the X.509 in use."""
        ...

    def answer_beside(self, usage: Usage, challenge: bytes) -> AnswerOutcome:
        """Has the key beside answer a challenge of 32 bytes."""
        ...

    def switch(self, usage: Usage) -> None:
        """Puts what is beside into use, in one step."""
        ...

    def discard(self, usage: Usage) -> None:
        """Erases what is beside."""
        ...

    def take_out(self, usage: Usage) -> None:
        """Puts what is in use out of use, in one step."""
        ...

    def set_pin(self, usage: Usage, new: HolderPin) -> None:
        """Sets a PIN anew with all its tries, and wipes it in every case."""
        ...

    def face_auth_on(self) -> None:
        """Makes it a face-authentication card, in one step."""
        ...

    def face_auth_off(self, new: HolderPin) -> None:
        """Makes it a normal card with a new user-authentication PIN, in one step; wipes the PIN in every case."""
        ...
