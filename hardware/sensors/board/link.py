"""The kiosk's end of the line: opens the port again and again, tells the board each second what is wanted of it, and
believes a line of the board for as long as the kiosk's line that it answers is fresh. So a board that does not hear,
one that does not speak, a line cut in one direction and old lines out of some buffer are all the same: silence."""

from collections.abc import Callable

from hardware.ports import Clock, PortDown
from hardware.sensors.board.codec import NUMBERS, Lines, kiosk_line, read_board
from hardware.sensors.board.port import MOST, Port
from hardware.sensors.board.words import FromKiosk, Seen, Wanted

EVERY_S = 1.0
"""A line goes to the board at least so often."""

SILENT_AFTER_S = 3.0
"""What the board saw counts for so long."""

OPEN_AGAIN_S = 1.0
READ_WITHIN_S = 0.1
GATHER_S = 0.02
"""A pause in each turn: the rest of a line comes in, and a line that never rests can't keep a core busy."""

REMEMBERED = 8
"""So many of its own lines the kiosk knows the time of: more than fit into `SILENT_AFTER_S`, but for a fast change."""


class Link:
    """All methods on one thread, the client's own."""

    def __init__(self, open_port: Callable[[], Port], clock: Clock, number: int) -> None:
        self._open_port = open_port
        self._clock = clock
        self._number = number
        self._port: Port | None = None
        self._open_at = self._clock.monotonic()
        self._lines = Lines()
        self._said: Wanted | None = None
        self._say_at = 0.0
        self._sent: dict[int, float] = {}
        self._fresh = 0.0
        self._seen: Seen | None = None

    def turn(self, wanted: Wanted) -> Seen | None:
        """Sends and reads once. What the board sees now; None while nobody knows."""
        try:
            self._send(wanted)
            self._read()
        except PortDown:
            self._close()
        if self._seen is not None and self._clock.monotonic() - self._fresh > SILENT_AFTER_S:
            self._seen = None
        return self._seen

    def end(self, wanted: Wanted) -> None:
        """Says a last thing where the line is open, and lets it go."""
        try:
            if self._port is not None:
                self._port.write(self._next_line(wanted, self._clock.monotonic()))
        except PortDown:
            pass
        self._close()

    def _send(self, wanted: Wanted) -> None:
        now = self._clock.monotonic()
        if self._port is None and now >= self._open_at:
            self._open_at = now + OPEN_AGAIN_S
            self._port = self._open_port()
            self._said = None
        if self._port is not None and (wanted != self._said or now >= self._say_at):
            self._port.write(self._next_line(wanted, now))
            self._said, self._say_at = wanted, now + EVERY_S

    def _next_line(self, wanted: Wanted, now: float) -> bytes:
        self._number = (self._number + 1) % NUMBERS
        self._sent[self._number] = now
        while len(self._sent) > REMEMBERED:
            del self._sent[next(iter(self._sent))]
        return kiosk_line(FromKiosk(self._number, wanted))

    def _read(self) -> None:
        if self._port is None:
            self._clock.wait(READ_WITHIN_S)
            return
        data = self._port.read_some(MOST, READ_WITHIN_S)
        for line in self._lines.take(data):
            told = read_board(line)
            sent = None if told is None or told.heard is None else self._sent.get(told.heard)
            if told is not None and sent is not None and sent >= self._fresh:
                self._fresh, self._seen = sent, told.seen
        if data:
            self._clock.wait(GATHER_S)

    def _close(self) -> None:
        """What was sent before is answered no more: a board that comes back tells anew."""
        port, self._port = self._port, None
        if port is not None:
            port.close()
        self._lines.forget()
        self._sent.clear()
