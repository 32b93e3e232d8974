"""How much of anything is looked at."""

from pathlib import Path


def read_at_most(file: Path, limit: int) -> bytes:
    """A file's content, or one byte more than `limit`: enough to see that it is too long. Raises `OSError`."""
    with file.open("rb") as opened:
        return opened.read(limit + 1)
