"""A slip as lines of a given paper: where each piece of text stands, and which parts are pictures. Text that the
printer's own characters can't show becomes a picture line of the same size."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import zxingcpp

from printers.errors import PaperTooNarrow
from printers.slips.lettering import CELL, Dots, draw_text
from printers.slips.letters import HALF, device_bytes, half_widths, wrap
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
    cell = HALF * part.size.across
    left = part.indent * HALF + half_widths(part.mark) * cell
    for number, text in enumerate(wrap(part.text, (width - left) // cell)):
        free = width - left - half_widths(text) * cell
        at = left + {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[part.align]
        pieces = [_Piece(part.mark, part.indent * HALF)] if part.mark and number == 0 else []
        yield _line([*pieces, _Piece(text, at)], part.size, part.bold, width, rom)


def _row_lines(part: Row, width: int, rom: KanjiRom) -> Iterator[Line]:
    cell = HALF * part.size.across
    columns = (width - part.indent * HALF) // cell
    value_columns = half_widths(part.value)
    value = _Piece(part.value, width - value_columns * cell)
    labels = [_Piece(text, part.indent * HALF) for text in wrap(part.label, columns)]
    if half_widths(labels[-1].text) + value_columns + 1 <= columns:
        *above, last = labels
        rows = [*([label] for label in above), [last, value]]
    else:
        rows = [*([label] for label in labels), [value]]
    for pieces in rows:
        yield _line(pieces, part.size, part.bold, width, rom)


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
