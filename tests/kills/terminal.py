"""The kiosk's program as `koufu-kiosk run` puts it together, every device at the end of a real wire, without a display.
A line to the test lets a person outside see its screens and touch its keys: `python -m tests.kills.terminal SETTINGS
SOCKET`."""

import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer

from kiosk.composition.devices import open_devices
from kiosk.composition.settings import load_settings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.errors import KioskError
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.fingers import NoSuchControl

RULES = SiteRules(
    attention_s=1,
    staff_s=2,
    abandon_s=4,
    heartbeat_s=2,
    retry_s=0.3,
    sheet_guard_s=10,
    settle_guard_s=20,
    idle_s=20,
    idle_warning_s=5,
    pay_idle_s=20,
    notice_s=20,
)
"""A site's where nobody waits for long. What bounds calls, cards and money is as everywhere."""
HEED_SIGNALS_MS = 100
_DEEPEST = 3


class Glass:
    """What a person outside sees and touches: a line of JSON for each screen, and for each key that was not there."""

    def __init__(self, program: TerminalProgram, line: socket.socket) -> None:
        self._program = program
        self._line = line
        self._heard = b""
        self._wanted: list[str] = []
        self._touching = False
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        program.runner.observe(self._shown)

    def _shown(self, state: Terminal) -> None:
        told = {"scene": type(state.scene).__name__, "overlay": type(state.overlay).__name__, **_plain(state.scene, 0)}
        visit = state.visit
        self._say({**told, "lines": len(visit.basket) if visit is not None else 0})

    def _say(self, told: Mapping[str, object]) -> None:
        self._line.sendall(json.dumps(told).encode() + b"\n")

    def _read(self) -> None:
        heard = self._line.recv(65536)
        if not heard:
            # Whoever looked is gone.
            self._notifier.setEnabled(False)
            return
        *lines, self._heard = (self._heard + heard).split(b"\n")
        self._wanted += [line.decode() for line in lines]
        if not self._touching:
            self._touching = True
            try:
                while self._wanted:
                    self._touch(self._wanted.pop(0))
            finally:
                self._touching = False

    def _touch(self, name: str) -> None:
        self._program.window.settle()
        try:
            self._program.window.touch(name)
        except NoSuchControl:
            self._say({"missed": name, "there": self._program.window.controls()})


def _plain(value: object, depth: int) -> dict[str, object]:
    if not is_dataclass(value):
        return {}
    return {each.name: _word(getattr(value, each.name), depth) for each in fields(value) if each.name != "facts"}


def _word(value: object, depth: int) -> object:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (tuple, list, frozenset)):
        return sorted(str(_word(each, depth + 1)) for each in value)
    return _plain(value, depth + 1) if depth < _DEEPEST else type(value).__name__


def main(settings_file: Path, glass: Path) -> int:
    """Until it is told to stop, or killed."""
    settings = load_settings(settings_file)
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    program = put_together(settings, open_devices(settings), RULES, still=True)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    heed = QTimer()
    heed.timeout.connect(lambda: None)
    heed.start(HEED_SIGNALS_MS)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(os.fspath(glass))
        seen = Glass(program, line)
        try:
            program.window.open(full_screen=False)
            program.start()
            return application.exec()
        finally:
            program.stop()
            del seen


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
    except KioskError as error:
        sys.exit(f"koufu-kiosk: {error}")
