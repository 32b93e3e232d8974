"""The machine below the terminal: both watchdogs are fed by one step, and it is switched off in order or not at all."""

import os
import socket
from pathlib import Path

import pytest

from hardware.sensors.virtual import VirtualSurroundings
from kiosk.composition.machine import ANSWERS_WITHIN_S, TerminalMachine, notifier, power_off
from kiosk.composition.terminal import STOP_WITHIN_S
from kiosk.errors import KioskError


@pytest.fixture
def manager(tmp_path: Path) -> socket.socket:
    """Where a service manager hears."""
    hears = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    hears.bind(str(tmp_path / "notify"))
    hears.settimeout(20)
    return hears


def nobody(message: bytes) -> None:
    """No service manager."""


def test_one_step_feeds_both_watchdogs(manager: socket.socket, tmp_path: Path) -> None:
    around = VirtualSurroundings()
    notify = notifier({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    machine = TerminalMachine(around, notify, lambda: None)
    machine.feed()
    with manager:
        assert manager.recv(100) == b"WATCHDOG=1"
    assert around.fed == 1
    # A service manager that is gone is no fault of the terminal's.
    machine.feed()
    assert around.fed == 2


def test_a_service_manager_without_a_file_hears_too() -> None:
    name = f"koufu-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hears:
        hears.bind(f"\0{name}")
        hears.settimeout(20)
        notifier({"NOTIFY_SOCKET": f"@{name}"})(b"WATCHDOG=1")
        assert hears.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1234"}])
def test_without_a_service_manager_nothing_is_said(environment: dict[str, str]) -> None:
    notifier(environment)(b"WATCHDOG=1")


def test_the_board_hears_of_the_end_once_it_is_under_way() -> None:
    around = VirtualSurroundings()
    asked: list[bool] = []
    TerminalMachine(around, nobody, lambda: asked.append(around.goes_down)).shut_down()
    assert asked == [False]
    assert around.goes_down


def test_the_board_hears_of_an_end_that_nobody_answers_before_its_line_is_let_go() -> None:
    around = VirtualSurroundings()
    TerminalMachine(around, nobody, lambda: power_off(("sleep", "60"), 0.05)).shut_down()
    assert around.goes_down
    assert ANSWERS_WITHIN_S < STOP_WITHIN_S


@pytest.mark.parametrize("order", [("false",), ("/no/such/command",)])
def test_an_order_that_is_refused_switches_nothing_off(order: tuple[str, ...]) -> None:
    with pytest.raises(KioskError):
        power_off(order)


def test_a_machine_that_stays_up_is_never_cut_off_by_the_board() -> None:
    around = VirtualSurroundings()

    def refuses() -> None:
        raise KioskError("the machine can't be switched off: CalledProcessError")

    with pytest.raises(KioskError):
        TerminalMachine(around, nobody, refuses).shut_down()
    assert not around.goes_down
