"""Makes a picture of a scan in PDF for a page of the console: in a process of its own, one at a time."""

from threading import Lock

from certserver.composition.alone import run_alone
from certserver.objections import Objected, Objection

_WAITS_S = 30.0
_LONGEST = 32_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_turn = Lock()


def picture_of(scan: bytes) -> bytes:
    """Its first pages one under another (PNG). Raises `Objected` for a file that shows nothing."""
    with _turn:
        told = run_alone("certserver.office.applications.scan_alone", scan, _WAITS_S)
    if told is None or not told.startswith(_PNG) or len(told) > _LONGEST:
        raise Objected(Objection.SCAN_UNREADABLE)
    return told
