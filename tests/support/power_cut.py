"""What a disk has after the power went: of a file only what was synced is sure to be there, of a folder only the names
that were. Real files are written below one folder; each step of theirs may be the last."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest

_PIECE = 32


class Cut(BaseException):
    """The power goes."""


@dataclass
class Disk:
    """Of files below `folder`, by inode and name, what is sure to be there. `steps` counts what is done to them; before
    the one with the number `last` the power goes."""

    folder: Path
    steps: int = 0
    last: int | None = None
    names: dict[str, int] = field(default_factory=dict)
    content: dict[int, bytes] = field(default_factory=dict)

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.last:
            raise Cut

    def synced(self, descriptor: int) -> None:
        stat = os.fstat(descriptor)
        if stat.st_ino == self.folder.stat().st_ino:
            self.names = self._names_now()
        else:
            self.content[stat.st_ino] = self._bytes_of(descriptor)

    def left(self, to: Path) -> Iterator[Path]:
        """Folders with what may be there when the power comes back: what was not synced came to the disk, or did not,
        of names and of content apart; of content also its first or its last half alone."""
        now = {path.name: path for path in self.folder.iterdir()}
        for number, (newest_names, newest_content) in enumerate(
            product((False, True), ("none", "head", "tail", "all"))
        ):
            names = self._names_now() if newest_names else self.names
            place = to / f"{number}"
            place.mkdir(parents=True)
            held = {path.stat().st_ino: path.read_bytes() for path in now.values()}
            for name, inode in names.items():
                whole = held.get(inode, self.content.get(inode, b""))
                (place / name).write_bytes(_torn(self.content.get(inode, b""), whole, newest_content))
            yield place

    def _names_now(self) -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in self.folder.iterdir()}

    @staticmethod
    def _bytes_of(descriptor: int) -> bytes:
        return Path(f"/proc/self/fd/{descriptor}").read_bytes()


def _torn(synced: bytes, whole: bytes, how: str) -> bytes:
    """Some of what was written after the last sync."""
    if how == "none" or synced == whole:
        return synced
    if how == "all":
        return whole
    before = synced.ljust(len(whole), b"\0")
    pieces = range(0, len(whole), _PIECE)
    changed = [at for at in pieces if before[at : at + _PIECE] != whole[at : at + _PIECE]] or [0]
    middle = (changed[0] + min(changed[-1] + _PIECE, len(whole))) // 2
    return whole[:middle] + before[middle:] if how == "head" else before[:middle] + whole[middle:]


@contextmanager
def watched(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The disk sees what is done to its files inside."""

    def steps(call: Callable[..., object], after: Callable[..., None] = lambda *_: None) -> Callable[..., object]:
        def step(*args: object) -> object:
            disk.step()
            done = call(*args)
            after(*args)
            return done

        return step

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", steps(os.pwrite))
        patched.setattr(os, "fsync", steps(os.fsync, disk.synced))
        patched.setattr(os, "fdatasync", steps(os.fdatasync, disk.synced))
        patched.setattr(Path, "replace", steps(Path.replace))
        patched.setattr(Path, "unlink", steps(Path.unlink))
        yield
