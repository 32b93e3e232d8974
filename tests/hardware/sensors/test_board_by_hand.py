"""A virtual board steered by typed words, as somebody without a board tries a terminal."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.composition import SystemClock, spawn_thread
from hardware.sensors.board.by_hand import HELP, steer
from hardware.sensors.board.client import SensorBoard
from hardware.sensors.board.on_pty import PtyBoard
from hardware.sensors.board.port import open_port
from hardware.sensors.board.virtual import VirtualBoard
from hardware.sensors.model import DoorChanged, Place, PlaceChanged, Power, SensorsChanged
from hardware.sensors.virtual import VirtualSurroundings
from tests.support.sensor_board import Heard


@pytest.fixture
def board(tmp_path: Path) -> Iterator[PtyBoard]:
    board = PtyBoard(VirtualBoard(VirtualSurroundings(), SystemClock()), tmp_path / "board", spawn_thread)
    yield board
    board.stop()


def typed(board: PtyBoard, *lines: str) -> list[str]:
    said: list[str] = []
    steer(board, lines, said.append)
    return said


def test_every_word_of_the_help_does_what_it_says(board: PtyBoard) -> None:
    around = board.board.around
    puts = [f"put {name}" for name in ("sheets", "change", "receipt", "card")]
    assert typed(board, *puts, "take change", "person here", "door open", "power low", "board silent") == []
    assert {place for place in Place if around.lying(place)} == set(Place) - {Place.CHANGE_TRAY}
    assert (around.present, around.door_open, around.power, around.silent) == (True, True, Power.LOW, True)
    typed(board, "person gone", "door  shut", "power mains", "board speaks", "cable out")
    assert (around.present, around.door_open, around.power, around.silent) == (False, False, Power.MAINS, False)
    assert not board.plugged
    typed(board, "cable in")
    assert board.plugged


def test_what_it_sees_is_shown_and_what_it_does_not_know_is_explained(board: PtyBoard) -> None:
    told, help_ = typed(board, "put sheets", "", "show", "open sesame", "quit", "never read")
    assert "full: sheets" in told
    assert "door: shut" in told
    assert help_ == HELP


def test_a_kiosk_hears_what_is_typed_at_the_program(tmp_path: Path) -> None:
    port = tmp_path / "board"
    command = [sys.executable, "-m", "hardware.sensors.board.cli", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == f'sensors = "serial:{port}"\n'
        heard = Heard()
        kiosk = SensorBoard(lambda: open_port(str(port)), SystemClock(), spawn_thread, os.urandom)
        kiosk.watch(heard.tell)
        heard.until(SensorsChanged(heard=True))
        program.stdin.write("door open\nput sheets\n")
        program.stdin.flush()
        came = heard.until(PlaceChanged(Place.SHEET_TRAY, occupied=True))
        assert DoorChanged(is_open=True) in (*came, *heard.rest())
        kiosk.stop()
        program.stdin.close()
        assert program.wait(20) == 0
    assert not port.is_symlink()
