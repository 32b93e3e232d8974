"""The machine that the terminal runs on: the watchdogs that restart it, and its end in order. A machine whose sensors
are virtual is somebody's own, and is never switched off."""

import os
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from hardware.sensors.model import Surroundings
from kiosk.actions.machine import Machine
from kiosk.composition.settings import TerminalSettings
from kiosk.errors import KioskError

POWER_OFF = ("systemctl", "poweroff")
ANSWERS_WITHIN_S = 3.0
"""So long the order to switch off is waited for: shorter than a program told to end waits for its lanes, so that the
board hears of it before its line is let go."""

Switch = Callable[[], None]


def machine_of(settings: TerminalSettings, surroundings: Surroundings) -> Machine:
    """The machine that the settings tell of."""
    switch = power_off if settings.sensors.startswith("serial:") else _stays_up
    return TerminalMachine(surroundings, notifier(os.environ), switch)


def _stays_up() -> None:
    """Somebody's own machine."""


class TerminalMachine:
    """Fulfils `Machine`: the sensor board and the service manager are fed by the same step."""

    def __init__(self, surroundings: Surroundings, service: Callable[[bytes], None], switch: Switch) -> None:
        self._surroundings = surroundings
        self._service = service
        self._switch = switch

    def feed(self) -> None:
        """The terminal serves."""
        self._surroundings.feed()
        self._service(b"WATCHDOG=1")

    def shut_down(self) -> None:
        """Switches it off. The board, which will give it its power again, hears of it only once that is under way, or
        may be."""
        self._switch()
        self._surroundings.going_down()


def power_off(order: Sequence[str] = POWER_OFF, within_s: float = ANSWERS_WITHIN_S) -> None:
    """Asks the service manager, which lets the program of the active seat do it. Raises `KioskError` when it refuses.
    One that does not answer may be ending this very program: then the machine counts as going down. A board that was
    not told would leave it off for good; one that was told gives it its power anew at the worst."""
    try:
        subprocess.run(order, check=True, timeout=within_s, capture_output=True)
    except subprocess.TimeoutExpired:
        return
    except (OSError, subprocess.SubprocessError) as error:
        raise KioskError(f"the machine can't be switched off: {type(error).__name__}") from error


def notifier(environment: Mapping[str, str]) -> Callable[[bytes], None]:
    """Tells the service manager something, as sd_notify(3) does; without one, nothing. A message that is not taken is
    not worth a fault: the next one comes soon."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return lambda _: None
    # A name that begins with @ is one without a file.
    name = address.encode() if address.startswith("/") else b"\0" + address[1:].encode()

    def notify(message: bytes) -> None:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as to:
            to.sendto(message, name)

    return notify
