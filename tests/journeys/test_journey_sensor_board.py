"""The terminal's surroundings come over the line of a sensor board: what lies where (I13), the opened cabinet, the
battery, and a board that says nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.sensors.board.virtual import Cause
from hardware.sensors.model import Lamp, Place, Power
from kiosk.flow import scenes as at
from kiosk.flow.effects import Announcement
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import Scene
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey

SEEN_S = 1.5
"""A board tells within a second, and the lamp follows."""

LEFT = ("お忘れものがあります", "Something was left behind")
POWER_CUT = ("停電しています", "There is a power cut")
DOOR = ("係員が作業をしています", "Our staff are at work here")
SILENT = ("センサーを点検しています", "The sensors are being checked")


@pytest.fixture
def j(municipality: Municipality, tmp_path: Path) -> Iterator[Journey]:
    """At a terminal with a sensor board."""
    with a_journey(municipality, tmp_path, on_board=True) as journey:
        yield journey


def down(j: Journey) -> bool:
    """Whether the machine is being switched off."""
    return j.office.around.goes_down


def written(j: Journey) -> list[Occasion]:
    return [note.occasion for note in j.kiosk.journal.notes]


@pytest.mark.parametrize("place", [Place.SHEET_TRAY, Place.CHANGE_TRAY])
def test_i13_what_the_board_sees_left_closes_until_it_is_taken(j: Journey, place: Place) -> None:
    j.comes_to(at.TakeSheets)
    j.waits(SEEN_S)
    j.takes(*(other for other in Place if other is not place))
    j.waits(5 + SEEN_S)
    assert j.office.said == [Announcement.LEFT_BEHIND]
    assert j.office.around.shown is Lamp.ATTENTION
    j.waits(60)
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    j.puts_card("tsuji-misaki")
    j.waits(SEEN_S)
    assert j.shows(at.Closed), "a visit began over what another person left"
    j.takes_card()
    j.takes(place)
    j.ends_at_start()
    assert written(j)[-2:] == [Occasion.LEFT_BEHIND, Occasion.LEFT_BEHIND_SOLVED]


def test_i13_nobody_pays_while_the_card_lies_there_unread(j: Journey) -> None:
    j.comes_to(at.TakeCard)
    j.waits(SEEN_S)
    j.office.slot.pull()
    j.waits(3)
    assert j.shows(at.TakeCard), "money moves while a card lies on the reader"
    j.office.around.take(Place.CARD_SLOT)
    j.sees("お金を入れてください", "Insert cash")
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.ends_at_start()
    assert j.delivered == 1


def test_i13_a_purse_on_the_reader_is_called_for(j: Journey) -> None:
    j.arrives()
    j.office.around.put(Place.CARD_SLOT, "a purse")
    j.waits(SEEN_S)
    j.touches("primary")
    assert j.shows(at.Start), "a visit began over what lies on the reader"
    j.waits(5 + SEEN_S)
    assert j.office.said == [Announcement.LEFT_BEHIND]
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    j.office.around.take(Place.CARD_SLOT)
    j.ends_at_start()
    j.identifies()


def test_a_board_that_falls_silent_closes_after_the_visit(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.cable.plugged = False
    j.waits(5)
    j.pays()
    j.sees("証明書をお取りください")
    j.touches("primary")
    j.waits(10)
    assert j.kiosk.state.scene == at.Closed(frozenset({OutOfService.SENSORS}))
    j.sees(*SILENT)
    assert j.delivered == 1
    # Sheet and change lie there, and nobody has seen them yet.
    j.office.cable.plugged = True
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    j.takes(*Place)
    j.ends_at_start()


def test_i13_a_board_that_falls_silent_leaves_no_tray_empty(j: Journey) -> None:
    j.arrives()
    j.office.around.put(Place.SHEET_TRAY, "a handbill")
    j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    j.office.cable.plugged = False
    j.waits(5)
    assert j.kiosk.state.scene == at.Closed(frozenset({OutOfService.LEFT_BEHIND, OutOfService.SENSORS}))
    j.office.around.take(Place.SHEET_TRAY)
    j.waits(60)
    assert j.kiosk.state.scene == at.Closed(frozenset({OutOfService.LEFT_BEHIND, OutOfService.SENSORS}))
    j.office.cable.plugged = True
    j.ends_at_start()


def test_a_terminal_whose_board_is_not_there_never_opens(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, on_board=True) as j:
        j.office.cable.plugged = False
        j.waits(60)
        assert j.kiosk.state.scene == at.Closed(frozenset({OutOfService.SENSORS}))
        j.office.cable.plugged = True
        j.ends_at_start()


def test_the_open_cabinet_closes_the_terminal_and_is_written_down(j: Journey) -> None:
    j.arrives()
    j.office.around.open_door()
    j.ends_closed(OutOfService.DOOR, says=DOOR)
    j.puts_card("tsuji-kengo")
    j.waits(SEEN_S)
    assert j.shows(at.Closed)
    j.takes_card()
    j.office.around.shut_door()
    j.ends_at_start()
    assert written(j) == [Occasion.CABINET_OPENED]


@pytest.mark.parametrize("scene", [at.EnterPin, at.Confirm, at.TakeCard])
def test_on_battery_a_visit_ends_before_money(j: Journey, scene: type[Scene]) -> None:
    j.comes_to(scene)
    j.office.around.run_on(Power.BATTERY)
    j.sees("停電のため、手続きを終えました", "A power cut ended your visit")
    assert j.declined is DeclineReason.POWER_CUT
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.ON_BATTERY, says=POWER_CUT)
    j.office.around.run_on(Power.MAINS)
    j.ends_at_start()
    assert j.issued == 0
    assert written(j) == [Occasion.ON_BATTERY]


def test_i7_on_battery_the_money_comes_back(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.inserts(500)
    j.office.around.run_on(Power.BATTERY)
    j.sees("停電のため、手続きを終えました", "A power cut ended your visit")
    j.sees("500円をお返ししました", "We returned ¥500")
    assert j.takes(Place.CHANGE_TRAY) == [500]
    j.touches("primary")
    j.ends_closed(OutOfService.ON_BATTERY, says=POWER_CUT)
    assert j.issued == 0


def test_i7_on_battery_what_was_paid_for_is_printed_and_the_machine_goes_down_in_order(j: Journey) -> None:
    j.comes_to(at.Printing)
    j.office.around.run_on(Power.LOW)
    j.sees("証明書をお取りください")
    j.takes_everything()
    assert not down(j)
    j.touches("primary")
    j.ends_closed(OutOfService.ON_BATTERY, says=POWER_CUT)
    assert j.delivered == 1
    j.waits(SEEN_S)
    assert down(j)
    j.power_fails()
    j.office.around.run_on(Power.MAINS)
    j.waits(120)
    j.office.board.tick()
    assert j.office.board.cycles == [Cause.ON_AGAIN]
    j.power_returns()
    j.ends_at_start()


def test_a_terminal_that_serves_feeds_its_watchdog(j: Journey) -> None:
    j.comes_to(at.Confirm)
    fed = j.office.around.fed
    j.waits(60)
    assert j.office.around.fed in (fed + 6, fed + 7)
    assert j.office.board.cycles == []
