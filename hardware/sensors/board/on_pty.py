"""A virtual sensor board on a pseudo-terminal: the kiosk opens it by name like a board on USB, and it can be pulled
out, plugged in again, made deaf or mute, and made to say anything at all."""

import os
import select
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hardware.ports import Spawn
from hardware.sensors.board.virtual import VirtualBoard

LOOK_EVERY_S = 0.05
MOST = 4096


def _unchanged(data: bytes) -> bytes:
    return data


class PtyBoard:
    """`port` is a name that stays; behind it is a new terminal each time the board is plugged in. `plugged` says
    whether its cable is to be in. `spoils` changes the bytes on their way to the kiosk."""

    def __init__(self, board: VirtualBoard, port: Path, spawn: Spawn) -> None:
        self.board = board
        self.port = port
        self.plugged = True
        self.deaf = False
        self.mute = False
        self.spoils: Callable[[bytes], bytes] = _unchanged
        self._queued: list[bytes] = []
        self._ends: tuple[int, int] | None = None
        self._stopping = False
        self._plug()
        self._ended = spawn("virtual-sensor-board", self._run)

    def say(self, data: bytes) -> None:
        """Sends these bytes to the kiosk, whatever they are."""
        self._queued.append(data)

    def stop(self) -> None:
        """The board's power goes."""
        self._stopping = True
        self._ended(2.0)

    def _run(self) -> None:
        while not self._stopping:
            if self.plugged and self._ends is None:
                self._plug()
            elif not self.plugged:
                self._pull()
            self._turn()
        self._pull()

    def _plug(self) -> None:
        board, kiosk = os.openpty()
        tty.setraw(kiosk)
        os.set_blocking(board, False)
        link = self.port.with_name(f".{self.port.name}.new")
        link.symlink_to(os.ttyname(kiosk))
        link.replace(self.port)
        # The kiosk's end stays open here too: else the board would lose the line whenever the kiosk lets it go.
        self._ends = (board, kiosk)

    def _turn(self) -> None:
        end = None if self._ends is None else self._ends[0]
        ready, _, _ = select.select([] if end is None else [end], [], [], LOOK_EVERY_S)
        told = os.read(end, MOST) if ready and end is not None else b""
        said = (self.board.take(told) if told and not self.deaf else b"") + self.board.tick()
        queued, self._queued = self._queued, []
        if end is not None:
            # A kiosk that does not read loses what it does not read, as on a real line.
            with suppress(OSError):
                os.write(end, self.spoils(b"".join((*queued, b"" if self.mute else said))))

    def _pull(self) -> None:
        ends, self._ends = self._ends, None
        if ends is not None:
            self.port.unlink(missing_ok=True)
            for end in ends:
                os.close(end)
