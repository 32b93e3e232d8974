"""手続きができるところ: why something can't be done here, and the places where it can, in large print."""

from certserver.applications.permissions import Site, SiteKind
from certserver.documents.fitting import Field, Step
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.kinds import PAPERS
from certserver.papers.model import GuidancePaper
from certserver.papers.pictures import Picture, draw_picture
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import PROCEDURES, SITES, WHY_NOT_HERE, day_text

FREE_DIAL = "0120-95-0178"
"""マイナンバー総合フリーダイヤル, for everybody."""

MOST_PLACES = 4
_LARGE = (Step(20), Step(18), Step(16), Step(14), Step(14, 1, 2), Step(12, 1, 2), Step(10, 1, 3))
_PICTURES = {SiteKind.MUNICIPAL_COUNTER: Picture.COUNTER, SiteKind.POST_OFFICE: Picture.LETTER}
_PLACE = 40.0


def draw_guidance(sheets: Sheets, paper: GuidancePaper) -> None:
    """One sheet."""
    side = sheets.face()
    side.text(PAPERS[paper.kind].title, LEFT, 24, 28, Face.BOX_BOLD)
    side.rule(LEFT, RIGHT, 33, 18)
    y = side.prose(f"今日のご用件：{PROCEDURES[paper.procedure]}", LEFT, 40, RIGHT - LEFT, 18, Face.BOX_BOLD)
    y = side.prose(WHY_NOT_HERE[paper.reason], LEFT, y + 2, RIGHT - LEFT, 18, Face.BOX)
    y += 6
    if not paper.instead:
        text = "どこでできるかは、ご用件によって変わります。 下の電話で おたずねください。"
        y = side.prose(text, LEFT, y, RIGHT - LEFT, 18, Face.BOX)
    for site in paper.instead[:MOST_PLACES]:
        _place(side, paper, site, y)
        y += _PLACE
    if (more := len(paper.instead) - MOST_PLACES) and more > 0:
        side.text(f"ほかに{more}か所でできます。窓口でおたずねください。", LEFT, y + 4, 14, Face.BOX)
    _phone(side)
    parts.foot(side, f"{day_text(paper.day)}現在のご案内です。この紙に、お名前などは書かれていません。")


def _place(side: Side, paper: GuidancePaper, site: Site, top: float) -> None:
    draw_picture(side, _PICTURES.get(site.kind, Picture.PLACE), LEFT + 2, top + 5, 25)
    side.rule(LEFT, RIGHT, top, 4)
    left = LEFT + 36
    room = Field(RIGHT - left, _LARGE)
    town = paper.town
    if site.kind is SiteKind.MUNICIPAL_COUNTER and town.place:
        side.value("place", town.place, left, top + 10, room, face=Face.BOX_BOLD)
        side.value("hours", town.hours, left, top + 21, Field(RIGHT - left, _LARGE[2:]), face=Face.BOX)
        if town.phone:
            side.text("電話", left, top + 31, 16, Face.BOX)
            side.value("phone", town.phone, left + 14, top + 31, Field(80, _LARGE), face=Face.BOX_BOLD)
        return
    side.value("place", site.name or SITES[site.kind], left, top + 13, room, face=Face.BOX_BOLD)
    if site.name:
        side.text(SITES[site.kind], left, top + 26, 16, Face.BOX)


def _phone(side: Side) -> None:
    top = 242.0
    side.frame(LEFT, top, RIGHT, top + 32, 12)
    draw_picture(side, Picture.PHONE, LEFT + 5, top + 5, 22)
    side.text("わからないときは（マイナンバー総合フリーダイヤル）", LEFT + 34, top + 9, 15, Face.BOX)
    side.text(FREE_DIAL, LEFT + 34, top + 21.5, 30, Face.BOX_BOLD)
