"""The instants at which something is struck: counted where they happen (a file written, a command heard, a side
printed), in the thread where they happen, so that nothing comes in between."""

import ctypes
import os
import select
import struct
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

_CREATE, _MODIFY, _MOVED_TO, _CLOSED = 0x100, 0x2, 0x80, 0x8
_HEAD = struct.Struct("iIII")
_libc = ctypes.CDLL(None, use_errno=True)


class At(Enum):
    """What is counted."""

    TIME = "time"
    """Milliseconds of the visit."""
    JOURNAL = "journal"
    """Steps of an entry of the terminal's journal: written, on disk; of a new file also: begun, in its place."""
    TILL = "till"
    """The same of the cash device's account."""
    BUS = "bus"
    """Commands to the cash device that are more than a question, before it hears them and after."""
    APDU = "apdu"
    """Commands to the card, before its answer and after."""
    SIDE = "side"
    """Steps of the printer: a side is printed, a sheet lies there, it is told, the job is over."""
    WIRE = "wire"
    """Pieces of traffic between terminal and server."""
    DATABASE = "database"
    """Writes to the files of the server's database."""


class Moments:
    """Counts, and strikes once when the count that was armed is reached."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._seen: Counter[At] = Counter()
        self._armed: tuple[At, int, Callable[[], None]] | None = None

    def begin(self) -> None:
        """All counts are 0, and nothing is armed."""
        with self._guard:
            self._seen.clear()
            self._armed = None

    def arm(self, at: At, number: int, strike: Callable[[], None]) -> None:
        """`strike` is called at that count from now on."""
        with self._guard:
            self._armed = (at, self._seen[at] + number, strike)

    def disarm(self) -> None:
        """Nothing is struck any more."""
        with self._guard:
            self._armed = None

    def tick(self, at: At) -> None:
        """It happened once more."""
        with self._guard:
            self._seen[at] += 1
            strike = None
            if self._armed is not None and self._armed[0] is at and self._armed[1] <= self._seen[at]:
                strike, self._armed = self._armed[2], None
        if strike is not None:
            strike()

    def seen(self) -> dict[str, int]:
        """How often each happened."""
        with self._guard:
            return {at.value: count for at, count in self._seen.items()}


class FileMoments:
    """Ticks for what happens to the files of folders, by the beginnings of their names. A context manager."""

    def __init__(self, tick: Callable[[At], None]) -> None:
        self._tick = tick
        self._told: int = _libc.inotify_init1(os.O_CLOEXEC)
        self._wake, self._waker = os.pipe()
        self._names: dict[int, dict[str, At]] = {}
        self._thread = threading.Thread(target=self._run, name="file-moments", daemon=True)
        self._thread.start()

    def watch(self, folder: Path, names: dict[str, At]) -> None:
        """From now on, also after another file system was put there."""
        wanted = _CREATE | _MODIFY | _MOVED_TO | _CLOSED
        watch = int(_libc.inotify_add_watch(self._told, os.fsencode(folder), wanted))
        if watch < 0:
            raise OSError(ctypes.get_errno(), f"{folder} can't be watched")
        self._names[watch] = names

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self._told, self._wake], [], [])
            if self._wake in ready:
                return
            told = os.read(self._told, 65536)
            at = 0
            while at < len(told):
                watch, _, _, length = _HEAD.unpack_from(told, at)
                name = told[at + _HEAD.size : at + _HEAD.size + length].rstrip(b"\0").decode()
                at += _HEAD.size + length
                for beginning, what in self._names.get(watch, {}).items():
                    if name.startswith(beginning):
                        self._tick(what)

    def __enter__(self) -> "FileMoments":
        return self

    def __exit__(self, *_: object) -> None:
        os.write(self._waker, b"x")
        self._thread.join(5)
        for descriptor in (self._told, self._wake, self._waker):
            with suppress(OSError):
                os.close(descriptor)
