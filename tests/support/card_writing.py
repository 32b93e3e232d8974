"""A counter where cards are written, with a line to the card, and one to the issuer, that break where a test says."""

import functools
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from hardware.card import profile
from hardware.card.apdu import Command, send
from hardware.card.jpki import JpkiSession
from hardware.card.model import Answered, CardConnection, Usage, Verified
from hardware.card.virtual.authority import Authority, Issuer, new_key
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.certifier import SimulatedCertifier
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.terminal import MUNICIPALITY, Operator, SimulatedTerminal
from hardware.card.virtual.writing_applet import Writable
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.commands import SIMULATED_CLA, Beside, Sim
from hardware.card.writing.model import Case, Issued, Standing, X509Issuer
from hardware.card.writing.procedure import Counter, Outcome, carry_out
from hardware.card.writing.steps import Goal, Step
from hardware.errors import CardError, CardGone, IssuerAway
from tests.support.cards import NOW, CardAuthority, card_key_maker, pin, seeded, signing_pin

HOLDER = "MIHON-0001"
RENEWABLE = 300
"""Days from `NOW` on: on the journeys' day its renewal has begun."""
VALIDITY = timedelta(days=5 * 365)
MUNICIPAL, POSTAL = "municipal-1", "postal-1"
KNOWS, HAS = "knows-this", "has-this"


class Cut(Enum):
    """Where in a command the line to the card breaks."""

    BEFORE = "before the card got it"
    WITHIN = "while the card got it"
    AFTER = "before its answer came back"


