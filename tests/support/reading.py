"""Reads sheets in this process, as the check does in one of its own."""

from collections.abc import Iterable, Iterator, Sequence

from certserver.verify.check import Checked, conclude, look
from certserver.verify.faces import Redrawing
from certserver.verify.judge import Findings, Keys, judge
from certserver.verify.pictures import Picture, Raster, pictures
from certserver.verify.symbols import Found, found_in, symbols_in


def rasters(content: bytes) -> Iterator[Raster]:
    """The sides in a PDF or a picture file. Raises `UnreadablePicture`."""
    return (picture.raster() for picture in pictures(content))


def find(raster: Raster) -> Found:
    """The codes in one picture of one side of a sheet."""
    return found_in(symbols_in(raster))


def read_sheet(sides: Iterable[Raster], keys: Keys) -> Findings:
    """Judges pictures of all faces and backs of one document, in any order."""
    return judge([find(side) for side in sides], keys)


def check(sides: Sequence[Picture], keys: Keys, redrawing: Redrawing) -> Checked:
    """Both halves of the check."""
    return conclude(look(sides, keys, redrawing), keys)
