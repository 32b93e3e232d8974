"""How much of anything is looked at, and what a check may cost."""

from pathlib import Path

RESIDENT_BYTES = 500 * 1024 * 1024
"""What of the process that checks may lie in memory, besides libraries and fonts, which it shares with others."""

RESERVED_BYTES = 900 * 1024 * 1024
"""What it may ask for: OpenCV reserves much that it never touches."""

SECONDS, SECONDS_MORE = 10, 5
"""Of a processor for a document of one page, and for each further page that a known municipality signed."""

WALL_SECONDS = 60.0
"""On a busy machine, for a document of one page; `SECONDS_MORE` count likewise."""


def read_at_most(file: Path, limit: int) -> bytes:
    """A file's content, or one byte more than `limit`: enough to see that it is too long. Raises `OSError`."""
    with file.open("rb") as opened:
        return opened.read(limit + 1)
