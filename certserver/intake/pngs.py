"""Checks the bitmap of a registered seal: a whole 1-bit PNG of an allowed size. It draws nothing; millions of seals go
by in one import."""

import struct
import zlib
from collections.abc import Iterator

from certserver.antiforgery.paper import dots
from certserver.documents.imprints import LARGEST_MM, SMALLEST_MM
from certserver.intake.findings import Broken, Rule

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_ONE_BIT_GREY = (1, 0, 0, 0, 0)
"""Depth, colour type, compression, filter, interlace: nothing else is printed dot by dot without thinking."""

_LARGEST = dots(LARGEST_MM)
_SMALLEST = dots(SMALLEST_MM)
_MOST_BYTES = 1 << 20


def check_seal(png: bytes) -> None:
    """Raises `Broken` for what is no whole 1-bit PNG, or is no registered seal by its size."""
    try:
        chunks = list(_chunks(png))
        name, head = chunks[0]
        width, height, *rest = _HEADER.unpack(head)
        data = b"".join(content for kind, content in chunks if kind == b"IDAT")
    except (IndexError, ValueError, struct.error):
        raise Broken(Rule.PNG) from None
    if name != b"IHDR" or tuple(rest) != _ONE_BIT_GREY or chunks[-1][0] != b"IEND":
        raise Broken(Rule.PNG)
    if not _SMALLEST < max(width, height) < _LARGEST:
        raise Broken(Rule.SEAL_SIZE)
    row = 1 + (width + 7) // 8
    try:
        raw = zlib.decompressobj().decompress(data, _MOST_BYTES)
    except zlib.error:
        raise Broken(Rule.PNG) from None
    if len(raw) != row * height or max(raw[::row]) > len(_FILTERS) - 1:
        raise Broken(Rule.PNG)


_FILTERS = ("none", "sub", "up", "average", "paeth")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk. Raises `ValueError`."""
    if not png.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        end = at + 8 + length
        (told,) = struct.unpack_from(">I", png, end)
        if zlib.crc32(png[at + 4 : end]) != told:
            raise ValueError("a chunk is damaged")
        yield png[at + 4 : at + 8], png[at + 8 : end]
        at = end + 4
