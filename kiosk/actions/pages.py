"""Reads the small code at the foot of every face from the raster that the page becomes: what is checked is what will be
on paper, not what a file says about itself (I1, I5)."""

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
"""The share of the page at its foot where the code stands; if none is read there, the whole page is looked at."""

MAX_FACES = 99

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

FaceReader = Callable[[bytearray, int], tuple[FaceCode | None, ...] | None]
"""Takes a PDF and its number of sheets. Gives the code of each face, None where none can be read; or nothing at all
when the file is no PDF of twice as many pages."""


def read_faces(document: bytearray, sheets: int) -> tuple[FaceCode | None, ...] | None:
    """The `FaceReader`: every other page from the first."""
    try:
        pdf = pdfium.PdfDocument(document)
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
    raster: npt.NDArray[np.uint8] = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_numpy()
    if raster.ndim == 3:
        raster = raster[:, :, 0]
    foot = raster[int(raster.shape[0] * (1 - FOOT)) :]
    for part in (foot, raster):
        codes = set(_codes(np.ascontiguousarray(part)))
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _codes(raster: npt.NDArray[np.uint8]) -> Iterator[FaceCode]:
    for found in zxingcpp.read_barcodes(raster, formats=_QR, try_downscale=False):
        try:
            yield FaceCode.from_bytes(bytes(found.bytes))
        except MalformedEvidence:
            continue
