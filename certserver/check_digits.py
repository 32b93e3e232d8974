"""The check digits of three numbers. They look alike and differ, so that no two share a function: an individual number
in which the rule of another was applied would be refused at every other office."""

_INDIVIDUAL_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LOCAL_GOVERNMENT_WEIGHTS = (6, 5, 4, 3, 2)
_RESIDENT_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def individual_number_digit(eleven: str) -> int:
    """The twelfth digit of an individual number (個人番号): 11 less the weighted sum modulo 11, or 0 where the
    remainder is 0 or 1. The weights are n + 1 for the sixth-last digits from the right, n - 5 before them (総務省令 85
    号, 平成26年, 5 条). Raises `ValueError` unless there are 11 digits."""
    left = _weighted(eleven, _INDIVIDUAL_WEIGHTS)
    return 0 if left <= 1 else 11 - left


def local_government_digit(five: str) -> int:
    """The sixth digit of a local-government code (全国地方公共団体コード): the last digit of 11 less the weighted sum
    modulo 11, so 1 where the remainder is 0 and 0 where it is 1. Raises `ValueError` unless there are 5 digits."""
    return (11 - _weighted(five, _LOCAL_GOVERNMENT_WEIGHTS)) % 10


def unconfirmed_resident_code_digit(ten: str) -> int:
    """What the eleventh digit of a resident-record code (住民票コード) would be by a rule that nobody here has read:
    the sum of weights 2 to 7 from the right, as in an individual number. Never a reason to refuse a code by itself; a
    municipality may switch it on as advice. Raises `ValueError` unless there are 10 digits."""
    left = _weighted(ten, _RESIDENT_WEIGHTS)
    return 0 if left <= 1 else 11 - left


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError("a check digit is made from digits alone")
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
