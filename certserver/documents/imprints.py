"""Reads the 1-bit bitmaps of official and registered seals. Each is printed pixel for pixel or not at all."""

import io

from PIL import Image, UnidentifiedImageError

from certserver.antiforgery.paper import dots
from certserver.documents.png_chunks import picture_alone
from certserver.errors import ConfigurationError
from koufu.evidence.bitmap import Bitmap

SMALLEST_MM, LARGEST_MM = 8.0, 25.0
"""Registered seals are larger than 8 mm and smaller than 25 mm square (印鑑登録証明事務処理要領)."""


def read_imprint(png: bytes) -> Bitmap:
    """The bitmap in a 1-bit PNG. Raises `ConfigurationError` on any other picture."""
    try:
        with Image.open(io.BytesIO(picture_alone(png)), formats=("PNG",)) as picture:
            if picture.mode != "1":
                raise ConfigurationError("the bitmap of a seal must be a 1-bit PNG: scan it again at 600 dpi, 1 bit")
            width, height = picture.size
            rows = picture.tobytes("raw", "1;I")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ConfigurationError("the bitmap of a seal is not a PNG: scan it again at 600 dpi, 1 bit") from error
    return Bitmap(width, height, rows)


def read_registered_seal(png: bytes) -> Bitmap:
    """The same, within the size that the law allows for a registered seal."""
    imprint = read_imprint(png)
    if not dots(SMALLEST_MM) < max(imprint.width, imprint.height) < dots(LARGEST_MM):
        raise ConfigurationError("a registered seal is larger than 8 mm and smaller than 25 mm square")
    return imprint
