"""Nothing on a paper stands outside of its frame, where a printer may not reach and where text that is too long shows
first."""

import pytest

from certserver.papers.model import Applicant, PersonPaper
from certserver.papers.press import Paper
from tests.gallery.papers import papers
from tests.support import sheets
from tests.support.papers import LONG, about_somebody, drawn

DPI = 100
FRAME = (14.0, 9.0, 196.0, 288.0)
"""Left, top, right, bottom in mm: the text frame with its lines."""

PAPERS = dict(papers())
for name, paper in papers().items():
    if isinstance(paper, PersonPaper):
        PAPERS[f"{name}-long"] = about_somebody(paper.kind, LONG)
        PAPERS[f"{name}-blank"] = PersonPaper(paper.kind, paper.town, paper.day, Applicant())


@pytest.mark.parametrize("paper", PAPERS.values(), ids=list(PAPERS))
def test_nothing_stands_outside_of_the_frame(paper: Paper) -> None:
    left, top, right, bottom = (round(mm * DPI / 25.4) for mm in FRAME)
    for side in sheets.sides(drawn(paper).file, DPI):
        inside = side.copy()
        inside[top:bottom, left:right] = 255
        assert inside.min() == 255
