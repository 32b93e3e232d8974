"""Draws papers: the one way from what a paper says to its file. A character without a glyph, or a value that fits no
step of its field, is a refusal that names the field, never another glyph (I10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from certserver.documents.typefaces import Face, Typeface
from certserver.papers.attorney_form import draw_attorney
from certserver.papers.card_application_form import draw_application
from certserver.papers.delivery_notice_form import draw_delivery_notice
from certserver.papers.explained_form import draw_explained
from certserver.papers.face_statement_form import draw_face_statement
from certserver.papers.file import written
from certserver.papers.guidance_form import draw_guidance
from certserver.papers.kinds import PAPERS, PaperKind
from certserver.papers.loss_report_form import draw_loss_report
from certserver.papers.model import (
    ApplicationPaper,
    GuidancePaper,
    NoticePaper,
    PersonPaper,
    PlainPaper,
    ReadinessPaper,
)
from certserver.papers.notice_form import draw_notice
from certserver.papers.pin_request_form import draw_pin_request
from certserver.papers.readiness_form import draw_readiness
from certserver.papers.sheets import Sheets
from certserver.papers.side import Fonts, Wanting

Paper = ApplicationPaper | PersonPaper | PlainPaper | GuidancePaper | ReadinessPaper | NoticePaper


_OF_PERSONS: Mapping[PaperKind, Callable[[Sheets, PersonPaper], None]] = {
    PaperKind.DELIVERY_NOTICE: draw_delivery_notice,
    PaperKind.FACE_CARE: draw_face_statement,
    PaperKind.FACE_FACILITY: draw_face_statement,
    PaperKind.FACE_HOSPITAL: draw_face_statement,
    PaperKind.FACE_SUPPORT: draw_face_statement,
    PaperKind.LETTER_OF_ATTORNEY: draw_attorney,
    PaperKind.LOSS_REPORT: draw_loss_report,
    PaperKind.PIN_REQUEST: draw_pin_request,
}


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
        _draw(sheets, paper)
        if wanting.missing:
            return Undrawable(Unfit.MISSING, tuple(dict.fromkeys(wanting.missing)))
        if wanting.misfits:
            return Undrawable(Unfit.TOO_LONG, tuple(dict.fromkeys(wanting.misfits)))
        title = PAPERS[paper.kind].title.replace("　", " ")
        return DrawnPaper(title, sheets.count, written(title, sheets.contents(), sheets.fonts, sheets.jpegs))


def _draw(sheets: Sheets, paper: Paper) -> None:
    match paper:
        case ApplicationPaper():
            draw_application(sheets, paper)
        case PersonPaper():
            _OF_PERSONS[paper.kind](sheets, paper)
        case PlainPaper():
            draw_explained(sheets, paper)
        case GuidancePaper():
            draw_guidance(sheets, paper)
        case ReadinessPaper():
            draw_readiness(sheets, paper)
        case NoticePaper():
            draw_notice(sheets, paper)
