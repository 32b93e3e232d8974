"""What forms have in common: the mark of a provisional form, headings, and rows of a table with label and value."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers.model import PROVISIONAL, Applicant, Town
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import day_text

INSET = 2.0
LABEL_MARGIN = 1.6
FOOT = 283.0

NAME_STEPS = (
    *(Step(16), Step(14), Step(12), Step(12, 1, 2), Step(11, 1, 2), Step(10, 1, 2), Step(9, 1, 2)),
    *(Step(9, 0.8, 2), Step(7, 0.9, 3)),
)
"""For a row of 12.5 mm or more."""

LOW_NAME_STEPS = (Step(14), Step(12), Step(10), Step(10, 1, 2), Step(9, 1, 2), Step(8, 0.8, 2), Step(7, 0.9, 3))
"""For a row of 9.5 mm."""

ADDRESS_STEPS = (*(Step(12), Step(11), Step(10), Step(10, 1, 2), Step(9, 1, 2)), *(Step(8, 0.9, 2), Step(7, 0.9, 3)))
KANA_STEPS = (Step(9), Step(8), Step(8, 0.8), Step(7, 0.8), Step(6, 0.75))
LINE_STEPS = (Step(11), Step(10), Step(9), Step(8), Step(8, 0.8), Step(7, 0.8))
LINES_STEPS = (*LINE_STEPS[:4], Step(9, 1, 2), Step(8, 0.9, 2), Step(7, 0.9, 2), Step(7, 0.8, 3))


def provisional(side: Side, who: str) -> None:
    """The mark that a form is not the official one, at the top of a side."""
    text = f"{PROVISIONAL}です（{who}が定める様式に代わるものではありません）"
    width = side.width(text, 8.5, Face.BOX) + 5
    side.frame(LEFT, 10.5, LEFT + width, 16.0, 4)
    side.text(text, LEFT + 2.5, 13.25, 8.5, Face.BOX)


def title(side: Side, text: str, centre: float, size: float = 17.0) -> None:
    """The title of a form."""
    side.text(text, (LEFT + RIGHT) / 2, centre, size, Face.VALUE, align=Align.MIDDLE)


def heading(side: Side, text: str, top: float, left: float = LEFT, right: float = RIGHT) -> float:
    """A black bar with the name of a part of the form; the height below it."""
    side.solid(left, top, right, top + 5.6)
    side.text(text, left + INSET, top + 2.8, 9.5, Face.BOX_BOLD, white=True)
    return top + 5.6


def cell(
    side: Side,
    label: str,
    name: str,
    text: str,
    box: tuple[float, float, float, float],
    steps: tuple[Step, ...] = LINE_STEPS,
    *,
    label_width: float = 28.0,
    size: float = 9.0,
) -> None:
    """A label and its value in a rectangle (left, top, right, bottom), with the rule between them."""
    left, top, right, bottom = box
    centre = (top + bottom) / 2
    side.upright(top, bottom, left + label_width)
    side.label(label, left + LABEL_MARGIN, left + label_width - LABEL_MARGIN, centre, size)
    room = Field(right - left - label_width - 2 * INSET, steps)
    side.value(name, text, left + label_width + INSET, centre, room)


def foot(side: Side, text: str, page: str = "") -> None:
    """The last line of a side."""
    side.text(text, LEFT, FOOT, 8.0, Face.LABEL)
    if page:
        side.text(page, RIGHT, FOOT, 9.0, Face.LABEL, align=Align.RIGHT)


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and its value in a row, up to a right edge in mm; without text there is room to write."""

    label: str
    name: str = ""
    text: str = field(default="", repr=False)
    right: float = RIGHT
    steps: tuple[Step, ...] = LINES_STEPS
    label_width: float = 28.0


def table(side: Side, top: float, rows: Sequence[tuple[float, Sequence[Cell]]], left: float = LEFT) -> float:
    """A framed table of rows, each with its height; the height below it. The last cell of every row ends at the same
    edge."""
    y, right = top, rows[0][1][-1].right
    for height, cells in rows:
        if y > top:
            side.rule(left, right, y)
        begin = left
        for each in cells:
            if begin > left:
                side.upright(y, y + height, begin)
            box = (begin, y, each.right, y + height)
            cell(side, each.label, each.name, each.text, box, each.steps, label_width=each.label_width)
            begin = each.right
        y += height
    side.frame(left, top, right, y)
    return y


def person_rows(who: Applicant, right: float = RIGHT) -> tuple[tuple[float, tuple[Cell, ...]], ...]:
    """Name, address, day of birth and sex of whom a paper is about."""
    born = day_text(who.born, western=who.foreign)
    return (
        (6.5, (Cell("フリガナ", "name-kana", who.kana, right, KANA_STEPS),)),
        (12.5, (Cell("氏名", "name", who.name, right, NAME_STEPS),)),
        (12.5, (Cell("住所", "address", who.address, right, ADDRESS_STEPS),)),
        (
            8.0,
            (
                Cell("生年月日", "born", born, right - 42),
                Cell("性別", "sex", who.sex, right, label_width=18),
            ),
        ),
    )


def signature(side: Side, label: str, top: float, height: float = 15.0, left: float = LEFT) -> float:
    """Room for 署名又は記名押印; the height below it."""
    bottom = top + height
    middle = (top + bottom) / 2
    side.frame(left, top, RIGHT, bottom)
    side.upright(top, bottom, left + 34)
    side.label(label, left + LABEL_MARGIN, left + 34 - LABEL_MARGIN, middle, 9)
    side.circle(RIGHT - 9.5, middle, min(6.5, height / 2 - 1), 0.15, dashed=True)
    side.text("印", RIGHT - 9.5, middle, 8, align=Align.MIDDLE)
    return bottom


def addressed(side: Side, town: Town, day: date | None, centre: float) -> None:
    """To whom a paper goes, and its day or room for it."""
    side.text("（宛先）", LEFT, centre, 10)
    side.value("town", town.mayor_title, LEFT + 17, centre, Field(90, LINE_STEPS))
    if day is None:
        side.text("年　　　月　　　日", RIGHT, centre, 10, align=Align.RIGHT)
    else:
        side.value("day", day_text(day), RIGHT, centre, Field(60, LINE_STEPS), align=Align.RIGHT)


def choices(side: Side, labels: Sequence[str], left: float, centre: float, *, gap: float = 6.0) -> None:
    """Boxes to tick in one line."""
    for label in labels:
        side.box(left, centre, 3.8)
        side.text(label, left + 5.6, centre, 9.5)
        left += 5.6 + side.width(label, 9.5) + gap
