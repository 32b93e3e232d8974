"""A PIN lives in one buffer and leaves no trace."""

import pytest

from hardware.keypad.pin import Pin, PinPad


def test_i11_a_pin_has_no_content_in_its_repr() -> None:
    assert repr(Pin(bytearray(b"4711"))) == "<Pin>"
    pad = PinPad()
    pad.press(7)
    assert repr(pad) == "<PinPad 1 digits>"


@pytest.mark.parametrize("digits", [b"", b"123", b"12345", b"12a4", b"12 4", "１２３４".encode()])
def test_only_four_ascii_digits_are_a_pin(digits: bytes) -> None:
    with pytest.raises(ValueError, match="4 digits"):
        Pin(bytearray(digits))


def test_i11_wiping_overwrites_the_buffer_itself() -> None:
    buffer = bytearray(b"4711")
    pin = Pin(buffer)
    assert bytes(pin.view()) == b"4711"
    pin.wipe()
    assert buffer == bytes(4)


def test_a_wiped_pin_is_never_handed_out() -> None:
    pin = Pin(bytearray(b"4711"))
    pin.wipe()
    with pytest.raises(ValueError, match="wiped"):
        pin.view()


def test_a_pin_of_zeros_is_a_pin() -> None:
    assert bytes(Pin(bytearray(b"0000")).view()) == b"0000"


def test_the_pad_takes_four_digits_and_no_more() -> None:
    pad = PinPad()
    assert [pad.press(digit) for digit in (4, 7, 1, 1, 9)] == [1, 2, 3, 4, 4]
    assert bytes(pad.take().view()) == b"4711"
    assert pad.press(1) == 1


def test_the_pad_takes_digits_back_one_by_one() -> None:
    pad = PinPad()
    for digit in (4, 7):
        pad.press(digit)
    assert [pad.erase_last(), pad.erase_last(), pad.erase_last()] == [1, 0, 0]


def test_a_pad_that_was_cleared_or_is_half_full_gives_no_pin() -> None:
    pad = PinPad()
    for digit in (4, 7, 1):
        pad.press(digit)
    with pytest.raises(ValueError, match="4 digits"):
        pad.take()
    pad.press(1)
    pad.clear()
    with pytest.raises(ValueError, match="4 digits"):
        pad.take()


@pytest.mark.parametrize("digit", [-1, 10])
def test_only_digits_are_pressed(digit: int) -> None:
    with pytest.raises(ValueError, match="0 to 9"):
        PinPad().press(digit)
