"""The number's way from card to headphones: cut off wherever it must not be heard, nothing of it in what is told."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import NUMBER_PIN, PersonaKind
from hardware.card.virtual.reader import VirtualReader
from hardware.errors import VoiceError
from hardware.voice.headphones import Headphones
from hardware.voice.model import Said, Tongue
from hardware.voice.virtual import VirtualHeadphones
from kiosk.actions.number import NumberActions
from kiosk.flow import events as on
from kiosk.flow.effects import LookAtHeadphones, ReadNumberCard, TellNumber, VerifyNumberPin
from kiosk.flow.values.presentation import Language
from tests.support.cards import cards, pin, seeded
from tests.support.kiosk_actions import Heard
from tests.support.sim_time import SimTime

NUMBER = "000000012343"
TELL = TellNumber(1, Language.JAPANESE)


class Broken(VirtualHeadphones):
    """A sound device that fails."""

    def say(self, figures: Iterable[int], tongue: Tongue, wanted: Callable[[], bool]) -> Said:
        raise VoiceError("no sound")


def ready(headphones: Headphones, number: str = NUMBER) -> tuple[NumberActions, VirtualReader]:
    """A desk whose card took its PIN."""
    reader = VirtualReader(SimTime())
    reader.insert(VirtualCard(replace(cards().issue(PersonaKind.NORMAL), number=number), seeded()))
    desk, heard = NumberActions(reader, headphones), Heard()
    desk.read(ReadNumberCard(1), heard)
    desk.verify(VerifyNumberPin(1), pin(NUMBER_PIN), heard)
    assert heard.events == [on.NumberCardRead(1, 3), on.PinRight(1, None)]
    return desk, reader


def plugged() -> VirtualHeadphones:
    headphones = VirtualHeadphones()
    headphones.plug()
    return headphones


def test_it_is_heard_figure_by_figure_and_nothing_of_it_is_told() -> None:
    headphones, heard = plugged(), Heard()
    desk, _ = ready(headphones)
    desk.look(LookAtHeadphones(1), heard)
    desk.tell(TELL).run(heard)
    assert "".join(str(figure) for figure, _ in headphones.heard) == NUMBER
    assert heard.events == [on.HeadphonesSeen(1, plugged=True), on.NumberTold(1, whole=True)]


def test_i11_silence_that_is_wanted_before_it_begins_is_kept() -> None:
    headphones, heard = plugged(), Heard()
    desk, _ = ready(headphones)
    job = desk.tell(TELL)
    desk.hush()
    job.run(heard)
    assert headphones.heard == []


def test_a_card_that_is_pulled_ends_it() -> None:
    headphones, heard = plugged(), Heard()
    desk, reader = ready(headphones)
    reader.pull_after(3)
    desk.tell(TELL).run(heard)
    assert [figure for figure, _ in headphones.heard] == [0, 0, 0]
    assert heard.events == [on.CardFailed(1, on.CardProblem.GONE)]


def test_a_card_that_was_let_go_tells_nothing_more() -> None:
    headphones, heard = plugged(), Heard()
    desk, _ = ready(headphones)
    desk.release()
    desk.tell(TELL).run(heard)
    assert headphones.heard == []
    assert heard.events == [on.CardFailed(1, on.CardProblem.GONE)]


def test_a_device_that_fails_is_as_good_as_pulled_out() -> None:
    heard = Heard()
    desk, _ = ready(Broken())
    desk.tell(TELL).run(heard)
    assert heard.events == [on.NumberTold(1, whole=False)]


@pytest.mark.parametrize("kind", [PersonaKind.ANDROID, PersonaKind.FOREIGN])
def test_what_keeps_no_number_says_so(kind: PersonaKind) -> None:
    reader, heard = VirtualReader(SimTime()), Heard()
    reader.insert(VirtualCard(cards().issue(kind), seeded()))
    NumberActions(reader, plugged()).read(ReadNumberCard(1), heard)
    assert heard.events == [on.NumberCardRead(1, None)]
