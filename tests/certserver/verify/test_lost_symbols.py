"""One symbol in four may be lost from a back, wherever its size lets the symbols stand; and two independent renderers
put the same symbols there."""

from itertools import combinations

import numpy as np
import pytest

from certserver.antiforgery.codes import Symbol, seal_code_symbols
from certserver.antiforgery.paper import PAGE_HEIGHT, PAGE_WIDTH
from koufu.evidence.numbers import document_number
from koufu.evidence.sealcode import split
from tests.support import sheets
from tests.support.reading import find

pytestmark = pytest.mark.xdist_group("sheets")

NUMBER = document_number(bytes(10))
PAYLOADS = {length: bytes(at * at % 251 for at in range(length)) for length in (900, 2400, 4500, 6300)}
"""Narrow and wide in one row, two by two, eight in two rows."""


def drawn(symbols: tuple[Symbol, ...]) -> sheets.Raster:
    """As a scanner at 300 dpi sees them."""
    paper = np.full((PAGE_HEIGHT, PAGE_WIDTH), sheets.WHITE, dtype=np.uint8)
    for symbol in symbols:
        box = symbol.box
        scale = box.width // len(symbol.modules)
        dark = symbol.modules.repeat(scale, axis=0).repeat(scale, axis=1)
        paper[box.top : box.bottom, box.left : box.right][dark] = 0
    return np.ascontiguousarray(paper[::2, ::2])


@pytest.mark.parametrize("length", PAYLOADS)
def test_a_back_that_lost_one_symbol_in_four_still_opens(length: int) -> None:
    symbols = seal_code_symbols(split(PAYLOADS[length], NUMBER, 1, 1))
    assert symbols is not None
    lost = len(symbols) // 4
    for gone in [set(each) for each in combinations(range(len(symbols)), lost)][:: 5 if lost > 1 else 1]:
        left = tuple(symbol for at, symbol in enumerate(symbols) if at not in gone)
        found = find(drawn(left)).seal_code
        assert found is not None, f"without {gone}"
        assert found.payload == PAYLOADS[length]


@pytest.mark.parametrize("document", ["residence", "seal_registration"])
def test_poppler_and_pdfium_draw_the_same_symbols(document: str) -> None:
    file = getattr(sheets, document)().file
    by_poppler = sheets.printed_dots(file, 1)
    by_pdfium = sheets.sides(file, 600)[1] < sheets.WHITE // 2 + 1
    rows, columns = slice(PAGE_HEIGHT * 100 // 297, PAGE_HEIGHT * 215 // 297), slice(360, PAGE_WIDTH - 360)
    assert by_poppler.shape == by_pdfium.shape
    # Ground and codes are 1-bit pictures dot for dot: not one dot may differ.
    assert np.array_equal(by_poppler[rows, columns], by_pdfium[rows, columns])
