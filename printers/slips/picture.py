"""Draws ESC/POS bytes as the paper a person holds: what the reader found, in BIZ UD Gothic, on paper with its margins.
For eyes and tests only; nothing prints from it."""

from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from printers.errors import UnreadableSlip
from printers.fonts import Face, font_path
from printers.slips.model import Paper
from printers.slips.reader import PrintedDots, PrintedText, Strip, read_strips

_SCALE = 2
_CELL = 24
_HALF = 12
_BASELINE = 0.86
_MARGINS = {Paper.MM_58: 40, Paper.MM_80: 32}
_HEAD_TO_KNIFE = 72
"""Dots of white that every slip has above its first and below its last line."""
_AROUND = 24
_PAPER = (253, 252, 249)
_INK = (38, 36, 40)
_TABLE = (222, 224, 228)
_SHADOW = (168, 171, 178)
_MAX_PIXELS = 120_000_000


def draw(data: bytes, paper: Paper) -> Image.Image:
    """A picture of every piece of paper that the bytes print, two pixels a dot. Raises `UnreadableSlip`."""
    strips = read_strips(data, paper.value)
    papers = [_draw_strip(strip, paper) for strip in strips]
    if not papers:
        raise UnreadableSlip("nothing is printed")
    around = _AROUND * _SCALE
    width = papers[0].width + 2 * around
    height = sum(each.height for each in papers) + around * (len(papers) + 1)
    if width * height > _MAX_PIXELS:
        raise UnreadableSlip("the slip is longer than any picture")
    table = Image.new("RGB", (width, height), _TABLE)
    shadow = ImageDraw.Draw(table)
    top = around
    for each in papers:
        shadow.rectangle((around + 4, top + 6, around + each.width + 3, top + each.height + 5), fill=_SHADOW)
        top += each.height + around
    table = table.filter(ImageFilter.GaussianBlur(6))
    top = around
    for each in papers:
        table.paste(each, (around, top))
        top += each.height + around
    return table


def _draw_strip(strip: Strip, paper: Paper) -> Image.Image:
    margin = _MARGINS[paper]
    size = ((paper.value + 2 * margin) * _SCALE, (strip.height + 2 * _HEAD_TO_KNIFE) * _SCALE)
    if size[0] * size[1] > _MAX_PIXELS:
        raise UnreadableSlip("the slip is longer than any picture")
    ink = Image.new("L", size, 0)
    for item in strip.items:
        at = ((margin + item.x) * _SCALE, (_HEAD_TO_KNIFE + item.y) * _SCALE)
        if isinstance(item, PrintedText):
            _draw_text(ink, item, at)
        else:
            ink.paste(_enlarge(item), at)
    sheet = Image.new("RGB", size, _PAPER)
    sheet.paste(_INK, (0, 0), ink)
    return sheet


def _draw_text(ink: Image.Image, item: PrintedText, at: tuple[int, int]) -> None:
    height = _CELL * _SCALE * item.down
    font = _font(Face.GOTHIC_BOLD if item.bold else Face.GOTHIC, height)
    x, y = at
    for character in item.text:
        width = _HALF * _SCALE * item.across * len(character.encode("cp932"))
        natural = height if width * item.down == height * item.across else height // 2
        cell = Image.new("L", (natural, height), 0)
        ImageDraw.Draw(cell).text((0, round(height * _BASELINE)), character, fill=255, font=font, anchor="ls")
        ink.paste(cell.resize((width, height), Image.Resampling.LANCZOS), (x, y))
        x += width


def _enlarge(item: PrintedDots) -> Image.Image:
    dots = Image.fromarray((item.dots * np.uint8(255)).astype(np.uint8))
    return dots.resize((dots.width * _SCALE, dots.height * _SCALE), Image.Resampling.NEAREST)


@cache
def _font(face: Face, height: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_path(face), height)
