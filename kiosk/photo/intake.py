"""A picture file from a scanner or a stick becomes pixels, or a reason why not. Bounded before anything is unpacked: a
file may have been made to harm. Nothing but the pixels comes through: no EXIF, profile, comment or name. Pure."""

import io
import struct
import warnings
from enum import Enum

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from hardware.camera.model import Pixels

MOST_BYTES = 24_000_000
"""A scan of a print at 1200 dpi, or the file of a good telephone, is smaller."""
MOST_PIXELS = 40_000_000
MOST_SCANS = 32
"""Passes of a progressive JPEG: about ten are usual, and each costs as much as the whole picture."""
FORMATS = ("JPEG", "PNG")
MODES = frozenset({"RGB", "L"})
"""Black and white is allowed on paper; other colours would have to be guessed."""


class Unreadable(Enum):
    """Why a file is no picture for a card."""

    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    NOT_A_PICTURE = "not-a-picture"
    """Neither JPEG nor PNG, or made in a way that no camera makes them."""
    BROKEN = "broken"
    """It begins as a picture and does not go on as one."""
    NOT_RGB = "not-rgb"
    """CMYK, palettes, transparency, more than 8 bits."""


def read(file: bytes) -> Pixels | Unreadable:
    """The picture upright, as its EXIF says it was held where that can be read, in RGB."""
    if len(file) > MOST_BYTES:
        return Unreadable.TOO_MANY_BYTES
    if file.startswith(b"\xff\xd8") and file.count(b"\xff\xda") > MOST_SCANS:
        return Unreadable.NOT_A_PICTURE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures and odd EXIF; our bounds are narrower
            opened = Image.open(io.BytesIO(file), formats=FORMATS)
    except Image.DecompressionBombError:
        return Unreadable.TOO_MANY_PIXELS
    except (UnidentifiedImageError, *_GARBAGE):
        return Unreadable.NOT_A_PICTURE
    with opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if opened.width * opened.height > MOST_PIXELS:
            return Unreadable.TOO_MANY_PIXELS
        if opened.mode not in MODES or "transparency" in opened.info:
            return Unreadable.NOT_RGB
        try:
            opened.load()
        except _GARBAGE:
            return Unreadable.BROKEN
        return np.array(_upright(opened).convert("RGB"), dtype=np.uint8)


_GARBAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError, struct.error)
"""What Pillow raises for files that lie, seen in its readers of both formats."""


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except (*_GARBAGE, AttributeError, ZeroDivisionError):
        return picture  # its EXIF can't be read; the clerk sees how the picture stands
