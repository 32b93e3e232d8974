"""1-bit pictures in evidence: each row is told by how its edges moved against the row above, so that deflate brings a
registered seal of 24.9 mm down to 3-4 kB. A picture has exactly one such form."""

from collections.abc import Iterator
from dataclasses import dataclass

from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence

MAX_SIDE = 1200
"""Dots along one side: 50 mm at 600 dpi."""

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
    out: list[int] = []
    above: list[int] = []
    for edges in _edges(bitmap):
        if len(edges) == len(above):
            moves = [edge - before for edge, before in zip(edges, above, strict=True)]
            if not moves or (min(moves) >= -_FARTHEST and max(moves) <= _FARTHEST):
                out.append(_SAME)
                out += [_STILL + move for move in moves]
                above = edges
                continue
        _write_other(out, edges, above)
        above = edges
    return bytes(out)


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


def _edges(bitmap: Bitmap) -> Iterator[list[int]]:
    """Where the edges of each row are."""
    stride, width = -(-bitmap.width // 8), bitmap.width
    behind = 8 * stride - width
    for start in range(0, len(bitmap.rows), stride):
        row = int.from_bytes(bitmap.rows[start : start + stride], "big") >> behind
        shown = f"{row ^ row >> 1:0{width}b}"
        edges = []
        at = shown.find("1")
        while at >= 0:
            edges.append(at)
            at = shown.find("1", at + 1)
        yield edges


def _write_other(out: list[int], edges: list[int], above: list[int]) -> None:
    most = min(len(edges), len(above))
    left = right = 0
    while left < most and abs(edges[left] - above[left]) <= _FARTHEST:
        left += 1
    while right < most - left and abs(edges[-1 - right] - above[-1 - right]) <= _FARTHEST:
        right += 1
    new = edges[left : len(edges) - right]
    out.append(_OTHER)
    for number in (left, right, len(new)):
        _write_number(out, number)
    out += [_STILL + edge - before for edge, before in zip(edges[:left], above, strict=False)]
    last = edges[left - 1] if left else 0
    for edge in new:
        _write_number(out, edge - last)
        last = edge
    if right:
        out += [_STILL + edge - before for edge, before in zip(edges[-right:], above[-right:], strict=True)]


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


def _write_number(out: list[int], number: int) -> None:
    while number >= _MORE:
        out.append(_MORE)
        number -= _MORE
    out.append(number)


def _read_number(numbers: Iterator[int]) -> int:
    number = 0
    while (part := next(numbers)) == _MORE:
        number += part
    return number + part
