"""What a cell of a file may hold, and how it is read. A form never shows what it refuses (I11)."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from certserver.intake import numbers
from certserver.intake.characters import checked
from certserver.intake.dates import read_day
from certserver.intake.findings import Broken, Rule
from certserver.intake.pngs import check_seal

SHORT, LONG = 300, 2_000
"""The longest name or address, and the longest remark, in code points. No printed field holds more."""

Read = Callable[[str], object]

_REMEMBERED = 1 << 16
"""Days, places and round amounts: a register holds few that differ."""


@dataclass(frozen=True, slots=True)
class Form:
    """`name` and `told` stand in the documentation; `read` makes the value of a cell that is not empty and raises
    `Broken`. `text` says that a plain text (`characters.is_plain`) of up to so many characters needs no reading."""

    name: str
    told: str
    read: Read
    text: int = 0


def word(name: str, words: type[Enum]) -> Form:
    """One of the words of an Enum."""
    known = {one.value: one for one in words}

    def read(text: str) -> Enum:
        try:
            return known[text]
        except KeyError:
            raise Broken(Rule.WORD) from None

    return Form(name, "one of " + ", ".join(f"`{one}`" for one in known), read)


def _key(limit: int) -> Form:
    wanted = re.compile(rf"[A-Za-z0-9._:-]{{1,{limit}}}", re.ASCII)

    def read(text: str) -> str:
        if not wanted.fullmatch(text):
            raise Broken(Rule.KEY, limit)
        return text

    return Form(f"key {limit}", f"1 to {limit} characters out of A-Z a-z 0-9 . _ : -, the core system's own key", read)


def _text(name: str, limit: int) -> Form:
    told = f"up to {limit} characters, variation selectors counted"
    return Form(name, told, lambda text: checked(text, limit), limit)


def _whole(name: str, told: str, least: int, most: int) -> Form:
    digits = re.compile(r"-?\d{1,15}", re.ASCII)

    def read(text: str) -> int:
        if not digits.fullmatch(text):
            raise Broken(Rule.WHOLE)
        number = int(text)
        if not least <= number <= most:
            raise Broken(Rule.RANGE)
        return number

    return Form(name, f"{told}, {least} to {most}", lru_cache(_REMEMBERED)(read))


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise Broken(Rule.FLAG)
    return text == "1"


def _imprint(text: str) -> bytes:
    try:
        png = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Broken(Rule.BASE64) from None
    check_seal(png)
    return png


KEY_40, KEY_64 = _key(40), _key(64)
NAME = _text("text", SHORT)
REMARKS = _text("long text", LONG)
DAY = Form(
    "day", "`2026-10-01`, or by era: `令和8年10月1日`, `R8.10.1`; 1800 to 2200", lru_cache(_REMEMBERED)(read_day)
)
FLAG = Form("flag", "`1` yes, `0` no", _flag)
PLACE = _whole("place", "the register's order, from 0", 0, 9_999)
YEAR = _whole("year", "fiscal year, Western", 1_990, 2_200)
YEN = _whole("yen", "whole yen", -(10**14), 10**14)
AGE = _whole("age", "full years", 0, 150)
INDIVIDUAL_NUMBER = Form("individual number", "12 digits, the last one checks the others", numbers.individual_number)
RESIDENT_CODE = Form("resident-record code", "11 digits", numbers.resident_code)
IMPRINT = Form("imprint", "base64 of a 1-bit PNG (greyscale, not interlaced) at 600 dpi, 190 to 590 px", _imprint)