@dataclass(slots=True)
class BreakingLine:
    """A connection straight to a virtual card that breaks at one command (counted from 0), or never."""

    card: VirtualCard
    at: int | None = None
    how: Cut = Cut.BEFORE
    error: type[CardError] = CardGone
    sent: list[bytes] = field(default_factory=list)
    _dead: bool = False

    def __post_init__(self) -> None:
        self.card.reset()

    def transmit(self, apdu: bytes | bytearray) -> bytes:
        apdu = bytes(apdu)
        if self._dead:
            raise self.error("the line broke before")
        here = len(self.sent) == self.at
        self.sent.append(apdu)
        if not here:
            return self.card.answer(apdu)
        self._dead = True
        if self.how is Cut.AFTER:
            self.card.answer(apdu)
        elif self.how is Cut.WITHIN and is_write(apdu):
            # Only writing an X.509 may be done by half: everything else a card does wholly or not at all.
            half = apdu[5 : 5 + (len(apdu) - 5) // 2]
            self.card.answer(Command(apdu[0], apdu[1], apdu[2], apdu[3], half).to_bytes())
        raise self.error("the line broke")

    def close(self) -> None:
        self.card.reset()


def is_write(apdu: bytes) -> bool:
    return apdu[0] == SIMULATED_CLA and apdu[1] == Sim.WRITE


@dataclass(slots=True)
class BreakingIssuer:
    """An issuer that does not answer one call (counted from 0); whether it was done all the same, `done` says."""

    to: X509Issuer
    at: int | None = None
    done: bool = False
    calls: int = 0

    def certify(self, case: Case, modulus: bytes) -> bytes:
        self._before()
        made = self.to.certify(case, modulus)
        self._after()
        return made

    def of_key(self, usage: Usage, modulus: bytes) -> Issued | None:
        self._before()
        self._after()
        return self.to.of_key(usage, modulus)

    def of_x509(self, usage: Usage, x509: bytes) -> Issued | None:
        self._before()
        self._after()
        return self.to.of_x509(usage, x509)

    def revoke(self, usage: Usage, x509: bytes) -> None:
        self._before()
        self.to.revoke(usage, x509)
        self._after()

    def _before(self) -> None:
        self.calls += 1
        if self.calls - 1 == self.at and not self.done:
            raise IssuerAway("silent")

    def _after(self) -> None:
        if self.calls - 1 == self.at:
            raise IssuerAway("silent")


@functools.cache
def _made() -> CardAuthority:
    return CardAuthority(seed="writing")


@functools.cache
def _persona(kind: PersonaKind, days_valid: int) -> Persona:
    return _made().issue(kind, days_valid=days_valid)


@functools.cache
def _operator_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


class WritingBench:
    """One card, its issuer and a card-writing terminal. Nothing here but the card survives a restart."""

    def __init__(
        self,
        kind: PersonaKind = PersonaKind.NORMAL,
        *,
        lines: int = 4,
        real_keys: bool = False,
        days_valid: int = RENEWABLE,
    ) -> None:
        made, entropy = _made().authority, seeded("bench")
        issuers = tuple(Issuer(each.usage, each.generation, each.ca) for each in made.issuers)
        self.entropy = entropy
        self.authority = Authority(issuers, entropy)
        self.certifier = SimulatedCertifier(self.authority, lambda: NOW, VALIDITY)
        operators = (Operator(MUNICIPAL, KNOWS, HAS, MUNICIPALITY), Operator(POSTAL, KNOWS, HAS))
        self.terminal = SimulatedTerminal(_operator_key(), operators)
        self.operator_key = _operator_key().public_key()
        writable = Writable(self.operator_key, new_key if real_keys else card_key_maker(), lines)
        self.persona = _persona(kind, days_valid)
        self.card = VirtualCard(self.persona, entropy, writable=writable)
        self.steps: list[Step] = []
        self.holder = HOLDER

    def carry_out(
        self,
        goal: Goal,
        usage: Usage,
        line: CardConnection | None = None,
        issuer: X509Issuer | None = None,
        *,
        operator: str = MUNICIPAL,
        number: str = "case-1",
        show: bool = True,
    ) -> Outcome:
        """The whole of a procedure, as a counter does it: the holder shows the PIN, then the steps."""
        over = line or BreakingLine(self.card)
        session = JpkiSession(over)
        writer = ApduCardWriter(over, session)
        if show and session.tries_left(usage):
            session.verify(pin() if usage is Usage.USER_AUTH else signing_pin(), usage)
        desk = self.terminal.sign_on(operator, KNOWS, HAS)
        counter = Counter(writer, issuer or self.certifier, desk, self.entropy)
        self.steps = []
        return carry_out(goal, Case(number, usage, self.holder), counter, self.steps.append)

    def in_use(self, usage: Usage) -> bytes:
        """The X.509 in use, looked at from outside."""
        return self.card.memory.pairs[usage].x509

    def counting(self, usage: Usage) -> set[bytes]:
        """Every X.509 of the holder that a relying party would take: those of the card as it was made, and those issued
        since."""
        before = self.persona.user_auth_x509 if usage is Usage.USER_AUTH else self.persona.signing_x509
        serials = set(self.certifier.counting(usage, self.holder))
        known = {entry for entry in (before,) if entry and self.standing(usage, entry) is Standing.GOOD}
        issued = {x for x in self._seen(usage) if x509.load_der_x509_certificate(x).serial_number in serials}
        assert len(issued) == len(serials), "an X.509 that counts lies on no card"
        return known | issued

    def standing(self, usage: Usage, content: bytes) -> Standing:
        known = self.certifier.of_x509(usage, content)
        return Standing.UNKNOWN if known is None else known.standing

    def is_tidy(self, usage: Usage) -> bool:
        """Nothing lies beside, and exactly what is in use counts."""
        pair = self.card.memory.pairs[usage]
        return pair.beside.state is Beside.EMPTY and self.counting(usage) == ({pair.x509} if pair.x509 else set())

    def answers(self, usage: Usage = Usage.USER_AUTH, typed: str | None = None) -> bool:
        """Whether the card, put on any reader, takes its PIN and answers by the key of the X.509 in use, which is not
        revoked."""
        line = BreakingLine(self.card)
        session = JpkiSession(line)
        session.generation()
        if usage is Usage.USER_AUTH:
            if session.verify(pin() if typed is None else pin(typed)) != Verified():
                return False
            outcome = session.answer(b"order")
            answer = outcome.answer if isinstance(outcome, Answered) else b""
        else:
            if session.verify(signing_pin() if typed is None else signing_pin(typed), usage) != Verified():
                return False
            answer = _signed(line, b"order")
        key = x509.load_der_x509_certificate(self.in_use(usage)).public_key()
        assert isinstance(key, RSAPublicKey)
        key.verify(answer, b"order", PKCS1v15(), SHA256())
        return self.standing(usage, self.in_use(usage)) is Standing.GOOD

    def _seen(self, usage: Usage) -> set[bytes]:
        pair = self.card.memory.pairs[usage]
        return {each for each in (pair.x509, self._of_beside(usage)) if each}

    def _of_beside(self, usage: Usage) -> bytes:
        """What was issued for the key beside, written already or not."""
        beside = self.card.memory.pairs[usage].beside
        if beside.key is None:
            return beside.content
        modulus = beside.key.public_key().public_numbers().n.to_bytes(256, "big")
        known = self.certifier.of_key(usage, modulus)
        return b"" if known is None else known.x509


def _signed(line: BreakingLine, message: bytes) -> bytes:
    send(line, Command(0x00, 0xA4, 0x02, 0x0C, profile.SIGNING_KEY.to_bytes(2, "big"))).require_ok("select")
    prepared = profile.RSA_2048_SHA256.prepared(message)
    return send(line, Command(0x80, 0x2A, 0x00, 0x80, prepared, 256)).require_ok("sign")


def der(made: x509.Certificate) -> bytes:
    return made.public_bytes(Encoding.DER)
