"""Variation sequences of names and addresses: which ones Moji_Joho has, and which of them has the same form as one of
Adobe-Japan1. What is not in the tables is never guessed, and nothing here normalises a text (I10). Where the tables
come from, and that the second is unconfirmed, stands in docs/registers/characters.md."""

import json
import re
from functools import cache
from pathlib import Path

_FIRST = 0xE0100
_SEQUENCE = re.compile("(.)([\U000e0100-\U000e01ef])", re.DOTALL)


class UnknownSequence(ValueError):
    """A sequence that neither is one of Moji_Joho nor can be converted into one. The text names no character."""


@cache
def moji_joho() -> frozenset[str]:
    """Every registered sequence of Moji_Joho: base character and selector."""
    return frozenset(
        base + selector
        for selectors, bases in _rows("moji_joho.json")
        for selector in map(_selector, selectors.split(" "))
        for base in bases
    )


@cache
def from_adobe_japan1() -> dict[str, str]:
    """Sequences of Adobe-Japan1, and that of Moji_Joho with the same form. The two collections share none."""
    return {
        base + _selector(theirs): base + _selector(ours)
        for theirs, ours, bases in _rows("adobe_japan1.json")
        for base in bases
    }


def to_moji_joho(text: str) -> str:
    """The text with every sequence as Moji_Joho has it; a text without selectors comes back as it is. Raises
    `UnknownSequence`."""
    return _SEQUENCE.sub(_converted, text)


def _converted(found: re.Match[str]) -> str:
    sequence = found.group()
    if sequence in moji_joho():
        return sequence
    try:
        return from_adobe_japan1()[sequence]
    except KeyError:
        raise UnknownSequence("this variation sequence is not in the tables") from None


def _selector(last_digits: str) -> str:
    return chr(_FIRST + int(last_digits, 16))


def _rows(name: str) -> list[list[str]]:
    rows: list[list[str]] = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["rows"]
    return rows
