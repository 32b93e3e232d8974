"""A sensor board on a real serial line: pulled out, plugged in again and flooded while the kiosk listens."""

from pathlib import Path

import pytest

from hardware.ports import PortDown
from hardware.sensors.board.port import open_port
from hardware.sensors.model import Place, PlaceChanged, SensorsChanged
from tests.support.sensor_board import PATIENCE_S, Heard, on_pty
from tests.support.waiting import until

SHEET = PlaceChanged(Place.SHEET_TRAY, occupied=True)
NO_SHEET = PlaceChanged(Place.SHEET_TRAY, occupied=False)
SILENT, BACK = SensorsChanged(heard=False), SensorsChanged(heard=True)


def test_a_board_that_is_pulled_out_and_plugged_in_again(tmp_path: Path) -> None:
    with on_pty(tmp_path) as rig:
        heard = Heard()
        rig.device.watch(heard.tell)
        assert heard.until(BACK)[0] == SILENT
        rig.around.put(Place.SHEET_TRAY, "a sheet")
        heard.until(SHEET)
        rig.cable.plugged = False
        until(lambda: not rig.cable.port.exists(), PATIENCE_S)
        assert heard.until(SILENT) == [SILENT]
        rig.around.take(Place.SHEET_TRAY)
        assert rig.device.occupied() == {Place.SHEET_TRAY}
        rig.cable.plugged = True
        assert NO_SHEET in heard.until(BACK)


def test_garbage_and_a_flood_change_nothing(tmp_path: Path) -> None:
    with on_pty(tmp_path) as rig:
        heard = Heard()
        rig.device.watch(heard.tell)
        heard.until(BACK)
        for noise in (b"\x00\xff" * 500, b"$B1 0001", b"$" * 2000, b"\n" * 2000, b"$K1 0001 lamp=off*0000\n"):
            rig.cable.say(noise)
        rig.around.put(Place.SHEET_TRAY, "a sheet")
        assert heard.until(SHEET) == [SHEET]


def test_a_second_program_does_not_take_lines_away(tmp_path: Path) -> None:
    with on_pty(tmp_path) as rig:
        heard = Heard()
        rig.device.watch(heard.tell)
        heard.until(BACK)
        with pytest.raises(PortDown):
            open_port(str(rig.cable.port))


def test_a_name_behind_which_is_no_port_is_told(tmp_path: Path) -> None:
    with pytest.raises(PortDown):
        open_port(str(tmp_path / "nothing"))
    (tmp_path / "file").touch()
    with pytest.raises(PortDown):
        open_port(str(tmp_path / "file"))
