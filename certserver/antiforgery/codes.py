"""Where the codes of a sheet stand and what is in them: the small code at the foot of a face, the seal code on its
back. Every module is a whole number of printer dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from certserver.antiforgery import qr
from certserver.antiforgery.paper import Box, dots

MODULE = 8
"""Dots along one side of a module: 0.3387 mm, readable by telephones and at 200 dpi."""

QUIET = qr.QUIET_MODULES * MODULE
"""Dots around a symbol that stay free of ground."""

FACE_CODE_VERSION = 3
_FACE_CODE_LEFT, _FACE_CODE_TOP = dots(15.0), dots(278.4)
_FACE_CODE_SIDE = qr.side_of(FACE_CODE_VERSION) * MODULE
FACE_CODE_BOX = Box(
    _FACE_CODE_LEFT, _FACE_CODE_TOP, _FACE_CODE_LEFT + _FACE_CODE_SIDE, _FACE_CODE_TOP + _FACE_CODE_SIDE
)
"""Without its quiet zone."""

_SEAL_CENTRE = (dots(105.0), dots(158.0))
_ROW_CENTRES = (dots(37.5), dots(82.5), dots(127.5), dots(172.5))
_WIDEST_ALONE = dots(42.2)
"""In a single row; wider ones stand two by two."""

_WIDEST_IN_ROWS = dots(42.4)
"""Where there are two rows."""

_WIDEST = dots(53.2)
_GAP = dots(6.0)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol on the sheet: its modules, and the dot of its top left module."""

    modules: qr.Bits
    left: int
    top: int

    @property
    def box(self) -> Box:
        """Without the quiet zone."""
        side = len(self.modules) * MODULE
        return Box(self.left, self.top, self.left + side, self.top + side)

    @property
    def quiet_box(self) -> Box:
        """With the quiet zone."""
        return self.box.grown(QUIET)


def quiet_zone(symbols: Sequence[Symbol]) -> Box:
    """Around all of them, as one: strips of ground between them would be noise beside the codes and warn nobody."""
    boxes = [symbol.quiet_box for symbol in symbols]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def face_symbol(code: bytes) -> Symbol:
    """The code of a face, from the 41 bytes of `koufu.evidence.facecode`."""
    return Symbol(qr.symbols([code], FACE_CODE_VERSION)[0], FACE_CODE_BOX.left, FACE_CODE_BOX.top)


def seal_code_symbols(parts: Sequence[bytes]) -> tuple[Symbol, ...] | None:
    """The symbols of a seal code: four beside each other while they are small, so that a symbol's place tells its
    number, else two by two; eight in two rows. None when the content is too much for one page."""
    version = qr.version_for(len(parts[0])) if len(parts[0]) <= qr.capacity(qr.LARGEST) else None
    corners = None if version is None else _corners(len(parts), qr.side_of(version) * MODULE)
    if corners is None:
        return None
    matrices = qr.symbols(parts, version)
    return tuple(Symbol(matrix, *corner) for matrix, corner in zip(matrices, corners, strict=True))


def _corners(count: int, side: int) -> tuple[tuple[int, int], ...] | None:
    """The top left dots of so many symbols of a side; None when they have no place."""
    across = tuple(centre - side // 2 for centre in _ROW_CENTRES)
    if count == len(across) and side <= _WIDEST_ALONE:
        return tuple((left, _SEAL_CENTRE[1] - side // 2) for left in across)
    top = _SEAL_CENTRE[1] - side - _GAP // 2
    if count == len(across) and side <= _WIDEST:
        left = _SEAL_CENTRE[0] - side - _GAP // 2
        across = (left, left + side + _GAP)
    elif count != 2 * len(across) or side > _WIDEST_IN_ROWS:
        return None
    return tuple((left, y) for y in (top, top + side + _GAP) for left in across)
