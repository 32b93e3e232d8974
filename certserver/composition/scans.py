"""Makes a picture of a scan in PDF for a page of the console, in a process of its own. A few are drawn at once and a
few more wait for a moment: scans, however slow, never hold the threads by which all other pages are answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from certserver.composition.alone import run_alone
from certserver.errors import Busy
from certserver.objections import Objected, Objection

DRAWN_AT_ONCE = 2
WAITING = 6
"""Besides: a page shows up to eight scans, each of which its browser asks for at once."""

_LONGEST_WAIT_S = 10.0
_RETRY_S = 10
_DRAWN_WITHIN_S = 30.0
_LONGEST = 32_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


class ScanPictures:
    """The pictures of scans that one process makes. `longest_wait_s`: seconds for which one waits for its turn."""

    def __init__(self, longest_wait_s: float = _LONGEST_WAIT_S) -> None:
        self._longest_wait_s = longest_wait_s
        self._inside = BoundedSemaphore(DRAWN_AT_ONCE + WAITING)
        self._turn = BoundedSemaphore(DRAWN_AT_ONCE)

    def __call__(self, scan: bytes) -> bytes:
        """Its first pages one under another (PNG). Raises `Busy` where too many are asked for, and `Objected` for a
        file that shows nothing."""
        with _held(self._inside, 0.0), _held(self._turn, self._longest_wait_s):
            told = run_alone("certserver.office.applications.scan_alone", scan, _DRAWN_WITHIN_S)
        if told is None or not told.startswith(_PNG) or len(told) > _LONGEST:
            raise Objected(Objection.SCAN_UNREADABLE)
        return told


@contextmanager
def _held(places: BoundedSemaphore, longest_wait_s: float) -> Iterator[None]:
    if not places.acquire(timeout=longest_wait_s):
        raise Busy(_RETRY_S)
    try:
        yield
    finally:
        places.release()
