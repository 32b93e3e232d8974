"""Turns what a person brings, a PDF or pictures of face and back, into grey rasters. Whatever else comes is refused as
unreadable; nothing here trusts a file."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

from koufu.evidence.sizes import MAX_SIDES

Raster = npt.NDArray[np.uint8]

DOTS_PER_INCH = 300
MAX_BYTES = 100 * 1024 * 1024
MAX_PIXELS = 64_000_000
"""A4 at 780 dpi, or the photo of a large telephone: in colour 192 MB until it is grey."""

_FINER = 2
_LONGEST_SIDE = 6000
"""Pixels of a PDF's page: half a metre."""

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "PPM", "WEBP")


class UnreadablePicture(Exception):
    """The bytes are no PDF and no picture that can be looked at."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Picture:
    """One side in a file. Its raster is made when it is asked for, and not kept: a raster is large."""

    content: bytes
    frame: int

    def raster(self) -> Raster:
        """Grey, (row, column); a page of a PDF at 300 dpi. Raises `UnreadablePicture`."""
        return _page(self.content, self.frame) if _is_pdf(self.content) else _frame(self.content, self.frame)


def pictures(content: bytes) -> tuple[Picture, ...]:
    """The sides in a PDF or a picture file. Raises `UnreadablePicture`."""
    if len(content) > MAX_BYTES:
        raise UnreadablePicture(f"the file is larger than {MAX_BYTES // (1024 * 1024)} MB")
    if _is_pdf(content):
        with _opened_pdf(content) as document:
            count = len(document)
    else:
        with _opened_picture(content) as picture:
            count = getattr(picture, "n_frames", 1)
    if count > MAX_SIDES:
        raise UnreadablePicture(f"the file has more than {MAX_SIDES} pages")
    return tuple(Picture(content, frame) for frame in range(count))


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _page(content: bytes, number: int) -> Raster:
    with _opened_pdf(content) as document:
        page = document[number]
        width, height = (side * DOTS_PER_INCH / 72 for side in page.get_size())
        if not 0 < width * height * _FINER**2 <= MAX_PIXELS or max(width, height) > _LONGEST_SIDE:
            raise UnreadablePicture("a page of the PDF is larger than any sheet")
        # No form is filled in and no script is run: pages are only drawn. Finer than wanted, since the renderer sets
        # each glyph at a whole pixel.
        raster = page.render(scale=_FINER * DOTS_PER_INCH / 72, grayscale=True).to_numpy()
        grey = raster if raster.ndim == 2 else raster[:, :, 0]
        size = (max(1, grey.shape[1] // _FINER), max(1, grey.shape[0] // _FINER))
        return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _frame(content: bytes, number: int) -> Raster:
    with _opened_picture(content) as picture:
        picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise UnreadablePicture(f"the picture has more than {MAX_PIXELS // 1_000_000} million dots")
        # A JPEG is decoded to grey at once, a third as large.
        picture.draft("L", picture.size)
        return np.asarray(picture.convert("L"))


@contextmanager
def _opened_pdf(content: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadablePicture("the PDF is damaged") from error
    try:
        yield document
    except pdfium.PdfiumError as error:
        raise UnreadablePicture("a page of the PDF is damaged") from error
    finally:
        document.close()


@contextmanager
def _opened_picture(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            yield picture
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnreadablePicture("the file is no picture that can be read") from error
