"""What every `Surroundings` promises: the virtual ones, and a sensor board on a serial line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hardware.sensors.model import (
    DoorChanged,
    Lamp,
    PersonChanged,
    Place,
    PlaceChanged,
    Power,
    PowerChanged,
    SensorEvent,
    SensorsChanged,
    Surroundings,
)
from hardware.sensors.virtual import VirtualSurroundings
from tests.support.sensor_board import PATIENCE_S, Heard, on_pty
from tests.support.waiting import until

BACK = SensorsChanged(heard=True)
SILENT = SensorsChanged(heard=False)


@dataclass
class Rig:
    """The device, and the terminal whose places and lamp it is for."""

    device: Surroundings
    around: VirtualSurroundings

    def watched(self) -> Heard:
        """Heard from when everything that lies there was told."""
        heard = Heard()
        self.device.watch(heard.tell)
        marker = DoorChanged(is_open=True)
        self.around.open_door()
        heard.until(marker)
        self.around.shut_door()
        heard.until(DoorChanged(is_open=False))
        heard.events.clear()
        return heard


@pytest.fixture(params=["virtual", "board on a serial line"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "virtual":
        around = VirtualSurroundings()
        yield Rig(around, around)
    else:
        with on_pty(tmp_path) as board:
            yield Rig(board.device, board.around)


def test_what_is_there_already_is_told_before_anything_changes(rig: Rig) -> None:
    rig.around.put(Place.SHEET_TRAY, "a sheet")
    rig.around.arrive()
    rig.around.run_on(Power.BATTERY)
    heard = Heard()
    rig.device.watch(heard.tell)
    told = heard.until(PowerChanged(Power.BATTERY))
    assert PlaceChanged(Place.SHEET_TRAY, occupied=True) in told
    assert PersonChanged(present=True) in told
    assert DoorChanged(is_open=True) not in told
    assert rig.device.occupied() == {Place.SHEET_TRAY}


Steer = Callable[[VirtualSurroundings], object]


@pytest.mark.parametrize(
    ("do", "told", "undo", "told_then"),
    [
        *(
            (
                lambda around, place=place: around.put(place, "a thing"),
                PlaceChanged(place, occupied=True),
                lambda around, place=place: around.take(place),
                PlaceChanged(place, occupied=False),
            )
            for place in Place
        ),
        (
            VirtualSurroundings.arrive,
            PersonChanged(present=True),
            VirtualSurroundings.leave,
            PersonChanged(present=False),
        ),
        (
            lambda around: around.run_on(Power.BATTERY),
            PowerChanged(Power.BATTERY),
            lambda around: around.run_on(Power.MAINS),
            PowerChanged(Power.MAINS),
        ),
        (
            lambda around: around.run_on(Power.LOW),
            PowerChanged(Power.LOW),
            lambda around: around.run_on(Power.BATTERY),
            PowerChanged(Power.BATTERY),
        ),
    ],
)
def test_each_change_is_told_once(rig: Rig, do: Steer, told: SensorEvent, undo: Steer, told_then: SensorEvent) -> None:
    heard = rig.watched()
    do(rig.around)
    assert heard.until(told) == [told]
    undo(rig.around)
    assert heard.until(told_then) == [told_then]


def test_places_are_known_without_an_event(rig: Rig) -> None:
    heard = rig.watched()
    rig.around.put(Place.CHANGE_TRAY, 500)
    heard.until(PlaceChanged(Place.CHANGE_TRAY, occupied=True))
    assert rig.device.occupied() == {Place.CHANGE_TRAY}
    rig.around.take(Place.CHANGE_TRAY)
    heard.until(PlaceChanged(Place.CHANGE_TRAY, occupied=False))
    assert rig.device.occupied() == frozenset()


def test_silence_is_told_and_never_says_that_nothing_lies_there(rig: Rig) -> None:
    heard = rig.watched()
    rig.around.put(Place.SHEET_TRAY, "a sheet")
    heard.until(PlaceChanged(Place.SHEET_TRAY, occupied=True))
    rig.around.fall_silent()
    assert heard.until(SILENT) == [SILENT]
    rig.around.take(Place.SHEET_TRAY)
    rig.around.open_door()
    assert rig.device.occupied() == {Place.SHEET_TRAY}
    rig.around.speak_again()
    told = heard.until(BACK)
    assert {PlaceChanged(Place.SHEET_TRAY, occupied=False), DoorChanged(is_open=True)} <= set(told)
    assert told[-1] == BACK, "somebody could begin before all was told"


@pytest.mark.parametrize("lamp", [Lamp.READY, Lamp.ATTENTION, Lamp.FAULT])
def test_the_lamp_shows_what_it_is_told(rig: Rig, lamp: Lamp) -> None:
    rig.watched()
    rig.device.lamp(lamp)
    until(lambda: rig.around.shown is lamp, PATIENCE_S)
    rig.device.stop()
    until(lambda: rig.around.shown is Lamp.OFF, PATIENCE_S)


def test_the_watchdog_hears_that_the_terminal_serves(rig: Rig) -> None:
    rig.watched()
    fed = rig.around.fed
    rig.device.feed()
    until(lambda: rig.around.fed > fed, PATIENCE_S)


def test_the_machine_s_end_is_told(rig: Rig) -> None:
    rig.watched()
    rig.device.going_down()
    until(lambda: rig.around.goes_down, PATIENCE_S)
