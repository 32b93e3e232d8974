"""A scripted resident: watches the screen, touches the real buttons, puts in card and money, takes what comes out.
Knows nothing that a person in front of the terminal would not."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer

from kiosk.composition.witness import Witness
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal


@dataclass(frozen=True, slots=True)
class Act:
    """What the resident waits for (`when` sees the scene), how the picture is called, and what they do then."""

    name: str
    when: Callable[[Scene], bool]
    do: Callable[[], None]


class ScriptedResident:
    """Does the steps in order once it has begun."""

    def __init__(self, witness: Witness, steps: tuple[Act, ...], patience_s: float) -> None:
        self._witness = witness
        self._waiting = list(steps)
        self._done: Callable[[bool], None] | None = None
        self._scene: Scene | None = None
        self._busy = False
        self._patience = QTimer()
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(lambda: self._end(False))
        self._patience.setInterval(round(patience_s * 1000))

    def begin(self, done: Callable[[bool], None]) -> None:
        """From now on. `done` is called at the end with True, or with False when what a step waits for did not come
        within the resident's patience."""
        self._done = done
        self._patience.start()

    def _end(self, everything: bool) -> None:
        self._patience.stop()
        if self._done is not None:
            self._done(everything)

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
        # Asked before the step is done: a touch can bring the next screen while it is still being done.
        last = not self._waiting
        self._patience.start()
        self._witness.saw(step.name)
        step.do()
        if last:
            self._end(True)
