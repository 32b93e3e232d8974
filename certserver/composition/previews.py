"""Samples for previews, drawn by the press with the fonts of this machine. Fonts are loaded when one is asked for; one
is drawn at a time, since neither processor nor renderer is there for more."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image

from certserver.composition.documents import SheetMaker, load_press
from certserver.composition.turns import Turns
from certserver.municipality import MunicipalityProfile
from certserver.office.settings.preview import DPI
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused

_POINTS_PER_INCH = 72
_WAITING = 6
"""For their turn: a page asks for the sides of one sample, which is drawn once."""


class LateSampleDrawer:
    """Fulfils `certserver.office.settings.preview.SampleDrawer`."""

    def __init__(self, further: Iterable[Path] = ()) -> None:
        self._further = tuple(further)
        self._turns = Turns(1, _WAITING)

    def sides(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> Sequence[Image.Image] | Refused:
        """Face and back of each page in turn, or why it can't be made. Raises `Busy`."""
        with self._turns.one():
            made = self._maker.make(line, profile, stamp, signer)
            return made if isinstance(made, Refused) else _rasters(made.file)

    @cached_property
    def _maker(self) -> SheetMaker:
        return SheetMaker(load_press(self._further))


def _rasters(file: bytes) -> Sequence[Image.Image]:
    document = pdfium.PdfDocument(file)
    try:
        return [page.render(scale=DPI / _POINTS_PER_INCH).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
