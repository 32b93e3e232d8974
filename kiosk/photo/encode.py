"""A cut becomes the JPEG file that an application takes, or a reason why it can't. Never enlarged, never padded: a file
that is too small stays one. Pure."""

import io
from dataclasses import dataclass, field
from enum import Enum

from PIL import Image

from hardware.camera.model import Pixels
from kiosk.photo.crop import COARSEST, HIGH_MM, WIDE_MM, Crop
from koufu.photo.measures import FILE_BYTES

MOST_A_MM = 40
"""Pixels a millimetre that a file gets at most: 1400 × 1800. A card prints less than half of it."""
QUALITIES = ((92, "4:2:0"), (98, "4:4:4"), (100, "4:4:4"), (80, "4:2:0"), (60, "4:2:0"), (30, "4:2:0"))
"""Tried in this order: good; better where a plain picture has too few bytes; worse where it has too many."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG file of 8-bit RGB without any metadata, and its size in pixels."""

    file: bytes = field(repr=False)
    width: int
    height: int


class CantEncode(Enum):
    """Why there is no file."""

    TOO_SMALL = "too-small"
    OUTSIDE = "outside"
    """The cut does not lie within the picture."""
    BYTES = "bytes"
    """No quality brings the file within its bounds: next to nothing is in the picture, or only noise."""


def jpeg_of(pixels: Pixels, quality: int = 88) -> bytes:
    """A whole picture as a JPEG file of RGB without any metadata: a scanned document, which needs no bounds."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def encode(pixels: Pixels, crop: Crop) -> Photo | CantEncode:
    """The file of a cut; its sides are exactly as 35 to 45."""
    height, width = pixels.shape[:2]
    box = (crop.left, crop.top, crop.left + crop.width, crop.top + crop.height)
    if not (0 <= box[0] < box[2] <= width and 0 <= box[1] < box[3] <= height):
        return CantEncode.OUTSIDE
    a_mm = min(MOST_A_MM, int(crop.pixels_a_mm))
    if a_mm < COARSEST:
        return CantEncode.TOO_SMALL
    size = (a_mm * int(WIDE_MM), a_mm * int(HIGH_MM))
    picture = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    for quality, subsampling in QUALITIES:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
        if FILE_BYTES[0] <= file.tell() <= FILE_BYTES[1]:
            return Photo(file.getvalue(), *size)
    return CantEncode.BYTES
