"""The numbers that people read off paper, random, with a check character: that of a document (発行番号), 75 bits in
base32, and that of an enrolment, digits alone. They tell nothing."""

from koufu.evidence.errors import MalformedEvidence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U."""

DIGITS = "0123456789"

RANDOM_BYTES = 10
"""Random bytes that a number is made of; of a document number the last 5 bits are not used."""

_DIGITS = 15
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def document_number(entropy: bytes) -> str:
    """A 16-character document number from 10 random bytes, without hyphens."""
    if len(entropy) != RANDOM_BYTES:
        raise ValueError(f"a document number is made of {RANDOM_BYTES} random bytes")
    value = int.from_bytes(entropy, "big") >> 5
    digits = "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(_DIGITS)))
    return digits + _check_character(digits, ALPHABET)


def parse_document_number(text: str) -> str:
    """The number as 16 plain characters from what a person typed or a code held. Raises `MalformedEvidence`."""
    if len(text) > 64:
        raise MalformedEvidence("a document number has 16 characters")
    plain = text.upper().translate(_LOOKALIKES)
    if len(plain) != _DIGITS + 1 or any(character not in ALPHABET for character in plain):
        raise MalformedEvidence("a document number has 16 characters, digits and letters without I, L, O and U")
    if _check_character(plain[:-1], ALPHABET) != plain[-1]:
        raise MalformedEvidence("the check character of the document number is wrong: please read it again")
    return plain


def enrolment_number(entropy: bytes) -> str:
    """The 16-digit number of an enrolment (利用登録) from 10 random bytes: nothing but digits, so that a keypad with
    ten keys can type it; longer than an individual number, so that nobody takes one for the other."""
    if len(entropy) != RANDOM_BYTES:
        raise ValueError(f"the number of an enrolment is made of {RANDOM_BYTES} random bytes")
    digits = f"{int.from_bytes(entropy, 'big') % 10**_DIGITS:0{_DIGITS}d}"
    return digits + _check_character(digits, DIGITS)


def parse_enrolment_number(text: str) -> str:
    """The number as 16 plain digits from what a person typed. Raises `MalformedEvidence`."""
    if len(text) > 64:
        raise MalformedEvidence("the number of an enrolment has 16 digits")
    plain = text.replace("-", "").replace(" ", "")
    if len(plain) != _DIGITS + 1 or any(character not in DIGITS for character in plain):
        raise MalformedEvidence("the number of an enrolment has 16 digits")
    if _check_character(plain[:-1], DIGITS) != plain[-1]:
        raise MalformedEvidence("the check digit of the number is wrong: please read it again")
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


def _check_character(digits: str, alphabet: str) -> str:
    """Luhn's algorithm (ISO/IEC 7812-1 annex B, widened to the alphabet's length): finds every single wrong
    character."""
    base, total = len(alphabet), 0
    for place, character in enumerate(reversed(digits)):
        value = alphabet.index(character) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return alphabet[-total % base]
