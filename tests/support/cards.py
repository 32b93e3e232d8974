"""Virtual cards and their test CA, quickly: RSA keys are made once per test process and used again."""

import functools
import hashlib
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from hardware.card.model import Usage
from hardware.card.virtual.authority import CRL_LIFETIME, Authority, new_key
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.files import Manner
from hardware.card.virtual.persona import DAYS_VALID, PIN, SIGNING_PIN, Persona, PersonaKind, make_persona
from hardware.keypad.pin import Pin, SigningPin

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
"""A moment for tests that don't care which."""

KEYS = 4
"""How many different RSA keys the tests go round. CAs of different generations get different ones."""


@functools.cache
def _key(number: int) -> RSAPrivateKey:
    return new_key()


def key_maker() -> Callable[[], RSAPrivateKey]:
    """Gives one of a few keys at each call, in turn."""
    numbers = itertools.cycle(range(KEYS))
    return lambda: _key(next(numbers))


def card_key_maker() -> Callable[[], RSAPrivateKey]:
    """The same of keys that no CA and no card of the tests has: such as a card makes by itself."""
    numbers = itertools.cycle(range(KEYS, 2 * KEYS))
    return lambda: _key(next(numbers))


def seeded(seed: str = "cards") -> Callable[[int], bytes]:
    """Bytes that look random and are the same in every run."""
    calls = itertools.count()
    return lambda length: hashlib.shake_256(f"{seed}/{next(calls)}".encode()).digest(length)


class CardAuthority:
    """A test CA hierarchy at one moment, with what servers and card readers in tests want of it."""

    def __init__(self, now: datetime = NOW, *, generations: int = 1, seed: str = "cards") -> None:
        self.now = now
        self.entropy = seeded(seed)
        self.authority = Authority.make(now, self.entropy, generations, key_maker())

    def issue(
        self,
        kind: PersonaKind = PersonaKind.NORMAL,
        *,
        days_valid: int = DAYS_VALID,
        generation: int | None = None,
    ) -> Persona:
        """The content of a new card. `persona.user_auth_x509` is the DER a server gets to see, `persona.user_auth.key`
        its key. A revoked one is in the next `crl`."""
        return make_persona(self.authority, kind, self.now, days_valid=days_valid, generation=generation)

    def card(
        self, kind: PersonaKind = PersonaKind.NORMAL, manner: Manner | None = None, *, days_valid: int = DAYS_VALID
    ) -> VirtualCard:
        """A new card to put into a reader; its PIN is `1234`."""
        return VirtualCard(self.issue(kind, days_valid=days_valid), self.entropy, manner)

    def ca_der(self, usage: Usage = Usage.USER_AUTH, generation: int | None = None) -> bytes:
        """The DER of a CA's X.509."""
        return self.authority.issuer(usage, generation).ca.x509.public_bytes(Encoding.DER)

    def ca_pem(self, usage: Usage = Usage.USER_AUTH, generation: int | None = None) -> bytes:
        """The PEM of a CA's X.509."""
        return self.authority.issuer(usage, generation).ca.x509.public_bytes(Encoding.PEM)

    def crl(
        self,
        now: datetime | None = None,
        *,
        lifetime: timedelta = CRL_LIFETIME,
        usage: Usage = Usage.USER_AUTH,
        generation: int | None = None,
    ) -> bytes:
        """The DER of a CA's list of revoked X.509s, issued at that moment."""
        return self.authority.issuer(usage, generation).crl(now or self.now, lifetime)


@functools.cache
def cards() -> CardAuthority:
    """One hierarchy for all tests that only want a card."""
    return CardAuthority()


def card(kind: PersonaKind = PersonaKind.NORMAL, manner: Manner | None = None) -> VirtualCard:
    """A card of the shared hierarchy."""
    return VirtualCard(_persona(kind), seeded(), manner)


@functools.cache
def _persona(kind: PersonaKind) -> Persona:
    return cards().issue(kind)


def pin(digits: str = PIN) -> Pin:
    """A PIN as the key pad hands it over."""
    return Pin(bytearray(digits.encode("ascii")))


def signing_pin(characters: str = SIGNING_PIN) -> SigningPin:
    """The PIN of the signing X.509 as the key pad hands it over."""
    return SigningPin(bytearray(characters.encode("ascii")))


class CardLine:
    """A connection straight to a virtual card, that remembers every command. `instead` may answer in the card's place:
    it gets the command and returns an answer, or None to let the card speak."""

    def __init__(self, to: VirtualCard, instead: Callable[[bytes], bytes | None] = lambda _apdu: None) -> None:
        self._card = to
        self._instead = instead
        self.sent: list[bytes] = []
        to.reset()

    def transmit(self, apdu: bytes | bytearray) -> bytes:
        apdu = bytes(apdu)
        self.sent.append(apdu)
        answer = self._instead(apdu)
        return self._card.answer(apdu) if answer is None else answer

    def close(self) -> None:
        self._card.reset()

    def sent_with(self, ins: int) -> list[bytes]:
        """All commands with that instruction byte."""
        return [apdu for apdu in self.sent if apdu[1] == ins]
