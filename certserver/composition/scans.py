"""Makes a picture of a scan in PDF for a page of the console, in a process of its own."""

from certserver.composition.alone import run_alone
from certserver.composition.turns import LONGEST_WAIT_S, Turns
from certserver.objections import Objected, Objection

DRAWN_AT_ONCE = 2
WAITING = 6
"""Besides: a page shows up to eight scans, each of which its browser asks for at once."""

_DRAWN_WITHIN_S = 30.0
_LONGEST = 32_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


class ScanPictures:
    """The pictures of scans that one process makes. `longest_wait_s`: seconds for which one waits for its turn."""

    def __init__(self, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._turns = Turns(DRAWN_AT_ONCE, WAITING, longest_wait_s)

    def __call__(self, scan: bytes) -> bytes:
        """Its first pages one under another (PNG). Raises `Busy` where too many are asked for, and `Objected` for a
        file that shows nothing."""
        with self._turns.one():
            told = run_alone("certserver.office.applications.scan_alone", scan, _DRAWN_WITHIN_S)
        if told is None or not told.startswith(_PNG) or len(told) > _LONGEST:
            raise Objected(Objection.SCAN_UNREADABLE)
        return told
