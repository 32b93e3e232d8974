"""The virtual surroundings tell what lies where, who is there and what the lamp shows."""

from hardware.sensors.model import Lamp, PersonChanged, Place, PlaceChanged, SensorEvent, Surroundings
from hardware.sensors.virtual import VirtualSurroundings


def test_what_is_there_already_is_told_at_once() -> None:
    around = VirtualSurroundings()
    around.put(Place.SHEET_TRAY, "a sheet")
    around.arrive()
    heard: list[SensorEvent] = []
    around.watch(heard.append)
    assert heard == [PlaceChanged(Place.SHEET_TRAY, occupied=True), PersonChanged(present=True)]


def test_only_the_first_thing_and_the_last_are_changes() -> None:
    around = VirtualSurroundings()
    heard: list[SensorEvent] = []
    around.watch(heard.append)
    around.put(Place.CHANGE_TRAY, 500)
    around.put(Place.CHANGE_TRAY, 100)
    assert around.occupied() == {Place.CHANGE_TRAY}
    assert around.lying(Place.CHANGE_TRAY) == (500, 100)
    assert around.take(Place.CHANGE_TRAY) == (500, 100)
    assert around.take(Place.CHANGE_TRAY) == ()
    assert around.occupied() == frozenset()
    assert heard == [PlaceChanged(Place.CHANGE_TRAY, occupied=True), PlaceChanged(Place.CHANGE_TRAY, occupied=False)]


def test_a_person_comes_and_goes_once() -> None:
    around = VirtualSurroundings()
    heard: list[SensorEvent] = []
    around.watch(heard.append)
    around.arrive()
    around.arrive()
    around.leave()
    around.leave()
    assert heard == [PersonChanged(present=True), PersonChanged(present=False)]
    assert not around.present


def test_the_lamp_keeps_what_it_showed() -> None:
    around: VirtualSurroundings = VirtualSurroundings()
    device: Surroundings = around
    for lamp in (Lamp.READY, Lamp.READY, Lamp.ATTENTION):
        device.lamp(lamp)
    assert around.shown is Lamp.ATTENTION
    assert around.lamps == [Lamp.OFF, Lamp.READY, Lamp.ATTENTION]
