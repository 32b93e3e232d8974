"""Certificate pages as dots, black or white, for printers that know no PDF. Refuses paper on which codes would not be
readable; scales to exactly 200 or 300 dpi: a page is never stretched to whole dots."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from printers.errors import PaperTooNarrow, UnreadablePages

NARROWEST_DOTS = 1654
"""A4 at 200 dpi."""

_A4_MM = (210.0, 297.0)
_TOLERANCE_MM = 1.0
_POINTS_PER_MM = 72 / 25.4
_HAIR_DOTS = 0.01
_HAIR_POINTS = 0.0001
"""What a size may miss whole dots by: renderers round the number of dots up, in single precision."""
_INK_BELOW = 176
"""Grey levels below this become ink. A line of 0.085 mm, the thinnest of a certificate, covers two thirds of a dot at
200 dpi: at the usual half it would break up wherever it falls between two dots."""


@dataclass(frozen=True, slots=True)
class PageDots:
    """One page: rows of `width_bytes`, eight dots a byte from the left, black is 1; `height` rows."""

    width_bytes: int
    height: int
    packed: bytes


def resolution_for(width_dots: int) -> int:
    """300 dpi where A4 fits at that, else 200. Raises `PaperTooNarrow`."""
    if width_dots < NARROWEST_DOTS:
        raise PaperTooNarrow(f"{width_dots} dots: a certificate needs paper of at least {NARROWEST_DOTS} dots")
    return 300 if width_dots >= _dots(_A4_MM[0], 300) else 200


def rasterise(document: bytes, width_dots: int, pages: int) -> Iterator[PageDots]:
    """The pages of the PDF one by one, face and back in turn. Raises `PaperTooNarrow`, and `UnreadablePages` when the
    PDF does not have just that many A4 pages."""
    dots_per_inch = resolution_for(width_dots)
    try:
        pdf = pdfium.PdfDocument(document)
    except pdfium.PdfiumError as fault:
        raise UnreadablePages("the document is no PDF") from fault
    try:
        if len(pdf) != pages:
            raise UnreadablePages(f"the document has {len(pdf)} pages where the job has {pages}")
        for number in range(pages):
            yield _page_dots(pdf[number], dots_per_inch)
    finally:
        pdf.close()


def _page_dots(page: pdfium.PdfPage, dots_per_inch: int) -> PageDots:
    width_mm, height_mm = (points / _POINTS_PER_MM for points in page.get_size())
    if abs(width_mm - _A4_MM[0]) > _TOLERANCE_MM or abs(height_mm - _A4_MM[1]) > _TOLERANCE_MM:
        raise UnreadablePages("a page is not A4")
    if page.get_rotation():
        raise UnreadablePages("a page does not stand upright")
    _grow_to_whole_dots(page, dots_per_inch)
    bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
    grey: npt.NDArray[np.uint8] = bitmap.to_numpy()
    if grey.ndim == 3:
        grey = grey[:, :, 0]
    ink = grey[:, : _dots(_A4_MM[0], dots_per_inch)] < _INK_BELOW
    packed = np.packbits(ink, axis=1)
    return PageDots(packed.shape[1], packed.shape[0], packed.tobytes())


def _grow_to_whole_dots(page: pdfium.PdfPage, dots_per_inch: int) -> None:
    """Adds white at the right and bottom edges. A page that ends within a dot would be stretched over the whole of it,
    and a ground made of whole dots would lie between the printer's."""
    left, _, _, top = page.get_cropbox()
    width, height = (
        ceil(points * dots_per_inch / 72 - _HAIR_DOTS) * 72 / dots_per_inch - _HAIR_POINTS for points in page.get_size()
    )
    page.set_mediabox(left, top - height, left + width, top)
    page.set_cropbox(left, top - height, left + width, top)


def _dots(millimetres: float, dots_per_inch: int) -> int:
    return round(millimetres / 25.4 * dots_per_inch)
