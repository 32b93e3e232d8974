"""A journal's log that a power cut does not touch, in memory."""

import errno
from dataclasses import dataclass, field

from kiosk.actions.journal import LONGEST_CHANGE
from kiosk.actions.log import OVERHEAD
from kiosk.actions.room import ROOM_OF_A_VISIT

A_VISITS_ROOM = ROOM_OF_A_VISIT + LONGEST_CHANGE + 20_000
"""So small that it begins anew now and then."""


def a_moment() -> str:
    return "2026-06-10T10:00:00+09:00"


@dataclass
class SimLog:
    """`broken`: it takes nothing; `disk_full`: it takes what it has room for, and has no more; `failing`: numbers of
    writes that it does not take; `failed`: how many it did not take; `all_saved`: everything that ever stood in it."""

    entries: list[bytes] = field(default_factory=list)
    broken: bool = False
    disk_full: bool = False
    writes: int = 0
    failing: set[int] = field(default_factory=set)
    failed: int = 0
    lost: bool = False
    """What was to be written last is not."""
    began: int = 0
    all_saved: list[bytes] = field(default_factory=list)
    _room: int = 0

    def read(self) -> tuple[bytes, ...]:
        return tuple(self.entries)

    def room(self) -> int:
        return self._room

    def append(self, entry: bytes) -> None:
        taken = len(entry) + OVERHEAD
        self._write(entry, fits=taken <= self._room)
        self.entries.append(entry)
        self._room -= taken

    def begin_anew(self, checkpoint: bytes) -> None:
        self._write(checkpoint, fits=not self.disk_full)
        self.entries = [checkpoint]
        self.began += 1
        self._room = A_VISITS_ROOM

    def _write(self, entry: bytes, *, fits: bool) -> None:
        self.writes += 1
        if self.broken or not fits or self.writes in self.failing:
            self.failed += 1
            self.lost = True
            raise OSError(errno.ENOSPC if not fits else errno.EIO, "it is not written")
        self.lost = False
        self.all_saved.append(entry)
