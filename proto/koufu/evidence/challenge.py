"""The challenge a card answers to say who stands at the terminal. Nothing but its bytes goes under the card's key."""

from dataclasses import dataclass
from hashlib import sha256

from koufu.evidence.codec import Reader, Writer

CHALLENGE_DOMAIN = "koufu/challenge/1"
CHALLENGE_LIFETIME_S = 120
NONCE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Challenge:
    """Municipality code (6 digits), terminal id, 32 random bytes, expiry in Unix seconds."""

    municipality: str
    terminal: str
    nonce: bytes
    expires_at: int

    def to_bytes(self) -> bytes:
        """The bytes that the card answers, by their SHA-256."""
        writer = Writer(CHALLENGE_DOMAIN)
        writer.text(self.municipality)
        writer.text(self.terminal)
        writer.raw(self.nonce)
        writer.number(self.expires_at)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "Challenge":
        """The challenge in these bytes, or `MalformedEvidence`."""
        reader = Reader(CHALLENGE_DOMAIN, evidence)
        challenge = cls(
            municipality=reader.text(limit=6),
            terminal=reader.text(limit=64),
            nonce=reader.raw(exactly=NONCE_BYTES),
            expires_at=reader.number(),
        )
        reader.finish()
        return challenge

    def digest(self) -> bytes:
        """SHA-256 of the challenge, 32 bytes."""
        return sha256(self.to_bytes()).digest()
