"""Reads the small code at the foot of every face from the raster that the page becomes: what is checked is what will be
on paper, not what a file says about itself (I1, I5)."""

import ctypes
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import zxingcpp

from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FaceCode

DOTS_PER_INCH = 300
"""At least what the printer prints."""

FOOT = 0.1
"""The share of the page at its foot where the code stands. Only that is drawn, since a whole page with its ground takes
thirty times as long; if no code is read there, all of it is."""

MAX_FACES = 99

FaceReader = Callable[[bytearray, int], tuple[FaceCode | None, ...] | None]
"""Takes a PDF and its number of sheets. Gives the code of each face, None where none can be read; or nothing at all
when the file is no PDF of twice as many pages."""


def read_faces(document: bytearray, sheets: int) -> tuple[FaceCode | None, ...] | None:
    """The `FaceReader`: every other page from the first."""
    try:
        # In place: no copy of the plain document is made that nobody could wipe.
        pdf = pdfium.PdfDocument((ctypes.c_ubyte * len(document)).from_buffer(document))
    except pdfium.PdfiumError:
        return None
    try:
        if not 0 < sheets <= MAX_FACES or len(pdf) != 2 * sheets:
            return None
        return tuple(_read_face(pdf[2 * sheet]) for sheet in range(sheets))
    except pdfium.PdfiumError:
        return None
    finally:
        pdf.close()


def _read_face(page: pdfium.PdfPage) -> FaceCode | None:
    """The one code of a face; None when there is none, or two that differ."""
    above_foot = page.get_height() * (1 - FOOT)
    for cut_off in (above_foot, 0.0):
        codes = set(_codes(_raster(page, cut_off)))
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _raster(page: pdfium.PdfPage, cut_off: float) -> npt.NDArray[np.uint8]:
    """The page in grey, without so many points at its top."""
    bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True, crop=(0, 0, 0, cut_off))
    raster: npt.NDArray[np.uint8] = bitmap.to_numpy()
    return np.ascontiguousarray(raster if raster.ndim == 2 else raster[:, :, 0])


def _codes(raster: npt.NDArray[np.uint8]) -> Iterator[FaceCode]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for found in zxingcpp.read_barcodes(raster, formats=formats, try_downscale=False):
        try:
            yield FaceCode.from_bytes(bytes(found.bytes))
        except MalformedEvidence:
            continue
