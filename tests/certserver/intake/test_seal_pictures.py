"""Pictures of registered seals: what an import takes can be printed, dot by dot, and what it refuses is named."""

import struct
import zlib
from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certserver.documents.imprints import read_registered_seal
from certserver.documents.png_chunks import picture_alone
from certserver.errors import ConfigurationError
from certserver.intake.findings import Broken, Rule
from certserver.intake.pngs import check_seal
from tests.support.handovers import imprint

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@dataclass(frozen=True)
class Picture:
    """A PNG that may be wrong in any of these. `cut` bytes are missing at the end of the packed rows, `more` follow
    them; `parts` says into how many chunks they are cut; `beside` are chunks before, among and after them."""

    width: int = 300
    height: int = 200
    rest: tuple[int, ...] = (1, 0, 0, 0, 0)
    filtered: int = 0
    rows: int | None = None
    cut: int = 0
    more: bytes = b""
    parts: int = 1
    beside: tuple[bytes, bytes, bytes] = (b"", b"", b"")
    tail: bytes = b""

    def png(self) -> bytes:
        row = bytes([self.filtered]) + b"\xa5" * ((self.width + 7) // 8)
        packed = zlib.compress(row * (self.height if self.rows is None else self.rows))
        packed = packed[: len(packed) - self.cut] + self.more
        step = -(-len(packed) // self.parts)
        before, among, after = self.beside
        data = [chunk(b"IDAT", packed[at : at + step]) for at in range(0, len(packed), step)]
        head = chunk(b"IHDR", struct.pack(">II", self.width, self.height) + bytes(self.rest))
        return b"".join((SIGNATURE, head, before, among.join(data), after, chunk(b"IEND", b""), self.tail))


BAD: dict[str, tuple[Picture, Rule]] = {
    "no height": (Picture(height=0), Rule.PNG),
    "no width": (Picture(width=0), Rule.PNG),
    "no size": (Picture(width=0, height=0), Rule.PNG),
    "without the checksum of its stream": (Picture(cut=4), Rule.PNG),
    "without the end of its stream": (Picture(cut=1), Rule.PNG),
    "a row short": (Picture(rows=199), Rule.PNG),
    "a row long": (Picture(rows=201), Rule.PNG),
    "a filter that is none": (Picture(filtered=5), Rule.PNG),
    "grey": (Picture(rest=(8, 0, 0, 0, 0)), Rule.PNG),
    "interlaced": (Picture(rest=(1, 0, 0, 0, 1)), Rule.PNG),
    "with a palette": (Picture(beside=(chunk(b"PLTE", bytes(6)), b"", b"")), Rule.PNG),
    "with two heads": (Picture(beside=(chunk(b"IHDR", struct.pack(">II", 8, 8) + bytes(5)), b"", b"")), Rule.PNG),
    "too large": (Picture(width=591), Rule.SEAL_SIZE),
    "too small": (Picture(width=189, height=8), Rule.SEAL_SIZE),
}


@pytest.mark.parametrize(("picture", "rule"), BAD.values(), ids=BAD)
def test_what_is_no_seal_is_named(picture: Picture, rule: Rule) -> None:
    with pytest.raises(Broken) as broken:
        check_seal(picture.png())
    assert broken.value.rule is rule


BESIDE = [
    chunk(b"pHYs", struct.pack(">IIB", 23622, 23622, 1)),
    chunk(b"tEXt", b"Software\x00scanner"),
    chunk(b"gAMA", b"\x00"),
    chunk(b"iCCP", b"x"),
    chunk(b"tRNS", b"\x00"),
    chunk(b"acTL", struct.pack(">II", 2, 0)),
    chunk(b"fcTL", struct.pack(">IIIII", 0, 8, 8, 4, 4) + bytes(6)),
    chunk(b"zTXt", b"x\x00\x01"),
]
"""What scanners write, and what no reader may stumble over."""

beside = st.lists(st.sampled_from([b"", *BESIDE]), max_size=2).map(b"".join)
sizes = st.integers(185, 195) | st.integers(585, 595) | st.sampled_from([0, 1, 7, 8, 9, 300])
pictures = st.builds(
    Picture,
    width=sizes,
    height=sizes,
    rest=st.just((1, 0, 0, 0, 0)) | st.tuples(*[st.integers(0, 2)] * 5),
    filtered=st.integers(0, 5),
    rows=st.none() | st.integers(0, 300),
    cut=st.sampled_from([0, 0, 0, 1, 4, 5]),
    more=st.sampled_from([b"", b"", b"\x00", b"rest"]),
    parts=st.integers(1, 4),
    beside=st.tuples(beside, beside, beside),
    tail=st.sampled_from([b"", b"", b"\n"]),
)


def is_taken(png: bytes) -> bool:
    try:
        check_seal(png)
    except Broken:
        return False
    return True


@given(pictures)
@example(Picture(beside=(BESIDE[6], b"", BESIDE[2]), parts=3))
def test_what_is_taken_is_printed(picture: Picture) -> None:
    if not is_taken(picture.png()):
        return
    found = read_registered_seal(picture.png())
    assert (found.width, found.height) == (picture.width, picture.height)
    if picture.filtered == 0:
        plain = Picture(picture.width, picture.height)
        assert found == read_registered_seal(plain.png())


@given(st.integers(191, 589), st.integers(1, 589), st.integers(0, 4), st.integers(1, 4), beside)
def test_what_can_be_printed_is_taken(width: int, height: int, filtered: int, parts: int, text: bytes) -> None:
    picture = Picture(width, height, filtered=filtered, parts=parts, beside=(text, b"", text))
    check_seal(picture.png())
    read_registered_seal(picture.png())


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_printed(place: int, byte: int) -> None:
    png = bytearray(imprint())
    png[place % len(png)] = byte
    if is_taken(bytes(png)):
        read_registered_seal(bytes(png))


@pytest.mark.parametrize("picture", [picture for picture, rule in BAD.values() if rule is Rule.SEAL_SIZE])
def test_both_agree_on_the_size(picture: Picture) -> None:
    with pytest.raises(ConfigurationError, match="8 mm"):
        read_registered_seal(picture.png())


def test_what_stands_beside_a_picture_is_left_out() -> None:
    assert picture_alone(Picture(beside=(BESIDE[0], b"", BESIDE[1])).png()) == picture_alone(Picture().png())
    assert picture_alone(replace(Picture(), tail=b"more").png()) == Picture().png()
