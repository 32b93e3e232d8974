"""Where the terminal's work runs: steps on the window's thread, each device on a lane of its own, timers with Qt.
Nothing but this module starts a thread in the kiosk."""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimerEvent, Signal

from kiosk.actions.jobs import Lane
from kiosk.runner.runner import Run

E = TypeVar("E")


class WindowQueue(QObject, Generic[E]):
    """The runner's queue: anybody puts from any thread, the window's thread handles."""

    _arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: queue.SimpleQueue[E | None] = queue.SimpleQueue()
        self._handle: Callable[[E], None] | None = None
        self._arrived.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def handled_by(self, handle: Callable[[E], None]) -> None:
        """Names who handles events, on the window's thread."""
        self._handle = handle

    def put(self, event: E | None) -> None:
        """Adds an event."""
        self._waiting.put(event)
        self._arrived.emit()

    def get(self) -> E | None:
        """The next event; waits until there is one."""
        return self._waiting.get()

    def _drain(self) -> None:
        while self._handle is not None and not self._waiting.empty():
            event = self._waiting.get()
            if event is not None:
                self._handle(event)


class WindowScheduler(QObject):
    """Timers on the window's thread. One that fired or was forgotten leaves nothing: a QTimer for each would stay for
    ever, held by its own connection."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, Run] = {}

    @property
    def waiting(self) -> int:
        """How many timers run."""
        return len(self._waiting)

    def after(self, seconds: float, run: Run) -> Callable[[], None]:
        """Calls `run` once after so many seconds; returns what forgets it."""
        number = self.startTimer(round(seconds * 1000), Qt.TimerType.PreciseTimer)
        self._waiting[number] = run

        def forget() -> None:
            # Qt gives the number of a timer that is gone to another one.
            if self._waiting.get(number) is run:
                self._take(number)

        return forget

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802 - called by Qt
        """A timer fired."""
        run = self._take(event.timerId())
        if run is not None:
            run()

    def _take(self, number: int) -> Run | None:
        run = self._waiting.pop(number, None)
        if run is not None:
            self.killTimer(number)
        return run


class Lanes:
    """One thread a device. Jobs of a lane run one after the other; a lane that hangs holds up only its device."""

    def __init__(self) -> None:
        self._queues: dict[Lane, queue.SimpleQueue[Run | None]] = {lane: queue.SimpleQueue() for lane in Lane}
        self._threads = [
            threading.Thread(target=_work, args=(jobs,), name=f"lane-{lane.value}", daemon=True)
            for lane, jobs in self._queues.items()
        ]
        for thread in self._threads:
            thread.start()

    def by_device(self) -> Mapping[Lane, Callable[[Run], None]]:
        """What the runner hands jobs to."""
        return {lane: jobs.put for lane, jobs in self._queues.items()}

    def stop(self, within_s: float) -> None:
        """Lets the lanes finish what they do, at most so long in all."""
        for jobs in self._queues.values():
            jobs.put(None)
        until = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))


def _work(jobs: "queue.SimpleQueue[Run | None]") -> None:
    while (job := jobs.get()) is not None:
        job()
