"""What forms have in common: the mark of a provisional form, headings, and rows of a table with label and value."""

from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers.model import PROVISIONAL
from certserver.papers.side import LEFT, RIGHT, Side

INSET = 2.0
LABEL_MARGIN = 1.6
FOOT = 283.0

NAME_STEPS = (
    *(Step(16), Step(14), Step(12), Step(10), Step(10, 1, 2), Step(9, 1, 2)),
    *(Step(9, 0.8, 2), Step(7, 0.9, 3)),
)
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
