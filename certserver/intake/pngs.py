"""Checks the bitmap of a registered seal: a whole 1-bit PNG of an allowed size, which `documents.imprints` is sure to
read when it is printed. It draws nothing; millions of seals go by in one import."""

import struct
import zlib

from certserver.antiforgery.paper import dots
from certserver.documents.imprints import LARGEST_MM, SMALLEST_MM
from certserver.documents.png_chunks import picture_chunks
from certserver.intake.findings import Broken, Rule

_HEADER = struct.Struct(">IIBBBBB")
_ONE_BIT_GREY = (1, 0, 0, 0, 0)
"""Depth, colour type, compression, filter, interlace: nothing else is printed dot by dot without thinking."""

_LARGEST = dots(LARGEST_MM)
_SMALLEST = dots(SMALLEST_MM)
_FILTERS = ("none", "sub", "up", "average", "paeth")


def check_seal(png: bytes) -> None:
    """Raises `Broken` for what is no whole 1-bit PNG, or is no registered seal by its size."""
    try:
        (first, head), *parts, (last, _) = picture_chunks(png)
        width, height, *rest = _HEADER.unpack(head)
    except (ValueError, struct.error):
        raise Broken(Rule.PNG) from None
    names = [first, *{name for name, _ in parts}, last]
    if names != [b"IHDR", b"IDAT", b"IEND"] or tuple(rest) != _ONE_BIT_GREY or not (width and height):
        raise Broken(Rule.PNG)
    if not _SMALLEST < max(width, height) < _LARGEST:
        raise Broken(Rule.SEAL_SIZE)
    row = 1 + (width + 7) // 8
    unpacking = zlib.decompressobj()
    try:
        # One byte more than the rows have: then the end of the stream is seen, and its checksum looked at.
        raw = unpacking.decompress(b"".join(content for _, content in parts), row * height + 1)
    except zlib.error:
        raise Broken(Rule.PNG) from None
    if not unpacking.eof or len(raw) != row * height or max(raw[::row]) >= len(_FILTERS):
        raise Broken(Rule.PNG)
