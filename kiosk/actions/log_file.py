"""The `Log` on disk, readable by the kiosk only. Its files lie side by side, each named by the number of its first
entry; all but the newest are history. A file is made at its full length before it counts, so that an entry is written
over zeros and asks the disk for nothing."""

import errno
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.actions import log_chain, on_disk
from kiosk.actions.log_chain import BrokenChain, Chain, Entry
from kiosk.errors import ConfigurationError

ROOM = 2 << 20
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
        self._name = re.compile(re.escape(path.stem) + rf"-[0-9]{{{_DIGITS}}}\.log")
        self._at: _At | None = None
        self._settled = False
        """Whether what was read is known to be on disk, not in memory only."""
        self._between = False
        """Whether a newer file may be there that does not count yet."""

    def read(self) -> tuple[bytes, ...]:
        """Raises `ConfigurationError` when the newest file can't be read, is no such log, or does not follow the one
        before it."""
        if self._path.exists():
            raise ConfigurationError(
                f"{self._path} is of an earlier build: settle with that build what is open in it, then move it away"
            )
        files = self.files()
        self._at, self._settled, self._between = None, not files, False
        if not files:
            return ()
        chain = self._chain(files[-1])
        if len(files) > 1:
            # One that was damaged takes only history: the newest begins with all that the log holds.
            with suppress(BrokenChain, OSError):
                self._linked(self._parsed(files[-2]), chain, files[-1])
        self._at = _At(files[-1], chain.last, chain.end, chain.size)
        return tuple(each.said for each in chain.entries)

    def files(self) -> tuple[Path, ...]:
        """All there are, the newest last. Raises `ConfigurationError`."""
        folder = self._path.parent
        try:
            names = sorted(path.name for path in folder.iterdir() if self._name.fullmatch(path.name))
        except OSError as error:
            raise self._unread(folder, error) from error
        return tuple(folder / name for name in names)

    def history(self) -> Iterator[tuple[Entry, bool]]:
        """Every entry that is kept, oldest first, and whether a file begins with it: it says all over again. All is
        checked on the way. Raises `ConfigurationError`."""
        former: Chain | None = None
        for path in self.files():
            if former is None and not path.exists():
                continue  # The terminal let the oldest go meanwhile.
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
        """Zero before the first file, and while nobody knows which file is the newest."""
        return 0 if self._at is None or self._between else self._at.size - self._at.end

    def append(self, entry: bytes) -> None:
        """Over zeros of the newest file."""
        at = self._at
        if at is None or self._between:
            raise OSError(errno.ENOSPC, "no file was begun yet")
        fresh = log_chain.entry(at.last.number + 1, at.last.own, entry)
        line = log_chain.line(fresh)
        if len(line) > min(log_chain.LONGEST_ENTRY, at.size - at.end):
            raise OSError(errno.ENOSPC, "the entry has no room in this file")
        self._settle()
        on_disk.overwrite(at.path, line, at.end)
        self._at = _At(at.path, fresh, at.end + len(line), at.size)

    def begin_anew(self, checkpoint: bytes) -> None:
        """A new file is whole on disk before it gets its name; the oldest go."""
        self._settle()
        at = self._at
        number, before = (1, log_chain.FIRST) if at is None else (at.last.number + 1, at.last.own)
        first = log_chain.entry(number, before, checkpoint)
        content, end = log_chain.fresh(first, self._room)
        unnamed = self._path.with_name(f"{self._path.stem}-new.log")
        try:
            on_disk.make(unnamed, content)
        except OSError:
            with suppress(OSError):
                unnamed.unlink()
            raise
        path = self._path.with_name(f"{self._path.stem}-{number:0{_DIGITS}d}.log")
        # For whoever looks it is the newest from here on, and a power cut may take its name again: until that is on
        # disk nothing is appended to either of the two. Beginning anew once more takes its place.
        self._between = True
        unnamed.replace(path)
        on_disk.names_of(path.parent)
        self._at, self._between = _At(path, first, end, len(content)), False
        self._drop()

    def _settle(self) -> None:
        """The last entry and the name of its file, as they were read, go to disk: a program that ended between writing
        and syncing left them in memory only, and one cut would tear that entry and the next."""
        if self._settled:
            return
        if self._at is not None:
            last = log_chain.line(self._at.last)
            on_disk.overwrite(self._at.path, last, self._at.end - len(last))
            on_disk.names_of(self._path.parent)
        self._settled = True

    def _drop(self) -> None:
        """The oldest first, so that what is left hangs together. The one before the newest is what that is held
        against."""
        with suppress(OSError, ConfigurationError):
            files = self.files()
            sizes = [path.stat().st_size for path in files]
            for number, path in enumerate(files[:-2]):
                if sum(sizes[number:]) <= self._kept:
                    break
                path.unlink()

    def _chain(self, path: Path) -> Chain:
        try:
            for _ in range(_TRIES - 1):
                with suppress(BrokenChain):
                    return self._parsed(path)
            return self._parsed(path)
        except BrokenChain as broken:
            raise self._unusable(path, broken) from broken
        except OSError as error:
            raise self._unread(path, error) from error

    def _parsed(self, path: Path) -> Chain:
        """Raises `BrokenChain` and `OSError`."""
        with path.open("rb") as file:
            content = file.read(log_chain.LONGEST_FILE + 1)
        if len(content) > log_chain.LONGEST_FILE:
            raise BrokenChain(f"it is longer than {log_chain.LONGEST_FILE} bytes")
        chain = log_chain.parse(content)
        if path.stem[-_DIGITS:] != f"{chain.first.number:0{_DIGITS}d}":
            raise BrokenChain(f"it begins with entry {chain.first.number}")
        return chain

    def _linked(self, former: Chain, chain: Chain, path: Path) -> None:
        try:
            log_chain.linked(former, chain)
        except BrokenChain as broken:
            raise self._unusable(path, broken) from broken

    def _unusable(self, path: Path, why: BrokenChain) -> ConfigurationError:
        every = self._path.with_name(f"{self._path.stem}-*.log")
        return ConfigurationError(
            f"{self._what} can't be read ({path}: {why}): copy all of {every}, look up by hand what is owed, then move "
            "all of them away"
        )

    def _unread(self, path: Path, error: OSError) -> ConfigurationError:
        return ConfigurationError(
            f"{self._what} can't be read ({path}: {error.strerror}): give the terminal's user the right to it, or see "
            "to the disk; move nothing away"
        )
