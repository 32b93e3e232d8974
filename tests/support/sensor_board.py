"""A sensor board for tests: over a wire that lies in memory on a clock that only the test moves, or on a
pseudo-terminal with the kiosk's own client at the other end."""

import os
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hardware.composition import SystemClock, spawn_thread
from hardware.ports import Clock, PortDown
from hardware.sensors.board.client import SensorBoard
from hardware.sensors.board.on_pty import PtyBoard
from hardware.sensors.board.port import open_port
from hardware.sensors.board.virtual import VirtualBoard
from hardware.sensors.model import SensorEvent
from hardware.sensors.virtual import VirtualSurroundings

PATIENCE_S = 20.0


class MovedClock:
    """Stands still until somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Wire:
    """Fulfils `Port`, and is the cable between kiosk and board: it can be cut in either direction or pulled out, and
    carries whatever is put on it."""

    board: VirtualBoard
    clock: Clock
    to_board: bool = True
    to_kiosk: bool = True
    plugged: bool = True
    spoils: Callable[[bytes], bytes] = lambda data: data
    waiting: bytes = b""
    sent: list[bytes] = field(default_factory=list)
    """Each of the kiosk's lines."""
    opened: int = 0

    def open(self) -> "Wire":
        self._must_be_plugged()
        self.opened += 1
        self.waiting = b""
        return self

    def read_some(self, most: int, within_s: float) -> bytes:
        self._must_be_plugged()
        self.clock.wait(within_s)
        said = self.board.tick()
        data = self.waiting + (self.spoils(said) if self.to_kiosk else b"")
        # What is not read in time is lost, as in a buffer that is full.
        self.waiting = b""
        return data[:most]

    def write(self, octets: bytes) -> None:
        self._must_be_plugged()
        self.sent.append(octets)
        if self.to_board:
            answer = self.board.take(octets)
            self.waiting += self.spoils(answer) if self.to_kiosk else b""

    def close(self) -> None:
        """Nothing to let go."""

    def _must_be_plugged(self) -> None:
        if not self.plugged:
            raise PortDown("no cable")


@dataclass
class Heard:
    """What a kiosk heard of its surroundings, from whichever thread."""

    events: list[SensorEvent] = field(default_factory=list)
    _new: "queue.SimpleQueue[SensorEvent]" = field(default_factory=queue.SimpleQueue)

    def tell(self, event: SensorEvent) -> None:
        self._new.put(event)

    def until(self, last: SensorEvent) -> list[SensorEvent]:
        """All that came until this came. Raises `queue.Empty` when it never does."""
        came: list[SensorEvent] = []
        while not came or came[-1] != last:
            came.append(self._new.get(timeout=PATIENCE_S))
        self.events += came
        return came

    def rest(self) -> list[SensorEvent]:
        """What came since, without waiting."""
        came = []
        while not self._new.empty():
            came.append(self._new.get())
        return came


@dataclass
class OnPty:
    """A board on a pseudo-terminal and the client that the kiosk has of it."""

    around: VirtualSurroundings
    cable: PtyBoard
    device: SensorBoard

    @property
    def board(self) -> VirtualBoard:
        return self.cable.board


@contextmanager
def on_pty(folder: Path) -> Iterator[OnPty]:
    """The board on a name in that folder, and a client of it that nobody watches yet."""
    clock, around = SystemClock(), VirtualSurroundings()
    cable = PtyBoard(VirtualBoard(around, clock), folder / "board", spawn_thread)
    device = SensorBoard(lambda: open_port(str(cable.port)), clock, spawn_thread, os.urandom)
    try:
        yield OnPty(around, cable, device)
    finally:
        device.stop()
        cable.stop()
