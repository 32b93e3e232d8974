"""The picture that shows a person where a face differs: the photo straightened, each place framed, its number in the
margin so that it hides nothing. The numbers are those of the report."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from certserver.antiforgery.paper import MM_PER_INCH
from certserver.verify.compare import Difference
from certserver.verify.redraw import REDRAWN_DPI

_SHRINK = 2
"""150 dpi: legible, and a third of a megabyte."""

_PER_MM = REDRAWN_DPI / MM_PER_INCH / _SHRINK
_MARGIN_MM = 1.2
_RED = (32, 16, 200)
"""Blue, green, red."""

_WHITE = (255, 255, 255)
_FRAME, _LEADER = 3, 1
_PLATE_MM, _PLATE_EVERY_MM = (8.0, 5.6), 6.2
_FROM_EDGE_MM = 3.0
_LETTER = 0.8


def framed(seen: npt.NDArray[np.float32], differences: Sequence[Difference]) -> bytes:
    """A PNG at 150 dpi. `seen` as `Compared` has it."""
    grey = np.clip(255 * (1 - seen), 0, 255).astype(np.uint8)
    size = (grey.shape[1] // _SHRINK, grey.shape[0] // _SHRINK)
    picture = cv2.cvtColor(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR)
    for number, (difference, right, y) in enumerate(_plates(differences, size), 1):
        area = difference.area
        left, top = (round((edge - _MARGIN_MM) * _PER_MM) for edge in (area.left, area.top))
        end, bottom = (round((edge + _MARGIN_MM) * _PER_MM) for edge in (area.right, area.bottom))
        cv2.rectangle(picture, (left, top), (end, bottom), _RED, _FRAME)
        _plate(picture, number, y, (end if right else left, top), right=right)
    _, packed = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 4])
    return packed.tobytes()


def _plates(differences: Sequence[Difference], size: tuple[int, int]) -> Iterator[tuple[Difference, bool, int]]:
    """Each difference with the margin that is nearer (the right one?) and the height of its number there."""
    middle = size[0] / _PER_MM / 2
    heights: dict[int, int] = {}
    for right in (False, True):
        there = [at for at, one in enumerate(differences) if (one.area.left + one.area.right > 2 * middle) == right]
        # At the upper edge of its frame: through the middle, the line to it would strike words out.
        there.sort(key=lambda at: differences[at].area.top)
        wanted = [differences[at].area.top - _MARGIN_MM for at in there]
        for before, after in pairwise(range(len(wanted))):
            wanted[after] = max(wanted[after], wanted[before] + _PLATE_EVERY_MM)
        below = (wanted[-1] + _PLATE_EVERY_MM) * _PER_MM - size[1] if wanted else 0
        heights |= {at: round(y * _PER_MM - max(below, 0)) for at, y in zip(there, wanted, strict=True)}
    for at, difference in enumerate(differences):
        yield difference, difference.area.left + difference.area.right > 2 * middle, heights[at]


def _plate(picture: cv2.typing.MatLike, number: int, y: int, place: tuple[int, int], *, right: bool) -> None:
    """The number in a margin, and a line to the edge of its frame."""
    width, height = (round(side * _PER_MM) for side in _PLATE_MM)
    edge = round(_FROM_EDGE_MM * _PER_MM)
    left = picture.shape[1] - edge - width if right else edge
    cv2.line(picture, (left if right else left + width, y), place, _RED, _LEADER, cv2.LINE_AA)
    cv2.rectangle(picture, (left, y - height // 2), (left + width, y + height // 2), _RED, cv2.FILLED)
    text = str(number)
    (across, up), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, _LETTER, 2)
    corner = (left + (width - across) // 2, y + up // 2)
    cv2.putText(picture, text, corner, cv2.FONT_HERSHEY_SIMPLEX, _LETTER, _WHITE, 2, cv2.LINE_AA)
