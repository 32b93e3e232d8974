"""What a face's characters are easily taken for, each in its place: other forms (異体字) of a name's characters, and
digits that a thin or blurred print makes alike. What a forger who swaps one would have printed, drawn by the same fonts
and the same renderer as the face."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from certserver.antiforgery.paper import PAGE_HEIGHT, PAGE_WIDTH
from certserver.documents.bare import BareSheets
from certserver.documents.ink import EntryLine
from certserver.documents.typefaces import Typeface, clusters
from certserver.verify.expected import OtherForm
from certserver.verify.pictures import Raster

_LEAST_EM = 90.0
"""Dots: 10.8 points. Names stand in 11 and more; of smaller characters no picture shows the difference."""

_ALIKE = {
    "0": "689",
    "1": "47",
    "2": "37",
    "3": "258",
    "4": "19",
    "5": "36",
    "6": "058",
    "7": "12",
    "8": "0369",
    "9": "048",
}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS_ALIKE = _ALIKE | {digit.translate(_WIDE): others.translate(_WIDE) for digit, others in _ALIKE.items()}
"""By a stroke or two, which a weak printer loses."""

_ROOM = 10
"""Pixels around a character's em, which its ink and blur may reach over."""

_LEAST_UNLIKE = 0.02
"""Of a character's ink: forms that differ by less are one to the eye at any size."""

_MOST_CELLS = 4096
"""Drawn for one face: a page full of large characters with many forms has less."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COLUMNS, _ROWS = PAGE_WIDTH // 2, PAGE_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class _Cell:
    """A glyph to be drawn: which character of which entry, and where its square lies on the face and on a page of
    single characters (number, left, top), in pixels of two dots; sides too."""

    entry: str
    cluster: str
    matrix: tuple[float, ...]
    left: int
    top: int
    width: int
    height: int
    page: int
    page_left: int
    page_top: int


@dataclass(frozen=True, slots=True)
class OtherGlyphs:
    """For each character with other forms the cell of its own, then those of the others."""

    cells: tuple[tuple[_Cell, ...], ...]

    @classmethod
    def of(cls, lines: Iterable[EntryLine], typeface: Typeface) -> "OtherGlyphs":
        """Of everything that is not condensed; other forms where it is set large enough."""
        shelf = _Shelf()
        groups = []
        for line in lines:
            for cluster, matrix in _characters(line, typeface):
                large = -matrix[3] >= _LEAST_EM
                forms = (
                    *(typeface.font_of(cluster).other_forms(cluster) if large else ()),
                    *_DIGITS_ALIKE.get(cluster, ""),
                )
                if forms and shelf.count < _MOST_CELLS:
                    groups.append(tuple(shelf.cell(line.name, form, matrix) for form in (cluster, *forms)))
        return cls(tuple(groups))

    def painted(self, sheets: BareSheets) -> list[list[str]]:
        """The operators of each page of single characters."""
        pages: list[list[str]] = []
        for cell in (cell for group in self.cells for cell in group):
            while cell.page >= len(pages):
                pages.append([])
            across, _, _, down, x, y = cell.matrix
            moved = (across, 0, 0, down, x + 2 * (cell.page_left - cell.left), y + 2 * (cell.page_top - cell.top))
            pages[cell.page].append(sheets.character(cell.cluster, moved))
        return pages

    def seen(self, face: Raster, pages: Sequence[Raster]) -> Iterator[OtherForm]:
        """Pieces of the face, each with one character exchanged for another form of it."""
        for own, *others in self.cells:
            there = _cut(face, own.left, own.top, own)
            if there.shape != (own.height, own.width):
                continue
            ink = _ink(pages, own)
            for other in others:
                drawn = _ink(pages, other)
                if np.abs(drawn - ink).sum() >= _LEAST_UNLIKE * ink.sum():
                    raster = np.clip(there + ink - drawn, 0, 255).astype(np.uint8)
                    yield OtherForm(own.entry, own.left, own.top, raster)


class _Shelf:
    """Puts squares beside and below each other on as many pages as they need."""

    def __init__(self) -> None:
        self.count = 0
        self._page, self._left, self._top, self._next = 0, 0, 0, 0

    def cell(self, entry: str, cluster: str, matrix: tuple[float, ...]) -> _Cell:
        """The place of the next one."""
        across, _, _, down, x, y = matrix
        left, top = int(x) // 2 - _ROOM, int(y + down) // 2 - _ROOM
        width, height = int(across) // 2 + 2 * _ROOM, int(-down * 1.2) // 2 + 2 * _ROOM
        if self._left + width > _COLUMNS:
            self._left, self._top = 0, self._next
        if self._top + height > _ROWS:
            self._page, self._left, self._top, self._next = self._page + 1, 0, 0, 0
        found = _Cell(entry, cluster, matrix, left, top, width, height, self._page, self._left, self._top)
        self._left += width
        self._next = max(self._next, self._top + height)
        self.count += 1
        return found


def _characters(line: EntryLine, typeface: Typeface) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each character with its matrix."""
    across, right, up, down, x, y = map(float, _NUMBER.findall(line.matrix))
    if abs(across + down) > 0.5:
        return
    parts = clusters(line.text)
    for cluster, width in zip(parts, typeface.widths(parts), strict=True):
        yield cluster, (across, right, up, down, x, y)
        x += width * across + line.tracking


def _cut(raster: Raster, left: int, top: int, cell: _Cell) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    if left < 0 or top < 0:
        return np.zeros((0, 0), dtype=np.int16)
    return raster[top : top + cell.height, left : left + cell.width].astype(np.int16)


def _ink(pages: Sequence[Raster], cell: _Cell) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    return np.int16(255) - _cut(pages[cell.page], cell.page_left, cell.page_top, cell)
