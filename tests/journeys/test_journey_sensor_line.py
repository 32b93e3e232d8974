"""The whole terminal as it is put together for a site, with a sensor board on a serial line: what the board tells
closes and opens it, and its watchdog is fed by the loop that draws the screens and by nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from certserver.demo.people import MUNICIPALITY
from hardware.composition import SystemClock, spawn_thread
from hardware.sensors.board.on_pty import PtyBoard
from hardware.sensors.board.virtual import VirtualBoard
from hardware.sensors.model import Lamp
from hardware.sensors.virtual import VirtualSurroundings
from kiosk.actions.jobs import Lane
from kiosk.composition.devices import open_devices
from kiosk.composition.settings import CardReaderKind, TerminalSettings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.flow.rules import SiteRules
from kiosk.flow.values.service import OutOfService
from kiosk.screens.panel import PORTRAIT
from tests.support.journey_server import TERMINAL, Municipality
from tests.support.sensor_board import PATIENCE_S
from tests.support.waiting import until

PATIENCE_MS = round(PATIENCE_S * 1000)
NOBODY_THERE = "127.0.0.1:1"
"""No server: this is about what stands around the terminal."""


@pytest.fixture
def board(tmp_path: Path) -> Iterator[PtyBoard]:
    cable = PtyBoard(VirtualBoard(VirtualSurroundings(), SystemClock()), tmp_path / "board", spawn_thread)
    try:
        yield cable
    finally:
        cable.stop()


@contextmanager
def a_terminal(municipality: Municipality, folder: Path, board: PtyBoard) -> Iterator[TerminalProgram]:
    bundle = municipality.wire.bundle(TERMINAL)
    settings = TerminalSettings(
        municipality=MUNICIPALITY,
        terminal=TERMINAL,
        place="見本中央郵便局",
        place_en="Mihon Central Post Office",
        server_ca=bundle.server_ca,
        terminal_x509=bundle.x509,
        terminal_key=bundle.key,
        directory_address=NOBODY_THERE,
        directory_key=bundle.directory_key,
        journal=folder / "journal.json",
        printer="virtual:",
        slip_printer="virtual:",
        cash="virtual:",
        sensors=f"serial:{board.port}",
        card_reader=CardReaderKind.VIRTUAL,
        voice="none",
    )
    program = put_together(settings, open_devices(settings), SiteRules(watchdog_s=0.1), panel=PORTRAIT, still=True)
    try:
        yield program
    finally:
        program.stop()


def test_what_the_board_tells_reaches_the_screen_and_a_loop_that_hangs_stops_feeding(
    municipality: Municipality, tmp_path: Path, qtbot: QtBot, board: PtyBoard
) -> None:
    around = board.board.around
    with a_terminal(municipality, tmp_path, board) as program:

        def closed_for(reason: OutOfService) -> bool:
            return reason in program.runner.state.out_of_service

        board.plugged = False
        until(lambda: not board.port.exists(), PATIENCE_S)
        program.window.open(full_screen=False)
        program.start()
        qtbot.waitUntil(lambda: closed_for(OutOfService.SENSORS), timeout=PATIENCE_MS)
        board.plugged = True
        qtbot.waitUntil(lambda: not closed_for(OutOfService.SENSORS), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: around.shown is Lamp.FAULT, timeout=PATIENCE_MS)
        around.open_door()
        qtbot.waitUntil(lambda: closed_for(OutOfService.DOOR), timeout=PATIENCE_MS)
        around.shut_door()
        qtbot.waitUntil(lambda: not closed_for(OutOfService.DOOR), timeout=PATIENCE_MS)

        fed = around.fed
        qtbot.waitUntil(lambda: around.fed > fed + 2, timeout=PATIENCE_MS)
        # From here on this thread, the window's, only waits: the loop hangs, and the board is spoken to all the same.
        heard = board.board.heard
        until(lambda: board.board.heard != heard, PATIENCE_S)
        fed, heard = around.fed, board.board.heard
        for _ in range(3):
            until(lambda last=heard: board.board.heard != last, PATIENCE_S)  # type: ignore[misc]
            heard = board.board.heard
        assert around.fed == fed
        # It serves again.
        qtbot.waitUntil(lambda: around.fed > fed, timeout=PATIENCE_MS)
    until(lambda: around.shown is Lamp.OFF, PATIENCE_S)
    assert board.board.cycles == []


@pytest.mark.usefixtures("qapp")
def test_a_machine_s_end_that_is_under_way_reaches_the_board_though_the_program_ends(
    municipality: Municipality, tmp_path: Path, board: PtyBoard
) -> None:
    """The service manager ends the program as soon as it was asked to switch the machine off."""
    with a_terminal(municipality, tmp_path, board) as program:
        surroundings = program.devices.surroundings
        surroundings.watch(lambda _: None)
        until(lambda: board.board.heard is not None, PATIENCE_S)

        def switched_off() -> None:
            heard = board.board.heard
            surroundings.lamp(Lamp.ATTENTION)
            until(lambda: board.board.heard != heard, PATIENCE_S)
            surroundings.going_down()

        program.lanes.by_device()[Lane.MACHINE](switched_off)
    until(lambda: board.board.around.goes_down, PATIENCE_S)


@pytest.mark.usefixtures("qapp")
def test_a_program_that_ends_leaves_no_slot_open(municipality: Municipality, tmp_path: Path, board: PtyBoard) -> None:
    with a_terminal(municipality, tmp_path, board) as program:
        cash = program.devices.cash
        cash.accept(300, lambda _: None)
        assert cash.status().accepted
    assert not cash.status().accepted
