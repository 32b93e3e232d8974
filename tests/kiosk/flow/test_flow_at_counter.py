"""A clerk's desk takes the terminal and gives it back; never from under a resident, never over what lies there."""

import pytest

from hardware.cash.model import CashProblem, CashStatus
from hardware.sensors.model import Place, PlaceChanged
from kiosk.flow.effects import EraseVisit, OpenVisit, ReadCard
from kiosk.flow.events import CashSeen, CounterFreed, CounterTook
from kiosk.flow.scenes import AtCounter, Closed, ReadingCard, Start, TakeBelongings
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, LanguageChosen, PinTyped, Pressed
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.flow.values.service import Belonging, OutOfService
from tests.support.kiosk_journey import INSERTED, PRIMARY, REMOVED, Step, Walk, chosen, identified, proven

JAMMED = CashSeen(CashStatus(frozenset({CashProblem.JAM}), 0, ()))


def test_the_desk_takes_the_terminal_and_gives_it_back() -> None:
    walk = Walk().go(Step(CounterTook(), AtCounter), Step(CounterFreed(), Start))
    assert walk.state.attempts == 0
    assert not walk.wanted(OpenVisit, EraseVisit, ReadCard)


@pytest.mark.parametrize("before", [(), chosen(), (*chosen(), *proven())], ids=["choosing", "confirming", "ordered"])
def test_no_desk_takes_it_from_under_a_resident(before: tuple[Step, ...]) -> None:
    walk = Walk().go(*identified(), *before)
    scene = walk.state.scene
    assert walk.go(CounterTook()).state.scene == scene


def test_what_is_touched_or_put_in_meanwhile_begins_nothing() -> None:
    walk = Walk().go(CounterTook(), Step(INSERTED, AtCounter), Step(PRIMARY, AtCounter), Step(PinTyped(4), AtCounter))
    assert not walk.wanted(OpenVisit, ReadCard)
    walk.go(Step(REMOVED, AtCounter), Step(Pressed(Key.START), AtCounter))
    assert walk.state.visit is None


def test_the_resident_may_have_another_language_and_the_next_one_finds_none_of_it() -> None:
    walk = Walk().go(CounterTook(), Step(LanguageChosen(Language.ENGLISH), AtCounter), Pressed(Key.LARGE))
    assert walk.state.presentation == Presentation(language=Language.ENGLISH, large=True)
    assert walk.go(Step(CounterFreed(), Start)).state.presentation == Presentation()


def test_i13_nothing_is_taken_over_what_lies_there() -> None:
    left = PlaceChanged(Place.SHEET_TRAY, occupied=True)
    Walk().go(left, Step(CounterTook(), Closed(frozenset({OutOfService.LEFT_BEHIND}))))


def test_i13_a_card_that_is_left_when_the_case_ends_is_called_for() -> None:
    walk = Walk().go(CounterTook(), INSERTED, CounterFreed())
    assert walk.state.scene == TakeBelongings(frozenset({Belonging.CARD}))
    walk.go(Step(REMOVED, Start), Step(INSERTED, ReadingCard))


def test_a_machine_that_takes_no_money_can_still_do_a_case() -> None:
    closed = frozenset({OutOfService.CASH})
    Walk().go(JAMMED, Step(CounterTook(), AtCounter), Step(CounterFreed(), Closed(closed)))


def test_a_machine_that_is_only_starting_can_t() -> None:
    starting = Terminal()
    assert Walk(starting).go(CounterTook()).state.scene == starting.scene
