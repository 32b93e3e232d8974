"""The card is pulled at every step that has it on the reader. Before the offer the visit begins anew, after it
the answers are kept; nothing is ever half done, and the same card always comes to its certificate."""

from collections.abc import Callable

import pytest

from hardware.card.virtual.files import Manner
from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from tests.support.journey_steps import Journey

BEFORE_THE_OFFER = (at.EnterPin,)
CHOOSING = (at.ChoosePurpose, at.ChooseOptions, at.Confirm)


def finishes(j: Journey) -> None:
    """From wherever it is to the certificate, as the screens say."""
    if j.shows(at.AwaitCard):
        j.puts_card("tsuji-kengo")
    if j.shows(at.EnterPin):
        j.types_pin()
    if j.shows(at.ChoosePurpose):
        j.touches("purpose-pension", "primary")
    if j.shows(at.ChooseOptions):
        j.touches("primary")
    if j.shows(at.Confirm):
        j.touches("primary")
    if j.shows(at.AwaitCard):
        j.sees("えらんだ内容は、そのままです", "What you chose is still here")
        j.puts_card("tsuji-kengo")
        j.sees("もう一度、暗証番号を入れてください")
        j.types_pin()
    if not j.shows(at.Pay):
        j.sees("カードをお取りください")
        j.takes_card()
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)
    assert j.card("tsuji-kengo").tries_left == 3


@pytest.mark.parametrize("scene", BEFORE_THE_OFFER)
def test_pulled_before_the_offer(j: Journey, scene: type[Scene]) -> None:
    j.comes_to(scene)
    j.takes_card()
    j.sees("マイナンバーカードを置いてください", "Place your My Number Card")
    finishes(j)


@pytest.mark.parametrize("scene", CHOOSING)
def test_pulled_while_choosing(j: Journey, scene: type[Scene]) -> None:
    j.comes_to(scene)
    before = j.kiosk.state.scene
    j.takes_card()
    assert j.kiosk.state.scene == before
    finishes(j)


def test_pulled_while_choosing_by_name_and_members(j: Journey) -> None:
    j.identifies()
    j.touches("by-name")
    j.takes_card()
    j.touches("kind-residence", "primary", "scope-members", "primary")
    assert j.shows(at.ChooseMembers)
    j.touches(*j.keys("member-")[:2], "primary")
    finishes(j)


READS, VERIFIES, SIGNS = range(16), range(4), range(4)
"""So many commands are answered before the card leaves in the middle of the next one."""


@pytest.mark.parametrize("answers", READS)
def test_pulled_while_it_is_read(j: Journey, answers: int) -> None:
    j.arrives()
    j.touches("primary")
    pulled_in_the_middle(j, answers, lambda: j.puts_card("tsuji-kengo"), goes_on=at.EnterPin)
    finishes(j)


@pytest.mark.parametrize("answers", VERIFIES)
def test_pulled_while_it_checks_the_pin(j: Journey, answers: int) -> None:
    j.comes_to(at.EnterPin)
    pulled_in_the_middle(j, answers, j.types_pin, goes_on=at.ChoosePurpose)
    finishes(j)


@pytest.mark.parametrize("answers", SIGNS)
def test_pulled_while_it_proves_the_order(j: Journey, answers: int) -> None:
    j.comes_to(at.Confirm)
    pulled_in_the_middle(j, answers, lambda: j.touches("primary"), goes_on=at.TakeCard)
    finishes(j)


def pulled_in_the_middle(j: Journey, answers: int, deed: Callable[[], None], goes_on: type[Scene]) -> None:
    """After so many answers the card leaves; if the step needs fewer, it goes on and the card leaves then."""
    j.leaves_after(answers)
    deed()
    assert j.shows(at.AwaitCard) or j.shows(goes_on), j.story()
    j.takes_card()


def test_the_reader_is_lost_while_choosing_and_comes_back(j: Journey) -> None:
    j.comes_to(at.Confirm)
    j.office.slot.lose()
    j.settles()
    j.office.slot.restore()
    j.settles()
    j.touches("primary")
    j.sees("もう一度、暗証番号を入れてください", "Enter your PIN")
    j.types_pin()
    j.sees("カードをお取りください")
    j.takes_card()
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()


def test_a_card_left_untouched_wants_its_pin_again(j: Journey) -> None:
    j.comes_to(at.Confirm)
    j.waits(25)
    j.touches("primary")
    j.sees("もう一度、暗証番号を入れてください")
    finishes(j)


def test_a_card_that_wants_its_pin_for_each_answer_is_asked_for_openly(j: Journey) -> None:
    j.identifies("tsuji-kengo", Manner(pin_for_each_answer=True))
    j.chooses()
    j.touches("primary")
    j.sees("もう一度、暗証番号を入れてください")
    finishes(j)
