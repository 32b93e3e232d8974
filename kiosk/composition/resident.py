"""A scripted resident: watches the screen, touches the real buttons, puts in card and money, takes what comes out.
Knows nothing that a person in front of the terminal would not."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from kiosk.screens.window import KioskWindow


@dataclass(frozen=True, slots=True)
class Look:
    """What the resident waits for (`when` sees the scene), how the picture is called, and what they do then."""

    name: str
    when: Callable[[Scene], bool]
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Took:
    """How long a step took until its screen was there."""

    name: str
    ms: int


class ScriptedResident:
    """Does the steps in order. `done` is called at the end with True, or with False when what a step waits for did not
    come within `patience_s`."""

    def __init__(
        self,
        window: KioskWindow,
        steps: tuple[Look, ...],
        pictures: Path,
        done: Callable[[bool], None],
        patience_s: float,
    ) -> None:
        self._window = window
        self._waiting = list(steps)
        self._pictures = pictures
        self._done = done
        self._scene: Scene | None = None
        self._since = time.monotonic()
        self._busy = False
        self.took: list[Took] = []
        self._patience = QTimer()
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(lambda: done(False))
        self._patience.setInterval(round(patience_s * 1000))
        self._patience.start()

    @property
    def stands_before(self) -> str:
        """What the resident waits for, and what is on the screen instead."""
        wanted = self._waiting[0].name if self._waiting else "nothing"
        return f"{wanted}, but the screen shows {type(self._scene).__name__}"

    def sees(self, terminal: Terminal) -> None:
        """The screen changed. What is to be done is done when it has been drawn."""
        self._scene = terminal.scene
        if not self._busy:
            self._busy = True
            QTimer.singleShot(0, self._act)

    def _act(self) -> None:
        self._busy = False
        if not self._waiting or self._scene is None or not self._waiting[0].when(self._scene):
            return
        step = self._waiting.pop(0)
        now = time.monotonic()
        self.took.append(Took(step.name, round((now - self._since) * 1000)))
        self._since = now
        self._patience.start()
        self._window.picture(self._pictures / f"{len(self.took):02d}-{step.name}.png")
        step.do()
        if not self._waiting:
            self._patience.stop()
            self._done(True)
