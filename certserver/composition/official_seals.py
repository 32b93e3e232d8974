"""Takes the picture of an official seal from a browser: opened in a process of its own, and made anew from its dots, so
that nothing else of what was sent is ever kept or opened here."""

from io import BytesIO

from PIL import Image

from certserver.antiforgery.paper import dots
from certserver.composition.alone import run_alone
from certserver.composition.turns import Turns
from certserver.documents.certification import OFFICIAL_SEAL_MM
from certserver.objections import Objected, Objection
from certserver.office.settings.official_seal_alone import SIZE

_WAITS_S = 20.0
_turns = Turns(2, 4)
_SIDE = dots(OFFICIAL_SEAL_MM)
_LENGTH = SIZE.size + _SIDE * ((_SIDE + 7) // 8)


def own_picture(sent: bytes) -> bytes:
    """The same dots in a PNG of our own. Raises `ConfigurationError` for whatever is no 1-bit PNG of a seal's size, and
    `Busy` where too many are sent at once."""
    with _turns.one():
        told = run_alone("certserver.office.settings.official_seal_alone", sent, _WAITS_S)
    if told is None or len(told) != _LENGTH or SIZE.unpack_from(told) != (_SIDE, _SIDE):
        raise _no_seal()
    written = BytesIO()
    Image.frombytes("1", (_SIDE, _SIDE), told[SIZE.size :], "raw", "1;I").save(written, "PNG")
    return written.getvalue()


def _no_seal() -> Objected:
    return Objected(Objection.SEAL_PICTURE, side=_SIDE, mm=round(OFFICIAL_SEAL_MM))
