"""A file that is replaced as a whole, readable by the kiosk only, on disk before the caller goes on: the day's book,
open cases."""

from pathlib import Path

from kiosk.actions import on_disk
from kiosk.errors import ConfigurationError

LONGEST = 8_000_000
"""Bytes of such a file: far more than the fullest has."""


class WholeFile:
    """The `Store` on disk. The file's folder must exist. `what` it holds is told where it can't be read."""

    def __init__(self, path: Path, what: str) -> None:
        self._path = path
        self._what = what
        self._fresh = path.with_name(path.name + ".new")

    def read(self) -> bytes | None:
        """What was written last. Raises `ConfigurationError` when the file can't be read or is too long."""
        try:
            with self._path.open("rb") as stored:
                saved = stored.read(LONGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ConfigurationError(f"{self._what} ({self._path}) can't be read: {error.strerror}") from error
        if len(saved) > LONGEST:
            raise ConfigurationError(f"{self._what} ({self._path}) is longer than {LONGEST} bytes: it is none")
        return saved

    def write(self, saved: bytes) -> None:
        """Writes beside the file and puts it in its place."""
        on_disk.make(self._fresh, saved)
        self._fresh.replace(self._path)
        on_disk.names_of(self._path.parent)
