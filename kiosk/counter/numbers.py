"""The number of an application as a clerk types it. Pure."""

NUMBER_DIGITS = 32
_HEXADECIMAL = frozenset("0123456789abcdef")


def number_of(text: str) -> str:
    """The number on a notice as it was typed: with spaces or hyphens, in capitals or not; empty when it is none."""
    number = "".join(text.split()).replace("-", "").lower()
    return number if len(number) == NUMBER_DIGITS and set(number) <= _HEXADECIMAL else ""
