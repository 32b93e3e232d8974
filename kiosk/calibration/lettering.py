"""Text on the calibration sheet, as dots of a 600-dpi printer without grey."""

from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.calibration.plan import Bits, Place
from printers.fonts import Face, font_path

_DOTS_PER_POINT = 600 / 72


def write(sheet: Bits, text: str, at: Place, points: float, *, bold: bool = False, anchor: str = "ls") -> None:
    """Writes one line into the sheet. `at` is its anchor (Pillow's letters: `ls` is the left end of the baseline).
    Raises `FontMissing`."""
    height, width = sheet.shape
    left, top, right, bottom = _font(points, bold).getbbox(text, anchor=anchor)
    box = (
        max(0, int(at[0] + left) - 2),
        max(0, int(at[1] + top) - 2),
        min(width, int(at[0] + right) + 3),
        min(height, int(at[1] + bottom) + 3),
    )
    picture = Image.new("1", (box[2] - box[0], box[3] - box[1]), 0)
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"
    draw.text((at[0] - box[0], at[1] - box[1]), text, font=_font(points, bold), fill=1, anchor=anchor)
    sheet[box[1] : box[3], box[0] : box[2]] |= np.asarray(picture, dtype=np.bool_)


@cache
def _font(points: float, bold: bool) -> ImageFont.FreeTypeFont:
    face = Face.GOTHIC_BOLD if bold else Face.GOTHIC
    return ImageFont.truetype(str(font_path(face)), round(points * _DOTS_PER_POINT))
