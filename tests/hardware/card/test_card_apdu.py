"""Commands as bytes, and when one is sent again."""

from collections.abc import Iterator

import pytest

from hardware.card.apdu import Command, overwrite, send, send_once, send_secret
from hardware.errors import CardError, CardRefused
from hardware.keypad.pin import Pin


class Scripted:
    """A card that answers from a list."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.sent: list[str] = []

    def transmit(self, apdu: bytes | bytearray) -> bytes:
        self.sent.append(apdu.hex())
        return bytes.fromhex(next(self._answers))

    def close(self) -> None:
        return


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Command(0x00, 0x20, 0x00, 0x80), "00200080"),
        (Command(0x00, 0xB0, 0x00, 0x00, le=4), "00b0000004"),
        (Command(0x00, 0xB0, 0x01, 0x00, le=256), "00b0010000"),
        (Command(0x00, 0xA4, 0x02, 0x0C, data=b"\x00\x17"), "00a4020c020017"),
        (Command(0x80, 0x2A, 0x00, 0x80, data=b"ab", le=256), "802a008002616200"),
    ],
)
def test_a_command_has_its_short_form(command: Command, expected: str) -> None:
    assert command.to_bytes().hex() == expected


@pytest.mark.parametrize("command", [Command(0, 0, 0, 0, data=bytes(256)), Command(0, 0, 0, 0, le=257)])
def test_what_has_no_short_form_is_not_sent(command: Command) -> None:
    with pytest.raises(ValueError, match="short command"):
        command.to_bytes()


def test_i11_a_command_does_not_show_its_data() -> None:
    assert "1234" not in repr(Command(0x00, 0x20, 0x00, 0x80, data=b"1234"))


def test_61xx_fetches_the_rest_piece_by_piece() -> None:
    card = Scripted("6102", "aaaa6101", "bb9000")
    answer = send(card, Command(0x80, 0x2A, 0x00, 0x80, data=b"x", le=256))
    assert (answer.data.hex(), answer.status) == ("aaaabb", 0x9000)
    assert card.sent[1:] == ["00c0000002", "00c0000001"]


def test_6100_asks_for_256_bytes() -> None:
    card = Scripted("6100", "aa" * 256 + "9000")
    assert len(send(card, Command(0x00, 0xB0, 0x00, 0x00, le=256)).data) == 256
    assert card.sent[1] == "00c0000000"


def test_6cxx_repeats_once_with_the_right_length() -> None:
    card = Scripted("6c03", "aabbcc9000")
    assert send(card, Command(0x00, 0xB0, 0x00, 0x00, le=256)).data.hex() == "aabbcc"
    assert card.sent == ["00b0000000", "00b0000003"]


def test_6cxx_twice_is_handed_back() -> None:
    card = Scripted("6c03", "6c04")
    assert send(card, Command(0x00, 0xB0, 0x00, 0x00, le=256)).status == 0x6C04


@pytest.mark.parametrize("status", ["6104", "6c04", "63c2"])
def test_what_is_sent_once_is_never_followed_up(status: str) -> None:
    card = Scripted(status)
    assert send_once(card, Command(0x00, 0x20, 0x00, 0x80, data=b"1234")).status == int(status, 16)
    assert len(card.sent) == 1


def test_a_card_that_never_ends_is_cut_off() -> None:
    card = Scripted(*["aa" * 255 + "61ff"] * 100)
    with pytest.raises(CardError, match="never ends"):
        send(card, Command(0x00, 0xB0, 0x00, 0x00, le=256))
    assert len(card.sent) < 20


def test_a_card_that_ends_slowly_is_cut_off() -> None:
    with pytest.raises(CardError, match="never ends"):
        send(Scripted(*["6101"] * 100), Command(0x00, 0xB0, 0x00, 0x00, le=256))


@pytest.mark.parametrize("answer", ["", "90", "aa" * 4097 + "9000"])
def test_an_answer_without_status_or_end_is_none(answer: str) -> None:
    with pytest.raises(CardError, match="is none"):
        send_once(Scripted(answer), Command(0x00, 0xB0, 0x00, 0x00, le=1))


def test_a_refusal_names_step_and_status() -> None:
    answer = send(Scripted("6a82"), Command(0x00, 0xA4, 0x02, 0x0C, data=b"\x00\x17"))
    with pytest.raises(CardRefused, match="6A82 to select key") as refused:
        answer.require_ok("select key")
    assert refused.value.status == 0x6A82


def test_i11_what_carries_a_pin_is_overwritten_once_it_was_sent() -> None:
    """Whoever reads the memory of the terminal later finds no VERIFY."""
    seen: list[bytearray] = []
    said: list[str] = []

    class Reading:
        def transmit(self, apdu: bytes | bytearray) -> bytes:
            assert isinstance(apdu, bytearray)
            seen.append(apdu)
            said.append(apdu.hex())
            overwrite(apdu)
            return b"\x90\x00"

        def close(self) -> None:
            return

    send_secret(Reading(), Command(0x00, 0x20, 0x00, 0x80), Pin(bytearray(b"4711")))
    assert said == ["002000800434373131"]
    assert seen == [bytes(9)]
