"""What a use case of staff answers when it does not do what was asked. Refusals are values."""

from dataclasses import dataclass
from enum import Enum

from koufu.evidence.words import RefusalReason


class Why(Enum):
    """Why nothing was done."""

    WRONG = "wrong-credentials"
    """Mark, password, code, card or answer: which of them, nobody is told."""
    WAIT = "wait"
    """Too many failed: by this mark, whether there is such a person or not, or at this terminal."""
    NOT_HERE = "not-here"
    """Proven who it is, but nobody who works at this place today."""
    NO_SESSION = "no-session"
    """Nobody is signed in by this token at this terminal, or not any more."""
    FIRST_ONLY_HELPS = "first-only-helps"
    """Whoever is signed in only supports: nothing that takes two is theirs to do."""
    SAME_PERSON = "same-person"
    """The second person is the first."""
    TOKEN_REUSED = "token-reused"  # noqa: S105 - a word of the wire
    """The request's token stands for another operation."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was done; for `WAIT`, in how many seconds to try again."""

    reason: Why | RefusalReason
    wait_s: int = 0
