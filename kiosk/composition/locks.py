"""Files that one program has to itself."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import ConfigurationError


def locked(path: Path, taken: str) -> int:
    """A lock beside the file, held until the descriptor is closed, or the program ends. Raises `ConfigurationError`,
    with the text `taken` when another program has it."""
    try:
        descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ConfigurationError(f"{path} can't be locked: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise ConfigurationError(taken) from error
    return descriptor


@contextmanager
def alone_with(path: Path, taken: str) -> Iterator[None]:
    """The same as long as the context lasts."""
    descriptor = locked(path, taken)
    try:
        yield
    finally:
        os.close(descriptor)
