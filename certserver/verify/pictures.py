"""Turns what a person brings, a PDF or pictures of face and back, into grey rasters. Whatever else comes is refused as
unreadable; nothing here trusts a file."""

import io
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

Raster = npt.NDArray[np.uint8]

DOTS_PER_INCH = 300
MAX_BYTES = 100 * 1024 * 1024
MAX_PICTURES = 198
MAX_PIXELS = 9921 * 14032
"""A4 at 1200 dpi."""

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "PPM", "WEBP")
_LONGEST_SIDE = MAX_PIXELS / 9921


class UnreadablePicture(Exception):
    """The bytes are no PDF and no picture that can be looked at."""


def rasters(content: bytes) -> Iterator[Raster]:
    """The grey rasters, (row, column), in a PDF (each page at 300 dpi) or a picture file. Raises
    `UnreadablePicture`."""
    if len(content) > MAX_BYTES:
        raise UnreadablePicture(f"the file is larger than {MAX_BYTES // (1024 * 1024)} MB")
    if content.startswith(b"%PDF-"):
        yield from _pages(content)
    else:
        yield from _frames(content)


def _pages(content: bytes) -> Iterator[Raster]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadablePicture("the PDF is damaged") from error
    try:
        if len(document) > MAX_PICTURES:
            raise UnreadablePicture(f"the PDF has more than {MAX_PICTURES} pages")
        for page in document:
            width, height = page.get_size()
            if max(width, height) * DOTS_PER_INCH / 72 > _LONGEST_SIDE:
                raise UnreadablePicture("a page of the PDF is larger than any sheet")
            raster: Raster = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_numpy()
            yield np.ascontiguousarray(raster if raster.ndim == 2 else raster[:, :, 0])
    except pdfium.PdfiumError as error:
        raise UnreadablePicture("a page of the PDF is damaged") from error
    finally:
        document.close()


def _frames(content: bytes) -> Iterator[Raster]:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            for frame in range(min(getattr(picture, "n_frames", 1), MAX_PICTURES)):
                picture.seek(frame)
                if picture.width * picture.height > MAX_PIXELS:
                    raise UnreadablePicture("the picture has more dots than a sheet at 1200 dpi")
                yield np.asarray(picture.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnreadablePicture("the file is no picture that can be read") from error
