"""The sheet's own coordinates: whole dots of a 600-dpi printer from the top left corner, y down. Everything is placed
in them, so that no dot, module or seal pixel is ever resampled."""

from dataclasses import dataclass
from functools import lru_cache

DPI = 600
MM_PER_INCH = 25.4
POINTS_PER_INCH = 72
PAGE_WIDTH = 4960
PAGE_HEIGHT = 7016
"""A4 in whole dots at 600 dpi and in whole pixels at 300 dpi."""

SHEET_MM = (PAGE_WIDTH * MM_PER_INCH / DPI, PAGE_HEIGHT * MM_PER_INCH / DPI)
"""The same, width and height."""

PAGE_BOX = (PAGE_WIDTH * POINTS_PER_INCH / DPI - 0.0001, PAGE_HEIGHT * POINTS_PER_INCH / DPI - 0.0001)
"""595.2 x 841.92 pt, a hair less: renderers round the number of pixels up, in single precision."""

_HAIR = 0.02
_KEPT_LENGTHS = 2048


@lru_cache(maxsize=_KEPT_LENGTHS)
def dots(mm: float) -> int:
    """Millimetres as whole dots."""
    return round(mm * DPI / MM_PER_INCH)


@lru_cache(maxsize=_KEPT_LENGTHS)
def points(pt: float) -> float:
    """A type size in points as dots."""
    return pt * DPI / POINTS_PER_INCH


def number(value: float) -> str:
    """A number as it stands in a content stream: no exponent, no needless digits."""
    whole = int(value)
    return str(whole) if whole == value else f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in dots; `right` and `bottom` are the first dots outside."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of_mm(cls, left: float, top: float, right: float, bottom: float) -> "Box":
        """The rectangle between these millimetres."""
        return cls(dots(left), dots(top), dots(right), dots(bottom))

    @property
    def width(self) -> int:
        """In dots."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In dots."""
        return self.bottom - self.top

    def grown(self, by: int) -> "Box":
        """The same rectangle with `by` dots more on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def operator(self) -> str:
        """As a path of a content stream."""
        return f"{self.left} {self.top} {self.width} {self.height} re"

    def picture(self, name: str) -> str:
        """Paints a picture of as many dots, or of a whole fraction of them, that fills the rectangle. A hair smaller:
        renderers round its corners outwards, and a picture that grew by a dot would be resampled."""
        width, height = number(self.width - 2 * _HAIR), number(2 * _HAIR - self.height)
        return f"q {width} 0 0 {height} {number(self.left + _HAIR)} {number(self.bottom - _HAIR)} cm /{name} Do Q"

    def bar(self) -> str:
        """The same as a filled line: a hair smaller, since renderers paint every dot that a shape touches."""
        left, top = number(self.left + _HAIR), number(self.top + _HAIR)
        return f"{left} {top} {number(self.width - 2 * _HAIR)} {number(self.height - 2 * _HAIR)} re"
