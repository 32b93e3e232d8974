"""Watches windows from outside: a picture of each new screen in order, and how long it took to come."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from kiosk.screens import png


@dataclass(frozen=True, slots=True)
class Took:
    """A step and the milliseconds until its screen was there."""

    name: str
    ms: int


class Pictured(Protocol):
    """What can be photographed."""

    def settle(self) -> None:
        """Lets it finish what it put off."""
        ...

    def image(self) -> QImage:
        """What it shows now."""
        ...


@dataclass(frozen=True, slots=True)
class Whichever:
    """The window `of` whichever program runs then."""

    of: Callable[[], Pictured]

    def settle(self) -> None:
        """Lets it finish what it put off."""
        self.of().settle()

    def image(self) -> QImage:
        """What it shows now."""
        return self.of().image()


class Witness:
    """Takes the pictures; `took` lists what was seen. Of several windows each has its name on its pictures, and one
    that shows what it showed before is passed over."""

    def __init__(self, windows: Mapping[str, Pictured], pictures: Path) -> None:
        self._windows = windows
        self._pictures = pictures
        self._since = time.monotonic()
        self._before: dict[str, QImage] = {}
        self.took: list[Took] = []

    @classmethod
    def of(cls, window: Pictured, pictures: Path) -> "Witness":
        """A witness of one window."""
        return cls({"": window}, pictures)

    def saw(self, name: str, *, pictured: bool = True) -> None:
        """The screens of this step are up: they are photographed now, where they are to be. Raises `OSError`."""
        now = time.monotonic()
        self.took.append(Took(name, round((now - self._since) * 1000)))
        self._since = now
        for called, window in self._windows.items():
            window.settle()
            if not pictured:
                continue
            shown = window.image()
            if called and shown == self._before.get(called):
                continue
            self._before[called] = shown
            png.save(shown, self._pictures / f"{len(self.took):02d}-{name}{called and f'-{called}'}.png")


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
