"""The document number (発行番号) on paper: 75 random bits in base32 and a check character. It tells nothing."""

from koufu.evidence.errors import MalformedEvidence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U."""

RANDOM_BYTES = 10
"""Random bytes that `document_number` wants; the last 5 bits are not used."""

_DIGITS = 15
_BASE = len(ALPHABET)
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def document_number(entropy: bytes) -> str:
    """A 16-character document number from 10 random bytes, without hyphens."""
    if len(entropy) != RANDOM_BYTES:
        raise ValueError(f"a document number is made of {RANDOM_BYTES} random bytes")
    value = int.from_bytes(entropy, "big") >> 5
    digits = "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(_DIGITS)))
    return digits + _check_character(digits)


def parse_document_number(text: str) -> str:
    """The number as 16 plain characters from what a person typed or a code held. Raises `MalformedEvidence`."""
    if len(text) > 64:
        raise MalformedEvidence("a document number has 16 characters")
    plain = text.upper().translate(_LOOKALIKES)
    if len(plain) != _DIGITS + 1 or any(character not in ALPHABET for character in plain):
        raise MalformedEvidence("a document number has 16 characters, digits and letters without I, L, O and U")
    if _check_character(plain[:-1]) != plain[-1]:
        raise MalformedEvidence("the check character of the document number is wrong: please read it again")
    return plain


def printed(number: str) -> str:
    """As it stands on paper: four groups of four."""
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))


def pack(number: str) -> bytes:
    """The number as 10 bytes, for codes."""
    value = 0
    for character in parse_document_number(number):
        value = value << 5 | ALPHABET.index(character)
    return value.to_bytes(RANDOM_BYTES, "big")


def unpack(packed: bytes) -> str:
    """The number from its 10 bytes. Raises `MalformedEvidence` when its check character is wrong."""
    if len(packed) != RANDOM_BYTES:
        raise MalformedEvidence(f"a packed document number has {RANDOM_BYTES} bytes")
    value = int.from_bytes(packed, "big")
    return parse_document_number(
        "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(_DIGITS + 1)))
    )


def _check_character(digits: str) -> str:
    """Luhn's algorithm modulo 32 (ISO/IEC 7812-1 annex B, widened): finds every single wrong character."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // _BASE + value % _BASE
    return ALPHABET[-total % _BASE]
