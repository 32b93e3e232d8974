"""取り扱う事務の掲示: what an office handles for its municipality, for whom, and what stands behind it, to be read from
where one stands."""

from certserver.applications.commissions import DatedPaper
from certserver.applications.dated import in_force
from certserver.applications.place_rows import PLACE_ROWS
from certserver.applications.places import Procedure
from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.model import NoticePaper
from certserver.papers.pictures import Picture, draw_picture
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import LEVELS, PROCEDURES, day_text

_NAME = (Step(34), Step(30), Step(26), Step(22), Step(18), Step(18, 1, 2), Step(14, 1, 2), Step(12, 1, 3))
_SMALLER = _NAME[3:]
_PICTURES = {
    Procedure.CARD_APPLICATION: Picture.CARD,
    Procedure.FORM_SUPPORT: Picture.PEN,
    Procedure.LOSS_REPORT: Picture.QUESTION,
    Procedure.PIN_CHANGE: Picture.KEYS_HIDDEN,
    Procedure.PIN_RESET: Picture.LOCK,
    Procedure.X509_ISSUE: Picture.CARD,
    Procedure.X509_RENEWAL: Picture.CLOCK,
}
_NEVER = "代理の人による手続き、特急発行、カードの受け取り、顔認証マイナンバーカードへの切替は、取り扱っていません。"


def draw_notice(sheets: Sheets, paper: NoticePaper) -> None:
    """One sheet."""
    side, commission, town = sheets.face(), paper.commission, paper.town
    parts.provisional(side, "国")
    middle = (LEFT + RIGHT) / 2
    side.text("取り扱う事務のお知らせ", middle, 31, 32, Face.BOX_BOLD, align=Align.MIDDLE)
    side.rule(LEFT, RIGHT, 41, 24)
    side.value("office", commission.shown, middle, 54, Field(178, _NAME), face=Face.BOX_BOLD, align=Align.MIDDLE)
    told = f"は、{town.name}の次の事務を取り扱います。"
    side.value("town", told, middle, 68, Field(178, _SMALLER), face=Face.BOX, align=Align.MIDDLE)
    y = 78.0
    ordered = sorted(commission.procedures, key=list(Procedure).index)
    height = min(40.0, 100.0 / max(len(ordered), 1))
    side.frame(LEFT, y, RIGHT, y + height * len(ordered), 12)
    for at, procedure in enumerate(ordered):
        centre = y + height * (at + 0.5)
        size = min(28.0, height - 4)
        draw_picture(side, _PICTURES.get(procedure, Picture.PEN), LEFT + 6, centre - size / 2, size)
        room = Field(RIGHT - LEFT - 46, (*_NAME[1:4], Step(20), Step(18)) if height > 24 else (Step(20), Step(18)))
        side.value("procedures", PROCEDURES[procedure], LEFT + 40, centre, room, face=Face.BOX_BOLD)
        if at:
            side.rule(LEFT, RIGHT, y + height * at, 4)
    y += height * len(ordered) + 9
    lines = [(f"取り扱う日　　{day_text(commission.since).replace(chr(0x2007), '')}から", Face.BOX_BOLD)]
    lines.append((f"手続きできる方　{town.name}に住民登録がある、ご本人", Face.BOX_BOLD))
    for text, face in lines:
        side.value("town", text, LEFT, y, Field(178, (Step(18), Step(16), Step(14), Step(12, 1, 2))), face=face)
        y += 11
    y = side.prose(_NEVER, LEFT, y - 3, RIGHT - LEFT, 14, Face.BOX) + 3
    side.value(
        "place",
        f"{town.place}　電話 {town.phone}",
        LEFT,
        y + 4,
        Field(178, (Step(14), Step(12), Step(10, 1, 2))),
        face=Face.BOX_BOLD,
    )
    _behind(side, paper, 240)
    parts.foot(side, f"事務の区分：{LEVELS[commission.place]}")


def _behind(side: Side, paper: NoticePaper, top: float) -> None:
    commission = paper.commission
    side.rule(LEFT, RIGHT, top, 4)
    y = top + 6
    row = next(
        (each for each in in_force(PLACE_ROWS, paper.day) if each.place is commission.place and each.basis), None
    )
    if row is not None:
        side.text(f"根拠　{row.basis}", LEFT, y, 10)
        y += 6
    for label, behind in (("議決", commission.resolution), ("契約", commission.contract)):
        if behind is not None:
            side.value(label, f"{label}　{_cited(behind)}", LEFT, y, Field(178, (Step(10), Step(9), Step(8, 1, 2))))
            y += 6
    day = day_text(paper.day)
    side.value("day", day, RIGHT, top + 26, Field(60, (Step(12),)), align=Align.RIGHT)
    side.value(
        "town",
        f"{paper.town.mayor_title}　{paper.town.mayor_name}",
        RIGHT,
        top + 34,
        Field(120, _SMALLER[2:]),
        align=Align.RIGHT,
    )


def _cited(paper: DatedPaper) -> str:
    return f"{day_text(paper.day).replace(chr(0x2007), '')}　{paper.cited}"
