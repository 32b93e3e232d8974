"""What the use cases of terminals are handed, and what they answer when they do not do what was asked."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificates

from certserver.errors import ConfigurationError
from certserver.ports import Clock, Entropy, unix
from certserver.signing.secrets import subkey
from certserver.signing.tls import KeyAndX509, sign_terminal_key
from certserver.staff.waits import Waits
from certserver.storage.engine import Database
from koufu.evidence.codec import Writer


class Why(Enum):
    """Why nothing was done, in the words of the wire."""

    CODE_WRONG = "code-wrong"
    """No such code is known for this terminal: whether there is a terminal of this name, nobody is told."""
    CODE_EXPIRED = "code-expired"
    CODE_USED = "code-used"
    WAIT = "wait"
    """Too many codes were wrong: for this terminal, or from this address."""
    REQUEST = "request"
    """What is no request for a P-256 key under one name."""
    OTHER_NAME = "other-name"
    """The request is under another name than the terminal's."""
    ENROLLED = "enrolled"
    """The terminal has an X.509 already, and the code is not for another one in its place."""
    STOPPED = "stopped"
    NOT_ADMITTED = "not-admitted"
    NO_CA = "no-ca"
    """This municipality's X.509s are made elsewhere."""
    TOO_EARLY = "too-early"
    """What the terminal has is good for long yet."""
    CA_ENDS = "ca-ends"
    """The CA ends no later than what the terminal has."""
    FOREIGN = "foreign"
    """An X.509 that stands under another CA, or under another name, or not now."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was done; for `WAIT`, in how many seconds to try again."""

    reason: Why
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class TerminalCa:
    """The CA that terminals stand under. Where its key is elsewhere, `signs_with` is None, and nothing is signed."""

    x509s: bytes
    """PEM of all that count."""
    signs_with: KeyAndX509 | None = field(default=None, repr=False)

    def fingerprints(self) -> frozenset[bytes]:
        """SHA-256 of each that counts, in DER."""
        return frozenset(each.fingerprint(SHA256()) for each in load_pem_x509_certificates(self.x509s))

    def sign(self, terminal: str, public_key: EllipticCurvePublicKey, now: datetime) -> bytes | Declined:
        """The X.509 (DER) of a terminal."""
        if self.signs_with is None:
            return Declined(Why.NO_CA)
        try:
            return sign_terminal_key(self.signs_with, terminal, public_key, now)
        except ConfigurationError:
            return Declined(Why.CA_ENDS)


@dataclass(frozen=True, slots=True)
class TerminalParts:
    """Database, clock, randomness, the CA, the key under which failures are counted, and how often one was tried in a
    wait."""

    database: Database
    clock: Clock
    entropy: Entropy
    ca: TerminalCa
    secret: bytes = field(repr=False)
    waits: Waits = field(default_factory=Waits, repr=False)

    def now(self) -> int:
        """This instant in Unix seconds."""
        return unix(self.clock.now())

    def whom(self, municipality: str, what: str, who: str) -> bytes:
        """32 bytes that stand for a terminal or an address whose failures are counted."""
        writer = Writer("koufu/terminal-failures/1")
        for text in (what, municipality, who):
            writer.text(text)
        return hmac.digest(subkey(self.secret, "terminal failures"), writer.done(), "sha256")
