"""What most forms share below their tables: where certification and quiet zone stand, and the mark that the next page
goes on or that nothing follows. The marks' words and places are our own and unconfirmed."""

from typing import Final

from certserver.antiforgery.paper import Box, dots
from certserver.documents.certification import Place
from certserver.documents.ink import Layer
from certserver.documents.model import Entry
from certserver.documents.typefaces import Face

PLACE: Final = Place(11.5, (19.5, 242.8), (24.0, 251.2), 257.6)
QUIET_ZONE: Final = Box.of_mm(15.0, 253.0, 101.0, 273.0)
"""Free of text: here the copy warning stands uncut."""

CONTINUED: Final = "以下次頁"
ENDED: Final = "以下余白"
MARK_SIZE: Final = 11.0
"""Points."""
MARK_BELOW: Final = dots(5.2)
"""The baseline of the end mark under the edge of what ends, in dots."""

_RIGHT = dots(193.0)
_CONTINUED_BASELINE = dots(243.2)


def mark_of(page: int, pages: int) -> str:
    """The mark of a page (from 0) of so many."""
    return CONTINUED if page + 1 < pages else ENDED


def fill_mark(layer: Layer, mark: Entry, ended: float) -> None:
    """「以下次頁」 at the foot of the page, always in one place, or 「以下余白」 on the baseline `ended`, in dots."""
    baseline = _CONTINUED_BASELINE if mark.text == CONTINUED else ended
    layer.ending(Face.VALUE, mark.text, _RIGHT, baseline, MARK_SIZE, entry=mark.name)
