"""The number's applet, against virtual cards: its own PIN, one digit at a time, and nothing that is no number."""

from dataclasses import replace

import pytest

from hardware.card.model import Verified, WrongPin
from hardware.card.number import DIGITS, NumberSession
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.files import LockReply, Manner
from hardware.card.virtual.persona import NUMBER_PIN, PersonaKind
from hardware.errors import CardError, CardRefused
from tests.support.cards import CardLine, cards, pin, seeded

NUMBER = "000000012343"
READ, VERIFY = 0xB0, 0x20


def a_card(number: str = NUMBER, manner: Manner | None = None) -> VirtualCard:
    return VirtualCard(replace(cards().issue(PersonaKind.NORMAL), number=number), seeded(), manner)


def opened(line: CardLine) -> NumberSession:
    session = NumberSession(line)
    assert session.tries_left() == 3
    assert session.verify(pin(NUMBER_PIN)) == Verified()
    return session


@pytest.mark.parametrize("manner", [None, Manner(fetches_rest=True), Manner(corrects_length=True)])
def test_i11_the_number_comes_one_digit_at_a_time(manner: Manner | None) -> None:
    line = CardLine(a_card(manner=manner))
    session = opened(line)
    session.check()
    assert "".join(str(session.digit(place)) for place in range(DIGITS)) == NUMBER
    assert {apdu[4] for apdu in line.sent_with(READ)} == {1}, "no answer ever holds two"


def test_without_its_pin_the_card_tells_nothing() -> None:
    session = NumberSession(CardLine(a_card()))
    session.tries_left()
    with pytest.raises(CardRefused, match="6982"):
        session.check()


def test_its_pin_is_another_than_that_of_the_x509_and_is_locked_after_three() -> None:
    virtual = a_card()
    session = NumberSession(CardLine(virtual))
    assert session.tries_left() == 3
    assert [session.verify(pin("1234")) for _ in range(3)] == [WrongPin(2), WrongPin(1), WrongPin(0)]
    assert session.verify(pin(NUMBER_PIN)) == WrongPin(0)
    assert NumberSession(CardLine(virtual)).tries_left() == 0
    assert virtual.tries_left == 3, "the other PIN is untouched"


@pytest.mark.parametrize("reply", list(LockReply))
def test_every_word_for_a_locked_pin_is_known(reply: LockReply) -> None:
    session = NumberSession(CardLine(a_card(manner=Manner(lock_reply=reply))))
    assert session.tries_left() == 3
    assert [session.verify(pin("9999")) for _ in range(4)][-1] == WrongPin(0)
    assert session.tries_left() == 0


def test_i11_the_pin_is_wiped_and_sent_once() -> None:
    line = CardLine(a_card())
    session = NumberSession(line)
    session.tries_left()
    typed = pin(NUMBER_PIN)
    session.verify(typed)
    assert typed.is_wiped
    assert len([apdu for apdu in line.sent_with(VERIFY) if len(apdu) > 4]) == 1


def test_a_card_without_a_number_has_no_such_applet() -> None:
    for kind in (PersonaKind.NORMAL, PersonaKind.ANDROID, PersonaKind.FOREIGN):
        assert NumberSession(CardLine(VirtualCard(cards().issue(kind), seeded()))).tries_left() is None


@pytest.mark.parametrize("number", ["000000012342", "00000001234", "0000000abcde"])
def test_what_is_no_number_is_never_told(number: str) -> None:
    session = opened(CardLine(a_card(number)))
    with pytest.raises(CardError, match="none"):
        session.check()
