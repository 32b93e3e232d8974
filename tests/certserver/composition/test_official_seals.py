"""An official seal from a browser is kept dot for dot, and nothing else of the file is."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from certserver.composition.official_seals import own_picture
from certserver.demo.artwork import official_seal
from certserver.documents.imprints import read_imprint
from certserver.errors import ConfigurationError

SEAL = official_seal(("見本県", "見本市", "長之印"))


def test_the_dots_stay_and_all_else_goes() -> None:
    told, sent = PngImagePlugin.PngInfo(), BytesIO()
    told.add_text("Comment", "scanned by somebody")
    Image.open(BytesIO(SEAL)).save(sent, "PNG", pnginfo=told)
    assert b"somebody" in sent.getvalue()
    kept = own_picture(sent.getvalue())
    assert b"somebody" not in kept
    assert read_imprint(kept) == read_imprint(SEAL)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_what_is_no_seal_is_refused_and_does_no_harm() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    grey, small = BytesIO(), BytesIO()
    Image.new("L", (567, 567)).save(grey, "PNG")
    Image.new("1", (100, 100)).save(small, "PNG")
    for sent in (b"", b"no picture", SEAL[:200], bomb, grey.getvalue(), small.getvalue()):
        with pytest.raises(ConfigurationError, match="1-bit PNG"):
            own_picture(sent)
