"""A small `Store` on disk that has its room from the first: two slots in one file, written by turns, so that a full
disk takes nothing from it and a cut leaves the one before."""

import errno
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kiosk.actions import on_disk
from kiosk.errors import ConfigurationError

SLOT = 1 << 16
"""Bytes of a slot: many times the fullest account of a cash device."""
_HEAD = re.compile(rb"koufu-slot/1 ([0-9]{12}) ([0-9]{8}) ([0-9a-f]{64})\n")
_HEAD_BYTES = len(b"koufu-slot/1 ") + 12 + 1 + 8 + 1 + 64 + 1


@dataclass(frozen=True, slots=True)
class _Slot:
    """`turn` counts the writes."""

    turn: int
    saved: bytes


class TwoSlots:
    """The file's folder must exist; the file is made, at its full length, when it is first written. `what` it holds is
    told where it can't be read."""

    def __init__(self, path: Path, what: str) -> None:
        self._path = path
        self._what = what
        self._turn: int | None = None
        """Of the write that counts; None while it is not known to be on disk."""

    def read(self) -> bytes | None:
        """What was written last. Raises `ConfigurationError` when the file can't be read or is none of this kind."""
        newest = self._newest()
        return None if newest is None else newest.saved

    def _newest(self) -> _Slot | None:
        try:
            content = self._path.read_bytes() if self._path.stat().st_size == 2 * SLOT else b""
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ConfigurationError(f"{self._what} ({self._path}) can't be read: {error.strerror}") from error
        slots = [slot for at in (0, SLOT) if (slot := _slot(content, at)) is not None]
        if not slots:
            raise ConfigurationError(
                f"{self._what} ({self._path}) can't be read: it is none, or both of its slots were changed. "
                "Look by hand at what it stands for, then move it away"
            )
        return max(slots, key=lambda slot: slot.turn)

    def write(self, saved: bytes) -> None:
        """Over the older slot, in its place; not over a file that is none of this kind."""
        if len(saved) > SLOT - _HEAD_BYTES:
            raise OSError(errno.ENOSPC, "it is longer than a slot")
        if self._turn is None:
            self._settle()
        if self._turn is None:
            self._make(saved)
            return
        turn = self._turn + 1
        on_disk.overwrite(self._path, _bytes(turn, saved), _place(turn))
        self._turn = turn

    def _settle(self) -> None:
        """What a program before this one wrote may be in memory only, and so may the file's name. It is on disk before
        the other slot is touched, or one cut would take both."""
        try:
            newest = self._newest()
        except ConfigurationError as error:
            raise OSError(errno.EIO, str(error)) from error
        if newest is None:
            return
        on_disk.overwrite(self._path, _bytes(newest.turn, newest.saved), _place(newest.turn))
        on_disk.names_of(self._path.parent)
        self._turn = newest.turn

    def _make(self, saved: bytes) -> None:
        fresh = self._path.with_name(self._path.name + ".new")
        on_disk.make(fresh, _bytes(0, saved).ljust(2 * SLOT, b"\0"))
        fresh.replace(self._path)
        on_disk.names_of(self._path.parent)
        self._turn = 0


def _place(turn: int) -> int:
    return SLOT * (turn % 2)


def _bytes(turn: int, saved: bytes) -> bytes:
    return b"koufu-slot/1 %012d %08d %s\n%s" % (turn, len(saved), _hash(turn, saved).encode(), saved)


def _slot(content: bytes, at: int) -> _Slot | None:
    head = _HEAD.match(content, at)
    if head is None:
        return None
    turn, length = int(head[1]), int(head[2])
    saved = content[head.end() : head.end() + length]
    whole = len(saved) == length and head[3].decode() == _hash(turn, saved)
    return _Slot(turn, saved) if whole else None


def _hash(turn: int, saved: bytes) -> str:
    return sha256(b"%012d " % turn + saved).hexdigest()
