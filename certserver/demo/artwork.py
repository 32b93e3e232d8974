"""Draws the fictional municipality's official seal and its residents' registered seals as 1-bit bitmaps at 600 dpi.
It is for demonstrations only: a real municipality brings scans of its own seals."""

import io
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from certserver.antiforgery.paper import MM_PER_INCH
from certserver.font_files import GOTHIC_BOLD, IPAMJ_MINCHO, installed

OFFICIAL_SEAL_PX = 567
"""24 mm at 600 dpi."""

_DPI = 600
_GOTHIC, _MINCHO = installed(GOTHIC_BOLD), installed(IPAMJ_MINCHO)
_GLYPH_PX = 400
_LOOKED_UP_PX = 32
_GRID_PX = 480
_NOISE_PX = 1024
_ROUGHNESS = 14.0
"""Standard deviation of the grey noise that makes edges look rubbed onto paper."""
_SELECTORS = range(0xE0100, 0xE01F0)
_NO_CHARACTER = "\U0010ffff"


def official_seal(lines: tuple[str, str, str]) -> bytes:
    """A square official seal of 567 x 567 px as a 1-bit PNG: three columns of three characters, read from the right
    as ("見本県", "見本市", "長之印")."""
    side = OFFICIAL_SEAL_PX
    picture = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=30, fill=0)
    draw.rounded_rectangle((19, 19, side - 20, side - 20), radius=16, fill=255)
    cell, gap, edge = 159, 5, 40
    for column, line in enumerate(reversed(lines)):
        for row, character in enumerate(line):
            at = (edge + column * (cell + gap), edge + row * (cell + gap))
            picture.paste(_character(character, cell, cell), at)
    return _png(picture)


def registered_seal(text: str, diameter_mm: float) -> bytes:
    """A round registered seal as a 1-bit PNG at 600 dpi, as wide and high as its diameter. One to nine characters
    stand in columns from the right, bent to fill the circle; a missing last one or two become 印 or 之印."""
    grid = _grid("".join(character for character in text if ord(character) not in _SELECTORS))
    disc = _disc(diameter_mm)
    grey = np.where(disc.inside, grid.ravel()[disc.source], np.uint8(255))
    grey[disc.rim] = 0
    return _png(_stamped(Image.fromarray(grey), text))


@dataclass(frozen=True, slots=True)
class _Disc:
    """A seal's geometry, dot by dot: where the characters stand, from which place of their grid each dot comes (as
    index into its bytes), and the rim around them."""

    inside: npt.NDArray[np.bool_]
    source: npt.NDArray[np.int32]
    rim: npt.NDArray[np.bool_]


@cache
def _disc(diameter_mm: float) -> _Disc:
    side = round(diameter_mm / MM_PER_INCH * _DPI)
    v, u = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    radius = np.hypot(u, v)
    x, y = _square_of_disc(u / 0.80, v / 0.80)
    last = _GRID_PX - 1
    column, row = (np.clip((place + 1) / 2 * last, 0, last).round().astype(np.int32) for place in (x, y))
    rim = 0.068 * 13.5 / diameter_mm + 0.01
    return _Disc(radius < 0.80, row * _GRID_PX + column, (radius <= 0.995) & (radius >= 0.995 - rim))


def _grid(text: str) -> npt.NDArray[np.uint8]:
    """The characters as one square picture, dark on white."""
    columns, rows = next(
        shape for shape in ((1, 1), (1, 2), (2, 2), (2, 3), (3, 3)) if shape[0] * shape[1] >= len(text)
    )
    missing = columns * rows - len(text)
    text += "之印"[2 - missing :] if missing else ""
    picture = Image.new("L", (_GRID_PX, _GRID_PX), 255)
    width, height = _GRID_PX // columns, _GRID_PX // rows
    for at, character in enumerate(text):
        column, row = columns - 1 - at // rows, at % rows
        glyph = _character(character, width - 16, height - 16)
        picture.paste(glyph, (column * width + 8, row * height + 8))
    return np.asarray(picture)


def _square_of_disc(
    u: npt.NDArray[np.float64], v: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Where a point of the unit disc comes from in the square (elliptical grid mapping)."""
    root = 2.0 * np.sqrt(2.0)
    difference = u * u - v * v

    def half(a: npt.NDArray[np.float64], sign: float) -> npt.NDArray[np.float64]:
        squared: npt.NDArray[np.float64] = np.maximum(2.0 + sign * difference + root * a, 0.0)
        return np.asarray(np.sqrt(squared) / 2.0)

    return half(u, 1.0) - half(-u, 1.0), half(v, -1.0) - half(-v, -1.0)


def _stamped(picture: Image.Image, text: str) -> Image.Image:
    """A picture as rubbed onto paper: edges a little rough, always the same for the same text."""
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(1.1)), dtype=np.int16)
    height, width = blurred.shape
    noise = _noise()
    row, column = divmod(zlib.crc32(text.encode()), len(noise) - width)
    row %= len(noise) - height
    rough = blurred + noise[row : row + height, column : column + width]
    return Image.fromarray(rough.clip(0, 255).astype(np.uint8))


@cache
def _noise() -> npt.NDArray[np.int16]:
    """Each seal takes its own window of it: the field is wider than any seal."""
    return np.random.default_rng(0).normal(0.0, _ROUGHNESS, (_NOISE_PX, _NOISE_PX)).astype(np.int16)


@cache
def _character(character: str, width: int, height: int) -> Image.Image:
    """One character whose ink fills the box, dark on white."""
    return _inked(character).resize((width, height), Image.Resampling.LANCZOS)


@cache
def _inked(character: str) -> Image.Image:
    """The ink of one character, cut out. 一 and its like keep some height, so that they don't fill the whole box."""
    in_gothic = _has_glyph(_font(_GOTHIC, _LOOKED_UP_PX), character)
    font = _font(_GOTHIC if in_gothic else _MINCHO, _GLYPH_PX)
    size = _GLYPH_PX * 3 // 2
    picture = Image.new("L", (size, size), 255)
    draw = ImageDraw.Draw(picture)
    weight = 0 if in_gothic else _GLYPH_PX // 50
    draw.text((size // 2, size // 2), character, font=font, fill=0, anchor="mm", stroke_width=weight)
    left, top, right, bottom = Image.eval(picture, lambda value: 255 - value).getbbox() or (0, 0, size, size)
    least = _GLYPH_PX * 6 // 10
    if bottom - top < least:
        top, bottom = top - (least - bottom + top) // 2, bottom + (least - bottom + top) // 2
    if right - left < least:
        left, right = left - (least - right + left) // 2, right + (least - right + left) // 2
    return picture.crop((left, top, right, bottom))


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)


def _has_glyph(font: ImageFont.FreeTypeFont, character: str) -> bool:
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_CHARACTER))


def _png(picture: Image.Image) -> bytes:
    """1-bit PNG that carries its resolution."""
    out = io.BytesIO()
    picture.point(lambda value: 255 if value >= 128 else 0).convert("1", dither=Image.Dither.NONE).save(
        out, "PNG", dpi=(_DPI, _DPI)
    )
    return out.getvalue()
