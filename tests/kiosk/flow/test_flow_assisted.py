"""Assisted mode: a clerk comes in from the start screen and goes out again; nobody's visit, and no trap for anybody."""

from dataclasses import replace

import pytest

from hardware.cash.model import CashProblem, CashStatus
from hardware.sensors.model import Lamp, PersonChanged, Place, PlaceChanged
from kiosk.flow.cash_events import CashSeen
from kiosk.flow.effects import EraseVisit, OpenVisit, ReadCard, SetLamp, StartTimer, Timer
from kiosk.flow.events import Event
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Assisted, AwaitCard, Closed, Languages, ReadingCard, StaffCalled, Start
from kiosk.flow.touches import Key, LanguageChosen, Pressed
from kiosk.flow.values import Language, OutOfService, Presentation
from tests.support.kiosk_journey import INSERTED, PRIMARY, REMOVED, Fires, Step, Walk, chosen, identified, proven
from tests.support.kiosk_samples import open_terminal

CLERK = Pressed(Key.CLERK)
AT_A_COUNTER = replace(open_terminal(), counter=True)


def at_the_counter() -> Walk:
    return Walk(AT_A_COUNTER)


def test_a_clerk_comes_in_and_goes_out() -> None:
    walk = at_the_counter().go(Step(CLERK, Assisted), Step(PRIMARY, Start))
    assert walk.state.visit is None
    assert walk.state.attempts == 0
    assert not walk.wanted(OpenVisit, EraseVisit, ReadCard)


def test_a_site_without_a_counter_has_no_door() -> None:
    Walk().go(Step(CLERK, Start))


@pytest.mark.parametrize("before", [(), chosen(), (*chosen(), *proven())], ids=["choosing", "confirming", "ordered"])
def test_no_clerk_comes_into_a_residents_visit(before: tuple[Step, ...]) -> None:
    walk = at_the_counter().go(*identified(), *before)
    scene = walk.state.scene
    assert walk.go(CLERK).state.scene == scene


def test_a_clerk_can_t_open_a_terminal_that_is_closed() -> None:
    broken = CashStatus(frozenset({CashProblem.JAM}), 0, ())
    at_the_counter().go(CashSeen(broken), Step(CLERK, Closed(frozenset({OutOfService.CASH}))))


def test_who_came_in_by_mistake_is_let_out_by_the_idle_time() -> None:
    walk = at_the_counter().go(CLERK)
    assert walk.seconds(Timer.SCENE) == SiteRules().idle_s
    walk.go(Step(Fires(Timer.SCENE), Start))
    assert walk.running(Timer.SCENE) is None


def test_every_touch_gives_a_clerk_the_idle_time_anew() -> None:
    walk = at_the_counter().go(CLERK)
    before = walk.running(Timer.SCENE)
    walk.go(Pressed(Key.DISMISS))
    assert walk.running(Timer.SCENE) not in (None, before)


@pytest.mark.parametrize("leaves", [PRIMARY, Fires(Timer.SCENE), PersonChanged(present=False)], ids=repr)
def test_the_next_person_finds_the_start_screen_as_ever(leaves: Event | Fires) -> None:
    walk = at_the_counter().go(CLERK, LanguageChosen(Language.ENGLISH), Pressed(Key.LARGE), Step(leaves, Start))
    assert walk.state.presentation == Presentation()
    assert walk.state.overlay is None


@pytest.mark.parametrize("opens", [Key.LANGUAGES, Key.CALL_STAFF])
def test_what_lies_over_the_counters_screen_goes_with_it(opens: Key) -> None:
    walk = at_the_counter().go(CLERK, Pressed(opens))
    assert isinstance(walk.state.overlay, (Languages, StaffCalled))
    walk.go(Step(Fires(Timer.SCENE), Start))
    assert walk.state.overlay is None


def test_a_residents_card_begins_a_visit_as_ever() -> None:
    walk = at_the_counter().go(CLERK, Step(INSERTED, ReadingCard, (OpenVisit, ReadCard)))
    assert walk.state.attempts == 1
    walk.go(Step(REMOVED, AwaitCard), Pressed(Key.CANCEL), Step(Pressed(Key.CANCEL_YES), Start))


def test_i13_what_lies_in_the_tray_closes_the_counters_screen_too() -> None:
    walk = at_the_counter().go(CLERK, PlaceChanged(Place.SHEET_TRAY, occupied=True))
    assert walk.state.scene == Closed(frozenset({OutOfService.LEFT_BEHIND}))
    walk.go(Step(PlaceChanged(Place.SHEET_TRAY, occupied=False), Start))


def test_a_terminal_that_breaks_closes_the_counters_screen() -> None:
    walk = at_the_counter().go(CLERK, CashSeen(CashStatus(frozenset({CashProblem.JAM}), 0, ())))
    assert isinstance(walk.state.scene, Closed)


def test_the_lamp_stays_on_for_a_card_that_may_come() -> None:
    walk = at_the_counter().go(CLERK, PRIMARY)
    assert not [each for each in walk.effects if isinstance(each, SetLamp) and each.lamp is not Lamp.READY]
    assert [each.timer for each in walk.effects if isinstance(each, StartTimer)] == [Timer.SCENE]
