"""Draws papers: the one way from what a paper says to its file. A character without a glyph, or a value that fits no
step of its field, is a refusal that names the field, never another glyph (I10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from certserver.documents.typefaces import Face, Typeface
from certserver.papers.card_application_form import draw_application
from certserver.papers.file import written
from certserver.papers.kinds import PAPERS
from certserver.papers.model import ApplicationPaper
from certserver.papers.sheets import Sheets
from certserver.papers.side import Fonts, Wanting

Paper = ApplicationPaper


class Unfit(Enum):
    """Why a paper can't be drawn."""

    MISSING = "character-missing"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Undrawable:
    """A paper that can't be drawn as it was told, and the fields that are why."""

    why: Unfit
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """A PDF of so many sheets, each with face and back."""

    title: str
    sheets: int
    file: bytes = field(repr=False)


class PaperPress:
    """Safe to use from several threads."""

    def __init__(self, typefaces: Mapping[Face, Typeface]) -> None:
        self._typefaces = typefaces

    def draw(self, paper: Paper) -> DrawnPaper | Undrawable:
        """The paper, or why it can't be."""
        wanting = Wanting()
        sheets = Sheets(Fonts(self._typefaces), wanting)
        draw_application(sheets, paper)
        if wanting.missing:
            return Undrawable(Unfit.MISSING, tuple(dict.fromkeys(wanting.missing)))
        if wanting.misfits:
            return Undrawable(Unfit.TOO_LONG, tuple(dict.fromkeys(wanting.misfits)))
        title = PAPERS[paper.kind].title.replace("　", " ")
        return DrawnPaper(title, sheets.count, written(title, sheets.contents(), sheets.fonts, sheets.jpegs))
