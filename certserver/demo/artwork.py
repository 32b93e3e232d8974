"""Draws the fictional municipality's official seal and its residents' registered seals as 1-bit bitmaps at 600 dpi.
It is for demonstrations only: a real municipality brings scans of its own seals."""

import io
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

OFFICIAL_SEAL_PX = 567
"""24 mm at 600 dpi."""

_DPI = 600
_MM_PER_INCH = 25.4
_GOTHIC = Path("/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Bold.ttf")
_MINCHO = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")
_GLYPH_PX = 400
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
    side = round(diameter_mm / _MM_PER_INCH * _DPI)
    grid = _grid("".join(character for character in text if ord(character) not in _SELECTORS))
    v, u = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    radius = np.hypot(u, v)
    x, y = _square_of_disc(u / 0.80, v / 0.80)
    last = grid.shape[0] - 1
    column = np.clip((x + 1) / 2 * last, 0, last)
    row = np.clip((y + 1) / 2 * last, 0, last)
    ink = np.where(radius < 0.80, grid[row.round().astype(int), column.round().astype(int)], 0.0)
    rim = 0.068 * 13.5 / diameter_mm + 0.01
    ink = np.maximum(ink, ((radius <= 0.995) & (radius >= 0.995 - rim)).astype(float))
    return _png(_stamped(ink, text))


def _grid(text: str) -> npt.NDArray[np.float64]:
    """The characters as one square picture, 1.0 where there is ink."""
    columns, rows = next(
        shape for shape in ((1, 1), (1, 2), (2, 2), (2, 3), (3, 3)) if shape[0] * shape[1] >= len(text)
    )
    missing = columns * rows - len(text)
    text += "之印"[2 - missing :] if missing else ""
    side = 480
    picture = Image.new("L", (side, side), 255)
    width, height = side // columns, side // rows
    for at, character in enumerate(text):
        column, row = columns - 1 - at // rows, at % rows
        glyph = _character(character, width - 16, height - 16)
        picture.paste(glyph, (column * width + 8, row * height + 8))
    return 1.0 - np.asarray(picture, dtype=np.float64) / 255.0


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


def _stamped(ink: npt.NDArray[np.float64], text: str) -> Image.Image:
    """Ink as rubbed onto paper: edges a little rough, always the same for the same text."""
    picture = Image.fromarray(((1.0 - ink) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.1))
    noise = np.random.default_rng(zlib.crc32(text.encode())).normal(0.0, 14.0, ink.shape)
    return Image.fromarray(np.clip(np.asarray(picture, dtype=np.float64) + noise, 0, 255).astype(np.uint8))


def _character(character: str, width: int, height: int) -> Image.Image:
    """One character whose ink fills the box, dark on white."""
    return _inked(character).resize((width, height), Image.Resampling.LANCZOS)


@cache
def _inked(character: str) -> Image.Image:
    """The ink of one character, cut out. 一 and its like keep some height, so that they don't fill the whole box."""
    font = ImageFont.truetype(str(_GOTHIC), _GLYPH_PX)
    in_gothic = _has_glyph(font, character)
    if not in_gothic:
        font = ImageFont.truetype(str(_MINCHO), _GLYPH_PX)
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


def _has_glyph(font: ImageFont.FreeTypeFont, character: str) -> bool:
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_CHARACTER))


def _png(picture: Image.Image) -> bytes:
    """1-bit PNG that carries its resolution."""
    out = io.BytesIO()
    picture.point(lambda value: 255 if value >= 128 else 0).convert("1", dither=Image.Dither.NONE).save(
        out, "PNG", dpi=(_DPI, _DPI), optimize=True
    )
    return out.getvalue()
