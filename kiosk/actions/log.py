"""What the journal needs of whatever keeps it."""

from typing import Protocol


class Log(Protocol):
    """Where entries outlive the program: one after the other, each bound to the one before, none ever changed. Now and
    then it begins anew with an entry that stands for all before it."""

    def read(self) -> tuple[bytes, ...]:
        """The entry it began anew with last and those after it, oldest first; none when there never were any. One that
        was cut off while it was written is none."""
        ...

    def room(self) -> int:
        """Bytes of entries that have their place already, whatever else fills the disk. Each entry also takes
        `OVERHEAD` bytes of it."""
        ...

    def append(self, entry: bytes) -> None:
        """One more, of one line; it is on disk when this returns. Raises `OSError` when it could not be written or has
        no room: then it may be written again, or another in its place."""
        ...

    def begin_anew(self, checkpoint: bytes) -> None:
        """Begins anew with this entry, and has room again; on disk when this returns. Raises `OSError` when that could
        not be done: then all is as it was, or, where nobody can tell whether it was, there is no room but for
        beginning anew once more."""
        ...


OVERHEAD = 160
"""Bytes that a `Log` adds to an entry, at most."""
