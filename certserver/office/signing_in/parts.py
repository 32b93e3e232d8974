"""What signing in at the console is handed, and the keys that it stands on."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from certserver.pipeline.staff.keys import StaffKeys
from certserver.ports import Clock, Entropy, unix
from certserver.signing.secrets import Vault, subkey
from certserver.staff.sessions import SessionLimits
from certserver.staff.waits import Waits
from certserver.storage.engine import Database
from koufu.evidence.codec import Writer


class OfficeKeys:
    """Keys that come from the server's storage secret."""

    def __init__(self, secret: bytes, entropy: Entropy) -> None:
        self.staff = StaffKeys(secret, entropy)
        self.vault = Vault(subkey(secret, "office"), entropy)
        self._challenges = subkey(secret, "office challenges")
        self._people = subkey(secret, "office people")

    def challenge_mac(self, about: bytes) -> bytes:
        """32 bytes by which the server knows a challenge of its own again."""
        return hmac.digest(self._challenges, about, "sha256")

    def handle(self, municipality: str, mark: str) -> bytes:
        """32 bytes that stand for a person in an authenticator."""
        return hmac.digest(self._people, f"{municipality}/{mark}".encode(), "sha256")

    def address(self, municipality: str, address: str) -> bytes:
        """32 bytes that stand for a network address whose failures are counted."""
        writer = Writer("koufu/office-failures/1")
        writer.text(municipality)
        writer.text(address)
        return hmac.digest(self._people, writer.done(), "sha256")


@dataclass(frozen=True, slots=True)
class Doors:
    """The way into the console of one municipality: nobody of another one comes in by it."""

    database: Database
    municipality: str
    clock: Clock
    entropy: Entropy
    keys: OfficeKeys = field(repr=False)
    limits: SessionLimits
    waits: Waits = field(default_factory=Waits, repr=False)

    def now(self) -> int:
        """This instant in Unix seconds."""
        return unix(self.clock.now())


def hash_of(secret: bytes) -> bytes:
    """What is kept of a random token or code."""
    return sha256(secret).digest()
