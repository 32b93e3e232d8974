"""A slip as the bytes that go to a receipt printer: text in the printer's own characters, the rest as raster."""

import numpy as np

from printers.escpos import commands
from printers.slips.layout import Line, Picture, TextLine, lay_out
from printers.slips.lettering import Dots
from printers.slips.model import KanjiRom, Paper, Slip, Space

_DOTS_PER_INCH = 203
_BAND_ROWS = 128
_LAST_FEED = 24


def encode(slip: Slip, paper: Paper, rom: KanjiRom = KanjiRom.CP932) -> bytes:
    """The whole slip with a cut at its end, for a printer in any state. Raises `UnprintableText` when a character is in
    neither the printer nor a font here, and `PaperTooNarrow`."""
    body = b"".join(_encode_line(line) for line in lay_out(slip, paper, rom))
    return (
        commands.INITIALISE
        + commands.dots_as_unit(_DOTS_PER_INCH)
        + commands.SHIFT_JIS
        + commands.NO_KANJI_SPACING
        + commands.KATAKANA_PAGE
        + commands.USA_CHARACTERS
        + commands.SMOOTHING
        + body
        + commands.feed(_LAST_FEED)
        + commands.CUT
    )


def _encode_line(line: Line) -> bytes:
    match line:
        case TextLine(runs, size, bold, height):
            words = [commands.size(size.across, size.down), commands.bold(bold), commands.line_spacing(height)]
            words += [commands.move_to(run.at) + run.encoded for run in runs]
            return b"".join(words) + commands.LINE_FEED
        case Picture(dots):
            return b"".join(_encode_dots(dots[row : row + _BAND_ROWS]) for row in range(0, len(dots), _BAND_ROWS))
        case Space(dots):
            return commands.feed(dots)


def _encode_dots(dots: Dots) -> bytes:
    packed = np.packbits(dots, axis=1)
    return commands.raster(packed.tobytes(), packed.shape[1])
