"""Checks the two numbers of a resident. None of them is ever shown (I11)."""

import re

from certserver.intake.findings import Broken, Rule

_TWELVE = re.compile(r"\d{12}", re.ASCII)
_ELEVEN = re.compile(r"\d{11}", re.ASCII)
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def individual_number(text: str) -> str:
    """A number of 12 digits with its check digit (番号法施行規則 5 条). Raises `Broken`."""
    if not _TWELVE.fullmatch(text):
        raise Broken(Rule.INDIVIDUAL_NUMBER)
    if int(text[11]) != check_digit(text[:11]):
        raise Broken(Rule.CHECK_DIGIT)
    return text


def check_digit(eleven: str) -> int:
    """The twelfth digit: 11 less the weighted sum modulo 11, or 0 where the remainder is 0 or 1. The weights are
    n + 1 for the sixth-last digits from the right, n - 5 before them (総務省令 85 号, 平成26年, 5 条)."""
    left = sum(int(digit) * weight for digit, weight in zip(eleven, _WEIGHTS, strict=True)) % 11
    return 0 if left <= 1 else 11 - left


def resident_code(text: str) -> str:
    """A resident-record code of 11 digits. How its check digit is made is not public, so it is not checked. Raises
    `Broken`."""
    if not _ELEVEN.fullmatch(text):
        raise Broken(Rule.RESIDENT_CODE)
    return text
