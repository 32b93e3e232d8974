"""Checks the two numbers of a resident. None of them is ever shown (I11)."""

import re

from certserver.check_digits import individual_number_digit
from certserver.intake.findings import Broken, Rule

_TWELVE = re.compile(r"\d{12}", re.ASCII)
_ELEVEN = re.compile(r"\d{11}", re.ASCII)


def individual_number(text: str) -> str:
    """A number of 12 digits with its check digit. Raises `Broken`."""
    if not _TWELVE.fullmatch(text):
        raise Broken(Rule.INDIVIDUAL_NUMBER)
    if int(text[11]) != individual_number_digit(text[:11]):
        raise Broken(Rule.CHECK_DIGIT)
    return text


def resident_code(text: str) -> str:
    """A resident-record code of 11 digits. How its check digit is made is not public, so it is not checked. Raises
    `Broken`."""
    if not _ELEVEN.fullmatch(text):
        raise Broken(Rule.RESIDENT_CODE)
    return text
