"""Checks the characters of a text, and brings variation sequences into Moji_Joho. It never normalises, replaces or
drops a character (I10): compatibility ideographs stay as they are."""

import re
import unicodedata

from certserver.intake.findings import Broken, Rule
from certserver.registers.sequences import UnknownSequence, to_moji_joho

_ORDINARY = re.compile(r"[ -~\u3000-\u301e・ぁ-ゖァ-ー一-龠㐀-䶵０-９Ａ-Ｚａ-ｚ]*")
"""Most texts need no closer look: none of these characters is anything but itself."""

_OUTER_SPACES = (", ", " ,", ",\u3000", "\u3000,")
_LONG_LINE = 1_500
"""A line of pictures, whose few texts are looked at one by one."""

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CONTROL = frozenset(("Cc", "Cf", "Zl", "Zp"))


def checked(text: str, limit: int) -> str:
    """The text as it is to be held. Raises `Broken`."""
    if len(text) > limit:
        raise Broken(Rule.TOO_LONG, limit)
    if text[:1].isspace() or text[-1:].isspace():
        raise Broken(Rule.SPACES)
    if _ORDINARY.fullmatch(text):
        return text
    return _closely(text)


def is_plain(line: str) -> bool:
    """Whether every text of a CSV line without quotes may stand as it is, whatever its length. One look at a line
    costs much less than one at each of its cells."""
    if len(line) > _LONG_LINE or line[:1].isspace() or line[-1:].isspace():
        return False
    for spaced in _OUTER_SPACES:
        if spaced in line:
            return False
    return _ORDINARY.fullmatch(line) is not None


def is_ordinary(text: str) -> bool:
    """Whether no character of a text needs a closer look."""
    return _ORDINARY.fullmatch(text) is not None


def _closely(text: str) -> str:
    before = ""
    for character in text:
        if _SELECTORS.match(character):
            if not before or _SELECTORS.match(before) or not _carries(before):
                raise Broken(Rule.LONE_SELECTOR)
            if character <= "\ufe0f":
                # Unicode's standardized ones stand for compatibility ideographs: these are to be given themselves.
                raise Broken(Rule.SEQUENCE)
        else:
            _one(character)
        before = character
    try:
        return to_moji_joho(text)
    except UnknownSequence:
        raise Broken(Rule.SEQUENCE) from None


def _carries(character: str) -> bool:
    """Whether a selector may follow: only ideographs have sequences."""
    return unicodedata.name(character, "").startswith("CJK ") or character in "々〆"


def _one(character: str) -> None:
    category = unicodedata.category(character)
    if category in _CONTROL or (category == "Zs" and character not in " \u3000"):
        raise Broken(Rule.CONTROL)
    if category == "Co":
        raise Broken(Rule.PRIVATE)
    if category == "Cs":
        raise Broken(Rule.UTF_8)
    if category == "Cn" and not _newer_ideograph(character):
        raise Broken(Rule.UNASSIGNED)


def _newer_ideograph(character: str) -> bool:
    """Planes 2 and 3 hold nothing but ideographs, and get new ones sooner than Python does."""
    return 0x20000 <= ord(character) < 0x3FFFE and ord(character) & 0xFFFE != 0xFFFE
