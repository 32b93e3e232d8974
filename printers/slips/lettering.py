"""Draws text as dots for what a printer's own characters lack: BIZ UD Gothic first, IPAmj Mincho for what that lacks,
with variation selectors obeyed. A character that neither has is never replaced (I10): it raises `UnprintableText`."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont, features

from printers.errors import UnprintableText
from printers.fonts import Face, font_path
from printers.slips.letters import HALF, clusters, half_widths
from printers.slips.model import Size

Dots = npt.NDArray[np.bool_]
"""Rows of dots, True is black."""

CELL = 24
"""Height of a character in dots."""

_BASELINE = 0.86
"""Of the cell, from its top: where BIZ UD Gothic puts it."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """What a font has: characters, and variation sequences as (selector, character)."""

    characters: frozenset[int]
    sequences: frozenset[tuple[int, int]]


def draw_text(dots: Dots, text: str, at: tuple[int, int], size: Size, *, bold: bool) -> None:
    """Draws one line of text into the dots, its left top corner at `at`, each character in a cell of the printer's own
    width. Raises `UnprintableText`."""
    x, y = at
    for cluster in clusters(text):
        width = half_widths(cluster) * HALF * size.across
        if cluster not in (" ", "\u3000"):
            _draw_cluster(dots, cluster, (x, y), width, size, bold=bold)
        x += width


def _draw_cluster(dots: Dots, cluster: str, at: tuple[int, int], width: int, size: Size, *, bold: bool) -> None:
    face = next((face for face in _faces(bold) if _has(face, cluster)), None)
    if face is None:
        raise UnprintableText("no font here has " + " ".join(f"U+{ord(character):04X}" for character in cluster))
    x, y = at
    height = CELL * size.down
    cell = Image.new("L", (width, height), 0)
    font = _font(face, height)
    advance = max(1, round(font.getlength(cluster)))
    glyph = Image.new("L", (advance, height), 0)
    ImageDraw.Draw(glyph).text((0, round(height * _BASELINE)), cluster, fill=255, font=font, anchor="ls")
    if size.across != size.down or advance > width:
        glyph = glyph.resize((width, height))
    cell.paste(glyph, ((width - glyph.width) // 2, 0))
    room = dots[y : y + height, x : x + width]
    room |= (np.asarray(cell) > 110)[: room.shape[0], : room.shape[1]]


def _faces(bold: bool) -> tuple[Face, ...]:
    return (Face.GOTHIC_BOLD if bold else Face.GOTHIC, Face.MINCHO)


def _has(face: Face, cluster: str) -> bool:
    cover = _cover(font_path(face))
    base, marks = ord(cluster[0]), [ord(mark) for mark in cluster[1:]]
    if base not in cover.characters or unicodedata.category(cluster[0]) == "Co":
        return False
    return all((mark, base) in cover.sequences or mark in cover.characters for mark in marks)


@cache
def _cover(path: Path) -> _Cover:
    with TTFont(path, lazy=True) as font:
        tables = font["cmap"].tables
        sequences = {
            (selector, base)
            for table in tables
            if table.format == 14
            for selector, entries in table.uvsDict.items()
            for base, _ in entries
        }
        return _Cover(frozenset(font.getBestCmap()), frozenset(sequences))


@cache
def _font(face: Face, height: int) -> ImageFont.FreeTypeFont:
    """Raqm is asked for by name: without it Pillow draws a variation selector as a mark of its own."""
    if not features.check("raqm"):
        raise UnprintableText("text can't be shaped: install the Debian package libfribidi0")
    return ImageFont.truetype(font_path(face), height, layout_engine=ImageFont.Layout.RAQM)
