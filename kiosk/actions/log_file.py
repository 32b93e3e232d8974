"""The `Log` on disk, readable by the kiosk only. Its files lie side by side, each named by the number of its first
entry; all but the newest are history. A file is made at its full length before it counts, so that an entry is written
over zeros and asks the disk for nothing."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.actions import log_chain
from kiosk.actions.log_chain import BrokenChain, Chain, Entry
from kiosk.errors import ConfigurationError

ROOM = 1 << 20
"""Bytes of entries that a file has room for beyond the one it begins with."""
KEPT = 64 << 20
"""Bytes of files kept, the newest among them: some months of a busy terminal."""
_DIGITS = 12
_TRIES = 3
"""A file is read while its terminal writes: what does not fit may fit a moment later."""


@dataclass(frozen=True, slots=True)
class _At:
    """The newest file, and where its next entry comes."""

    path: Path
    last: Entry
    end: int
    size: int


class LogFile:
    """`path` names all its files: of `journal.json` they are `journal-000000000001.log` and so on. Its folder must
    exist. `what` it holds is told where it can't be read. `read` comes before anything is written."""

    def __init__(self, path: Path, what: str, room: int = ROOM, kept: int = KEPT) -> None:
        self._path = path
        self._what = what
        self._room = room
        self._kept = kept
        self._at: _At | None = None
        self._named = True
        """Whether the newest file's name is known to be on disk."""

    def read(self) -> tuple[bytes, ...]:
        """Raises `ConfigurationError` when the newest file, or the one before it, can't be read or is no such log."""
        files = self.files()
        self._at = None
        if not files:
            return ()
        chain = self._chain(files[-1])
        if len(files) > 1:
            self._linked(self._chain(files[-2]), chain, files[-1])
        self._at = _At(files[-1], chain.last, chain.end, chain.size)
        return tuple(each.said for each in chain.entries)

    def files(self) -> tuple[Path, ...]:
        """All there are, the newest last. Raises `ConfigurationError`."""
        try:
            return tuple(sorted(self._path.parent.glob(f"{self._path.stem}-{'[0-9]' * _DIGITS}.log")))
        except OSError as error:
            raise self._unusable(self._path.parent, str(error.strerror)) from error

    def history(self) -> Iterator[tuple[Entry, bool]]:
        """Every entry that is kept, oldest first, and whether a file begins with it: it says all over again. All is
        checked on the way. Raises `ConfigurationError`."""
        former: Chain | None = None
        for path in self.files():
            chain = self._chain(path)
            if former is not None:
                self._linked(former, chain, path)
                yield from self._of(former, chain.first.number)
            former = chain
        if former is not None:
            yield from self._of(former, former.last.number + 1)

    @staticmethod
    def _of(chain: Chain, until: int) -> Iterator[tuple[Entry, bool]]:
        return ((each, each is chain.first) for each in chain.entries if each.number < until)

    def room(self) -> int:
        """Zero before the first file."""
        return 0 if self._at is None else self._at.size - self._at.end

    def append(self, entry: bytes) -> None:
        """Over zeros of the newest file."""
        at = self._at
        if at is None:
            raise OSError(errno.ENOSPC, "no file was begun yet")
        fresh = log_chain.entry(at.last.number + 1, at.last.own, entry)
        line = log_chain.line(fresh)
        if len(line) > min(log_chain.LONGEST_ENTRY, at.size - at.end):
            raise OSError(errno.ENOSPC, "the entry has no room in this file")
        self._name()
        descriptor = os.open(at.path, os.O_WRONLY)
        try:
            _write(descriptor, line, at.end)
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)
        self._at = _At(at.path, fresh, at.end + len(line), at.size)

    def begin_anew(self, checkpoint: bytes) -> None:
        """A new file is whole on disk before it gets its name; the oldest go."""
        at = self._at
        number, before = (1, log_chain.FIRST) if at is None else (at.last.number + 1, at.last.own)
        first = log_chain.entry(number, before, checkpoint)
        content, end = log_chain.fresh(first, self._room)
        unnamed = self._path.with_name(f"{self._path.stem}-new.log")
        try:
            _make(unnamed, content)
        except OSError:
            with suppress(OSError):
                unnamed.unlink()
            raise
        path = self._path.with_name(f"{self._path.stem}-{number:0{_DIGITS}d}.log")
        unnamed.replace(path)
        # From here on it is the newest for whoever looks, so nothing may be appended to the former one.
        self._at, self._named = _At(path, first, end, len(content)), False
        self._name()
        self._drop()

    def _name(self) -> None:
        """Nothing in the newest file counts before its name is on disk."""
        if self._named:
            return
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._named = True

    def _drop(self) -> None:
        with suppress(OSError, ConfigurationError):
            kept = 0
            for number, path in enumerate(reversed(self.files())):
                kept += path.stat().st_size
                # The one before the newest is what that is held against.
                if kept > self._kept and number > 1:
                    path.unlink()

    def _chain(self, path: Path) -> Chain:
        for _ in range(_TRIES - 1):
            with suppress(BrokenChain):
                return self._parsed(path)
        try:
            return self._parsed(path)
        except BrokenChain as broken:
            raise self._unusable(path, str(broken)) from broken

    def _parsed(self, path: Path) -> Chain:
        chain = log_chain.parse(self._bytes(path))
        if path.stem[-_DIGITS:] != f"{chain.first.number:0{_DIGITS}d}":
            raise BrokenChain(f"it begins with entry {chain.first.number}")
        return chain

    def _bytes(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                content = file.read(log_chain.LONGEST_FILE + 1)
        except OSError as error:
            raise self._unusable(path, str(error.strerror)) from error
        if len(content) > log_chain.LONGEST_FILE:
            raise self._unusable(path, f"it is longer than {log_chain.LONGEST_FILE} bytes")
        return content

    def _linked(self, former: Chain, chain: Chain, path: Path) -> None:
        try:
            log_chain.linked(former, chain)
        except BrokenChain as broken:
            raise self._unusable(path, str(broken)) from broken

    def _unusable(self, path: Path, why: str) -> ConfigurationError:
        return ConfigurationError(
            f"{self._what} can't be read ({path}: {why}): keep a copy of all of its files, look its debts up by hand, "
            "then move them away"
        )


def _make(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write(descriptor, content, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: bytes, at: int) -> None:
    while content:
        written = os.pwrite(descriptor, content, at)
        content, at = content[written:], at + written
