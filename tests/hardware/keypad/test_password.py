"""A password goes through the pad once, whatever it is written in, and nothing of it is left."""

import pytest

from hardware.keypad.password import MOST_CHARACTERS, PasswordPad


def test_characters_are_counted_taken_back_and_taken_out_once() -> None:
    pad = PasswordPad()
    assert [pad.press(each) for each in "パa2あ"] == [1, 2, 3, 4]
    assert pad.erase_last() == 3
    password = pad.take()
    assert password.utf8() == "パa2".encode()
    assert "a2" not in repr(password)
    assert pad.erase_last() == 0
    with pytest.raises(ValueError, match="at least one"):
        pad.take()
    password.wipe()
    with pytest.raises(ValueError, match="wiped"):
        password.utf8()


def test_a_staff_cards_pin_has_four_digits() -> None:
    pad = PasswordPad()
    for each in "1234":
        pad.press(each)
    assert bytes(pad.take_pin().view()) == b"1234"
    pad.press("x")
    with pytest.raises(ValueError, match="4 digits"):
        pad.take_pin()
    assert pad.press("1") == 1


def test_no_more_than_there_is_room_for_and_nothing_that_can_t_be_seen() -> None:
    pad = PasswordPad()
    assert [pad.press("あ") for _ in range(MOST_CHARACTERS + 5)][-1] == MOST_CHARACTERS
    with pytest.raises(ValueError, match="printable"):
        pad.press("\n")
    assert "あ" not in repr(pad)
