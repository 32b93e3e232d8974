"""Staff passwords: argon2id by RFC 9106's second choice (64 MiB). They are compared as Unicode NFKC, since keyboards
write the same letters in several widths."""

from enum import Enum
from functools import lru_cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

SHORTEST = 12
LONGEST = 128
SALT_BYTES = 16

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class Unfit(Enum):
    """Why a password can't be one; the value says it to an operator."""

    LENGTH = f"it has {SHORTEST} to {LONGEST} characters"
    EASY = "it is too easy to guess"


def unfit(password: str, mark: str) -> Unfit | None:
    """Why a password can't be one; None when it can."""
    plain = normalize("NFKC", password)
    if not SHORTEST <= len(plain) <= LONGEST:
        return Unfit.LENGTH
    if mark in plain.casefold() or len(set(plain)) < SHORTEST // 2:
        return Unfit.EASY
    return None


def hashed(password: str, salt: bytes) -> str:
    """What is kept of a password."""
    return _HASHER.hash(normalize("NFKC", password), salt=salt)


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password. It takes as long where nothing is kept."""
    same = _verified(_nobodys() if kept is None else kept, normalize("NFKC", password))
    return same and kept is not None


def _verified(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash("", salt=bytes(SALT_BYTES))
