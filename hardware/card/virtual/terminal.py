"""A simulated card-writing terminal: operators sign on with two factors, may be let onto cards for what they are
allowed, and everything is noted. It stands for the municipality's, which nobody outside has seen."""

import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hardware.card.writing.commands import OPERATOR_CHALLENGE_BYTES, Purpose, operator_message
from hardware.errors import OperatorRefused

POST_OFFICE = frozenset({Purpose.X509, Purpose.PIN_RESET})
MUNICIPALITY = frozenset(Purpose)


@dataclass(frozen=True, slots=True)
class Operator:
    """Who may sign on, with what they know and what they have, and for what they are let on."""

    name: str
    knows: str = field(repr=False)
    has: str = field(repr=False)
    purposes: frozenset[Purpose] = POST_OFFICE


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of what was done: who, for what, in which case, and whether it was allowed."""

    operator: str
    purpose: Purpose
    case: str
    allowed: bool


class SimulatedTerminal:
    """The terminal with its operators."""

    def __init__(self, key: Ed25519PrivateKey, operators: tuple[Operator, ...]) -> None:
        self._key = key
        self._operators = {operator.name: operator for operator in operators}
        self.noted: list[Noted] = []

    def sign_on(self, name: str, knows: str, has: str) -> "SimulatedDesk":
        """The desk of an operator. Raises `OperatorRefused`, always with the same reason."""
        operator = self._operators.get(name)
        if operator is None or not (_same(operator.knows, knows) and _same(operator.has, has)):
            raise OperatorRefused("sign-on")
        return SimulatedDesk(self, operator)

    def let_on(self, operator: Operator, challenge: bytes, purpose: Purpose, case: str) -> bytes:
        """Signs a card's challenge for an operator."""
        allowed = purpose in operator.purposes and len(challenge) == OPERATOR_CHALLENGE_BYTES
        self.noted.append(Noted(operator.name, purpose, case, allowed))
        if not allowed:
            raise OperatorRefused("purpose")
        return self._key.sign(operator_message(challenge, purpose))


class SimulatedDesk:
    """An `OperatorDesk`: the terminal with one operator signed on."""

    def __init__(self, terminal: SimulatedTerminal, operator: Operator) -> None:
        self._terminal = terminal
        self._operator = operator

    def let_on(self, challenge: bytes, purpose: Purpose, case: str) -> bytes:
        """Signs a card's challenge for a purpose."""
        return self._terminal.let_on(self._operator, challenge, purpose, case)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
