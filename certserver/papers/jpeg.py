"""What of a photo must be known to set it on paper: its size, from the head of the file alone. The picture itself is
never unpacked here."""

from dataclasses import dataclass, field

_START = b"\xff\xd8"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive: what every printer's PDF reader can show."""

_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_MOST_SEGMENTS = 200


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A JPEG file; sizes in pixels, `grey` for one colour."""

    content: bytes = field(repr=False)
    width: int
    height: int
    grey: bool


def read_jpeg(content: bytes) -> Jpeg | None:
    """The file with its size (ITU-T T.81, annex B), or None where its head is none that a page can show."""
    if not content.startswith(_START):
        return None
    at = len(_START)
    for _ in range(_MOST_SEGMENTS):
        if content[at : at + 1] != b"\xff" or at + 4 > len(content):
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _BARE:
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            return _frame(content, content[at + 4 : at + 2 + length])
        if length < 2:
            return None
        at += 2 + length
    return None


def _frame(content: bytes, head: bytes) -> Jpeg | None:
    if len(head) < 6:
        return None
    height, width, colours = int.from_bytes(head[1:3], "big"), int.from_bytes(head[3:5], "big"), head[5]
    if head[0] != 8 or not height or not width or colours not in (1, 3):
        return None
    return Jpeg(content, width, height, colours == 1)
