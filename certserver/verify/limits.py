"""How much of anything is looked at, and what a check may cost."""

import os
import stat
from io import BufferedReader
from pathlib import Path

RESIDENT_BYTES = 500 * 1024 * 1024
"""What of the process that checks may lie in memory, besides libraries and fonts, which it shares with others."""

RESERVED_BYTES = 900 * 1024 * 1024
"""What it may ask for: OpenCV reserves much that it never touches."""

SECONDS, SECONDS_MORE = 10, 5
"""Of a processor for a document of one page, and for each further page that a known municipality signed."""

WALL_SECONDS = 60.0
"""On a busy machine, for a document of one page; `SECONDS_MORE` for each further page that was seen to be signed."""


def for_pages(first: float, pages: int) -> float:
    """Seconds for a document with so many signed pages when one page may take `first`."""
    return first + SECONDS_MORE * max(pages - 1, 0)


def open_plain(file: Path) -> BufferedReader:
    """A plain file, ready to be read. Raises `OSError`, also for a folder, a pipe or a device, on which a reader could
    wait for ever."""
    opened = os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(0, "this is no plain file", str(file))
    return opened


def read_at_most(file: Path, limit: int) -> bytes:
    """A file's content, or one byte more than `limit`: enough to see that it is too long. Raises `OSError`."""
    with open_plain(file) as opened:
        return opened.read(limit + 1)
