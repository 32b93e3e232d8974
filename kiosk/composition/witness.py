"""Watches a terminal from outside: a picture of each new screen in order, and how long it took to come."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from kiosk.screens.window import KioskWindow


@dataclass(frozen=True, slots=True)
class Took:
    """A step and the milliseconds until its screen was there."""

    name: str
    ms: int


class Witness:
    """Takes the pictures; `took` lists what was seen."""

    def __init__(self, window: KioskWindow, pictures: Path) -> None:
        self._window = window
        self._pictures = pictures
        self._since = time.monotonic()
        self.took: list[Took] = []

    def saw(self, name: str) -> None:
        """The screen of this step is up: it is photographed now."""
        now = time.monotonic()
        self.took.append(Took(name, round((now - self._since) * 1000)))
        self._since = now
        self._window.picture(self._pictures / f"{len(self.took):02d}-{name}.png")


class EveryScene:
    """Shows a witness every scene that comes, whoever brings it about."""

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._kind: type[Scene] | None = None

    def sees(self, terminal: Terminal) -> None:
        """The screen changed; it is photographed once it has been drawn."""
        kind = type(terminal.scene)
        if kind is not self._kind:
            self._kind = kind
            name = re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
            QTimer.singleShot(0, lambda: self._witness.saw(name))
