"""Reads ESC/POS bytes as a printer would and tells what stands where on the paper. Knows nothing of how slips are
encoded here; bounded in bytes and paper, and any bytes whatever give a result or `UnreadableSlip`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from printers.errors import UnreadableSlip

MAX_BYTES = 8 << 20
MAX_HEIGHT = 40_000
"""Dots: five metres of paper."""

_FONT_HEIGHT = 24
_HALF = 12
_HEAD_DPI = 203


@dataclass(frozen=True, slots=True)
class PrintedText:
    """Characters of one size in a row, their left top corner in dots."""

    x: int
    y: int
    text: str
    across: int
    down: int
    bold: bool


@dataclass(frozen=True, slots=True, eq=False)
class PrintedDots:
    """A raster, its left top corner in dots; True is black."""

    x: int
    y: int
    dots: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Strip:
    """One piece of paper, up to its cut. `cut` is False when the bytes ended before."""

    items: tuple[PrintedText | PrintedDots, ...]
    height: int
    cut: bool

    @property
    def text(self) -> str:
        """All characters in lines, as they stand from top to bottom; runs of a line are parted by a tab."""
        lines: dict[int, list[str]] = {}
        for item in self.items:
            if isinstance(item, PrintedText):
                lines.setdefault(item.y, []).append(item.text)
        return "\n".join("\t".join(runs) for _, runs in sorted(lines.items()))


@dataclass(frozen=True, slots=True)
class _Style:
    across: int = 1
    down: int = 1
    bold: bool = False


@dataclass(slots=True)
class _Modes:
    style: _Style = _Style()
    spacing: int = 34
    align: int = 0
    unit: int = _HEAD_DPI
    shift_jis: bool = False
    code_page: int = 0
    yen_for_backslash: bool = False


@dataclass(slots=True)
class _Reader:
    width: int
    modes: _Modes = field(default_factory=_Modes)
    x: int = 0
    y: int = 0
    line: list[tuple[int, str, _Style]] = field(default_factory=list)
    items: list[PrintedText | PrintedDots] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)

    def put(self, character: str, halves: int) -> None:
        style = self.modes.style
        advance = halves * _HALF * style.across
        if self.x + advance > self.width:
            self.end_line()
        if self.line and self.line[-1][2] == style and self._end_of(self.line[-1]) == self.x:
            start, text, _ = self.line[-1]
            self.line[-1] = (start, text + character, style)
        else:
            self.line.append((self.x, character, style))
        self.x += advance

    def end_line(self) -> None:
        tallest = max((style.down for _, _, style in self.line), default=0) * _FONT_HEIGHT
        if self.line:
            free = self.width - self.x
            shift = (0, free // 2, free)[self.modes.align]
            for x, text, style in self.line:
                top = self.y + tallest - style.down * _FONT_HEIGHT
                self.items.append(PrintedText(x + shift, top, text, style.across, style.down, style.bold))
        self.advance(max(tallest, self.modes.spacing))
        self.line.clear()
        self.x = 0

    def advance(self, dots: int) -> None:
        self.y += dots
        if self.y > MAX_HEIGHT:
            raise UnreadableSlip("the slip is longer than any paper")

    def dots(self, units: int) -> int:
        return units * _HEAD_DPI // self.modes.unit

    def cut(self, *, cut: bool = True) -> None:
        if self.line:
            self.end_line()
        if self.items or cut:
            self.strips.append(Strip(tuple(self.items), self.y, cut))
        self.items = []
        self.y = 0

    @staticmethod
    def _end_of(run: tuple[int, str, _Style]) -> int:
        x, text, style = run
        return x + _HALF * style.across * len(text.encode("cp932"))


def read_strips(data: bytes, width_dots: int) -> tuple[Strip, ...]:
    """The pieces of paper that come out. Raises `UnreadableSlip` for a command or character not known here."""
    if len(data) > MAX_BYTES:
        raise UnreadableSlip("the slip has more bytes than any slip")
    reader = _Reader(width_dots)
    at = 0
    while at < len(data):
        at = _step(reader, data, at)
    reader.cut(cut=False)
    return tuple(reader.strips)


def _step(reader: _Reader, data: bytes, at: int) -> int:
    byte = data[at]
    if byte == 0x0A:
        reader.end_line()
        return at + 1
    if byte == 0x0D:
        return at + 1
    if byte in (0x10, 0x1B, 0x1C, 0x1D):
        return _command(reader, data, at)
    return _character(reader, data, at)


def _character(reader: _Reader, data: bytes, at: int) -> int:
    byte = data[at]
    if 0x20 <= byte <= 0x7E:
        reader.put("¥" if byte == 0x5C and reader.modes.yen_for_backslash else chr(byte), 1)
        return at + 1
    if 0xA1 <= byte <= 0xDF and reader.modes.code_page == 1:
        reader.put(bytes([byte]).decode("cp932"), 1)
        return at + 1
    if not reader.modes.shift_jis:
        raise UnreadableSlip(f"byte {byte:02x} is no character before FS C 1")
    try:
        character = data[at : at + 2].decode("cp932")
    except UnicodeDecodeError:
        character = ""
    # Codes for characters of the user's own decode too, and so do single bytes; no printer has them.
    if len(character) != 1 or "\ue000" <= character <= "\uf8ff":
        raise UnreadableSlip(f"bytes {data[at : at + 2].hex()} are no character")
    reader.put(character, 2)
    return at + 2


def _command(reader: _Reader, data: bytes, at: int) -> int:
    name = data[at : at + 2]
    if name == b"\x1dv":
        return _raster(reader, data, at)
    if name == b"\x1dV":
        return _cut(reader, data, at)
    known = _COMMANDS.get(name)
    if known is None:
        raise UnreadableSlip(f"the command {name.hex()} is not known here")
    length, obey = known
    arguments = data[at + 2 : at + 2 + length]
    if len(arguments) < length:
        raise UnreadableSlip("the slip ends inside a command")
    obey(reader, arguments)
    return at + 2 + length


def _raster(reader: _Reader, data: bytes, at: int) -> int:
    head = data[at + 2 : at + 8]
    if len(head) < 6 or head[:2] not in (b"0\x00", b"00"):
        raise UnreadableSlip("a raster of a kind not known here")
    width, height = int.from_bytes(head[2:4], "little"), int.from_bytes(head[4:6], "little")
    end = at + 8 + width * height
    packed = np.frombuffer(data, np.uint8, max(min(end, len(data)) - at - 8, 0), at + 8)
    if end > len(data) or not packed.size:
        raise UnreadableSlip("the slip ends inside a raster")
    if reader.line:
        reader.end_line()
    dots = np.unpackbits(packed.reshape(height, width), axis=1)[:, : reader.width].astype(bool)
    free = max(reader.width - dots.shape[1], 0)
    reader.items.append(PrintedDots((0, free // 2, free)[reader.modes.align], reader.y, dots))
    reader.advance(height)
    return end


def _cut(reader: _Reader, data: bytes, at: int) -> int:
    kind = data[at + 2 : at + 3]
    if kind in (b"\x00", b"\x01", b"0", b"1"):
        reader.cut()
        return at + 3
    if kind in (b"A", b"B") and at + 3 < len(data):
        if reader.line:
            reader.end_line()
        reader.advance(reader.dots(data[at + 3]))
        reader.cut()
        return at + 4
    raise UnreadableSlip("a cut of a kind not known here")


def _initialise(reader: _Reader, _: bytes) -> None:
    reader.modes = _Modes()
    reader.line.clear()
    reader.x = 0


def _size(reader: _Reader, argument: bytes) -> None:
    if argument[0] & 0x88:
        raise UnreadableSlip("characters are at most eight times as large")
    reader.modes.style = replace(reader.modes.style, across=(argument[0] >> 4) + 1, down=(argument[0] & 0x0F) + 1)


def _bold(reader: _Reader, argument: bytes) -> None:
    reader.modes.style = replace(reader.modes.style, bold=bool(argument[0] & 1))


def _align(reader: _Reader, argument: bytes) -> None:
    kinds = {0: 0, 1: 1, 2: 2, 0x30: 0, 0x31: 1, 0x32: 2}
    if argument[0] not in kinds:
        raise UnreadableSlip("an alignment that does not exist")
    reader.modes.align = kinds[argument[0]]


def _units(reader: _Reader, argument: bytes) -> None:
    reader.modes.unit = argument[1] or _HEAD_DPI


def _feed(reader: _Reader, argument: bytes) -> None:
    if reader.line:
        reader.end_line()
    reader.advance(reader.dots(argument[0]))


def _move(reader: _Reader, argument: bytes) -> None:
    reader.x = min(reader.dots(int.from_bytes(argument, "little")), reader.width)


def _spacing(reader: _Reader, argument: bytes) -> None:
    reader.modes.spacing = reader.dots(argument[0])


def _kanji_system(reader: _Reader, argument: bytes) -> None:
    reader.modes.shift_jis = argument in (b"\x01", b"1")


def _code_page(reader: _Reader, argument: bytes) -> None:
    reader.modes.code_page = argument[0]


def _international(reader: _Reader, argument: bytes) -> None:
    reader.modes.yen_for_backslash = argument[0] == 8


def _nothing(_: _Reader, __: bytes) -> None:
    """Commands that leave no mark on paper."""


_COMMANDS: Mapping[bytes, tuple[int, Callable[[_Reader, bytes], None]]] = {
    b"\x1b@": (0, _initialise),
    b"\x1bE": (1, _bold),
    b"\x1ba": (1, _align),
    b"\x1b2": (0, lambda reader, _: _spacing(reader, b"\x22")),
    b"\x1b3": (1, _spacing),
    b"\x1bJ": (1, _feed),
    b"\x1b$": (2, _move),
    b"\x1bt": (1, _code_page),
    b"\x1bR": (1, _international),
    b"\x1cC": (1, _kanji_system),
    b"\x1cS": (2, _nothing),
    b"\x1d!": (1, _size),
    b"\x1dP": (2, _units),
    b"\x1da": (1, _nothing),
    b"\x1db": (1, _nothing),
    b"\x1dr": (1, _nothing),
    b"\x10\x04": (1, _nothing),
    b"\x10\x14": (8, _nothing),
}
