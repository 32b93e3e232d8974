"""Parties outside that an approved application goes on with, and what is said to them: the resident network, whoever
makes the card, and the mail. All of it is this software's design; their real interfaces are not public."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from certserver.applications.states import Reason


class Party(Enum):
    """Whom something is waited for."""

    RESIDENT_NETWORK = "resident-network"
    CARD_MAKER = "card-maker"
    MAIL = "mail"


class Stage(Enum):
    """How far an order is."""

    MAKING = "making"
    MADE = "made"
    SET_UP = "set-up"
    """Express: the card maker did 交付前設定."""
    MAILED = "mailed"
    """Express: by the card maker itself."""


class LetterAt(Enum):
    """Where a letter is."""

    HANDED_IN = "handed-in"
    ANNOUNCED = "announced"
    DELIVERED = "delivered"
    BROUGHT_BACK = "brought-back"


@dataclass(frozen=True, slots=True)
class CardOrder:
    """What is ordered. `form_id`: the 申請書ID, by which the card maker knows an order from another."""

    form_id: str = field(repr=False)
    municipality: str
    express: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order is; `x509`: DER of the user-authentication X.509 that the card bears, empty where none is
    named."""

    stage: Stage
    x509: bytes = b""


@dataclass(frozen=True, slots=True)
class RegisteredAs:
    """Whom the resident network is asked about. `born` is ISO 8601, empty where the form has none."""

    municipality: str
    name: str = field(repr=False)
    born: str = field(repr=False)
    address: str = field(repr=False)


class ResidentNetwork(Protocol):
    """住基ネット. Raises `PartyAway`, `PartyRefused`."""

    def confirm(self, asked: RegisteredAs) -> Reason | None:
        """What changed of somebody; None when they are registered so."""
        ...


class CardMaker(Protocol):
    """Makes cards. Raises `PartyAway`, `PartyRefused`."""

    def order(self, order: CardOrder) -> Reason | None:
        """What an order is found wanting for, None when it is accepted. Ordered again, it is the same order."""
        ...

    def ask(self, form_id: str) -> Progress:
        """How far an order is."""
        ...


class Mail(Protocol):
    """Carries letters. Raises `PartyAway`, `PartyRefused`."""

    def hand_in(self, letter: str, *, with_notice: bool) -> None:
        """Hands a letter in. Handed in again, it is the same letter."""
        ...

    def ask(self, letter: str) -> LetterAt:
        """Where a letter is."""
        ...


@dataclass(frozen=True, slots=True)
class Parties:
    """All of them. `called` stands before each one's mark in steps and audit log: who reads there knows a simulator."""

    network: ResidentNetwork
    maker: CardMaker
    mail: Mail
    called: str

    def mark(self, party: Party) -> str:
        """Who acts, in steps and audit log."""
        return f"{self.called}-{party.value}"
