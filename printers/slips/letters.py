"""How wide characters are, where lines break, and which characters go as text and which as raster. Pure."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from printers.slips.model import KanjiRom

HALF = 12
"""Dots of a half-width character; a full-width one has twice that."""

_NEC_ROWS = (0xED, 0xEE)
_IBM_CODES = {
    bytes((lead, trail)).decode("cp932"): bytes((lead, trail))
    for lead, last in ((0xFA, 0xFC), (0xFB, 0xFC), (0xFC, 0x4B))
    for trail in range(0x40, last + 1)
    if trail != 0x7F
}
"""Where a character such as 髙 has two codes, Python takes NEC's; Windows, for which printers are made, IBM's."""

_SHORTEST_LAST = 6
"""Half-widths."""

_NEVER_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〉》」』】,.:;?!)]}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ円％"
)
_NEVER_LAST = frozenset("（［｛〈《「『【([{￥¥＃")


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that can't be parted: a character with its variation selectors and combining marks."""
    piece = ""
    for character in text:
        if piece and (_is_selector(character) or unicodedata.combining(character)):
            piece += character
            continue
        if piece:
            yield piece
        piece = character
    if piece:
        yield piece


def half_widths(text: str) -> int:
    """The width in half-width characters, as Japanese printers count: one byte in Shift_JIS is half a kanji."""
    try:
        return len(text.encode("cp932"))  # which has nothing that clings to the character before
    except UnicodeEncodeError:
        return sum(_cluster_width(cluster) for cluster in clusters(text))


def device_bytes(text: str, rom: KanjiRom) -> bytes | None:
    """The text in the printer's own characters, or None when it lacks one. Control characters never pass, nor private
    ones, nor any that would come back as another (I10): Python's Shift_JIS writes the yen sign as a backslash."""
    pieces = [_device_character(character, rom) for character in text]
    return None if None in pieces else b"".join(piece for piece in pieces if piece is not None)


def _device_character(character: str, rom: KanjiRom) -> bytes | None:
    if unicodedata.category(character) in ("Cc", "Co"):
        return None
    try:
        encoded = character.encode(rom.value)
    except UnicodeEncodeError:
        return None
    if encoded.decode(rom.value) != character:
        return None
    return _IBM_CODES.get(character, encoded) if encoded[0] in _NEC_ROWS else encoded


def wrap(text: str, room: int) -> list[str]:
    """Lines of at most `room` half-widths, also broken at newlines. Latin words stay whole where they fit a line, no
    line begins or ends with a character that JIS X 4051 keeps from there, and a few characters left over for the last
    line are given company."""
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, room)]


def widest_word(text: str) -> int:
    """Half-widths of the widest piece that may not be broken."""
    return max((half_widths(word.rstrip()) for line in text.split("\n") for word in _words(line)), default=0)


def _wrap_paragraph(text: str, room: int) -> list[str]:
    lines = _fill(text, room)
    for narrower in range(room - 2, max(room - 12, widest_word(text) - 1), -2):
        if len(lines) == 1 or half_widths(lines[-1]) >= _SHORTEST_LAST:
            break
        tried = _fill(text, narrower)
        if len(tried) == len(lines):
            lines = tried
    return lines


def _fill(text: str, room: int) -> list[str]:
    lines: list[str] = []
    line, width = "", 0
    for word in _words(text):
        if width + half_widths(word.rstrip()) <= room:
            line, width = line + word, width + half_widths(word)
            continue
        if line.strip():
            lines.append(line.rstrip())
        line, width = "", 0
        for piece in clusters(word.lstrip()):
            if line and width + _cluster_width(piece) > room:
                lines.append(line.rstrip())
                line, width = "", 0
            line, width = line + piece, width + _cluster_width(piece)
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterator[str]:
    """What may not be broken: Latin words with the space after them, single characters of Japanese, and either with
    the marks that cling to it."""
    word: list[str] = []
    for cluster in clusters(text):
        if word and _may_break(word[-1], cluster):
            yield "".join(word)
            word = []
        word.append(cluster)
    if word:
        yield "".join(word)


def _may_break(before: str, after: str) -> bool:
    if after[0] in _NEVER_FIRST or before[0] in _NEVER_LAST or after == " ":
        return False
    return before == " " or _cluster_width(before) == 2 or _cluster_width(after) == 2


@lru_cache(4_096)
def _cluster_width(cluster: str) -> int:
    try:
        return len(cluster[0].encode("cp932"))
    except UnicodeEncodeError:
        return 2 if unicodedata.east_asian_width(cluster[0]) in ("W", "F") else 1


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
