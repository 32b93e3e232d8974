"""How long screens take to answer: from a touch that reaches the window to the frame that shows the screen it brought,
as time on the wall and as processor time of the window's thread."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject
from PySide6.QtQuick import QQuickView

from kiosk.screens.window import Bridge

UNSEEN_S = 1.0
"""After so long without a frame a change is taken for one that draws nothing: the words that are read out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One change of the screen, in milliseconds. `touched`: it began with a touch; else when the terminal's state
    changed by itself. `from_screen` and `to_screen` are scenes."""

    touched: bool
    from_screen: str
    to_screen: str
    wall_ms: float
    cpu_ms: float


@dataclass(slots=True)
class _Begun:
    touched: bool
    wall: float
    cpu: float


@dataclass(slots=True)
class _State:
    begun: _Begun | None = None
    before: str = ""
    changed: bool = False
    changed_at: float = 0.0
    answers: list[Answer] = field(default_factory=list)


class Answers(QObject):
    """Watches one window. `scene` names what the terminal shows now."""

    def __init__(self, view: QQuickView, scene: Callable[[], str]) -> None:
        super().__init__(view)
        self._scene = scene
        self._state = _State(before=scene())
        view.installEventFilter(self)
        bridge = view.findChild(Bridge)
        assert bridge is not None
        bridge.screenChanged.connect(self._changed)
        view.frameSwapped.connect(self._painted)

    @property
    def waiting(self) -> bool:
        """Whether a screen has come that is not painted yet. A change that nobody can see is painted by no frame."""
        state = self._state
        if state.changed and time.monotonic() - state.changed_at > UNSEEN_S:
            state.changed, state.begun = False, None
        return state.changed

    def taken(self) -> list[Answer]:
        """All since it was asked last."""
        answers, self._state.answers = self._state.answers, []
        return answers

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - called by Qt
        """A touch begins when it reaches the window."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress):
            self._state.begun = _now(touched=True)
        return False

    def _changed(self) -> None:
        if not self._state.changed:
            self._state.changed, self._state.changed_at = True, time.monotonic()
            if self._state.begun is None:
                self._state.begun = _now(touched=False)

    def _painted(self) -> None:
        state, begun = self._state, self._state.begun
        if not state.changed or begun is None:
            return
        end, scene = _now(touched=False), self._scene()
        wall, cpu = (end.wall - begun.wall) * 1000, (end.cpu - begun.cpu) * 1000
        state.answers.append(Answer(begun.touched, state.before, scene, wall, cpu))
        state.before, state.changed, state.begun = scene, False, None


def _now(*, touched: bool) -> _Begun:
    return _Begun(touched, time.monotonic(), time.thread_time())
