"""Papers of the counter as the pipeline wants them, with the fonts of this machine. Few servers print any, so fonts are
loaded when the first is asked for."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from certserver.documents.typefaces import load_typefaces
from certserver.papers.press import DrawnPaper, Paper, PaperPress, Undrawable


class LatePaperPress:
    """Fulfils `certserver.pipeline.card_applications.papers.PaperMaker`."""

    def __init__(self, further: Iterable[Path] = ()) -> None:
        self._further = tuple(further)

    def draw(self, paper: Paper) -> DrawnPaper | Undrawable:
        """The paper, or why it can't be. Raises `ConfigurationError` when a font is missing."""
        return self._press.draw(paper)

    @cached_property
    def _press(self) -> PaperPress:
        return PaperPress(load_typefaces(further=self._further))
