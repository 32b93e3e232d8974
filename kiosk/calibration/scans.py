"""Reads a scan that somebody names: PNG, JPEG, TIFF or the first page of a PDF, within bounds of bytes and pixels. What
is no picture, or none that can be measured, is told with what to do."""

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

from kiosk.errors import ScanUnusable

Grey = npt.NDArray[np.uint8]
"""(rows, columns), 255 is white."""

LONGEST = 200_000_000
"""Bytes of a file."""
MOST_PIXELS = 80_000_000
"""A4 at 600 dpi has 35 million, at 900 dpi 78."""

_FORMATS = ("PNG", "JPEG", "TIFF")
_PDF_DPI = 600
_LONGEST_SIDE_POINTS = 1000
"""A4 has 842."""


def read_scan(file: Path) -> Grey:
    """The picture in this file. Raises `ScanUnusable`."""
    try:
        with file.open("rb") as stored:
            content = stored.read(LONGEST + 1)
    except OSError as error:
        raise ScanUnusable(f"{file} can't be read: {error.strerror}") from error
    if len(content) > LONGEST:
        raise ScanUnusable(f"{file} is larger than {LONGEST // 1_000_000} MB: scan one page, in grey, at 600 dpi")
    return _pdf(content, file) if content[:1024].find(b"%PDF-") >= 0 else _picture(file)


def _picture(file: Path) -> Grey:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ScanUnusable(f"{file} has too many pixels: scan one page, in grey, at 600 dpi")
                if picture.mode == "1":
                    raise ScanUnusable(f"{file} is black and white only: scan in grey, so that it can be measured")
                if picture.mode.startswith("I;16"):
                    return np.asarray(np.asarray(picture) >> 8, dtype=np.uint8)
                return np.asarray(picture.convert("L"), dtype=np.uint8)
    except Image.DecompressionBombError as error:
        raise ScanUnusable(f"{file} has too many pixels: scan one page, in grey, at 600 dpi") from error
    except UnidentifiedImageError as error:
        raise ScanUnusable(f"{file} is no picture: a scan is a PNG, JPEG, TIFF or PDF file") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ScanUnusable(f"{file} is damaged: scan the sheet again") from error


def _pdf(content: bytes, file: Path) -> Grey:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise ScanUnusable(f"{file} is damaged: scan the sheet again") from error
    try:
        if len(document) < 1 or max(document[0].get_size()) > _LONGEST_SIDE_POINTS:
            raise ScanUnusable(f"{file} holds no page of A4: scan the sheet again")
        grey: Grey = document[0].render(scale=_PDF_DPI / 72, grayscale=True).to_numpy()
        return np.ascontiguousarray(grey[:, :, 0] if grey.ndim == 3 else grey)
    finally:
        document.close()
