"""開始までの確認表: the steps of `certserver.applications.readiness` that a level of post office wants, which are done,
and what each rests on."""

from certserver.applications.dated import in_force
from certserver.applications.readiness import STEPS, Missing, StepRow, missing
from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.kinds import PAPERS
from certserver.papers.model import ReadinessPaper
from certserver.papers.parts import LINE_STEPS, LINES_STEPS, NAME_STEPS, Cell
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import LEVELS, day_text
from certserver.papers.words import STEPS as WORDS

_COLUMNS = (LEFT, LEFT + 10, LEFT + 36, LEFT + 101, LEFT + 128, LEFT + 157, RIGHT)
_HEADS = ("", "段階", "すること", "その前に", "終えた日", "担当者")
_ROW = 17.5


def draw_readiness(sheets: Sheets, paper: ReadinessPaper) -> None:
    """One sheet. Raises `ValueError` for a place that is no post office."""
    side = sheets.face()
    wanting = {each.step: each for each in missing(paper.place, paper.done, paper.day)}
    rows = [row for row in in_force(STEPS, paper.day) if paper.place in row.places]
    parts.provisional(side, "国")
    parts.title(side, PAPERS[paper.kind].title, 26, 18)
    level, office = LEVELS[paper.place], Cell("郵便局", "office", paper.office, 132.0, NAME_STEPS[2:3] + LINES_STEPS)
    y = parts.table(
        side,
        35,
        (
            (
                11,
                (
                    Cell("市区町村", "town", paper.town.name, 132.0),
                    Cell("作成日", "day", day_text(paper.day), label_width=20),
                ),
            ),
            (11, (office, Cell("事務", text=level, label_width=20))),
        ),
    )
    top = y + 6
    y = _heads(side, top)
    for row in rows:
        _row(side, paper, row, wanting.get(row.step), y)
        y += _ROW
        side.rule(LEFT, RIGHT, y)
    for x in _COLUMNS[1:-1]:
        side.upright(top, y, x)
    side.frame(LEFT, top, RIGHT, y)
    left = [each for each in rows if each.step in wanting]
    told = f"残り {len(left)} 段階です。" if left else "すべての段階を終えました。事務を行えます。"
    side.text(told, LEFT, y + 8, 14, Face.BOX_BOLD)
    text = (
        "各段階は、その前の段階が終わった後に行います。前の段階より早く終えたものは、「やり直し」です。\n"
        "順序は公表された説明によります（掲示の順は、この機器が定めたものです）。国の標準的な手順そのものではありません。"
    )
    side.prose(text, LEFT, y + 13, RIGHT - LEFT, 9)
    parts.foot(side, PAPERS[paper.kind].title, "1／1")


def _heads(side: Side, top: float) -> float:
    bottom = top + 7
    side.solid(LEFT, top, RIGHT, bottom)
    for text, left in zip(_HEADS, _COLUMNS, strict=False):
        side.text(text, left + 2, (top + bottom) / 2, 9.5, Face.BOX_BOLD, white=True)
    return bottom


def _row(side: Side, paper: ReadinessPaper, row: StepRow, wanting: Missing | None, top: float) -> None:
    centre = top + _ROW / 2
    name, what = WORDS[row.step]
    side.box(LEFT + 2.8, centre, 4.4, ticked=wanting is None)
    side.text(name, _COLUMNS[1] + 2, centre, 12, Face.BOX_BOLD)
    lines = side.lines(what, _COLUMNS[3] - _COLUMNS[2] - 4, 9.5)
    for at, line in enumerate(lines):
        side.text(line, _COLUMNS[2] + 2, centre + (at - (len(lines) - 1) / 2) * 5, 9.5)
    before = [WORDS[each][0] for each in row.after if any(each is other.step for other in _of(paper))]
    for at, each in enumerate(before):
        side.text(each, _COLUMNS[3] + 2, centre + (at - (len(before) - 1) / 2) * 5, 9.5)
    day = paper.done.get(row.step)
    if wanting is not None and wanting.too_early:
        side.text("やり直し", _COLUMNS[4] + 2, centre + 3.5, 9.5, Face.BOX_BOLD)
    room = Field(_COLUMNS[5] - _COLUMNS[4] - 3, (Step(10), *LINE_STEPS[2:]))
    height = centre - 3 if wanting is not None and wanting.too_early else centre
    side.value("day", day_text(day).replace("\u2007", ""), _COLUMNS[4] + 1.5, height, room)
    side.circle(RIGHT - 7, centre, 4.5, 0.15, dashed=True)
    side.text("印", RIGHT - 7, centre, 7, align=Align.MIDDLE)


def _of(paper: ReadinessPaper) -> list[StepRow]:
    return [row for row in in_force(STEPS, paper.day) if paper.place in row.places]
