"""How long what comes over the wire may be, and the check of it: bytes that are out of bounds are told so plainly and
looked at no further."""

import re
from collections.abc import Mapping
from typing import TypeVar

from certserver.errors import BadRequest
from certserver.terminal_names import LONGEST_NAME, is_terminal_name
from koufu.evidence.codec import MAX_EVIDENCE

MAX_REQUEST = 128 * 1024
"""Bytes of one request message."""
MAX_X509 = 4096
MAX_ANSWER = 512
MAX_DEVICES = 16
MAX_STAFF_CALLS = 20
MAX_DOCUMENTS = 50
MAX_YEN = 10_000_000
MAX_WORD = 64

_Word = TypeVar("_Word")

_MUNICIPALITY = re.compile(r"\d{6}", re.ASCII)
_WORD = re.compile(r"[a-z0-9][a-z0-9 .:_-]{0,63}", re.ASCII)


def municipality_code(value: str) -> str:
    """A municipality code of 6 digits."""
    if not _MUNICIPALITY.fullmatch(value):
        raise BadRequest("municipality: 6 digits are expected")
    return value


def exactly(field: str, value: bytes, length: int) -> bytes:
    """Bytes of one length."""
    if len(value) != length:
        raise BadRequest(f"{field}: {length} bytes are expected, {len(value)} came")
    return value


def at_most(field: str, value: bytes, length: int) -> bytes:
    """Some bytes, not too many."""
    if not 0 < len(value) <= length:
        raise BadRequest(f"{field}: 1 to {length} bytes are expected, {len(value)} came")
    return value


def evidence(field: str, value: bytes) -> bytes:
    """Bytes of evidence; the evidence's own reader looks inside."""
    return at_most(field, value, MAX_EVIDENCE)


def word(field: str, value: str) -> str:
    """A plain word or few, which may stand in a log; nothing that could hold a name."""
    if not _WORD.fullmatch(value):
        raise BadRequest(f"{field}: up to {MAX_WORD} lower-case letters, digits and spaces are expected")
    return value


def terminal_name(value: str) -> str:
    """The name of a terminal."""
    if not is_terminal_name(value):
        raise BadRequest(f"terminal: up to {LONGEST_NAME} letters, digits and hyphens are expected")
    return value


def chosen(field: str, value: str, words: Mapping[str, _Word]) -> _Word:
    """What one of a few words stands for."""
    if value not in words:
        raise BadRequest(f"{field}: one of {', '.join(sorted(words))} is expected")
    return words[value]


def alarm_words(value: str) -> str:
    """What an alarm is about. An alarm is never turned away: what may not stand in a log becomes `unnamed`."""
    return value if not value or _WORD.fullmatch(value) else "unnamed"
