"""Whether what somebody writes as their name is a name in the register: exactly, but for what a keyboard can't be asked
for. A list of names that are near is never made: nobody browses a register. Pure."""

import unicodedata
from collections.abc import Iterable

MOST_AN_HOUR = 40
"""How often one terminal may ask. A clerk who serves somebody every five minutes, and mistypes twice, asks less."""

_HIRAGANA = range(ord("ぁ"), ord("ゖ") + 1)
_TO_KATAKANA = ord("ァ") - ord("ぁ")


def is_called(said: str, names: Iterable[str | None], kana: Iterable[str | None]) -> bool:
    """Whether `said` is one of the names as registered, or one of the readings. Spaces don't count, nor do case and
    width of Latin letters and kana, nor whether a reading is written in hiragana or katakana. Variants of a kanji do
    count (I10): whoever has no key for theirs writes the reading."""
    written, read = _written(said), _read(said)
    if not written:
        return False
    return written in {_written(each) for each in names if each} or read in {_read(each) for each in kana if each}


def _written(name: str) -> str:
    # NFKC would change kanji of the compatibility blocks into others: only Latin letters and kana are folded.
    folded = "".join(unicodedata.normalize("NFKC", each) if _has_width(each) else each for each in name)
    return "".join(folded.split()).casefold()


def _read(name: str) -> str:
    folded = unicodedata.normalize("NFC", _written(name))
    return "".join(chr(ord(each) + _TO_KATAKANA) if ord(each) in _HIRAGANA else each for each in folded)


def _has_width(character: str) -> bool:
    return "\uff00" <= character <= "\uffef" or character == "\u3000"
