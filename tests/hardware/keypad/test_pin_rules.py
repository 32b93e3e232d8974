"""What makes a PIN weak, and what is done about it."""

from datetime import date

import pytest

from hardware.keypad.pin import HolderPin, Pin, SigningPin, SigningPinPad
from hardware.keypad.pin_rules import NotTaken, PinPolicy, Taken, Warned, Weakness, judge, weaknesses

BORN = date(1985, 3, 7)


def made(typed: str) -> HolderPin:
    characters = bytearray(typed.encode("ascii"))
    return Pin(characters) if len(typed) == 4 else SigningPin(characters)


@pytest.mark.parametrize(
    ("typed", "weak"),
    [
        ("1111", {Weakness.ALL_SAME}),
        ("0000", {Weakness.ALL_SAME}),
        ("1234", {Weakness.IN_A_ROW}),
        ("7890", {Weakness.IN_A_ROW}),
        ("4321", {Weakness.IN_A_ROW}),
        ("1212", {Weakness.REPEATED}),
        ("1985", {Weakness.BIRTH_DATE}),
        ("0307", {Weakness.BIRTH_DATE}),
        ("0703", {Weakness.BIRTH_DATE}),
        ("8503", {Weakness.BIRTH_DATE}),
        ("8305", set()),
        ("1235", set()),
        ("A19850307", {Weakness.BIRTH_DATE}),
        ("XY850307", {Weakness.BIRTH_DATE}),
        ("AAAAA1", {Weakness.ALL_SAME}),
        ("AB12AB", set()),
        ("KX83QT05", set()),
    ],
)
def test_weak_pins(typed: str, weak: set[Weakness]) -> None:
    assert weaknesses(made(typed), BORN) == weak


def test_without_a_birthday_no_date_is_weak() -> None:
    assert weaknesses(made("1985"), None) == frozenset()


def test_a_weak_pin_is_warned_about_and_refused_where_a_municipality_says_so() -> None:
    assert judge(made("8305"), BORN, PinPolicy(refuses_weak=True)) == Taken()
    assert judge(made("1111"), BORN, PinPolicy()) == Warned(frozenset({Weakness.ALL_SAME}))
    assert judge(made("1111"), BORN, PinPolicy(refuses_weak=True)) == NotTaken(frozenset({Weakness.ALL_SAME}))


def test_judging_leaves_a_pin_that_can_still_be_used_and_wiped() -> None:
    chosen = made("KX83QT05")
    judge(chosen, BORN, PinPolicy())
    assert bytes(chosen.view()) == b"KX83QT05"
    chosen.wipe()
    assert chosen.is_wiped


@pytest.mark.parametrize("typed", ["ABC12", "ABCDEFGH1234567890"[:17], "ABCDEF", "123456", "abc123", "ABC 123", ""])
def test_only_6_to_16_capitals_and_digits_with_one_of_each_are_a_signing_pin(typed: str) -> None:
    with pytest.raises(ValueError, match="a signing PIN has"):
        SigningPin(bytearray(typed.encode("ascii")))


@pytest.mark.parametrize("typed", ["ABCDE1", "1234567890ABCDEF"])
def test_i11_the_shortest_and_the_longest_signing_pin_show_nothing(typed: str) -> None:
    pad = SigningPinPad()
    assert [pad.press(character) for character in typed] == list(range(1, len(typed) + 1))
    assert repr(pad) == f"<SigningPinPad {len(typed)} characters>"
    pin = pad.take()
    assert (repr(pin), bytes(pin.view())) == ("<SigningPin>", typed.encode())


def test_the_pad_takes_16_characters_and_no_more_and_gives_them_back() -> None:
    pad = SigningPinPad()
    assert [pad.press("A") for _ in range(17)][-1] == 16
    assert pad.erase_last() == 15
    pad.clear()
    with pytest.raises(ValueError, match="6 to 16"):
        pad.take()


@pytest.mark.parametrize("character", ["a", "-", "", "12", "１"])
def test_other_characters_are_not_pressed(character: str) -> None:
    with pytest.raises(ValueError, match="capitals and digits"):
        SigningPinPad().press(character)
