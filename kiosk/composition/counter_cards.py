"""Puts the cases together in which cards are written, of X.509s and PINs and of a hand-over: the card's reader, the
parties outside, the file of open cases. Decides nothing. Without a card-writing terminal every card is told to be out
of reach, and nothing is written."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import grpc

from hardware.card.writing.model import OperatorDesk, X509Issuer
from hardware.errors import IssuerAway, OperatorRefused
from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import PinPad, SigningPinPad
from hardware.keypad.pin_rules import PinPolicy
from hardware.ports import Store
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.hand_over.actions import HandOverActions
from kiosk.actions.counter.hand_over.card import NewCard
from kiosk.actions.counter.hand_over.slips import HandOverSlips
from kiosk.actions.counter.hand_over.wire import HandOverWire
from kiosk.actions.counter.pin_actions import PinActions
from kiosk.actions.counter.slip_actions import CounterSlipActions
from kiosk.actions.counter.staff import StaffSession
from kiosk.actions.counter.wire_answers import desk_of
from kiosk.actions.counter.x509_pin.actions import X509PinActions
from kiosk.actions.counter.x509_pin.card import CardOfCase
from kiosk.actions.counter.x509_pin.cases import OpenCases
from kiosk.actions.counter.x509_pin.ends import UntoldEnds
from kiosk.actions.counter.x509_pin.jobs import JobsOfCase
from kiosk.actions.counter.x509_pin.permits import ServerRules
from kiosk.actions.counter.x509_pin.procedures import Procedures, WireProcedures
from kiosk.actions.counter.x509_pin.slips import CaseSlips
from kiosk.actions.wire import Transport
from kiosk.errors import ConfigurationError
from kiosk.simulators.client import RemoteIssuer, sign_on

OPEN_CASES = "card-cases.json"
UNTOLD_ENDS = "card-ends.json"
"""Beside the journal."""
LONGEST = 100_000
NOWHERE = "127.0.0.1:0"


class Operator(NamedTuple):
    """As whom a member of staff signs on to the card-writing terminal, by two factors."""

    name: str
    knows: str
    has: str

    def __repr__(self) -> str:
        return f"<Operator {self.name}>"


@dataclass(frozen=True, slots=True)
class CardParts:
    """What both cases work with. `connect` gives the transport to the municipality's server; `store` keeps
    cases that broke off, `ends` what the server is still to be told."""

    municipality: str
    card: CounterCardActions
    issuer: X509Issuer
    store: Store
    ends: Store
    guard: AbstractContextManager[object]
    """Held over each change of `ends`."""
    slips: CounterSlipActions
    pad: PinPad = field(repr=False)
    signing_pad: SigningPinPad = field(repr=False)
    policy: PinPolicy
    connect: Callable[[], Transport]
    entropy: Callable[[int], bytes]


def x509_pin(parts: CardParts, session: StaffSession) -> X509PinActions:
    """All that the case can have done, in the name of whoever is signed in."""
    cases = OpenCases(parts.store, parts.entropy, parts.slips.printing.now)
    card = CardOfCase(parts.card, parts.issuer, cases, parts.entropy)

    desk = desk_of(parts.municipality, lambda: session.token)

    def now() -> int:
        return int(parts.slips.printing.now().timestamp())

    untold = UntoldEnds(parts.ends, parts.guard, now, lambda: session.mark)
    procedures = Procedures(WireProcedures(parts.connect, desk), parts.card, parts.issuer, cases, untold)
    session.when_opened(procedures.tell_untold)
    return X509PinActions(
        pins=PinActions(parts.pad, parts.signing_pad, parts.policy),
        card=card,
        jobs=JobsOfCase(card, parts.issuer, cases, parts.entropy),
        cases=cases,
        rules=ServerRules(parts.connect, desk, parts.municipality),
        procedures=procedures,
        slips=CaseSlips(parts.slips),
    )


def hand_over(parts: CardParts, session: StaffSession, clerk_pad: PasswordPad) -> HandOverActions:
    """All that the case of a hand-over can have done. On `clerk_pad` a PIN is typed from its sealed form."""
    desk = desk_of(parts.municipality, lambda: session.token)
    return HandOverActions(
        pins=PinActions(parts.pad, parts.signing_pad, parts.policy, clerk_pad),
        card=NewCard(parts.card, parts.entropy),
        server=HandOverWire(parts.connect, parts.municipality, desk),
        slips=HandOverSlips(parts.slips),
        entropy=parts.entropy,
    )


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands outside: whoever issues X.509s, and the card-writing terminal, which an operator signs on to anew for
    each card. `sign_on` raises `OperatorRefused`, `IssuerAway`."""

    issuer: X509Issuer
    sign_on: Callable[[], OperatorDesk]


def simulated_parties(address: str, operators: Mapping[str, Operator], session: StaffSession) -> Parties:
    """The simulators on this machine. Whoever is signed in signs on in their own name: `operators` by staff mark."""
    channel = grpc.insecure_channel(address)

    def on() -> OperatorDesk:
        operator = operators.get(session.mark) if session.is_open else None
        if operator is None:
            raise OperatorRefused("no-operator")
        return sign_on(channel, operator.name, operator.knows, operator.has)

    return Parties(RemoteIssuer(channel), on)


def no_parties() -> Parties:
    """Nobody stands outside: no card-writing terminal is set."""

    def away() -> OperatorDesk:
        raise IssuerAway("no card-writing terminal is set")

    # Nobody answers there, and nothing is asked of an issuer before an operator has signed on.
    return Parties(RemoteIssuer(grpc.insecure_channel(NOWHERE)), away)


def read_operators(file: Path) -> dict[str, Operator]:
    """The operators of a file: one a line, in four words, the first the mark of the member of staff. Raises
    `ConfigurationError`."""
    try:
        with file.open(encoding="utf-8") as stored:
            lines = [line.split() for line in stored.read(LONGEST).splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} can't be read: {error}") from error
    if any(len(line) != len(Operator._fields) + 1 for line in lines):
        raise ConfigurationError(
            f"{file}: four words a line are expected: mark of staff, who signs on, what they know, what they have"
        )
    operators = {line[0]: Operator(*line[1:]) for line in lines}
    if len(operators) != len(lines) or len({each.name for each in operators.values()}) != len(lines):
        raise ConfigurationError(f"{file}: every member of staff signs on as an operator of their own")
    return operators
