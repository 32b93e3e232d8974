"""手続きができるところ: why something can't be done here, and the places where it can, in large print."""

from collections.abc import Mapping
from dataclasses import dataclass

from certserver.applications.permissions import NotHere, Site, SiteKind
from certserver.applications.places import Procedure
from certserver.documents.fitting import Field, Step
from certserver.documents.typefaces import Face
from certserver.papers import parts, words, words_en
from certserver.papers.kinds import PAPERS, PaperKind, PaperLanguage
from certserver.papers.model import GuidancePaper
from certserver.papers.pictures import Picture, draw_picture
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import day_text

FREE_DIAL = "0120-95-0178"
"""マイナンバー総合フリーダイヤル, for everybody."""

MOST_PLACES = 4
_LARGE = (Step(20), Step(18), Step(16), Step(14), Step(14, 1, 2), Step(12, 1, 2), Step(10, 1, 3))
_PICTURES = {SiteKind.MUNICIPAL_COUNTER: Picture.COUNTER, SiteKind.POST_OFFICE: Picture.LETTER}
_PLACE = 40.0


@dataclass(frozen=True, slots=True)
class _Edition:
    """The words of one language; `more` has a place for a number."""

    title: str
    wanted: str
    procedures: Mapping[Procedure, str]
    why: Mapping[NotHere, str]
    sites: Mapping[SiteKind, str]
    nowhere: str
    more: str
    phone: str
    ask: str


_EDITIONS = {
    PaperLanguage.JAPANESE: _Edition(
        PAPERS[PaperKind.WHERE_TO_GO].title,
        "今日のご用件：",
        words.PROCEDURES,
        words.WHY_NOT_HERE,
        words.SITES,
        "どこでできるかは、ご用件によって変わります。 下の電話で おたずねください。",
        "ほかに{}か所でできます。窓口でおたずねください。",
        "電話",
        "わからないときは（マイナンバー総合フリーダイヤル）",
    ),
    PaperLanguage.ENGLISH: _Edition(
        "Where to go",
        "You came for: ",
        words_en.PROCEDURES,
        words_en.WHY_NOT_HERE,
        words_en.SITES,
        "Where it can be done depends on what you need. Please call the number below.",
        "It can be done at {} more places. Please ask at the counter.",
        "Tel",
        "Questions? My Number helpline (free of charge)",
    ),
}


def draw_guidance(sheets: Sheets, paper: GuidancePaper) -> None:
    """One sheet."""
    side, edition = sheets.face(), _EDITIONS[paper.language]
    side.text(edition.title, LEFT, 24, 28, Face.BOX_BOLD)
    side.rule(LEFT, RIGHT, 33, 18)
    wanted = f"{edition.wanted}{edition.procedures[paper.procedure]}"
    y = side.prose(wanted, LEFT, 40, RIGHT - LEFT, 18, Face.BOX_BOLD)
    y = side.prose(edition.why[paper.reason], LEFT, y + 2, RIGHT - LEFT, 18, Face.BOX)
    y += 6
    if not paper.instead:
        y = side.prose(edition.nowhere, LEFT, y, RIGHT - LEFT, 18, Face.BOX)
    for site in paper.instead[:MOST_PLACES]:
        _place(side, paper, edition, site, y)
        y += _PLACE
    more = len(paper.instead) - MOST_PLACES
    if more > 0:
        side.text(edition.more.format(more), LEFT, y + 4, 14, Face.BOX)
    _phone(side, edition)
    parts.foot(side, _footing(paper))


def _footing(paper: GuidancePaper) -> str:
    if paper.language is PaperLanguage.ENGLISH:
        return f"As of {paper.day.isoformat()}. Nobody's name is on this paper."
    return f"{day_text(paper.day)}現在のご案内です。この紙に、お名前などは書かれていません。"


def _place(side: Side, paper: GuidancePaper, edition: _Edition, site: Site, top: float) -> None:
    draw_picture(side, _PICTURES.get(site.kind, Picture.PLACE), LEFT + 2, top + 5, 25)
    side.rule(LEFT, RIGHT, top, 4)
    left = LEFT + 36
    room = Field(RIGHT - left, _LARGE)
    town = paper.town
    english = paper.language is PaperLanguage.ENGLISH
    place, hours = (town.place_en, town.hours_en) if english else (town.place, town.hours)
    if site.kind is SiteKind.MUNICIPAL_COUNTER and place:
        side.value("place", place, left, top + 10, room, face=Face.BOX_BOLD)
        side.value("hours", hours, left, top + 21, Field(RIGHT - left, _LARGE[2:]), face=Face.BOX)
        if town.phone:
            side.text(edition.phone, left, top + 31, 16, Face.BOX)
            side.value("phone", town.phone, left + 14, top + 31, Field(80, _LARGE), face=Face.BOX_BOLD)
        return
    side.value("place", site.name or edition.sites[site.kind], left, top + 13, room, face=Face.BOX_BOLD)
    if site.name:
        side.text(edition.sites[site.kind], left, top + 26, 16, Face.BOX)


def _phone(side: Side, edition: _Edition) -> None:
    top = 242.0
    side.frame(LEFT, top, RIGHT, top + 32, 12)
    draw_picture(side, Picture.PHONE, LEFT + 5, top + 5, 22)
    side.text(edition.ask, LEFT + 34, top + 9, 15, Face.BOX)
    side.text(FREE_DIAL, LEFT + 34, top + 21.5, 30, Face.BOX_BOLD)
