"""The challenge that a staff card answers at a counter. Its first words are its own, so that an answer never stands for
a resident's, nor a resident's for it."""

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from koufu.evidence.challenge import NONCE_BYTES
from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence

STAFF_CHALLENGE_DOMAIN = "koufu/staff-challenge/1"


class StaffPurpose(Enum):
    """What a member of staff answers for."""

    SIGN_IN = "sign-in"
    SECOND_PERSON = "second-person"


@dataclass(frozen=True, slots=True)
class StaffChallenge:
    """Municipality code (6 digits), terminal id, purpose, 32 random bytes, expiry in Unix seconds."""

    municipality: str
    terminal: str
    purpose: StaffPurpose
    nonce: bytes
    expires_at: int

    def to_bytes(self) -> bytes:
        """The bytes that the card answers, by their SHA-256."""
        writer = Writer(STAFF_CHALLENGE_DOMAIN)
        writer.text(self.municipality)
        writer.text(self.terminal)
        writer.text(self.purpose.value)
        writer.raw(self.nonce)
        writer.number(self.expires_at)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "StaffChallenge":
        """The challenge in these bytes, or `MalformedEvidence`."""
        reader = Reader(STAFF_CHALLENGE_DOMAIN, evidence)
        municipality, terminal, purpose = reader.text(limit=6), reader.text(limit=64), reader.text(limit=16)
        if purpose not in {each.value for each in StaffPurpose}:
            raise MalformedEvidence("a staff challenge is for nothing that staff do")
        nonce, expires_at = reader.raw(exactly=NONCE_BYTES), reader.number()
        reader.finish()
        return cls(municipality, terminal, StaffPurpose(purpose), nonce, expires_at)

    def digest(self) -> bytes:
        """SHA-256 of the challenge, 32 bytes."""
        return sha256(self.to_bytes()).digest()
