"""The sensor board without a board: what docs/sensor-board.md has a microcontroller do, over a steerable terminal
(`VirtualSurroundings`) in the place of switches and lamp. Bytes in, bytes out; starts no threads."""

from collections.abc import Callable
from enum import Enum

from hardware.ports import Clock
from hardware.sensors.board.codec import NUMBERS, Lines, board_line, read_kiosk
from hardware.sensors.board.words import FromBoard, Seen, Wanted
from hardware.sensors.model import Lamp, Power
from hardware.sensors.virtual import VirtualSurroundings

EVERY_S = 1.0
DEAF_AFTER_S = 10.0
"""A kiosk that was not heard for so long shows the lamp of a fault."""

ON_AGAIN_AFTER_S = 60.0
"""A machine that was switched off in order is switched on again no sooner, and only on mains."""


class Cause(Enum):
    """Why the board cut the machine's power and gave it again."""

    WATCHDOG = "watchdog"
    """It was not fed."""
    ON_AGAIN = "on-again"
    """The machine had been switched off in order."""


class VirtualBoard:
    """One board from when its power came on. `cycles` are the times it cut the machine's power and gave it again, which
    `cycle` does."""

    def __init__(self, around: VirtualSurroundings, clock: Clock, cycle: Callable[[], None] = lambda: None) -> None:
        self._around = around
        self._clock = clock
        self._cycle = cycle
        self._lines = Lines()
        self._number = 0
        self._heard: int | None = None
        self._heard_at = clock.monotonic()
        self._wanted: Wanted | None = None
        self._fed_at: float | None = None
        self._down_at: float | None = None
        self._say_at = 0.0
        self._said: Seen | None = None
        self.cycles: list[Cause] = []

    @property
    def around(self) -> VirtualSurroundings:
        """The terminal that it is wired to."""
        return self._around

    @property
    def heard(self) -> int | None:
        """The number of the kiosk's last line that counted."""
        return self._heard

    def take(self, data: bytes) -> bytes:
        """What the kiosk sent; the board's answer, one line to each line that was understood."""
        answer = b""
        for line in self._lines.take(data):
            told = read_kiosk(line)
            if told is not None and not self._around.silent:
                self._heard, self._heard_at = told.number, self._clock.monotonic()
                self._obey(told.wanted)
                answer += self._say()
        return answer

    def tick(self) -> bytes:
        """Time passed: a line where one is due, and the watchdog."""
        now = self._clock.monotonic()
        self._watch(now)
        if now - self._heard_at > DEAF_AFTER_S:
            self._around.lamp(Lamp.FAULT)
        due = now >= self._say_at or self._look() != self._said
        return self._say() if due and not self._around.silent else b""

    def _look(self) -> Seen:
        around = self._around
        return Seen(around.occupied(), around.present, around.door_open, around.power)

    def _say(self) -> bytes:
        self._said, self._say_at = self._look(), self._clock.monotonic() + EVERY_S
        self._number = (self._number + 1) % NUMBERS
        return board_line(FromBoard(self._number, self._heard, self._said))

    def _obey(self, wanted: Wanted) -> None:
        now, before = self._clock.monotonic(), self._wanted
        self._wanted = wanted
        self._around.lamp(wanted.lamp)
        # Of a program that unarmed it no count is left: the next program's is another without its having served.
        if before is not None and before.watchdog_s and wanted.fed != before.fed:
            # Armed by this alone: a machine that never comes to serve is restarted once and then left alone.
            self._fed_at = now
            self._around.feed()
        if not wanted.watchdog_s:
            self._fed_at = None
        if wanted.down and (before is None or not before.down):
            self._down_at = now
            self._around.going_down()

    def _watch(self, now: float) -> None:
        seconds = self._wanted.watchdog_s if self._wanted is not None else 0
        if seconds and self._fed_at is not None and now - self._fed_at > seconds:
            self._fed_at = None
            self._wanted = None
            self._restart(Cause.WATCHDOG)
        on_mains = self._around.power is Power.MAINS
        if self._down_at is not None and now - self._down_at > ON_AGAIN_AFTER_S and on_mains:
            self._down_at = None
            self._wanted = None
            self._restart(Cause.ON_AGAIN)

    def _restart(self, cause: Cause) -> None:
        self.cycles.append(cause)
        self._cycle()
