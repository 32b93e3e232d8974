"""1-bit pictures in evidence: each row is told by how its edges moved against the row above, so that deflate brings a
registered seal of 24.9 mm down to 3-4 kB. A picture has exactly one such form."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence

MAX_SIDE = 1200
"""Dots along one side: 50 mm at 600 dpi."""

Numbers = npt.NDArray[np.intp]

_MAX_CODED = 65_536
_SAME, _OTHER = 0, 1
"""How a row begins: as many edges as above, each near its own; or something else."""

_FARTHEST = 8
"""Dots that an edge may move to count as the one above."""

_STILL = 16
"""What stands for an edge that did not move; others by how far they did."""

_MORE = 255
"""A number of 255 and above goes on in the next byte."""


@dataclass(frozen=True, slots=True, repr=False)
class Bitmap:
    """A picture at 600 dpi: rows of whole bytes, most significant bit first, 1 for ink, 0 behind the last dot."""

    width: int
    height: int
    rows: bytes

    def __repr__(self) -> str:
        return f"<Bitmap {self.width}x{self.height}>"


def coded(bitmap: Bitmap) -> bytes:
    """The rows, each behind `_SAME` or `_OTHER`. An edge is a dot that differs from the one to its left (paper, left of
    the first). `_SAME`: for each edge of the row above, how far it moved. `_OTHER`: how many edges keep to those above
    from the left, how many from the right, how many are new between them; then those from the left as before, the new
    ones by their distance from the edge to their left, and those from the right."""
    row, at = _edges(bitmap)
    edges = np.bincount(row, minlength=bitmap.height)
    above = np.concatenate(([0], edges[:-1]))
    first = np.cumsum(edges) - edges
    from_left = np.arange(len(at)) - first[row]
    from_right = edges[row] - 1 - from_left
    moved_left = _moved(at, first[row] - above[row] + from_left, from_left < above[row])
    moved_right = _moved(at, first[row] - 1 - from_right, from_right < above[row])
    # Of the edges that moved too far in a row, the outermost is assigned last and so stays.
    left, right = edges.copy(), edges.copy()
    far = np.flatnonzero(np.abs(moved_left) > _FARTHEST)[::-1]
    left[row[far]] = from_left[far]
    far = np.flatnonzero(np.abs(moved_right) > _FARTHEST)
    right[row[far]] = from_right[far]
    right = np.minimum(right, np.minimum(edges, above) - left)
    same = (edges == above) & (left == edges)
    head = np.where(same, 1, 4)
    start = np.cumsum(head + edges) - head - edges
    numbers = np.empty(int(head.sum()) + len(at), dtype=np.intp)
    numbers[start] = np.where(same, _SAME, _OTHER)
    other = ~same
    for place, counts in enumerate((left, right, edges - left - right), 1):
        numbers[start[other] + place] = counts[other]
    told = np.where(from_left > 0, np.diff(at, prepend=0), at)
    told = np.where(from_right < right[row], _STILL + moved_right, told)
    numbers[(start + head)[row] + from_left] = np.where(from_left < left[row], _STILL + moved_left, told)
    return _in_bytes(numbers)


def decoded(width: int, height: int, code: bytes) -> Bitmap:
    """The picture of such rows. Raises `MalformedEvidence` for anything that `coded` would not have written."""
    stride = -(-width // 8)
    rows = bytearray()
    above: list[int] = []
    numbers = iter(code)
    try:
        for _ in range(height):
            above = _read_row(numbers, above)
            if any(right <= left for left, right in zip([-1, *above], [*above, width], strict=True)):
                raise MalformedEvidence("the edges of a picture are out of order")
            value = 0
            for edge in above:
                value ^= (1 << (width - edge)) - 1
            rows += (value << (8 * stride - width)).to_bytes(stride, "big")
    except StopIteration as error:
        raise MalformedEvidence("a picture has fewer rows than it says") from error
    bitmap = Bitmap(width, height, bytes(rows))
    if coded(bitmap) != code:
        raise MalformedEvidence("a picture is not told in its one form")
    return bitmap


def write_bitmap(writer: Writer, bitmap: Bitmap, code: bytes) -> None:
    """Adds a picture by its code."""
    writer.number(bitmap.width)
    writer.number(bitmap.height)
    writer.raw(code)


def read_bitmap(reader: Reader) -> tuple[Bitmap, bytes]:
    """The next picture and its code. Raises `MalformedEvidence`."""
    width, height = reader.number(limit=MAX_SIDE), reader.number(limit=MAX_SIDE)
    code = reader.raw(limit=_MAX_CODED)
    if not width or not height:
        raise MalformedEvidence("a picture has no dots")
    return decoded(width, height, code), code


def _edges(bitmap: Bitmap) -> tuple[Numbers, Numbers]:
    """Row and column of each edge, row by row from the left."""
    packed = np.frombuffer(bitmap.rows, dtype=np.uint8).reshape(bitmap.height, -1)
    changed = packed.copy()
    changed ^= packed >> np.uint8(1)
    changed[:, 1:] ^= packed[:, :-1] << np.uint8(7)
    # Behind the last dot no edge counts.
    changed[:, -1] &= np.uint8(0xFF << -bitmap.width % 8 & 0xFF)
    flat = changed.reshape(-1)
    within = np.flatnonzero(flat)
    byte, bit = np.nonzero(np.unpackbits(flat[within, None], axis=1))
    row, column = np.divmod(within[byte], packed.shape[1])
    return row, 8 * column + bit


def _moved(at: Numbers, before: Numbers, there: npt.NDArray[np.bool_]) -> Numbers:
    """How far each edge is from the one `before`; too far where that is not there."""
    return np.where(there, at - at[np.where(there, before, 0)], _FARTHEST + 1) if len(at) else at


def _in_bytes(numbers: Numbers) -> bytes:
    """Each number as as many bytes as it takes."""
    more, last = np.divmod(numbers, _MORE)
    code = np.full(len(numbers) + int(more.sum()), _MORE, dtype=np.uint8)
    code[np.cumsum(more + 1) - 1] = last
    return code.tobytes()


def _read_row(numbers: Iterator[int], above: list[int]) -> list[int]:
    """The edges of the next row, as they are said to be. Raises `StopIteration` at the end."""
    if next(numbers) == _SAME:
        return [before + next(numbers) - _STILL for before in above]
    left, right, count = [_read_number(numbers) for _ in range(3)]
    if left + right > len(above) or count > MAX_SIDE:
        raise MalformedEvidence("a row of a picture keeps to edges that are not there")
    edges = [before + next(numbers) - _STILL for before in above[:left]]
    last = edges[-1] if edges else 0
    for _ in range(count):
        last += _read_number(numbers)
        edges.append(last)
    return edges + [before + next(numbers) - _STILL for before in above[len(above) - right :]]


def _read_number(numbers: Iterator[int]) -> int:
    number = 0
    while (part := next(numbers)) == _MORE:
        number += part
    return number + part
