"""Walks through the chunks of a PNG. Who checks a bitmap before it is taken and who reads it to print it look at the
same ones, so that nothing is taken that can't be printed: the picture itself, and none of what may stand beside it."""

import struct
import zlib
from collections.abc import Iterator
from itertools import chain

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"IEND"


def picture_chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk without which a PNG is no picture (a "critical" one), to the end chunk. Texts,
    resolutions, colour profiles and what follows the end are passed over. Raises `ValueError` for what is no whole
    PNG."""
    if not png.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    at, name = len(_SIGNATURE), b""
    try:
        while name != _END:
            (length,) = struct.unpack_from(">I", png, at)
            end = at + 8 + length
            (told,) = struct.unpack_from(">I", png, end)
            if zlib.crc32(png[at + 4 : end]) != told:
                raise ValueError("a chunk is damaged")
            name = png[at + 4 : at + 8]
            if name[:1].isupper():
                yield name, png[at + 8 : end]
            at = end + 4
    except struct.error:
        raise ValueError("a chunk is cut off") from None


def picture_alone(png: bytes) -> bytes:
    """The PNG with nothing but its `picture_chunks`. Raises `ValueError` as they do."""
    packed = (
        (struct.pack(">I", len(content)), name, content, struct.pack(">I", zlib.crc32(name + content)))
        for name, content in picture_chunks(png)
    )
    return b"".join((_SIGNATURE, *chain.from_iterable(packed)))
