"""A slip as lines of a given paper: where each piece of text stands, and which parts are pictures. Text that the
printer's own characters can't show becomes a picture line of the same size."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import zxingcpp

from printers.errors import PaperTooNarrow
from printers.slips.lettering import CELL, Dots, draw_text
from printers.slips.letters import HALF, device_bytes, half_widths, widest_word, wrap
from printers.slips.model import Align, Banner, KanjiRom, Paper, Part, Qr, Row, Rule, Size, Slip, Space, Text

_LEADING = 10
_RULE_SPACE = 10
_BANNER_PADDING = 10
_QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the printer that begin `at` dots from the left."""

    encoded: bytes
    at: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """Runs of one line; `height` is to the next line."""

    runs: tuple[Run, ...]
    size: Size
    bold: bool
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots over the whole width."""

    dots: Dots


Line = TextLine | Picture | Space


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    at: int


def lay_out(slip: Slip, paper: Paper, rom: KanjiRom) -> list[Line]:
    """The slip's lines on that paper. Raises `UnprintableText`, `PaperTooNarrow` for a QR code that does not fit."""
    width: int = paper.value
    return [line for part in slip.parts for line in _part_lines(part, width, rom)]


def _part_lines(part: Part, width: int, rom: KanjiRom) -> Iterator[Line]:
    match part:
        case Text():
            yield from _text_lines(part, width, rom)
        case Row():
            yield from _row_lines(part, width, rom)
        case Banner(text):
            yield from _banner(text, width)
        case Rule():
            yield Space(_RULE_SPACE)
            yield Picture(_rule(part, width))
            yield Space(_RULE_SPACE)
        case Qr():
            yield Picture(_qr(part, width))
        case Space():
            yield part


def _text_lines(part: Text, width: int, rom: KanjiRom) -> Iterator[Line]:
    size = _fitting(part.size, widest_word(part.text), width - (part.indent + half_widths(part.mark)) * HALF)
    cell = HALF * size.across
    left = part.indent * HALF + half_widths(part.mark) * cell
    for number, text in enumerate(wrap(part.text, (width - left) // cell)):
        free = width - left - half_widths(text) * cell
        at = left + {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[part.align]
        pieces = [_Piece(part.mark, part.indent * HALF)] if part.mark and number == 0 else []
        yield _line([*pieces, _Piece(text, at)], size, part.bold, width, rom)


def _row_lines(part: Row, width: int, rom: KanjiRom) -> Iterator[Line]:
    left = part.indent * HALF
    size = _fitting(part.size, max(half_widths(part.value), widest_word(part.label)), width - left)
    cell = HALF * size.across
    columns = (width - left) // cell
    labels = wrap(part.label, columns)
    values = wrap(part.value, columns)
    if len(values) == 1 and half_widths(labels[-1]) + half_widths(values[0]) < columns:
        rows = [*((label, "") for label in labels[:-1]), (labels[-1], values[0])]
    else:
        rows = [*((label, "") for label in labels), *(("", value) for value in values)]
    for label, value in rows:
        pieces = [_Piece(label, left), _Piece(value, width - half_widths(value) * cell)]
        yield _line([piece for piece in pieces if piece.text], size, part.bold, width, rom)


def _fitting(size: Size, widest: int, room: int) -> Size:
    """The size asked for, or the next smaller one in which nothing must be broken that should stay whole."""
    smaller = [each for each in reversed(Size) if each.down <= size.down and each.across <= size.across]
    return next((each for each in smaller if widest * HALF * each.across <= room), Size.NORMAL)


def _line(pieces: list[_Piece], size: Size, bold: bool, width: int, rom: KanjiRom) -> Line:
    height = CELL * size.down + _LEADING * (1 + size.down) // 2
    runs = []
    for piece in pieces:
        encoded = device_bytes(piece.text, rom)
        if encoded is None:
            dots = np.zeros((height, width), bool)
            for each in pieces:
                draw_text(dots, each.text, (each.at, 0), size, bold=bold)
            return Picture(dots)
        runs.append(Run(encoded, piece.at))
    return TextLine(tuple(runs), size, bold, height)


def _banner(text: str, width: int) -> Iterator[Line]:
    size = Size.LARGE if half_widths(text) * 2 * HALF <= width - 2 * HALF else Size.TALL
    lines = wrap(text, (width - 2 * HALF) // (HALF * size.across))
    pitch = CELL * size.down + _LEADING
    letters = np.zeros((2 * _BANNER_PADDING + pitch * len(lines) - _LEADING, width), bool)
    for number, line in enumerate(lines):
        left = (width - half_widths(line) * HALF * size.across) // 2
        draw_text(letters, line, (left, _BANNER_PADDING + number * pitch), size, bold=True)
    yield Picture(~letters)
    yield Space(_LEADING)


def _rule(rule: Rule, width: int) -> Dots:
    if rule is Rule.DOTTED:
        return np.tile(np.arange(width) % 8 < 4, (2, 1))
    return np.ones((4 if rule is Rule.THICK else 2, width), bool)


def _qr(part: Qr, width: int) -> Dots:
    code = zxingcpp.create_barcode(part.content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.asarray(code.to_image(scale=1, add_quiet_zones=False)) == 0
    side = (modules.shape[0] + 2 * _QUIET_ZONE) * part.module
    if side > width:
        raise PaperTooNarrow("the QR code does not fit the paper")
    dots = np.zeros((side, width), bool)
    drawn = np.kron(modules, np.ones((part.module, part.module), bool)).astype(bool)
    top, left = _QUIET_ZONE * part.module, (width - drawn.shape[1]) // 2
    dots[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    return dots
