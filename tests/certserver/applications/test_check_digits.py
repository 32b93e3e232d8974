"""Three check digits by their known numbers, and that they are three."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.check_digits import individual_number_digit, local_government_digit, unconfirmed_resident_code_digit

Rule = Callable[[str], int]
RULES = (
    (individual_number_digit, 11),
    (local_government_digit, 5),
    (unconfirmed_resident_code_digit, 10),
)


@pytest.mark.parametrize("number", ["983205673214", "123456789018", "012345678903"])
def test_known_individual_numbers(number: str) -> None:
    assert individual_number_digit(number[:11]) == int(number[11])


@settings(deadline=None)
@given(st.integers(0, 10**11 - 1))
def test_an_individual_number_follows_the_ordinance_term_by_term(number: int) -> None:
    eleven = f"{number:011d}"
    # P_n is the nth digit from the right, the check digit left out; Q_n is n + 1 up to the sixth, n - 5 from there on.
    total = sum(int(eleven[-n]) * (n + 1 if n <= 6 else n - 5) for n in range(1, 12))
    assert individual_number_digit(eleven) == (0 if total % 11 <= 1 else 11 - total % 11)


CITIES = [
    ("01100", 2),
    ("13101", 6),
    ("27100", 4),
    ("40130", 7),
    ("47201", 8),
    ("01202", 5),
    ("01107", 0),
    ("01108", 8),
]


@pytest.mark.parametrize(("five", "digit"), CITIES)
def test_known_local_government_codes(five: str, digit: int) -> None:
    assert local_government_digit(five) == digit


def test_a_remainder_of_nothing_or_one_tells_individual_numbers_and_codes_apart() -> None:
    by_remainder = {
        sum(int(d) * w for d, w in zip(f"{five:05d}", (6, 5, 4, 3, 2), strict=True)) % 11: f"{five:05d}"
        for five in range(100)
    }
    assert local_government_digit(by_remainder[0]) == 1
    assert local_government_digit(by_remainder[1]) == 0
    assert individual_number_digit("0" * 11) == 0


@pytest.mark.parametrize(("rule", "length"), RULES)
def test_one_wrong_digit_is_mostly_seen(rule: Rule, length: int) -> None:
    digits = "1203456789071"[:length]
    others = [digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :] for at in range(length)]
    assert sum(rule(other) != rule(digits) for other in others) >= length - 1


@pytest.mark.parametrize(("rule", "length"), RULES)
@pytest.mark.parametrize("change", [lambda text: text + "0", lambda text: text[1:], lambda text: "１" + text[1:]])
def test_what_is_not_the_right_number_of_digits_is_no_number(rule: Rule, length: int, change: Rule) -> None:
    with pytest.raises(ValueError, match=r"digits|zip"):
        rule(str(change("0" * length)))
