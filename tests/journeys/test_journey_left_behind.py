"""Something is left behind, or the person walks away: voice and lamp at 5 s, staff at 30 s, closed to the next
user until it is dealt with and written down; what was typed is erased, money comes back (I13)."""

from collections.abc import Callable

import pytest

from hardware.sensors.model import Lamp, Place
from kiosk.flow import scenes as at
from kiosk.flow.effects import Announcement
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import Scene
from kiosk.flow.values.service import OutOfService
from tests.support.journey_steps import Journey

LEFT = ("お忘れものがあります", "Something was left behind")


def calls_for_it(j: Journey) -> None:
    """Lamp and voice come at 5 s, a person at 30 s; nobody else is served meanwhile."""
    j.waits(4.5)
    assert Announcement.LEFT_BEHIND not in j.office.said
    j.waits(1)
    assert j.office.said == [Announcement.LEFT_BEHIND]
    assert j.office.around.shown is Lamp.ATTENTION
    j.waits(24)
    assert not [call for call in j.office.staff if call.occasion is Occasion.LEFT_BEHIND]
    j.waits(1)
    assert [call for call in j.office.staff if call.occasion is Occasion.LEFT_BEHIND]
    assert j.office.said == [Announcement.LEFT_BEHIND, Announcement.STAFF_COMING]


def is_solved(j: Journey, take: Callable[[], object]) -> None:
    """A person takes it: the terminal serves again, and what happened is written down."""
    take()
    j.waits(10)
    j.ends_at_start()
    written = [note.occasion for note in j.kiosk.journal.notes]
    assert written[-2:] == [Occasion.LEFT_BEHIND, Occasion.LEFT_BEHIND_SOLVED]


@pytest.mark.parametrize("place", [Place.SHEET_TRAY, Place.CHANGE_TRAY])
def test_i13_sheets_or_change_left(j: Journey, place: Place) -> None:
    j.comes_to(at.TakeSheets)
    j.settles()
    j.takes(*(other for other in Place if other is not place))
    calls_for_it(j)
    j.waits(35)
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    j.puts_card("tsuji-misaki")
    assert j.shows(at.Closed), "a visit began over what another person left"
    j.takes_card()
    is_solved(j, lambda: j.takes(place))


def test_i13_a_card_left_after_the_order(j: Journey) -> None:
    j.comes_to(at.TakeCard)
    calls_for_it(j)
    j.sees("カードをお取りください")
    j.waits(35)
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    is_solved(j, j.takes_card)
    assert j.issued == 0


def test_i13_a_card_left_after_a_decline(j: Journey) -> None:
    j.arrives()
    j.puts_card("driving-licence")
    j.sees("このカードは使えません")
    calls_for_it(j)
    j.waits(35)
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    is_solved(j, j.takes_card)


def test_the_last_screen_ticks_what_was_taken(j: Journey) -> None:
    j.comes_to(at.TakeSheets)
    j.sees("証明書 1枚", "1 sheet")
    j.takes(Place.SHEET_TRAY)
    j.sees("受け取り済み", "Taken")
    j.touches("primary")
    j.sees("お忘れものはありませんか", "Do you have everything?")
    j.sees("お金", "Money")
    j.takes(Place.CHANGE_TRAY)
    j.ends_at_start()


WAITING = (at.AwaitCard, at.EnterPin, at.ChoosePurpose, at.ChooseOptions, at.Confirm, at.Pay)


@pytest.mark.parametrize("scene", WAITING)
def test_a_person_walks_away(j: Journey, scene: type[Scene]) -> None:
    j.comes_to(scene)
    if scene is at.Pay:
        j.inserts(100)
    j.walks_away()
    j.waits(61 if scene is at.Pay else 41)
    j.sees("つづけますか", "Do you want to go on?")
    j.sees("入力した内容を消して終わります", "what you entered is erased")
    j.waits(21)
    assert j.kiosk.state.visit is None
    if scene in (at.EnterPin, at.ChoosePurpose, at.ChooseOptions, at.Confirm):
        j.sees("お忘れものはありませんか")
        j.sees("カード", "Card")
        j.takes_card()
    if scene is at.Pay:
        j.sees("お金", "Money")
        assert j.office.cash.state().handed_out == 100
        j.takes(Place.CHANGE_TRAY)
    j.ends_at_start()
    assert j.issued == 0


def test_somebody_who_says_that_they_go_on_keeps_everything(j: Journey) -> None:
    j.comes_to(at.Confirm)
    j.waits(45)
    j.sees("つづけますか", "Do you want to go on?")
    j.touches("primary")
    j.sees("この内容で申し込みますか")
    j.touches("cancel", "cancel-yes")
    j.takes_everything()
    j.ends_at_start()


@pytest.mark.parametrize("scene", [at.Pay, at.TakeCard])
def test_a_person_stops(j: Journey, scene: type[Scene]) -> None:
    j.comes_to(scene)
    if scene is at.Pay:
        j.inserts(500)
    j.touches("cancel")
    j.sees("やめますか", "Stop now?")
    if scene is at.Pay:
        j.sees("入れたお金は、すべて返します", "You get all your money back")
    j.touches("cancel-yes")
    j.sees("お忘れものはありませんか")
    j.takes_everything()
    j.ends_at_start()
    assert j.issued == 0


def test_staff_are_called_and_nothing_is_lost(j: Journey) -> None:
    j.comes_to(at.Confirm)
    j.touches("staff")
    j.sees("係員を呼びました", "Staff are on the way")
    assert j.office.staff[-1].occasion is Occasion.STAFF_WANTED
    j.waits(100)
    j.touches("back")
    j.sees("この内容で申し込みますか")
    j.touches("cancel", "cancel-yes")
    j.takes_everything()
    j.ends_at_start()


def test_the_language_and_the_answers_of_one_person_are_not_the_next_ones(j: Journey) -> None:
    j.arrives()
    j.touches("language-en", "large-text" if "large-text" in j.keys("large") else "large", "primary")
    j.puts_card("tsuji-kengo")
    j.types_pin()
    j.reads("What is it for?")
    j.touches("cancel", "cancel-yes")
    j.takes_everything()
    j.ends_at_start()
    j.identifies("oliveira-maria")
    assert j.kiosk.state.visit is not None
    assert not j.kiosk.state.visit.basket
    j.touches("cancel", "cancel-yes")
    j.takes_everything()
    j.ends_at_start()
