"""The table of the JPKI applet: its name, files, keys, token labels and algorithms. A new generation of cards is a new
row here. No other applet's name may ever stand here: those that hold individual numbers are out of its reach (I11)."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from hardware.card.model import CardKind, Usage

JPKI_AID = bytes.fromhex("D392F000260100000001")

TOKEN_INFO = 0x0006
"""A serialised token description; its first 32 bytes are the label."""
PRESENT_X509S = 0x0008
"""Three bytes: signing X.509, user-authentication X.509, unknown."""
SIGNING_X509 = 0x0001
SIGNING_CA_X509 = 0x0002
SIGNING_KEY = 0x001A
SIGNING_PIN = 0x001B
USER_AUTH_X509 = 0x000A
USER_AUTH_CA_X509 = 0x000B
USER_AUTH_KEY = 0x0017
USER_AUTH_PIN = 0x0018

LABEL_BYTES = 32
X509_IS_THERE = 0x8F
"""The only value of a byte of `PRESENT_X509S` that was ever described; all others are taken for "not there"."""

MAX_X509 = 4096
"""Longest X.509 in bytes that is read."""

USER_AUTH_TRIES = 3
"""How often the user-authentication PIN may be wrong in a row before it is locked."""
SIGNING_TRIES = 5
"""The same of the signing PIN."""

PINS = {Usage.USER_AUTH: USER_AUTH_PIN, Usage.SIGNING: SIGNING_PIN}
TRIES = {Usage.USER_AUTH: USER_AUTH_TRIES, Usage.SIGNING: SIGNING_TRIES}


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How a key answers: `prepared` makes of a message what the card is given; an answer has `answer_bytes`."""

    name: str
    prepared: Callable[[bytes], bytes]
    answer_bytes: int


_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def _sha256_digest_info(message: bytes) -> bytes:
    return _SHA256_DIGEST_INFO + sha256(message).digest()


RSA_2048_SHA256 = Algorithm("RSA-2048, PKCS#1 v1.5, SHA-256 (RFC 8017, 8.2)", _sha256_digest_info, 256)


@dataclass(frozen=True, slots=True)
class Generation:
    """One row: a token label, the kind of card it means, and how its user-authentication key answers."""

    label: str
    kind: CardKind
    algorithm: Algorithm


GENERATIONS = (
    Generation("JPKIAPICCTOKEN2", CardKind.STANDARD, RSA_2048_SHA256),
    Generation("JPKIAPGPSETOKEN", CardKind.ANDROID, RSA_2048_SHA256),
    Generation("JPKIAPIOSTOKEN", CardKind.IPHONE, RSA_2048_SHA256),
)


def generation(label: str) -> Generation | None:
    """The row of a token label, or None when such a card can't be used here."""
    return next((row for row in GENERATIONS if row.label == label), None)
