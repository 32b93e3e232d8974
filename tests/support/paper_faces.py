"""Faces for the checks of paper: the bits that are printed, what must be seen, and where each character stands."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from certserver.antiforgery.paper import DPI, POINTS_PER_INCH, Box
from certserver.documents.bundles import held
from certserver.documents.drawing import read_content
from certserver.documents.forms import compose, form_of
from certserver.verify.expected import Expected
from certserver.verify.fonts import FontsAtHand
from certserver.verify.redraw import redraw
from tests.gallery.cases import cases
from tests.support import sheets


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a face: its origin on the baseline, the size of its em across and down, all in dots."""

    text: str
    x: float
    baseline: float
    em: float
    across: float
    font: str


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face of a specimen: what is printed, what must be seen, every character, and the official seal's box."""

    name: str
    printed: sheets.Bits
    expected: Expected
    characters: tuple[Character, ...]
    official_seal: Box | None


@cache
def names() -> tuple[str, ...]:
    """Every sheet of the gallery."""
    return tuple(cases())


@lru_cache(maxsize=2)
def face(name: str, page: int = 0) -> Face:
    """A face of a sheet of the gallery, page from 0."""
    rendered = sheets.of_case(name)
    bundle = held(rendered.bundle.evidence).bundle
    content = rendered.contents[page]
    redrawn = redraw(content, bundle, fonts().typefaces(bundle))
    place = read_content(content).shape.place
    seal = place.official_seal_box(bundle.official_seal.width) if content.page == content.pages else None
    bits = sheets.printed_dots(rendered.file, 2 * page)
    return Face(name, bits, redrawn.expected, tuple(_characters(rendered.file, 2 * page)), seal)


@cache
def fonts() -> FontsAtHand:
    """Those of this machine."""
    return FontsAtHand()


@cache
def pages(name: str) -> int:
    """How many faces it has."""
    case = cases()[name]
    document = compose(case.line, case.profile)
    return len(form_of(document).pages_of(document))


def _characters(file: bytes, side: int) -> Iterator[Character]:
    """In the order of the text layer; a selector goes with its base."""
    document = pdfium.PdfDocument(file)
    page = document[side]
    try:
        yield from _clusters(page.get_textpage(), page.get_size()[1])
    finally:
        document.close()


def _clusters(text: pdfium.PdfTextPage, height: float) -> Iterator[Character]:
    scale = DPI / POINTS_PER_INCH
    name = ctypes.create_string_buffer(128)
    units = [pdfium_c.FPDFText_GetUnicode(text, at) for at in range(text.count_chars())]
    last: Character | None = None
    for at, unit in enumerate(units):
        if 0xDC00 <= unit < 0xE000 or unit <= 0x20 or unit == 0x3000:
            continue
        code = unit
        if 0xD800 <= unit < 0xDC00 and at + 1 < len(units):
            code = 0x10000 + ((unit - 0xD800) << 10) + (units[at + 1] - 0xDC00)
        if 0xE0100 <= code <= 0xE01EF and last is not None:
            last = replace(last, text=last.text + chr(code))
            continue
        if last is not None:
            yield last
        matrix, x, y, flags = pdfium_c.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        pdfium_c.FPDFText_GetMatrix(text, at, matrix)
        pdfium_c.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium_c.FPDFText_GetFontInfo(text, at, name, 128, flags)
        size = pdfium_c.FPDFText_GetFontSize(text, at) * scale
        down, across = float(np.hypot(matrix.c, matrix.d)) * size, float(np.hypot(matrix.a, matrix.b)) * size
        last = Character(
            chr(code), x.value * scale, (height - y.value) * scale, down, across, name.value.decode(errors="replace")
        )
    if last is not None:
        yield last
