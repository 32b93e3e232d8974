"""What all forms of tax share: title, fiscal year and person at the head, and how amounts stand in their cells. There
is no national form: sizes, heights and places are our own and unconfirmed."""

from certserver.antiforgery.paper import Box, dots
from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align, Layer
from certserver.documents.model import Entry
from certserver.documents.tax import LABELS, TaxPerson
from certserver.documents.typefaces import Face

LEFT, RIGHT = 15.0, 195.0
TABLE_TOP = 66.0
ROW = 6.4
"""Millimetres."""
ROWS_A_PAGE = 26

_ON_JANUARY_1 = "（1月1日現在）"
HEAD_LABELS = (LABELS["address"], LABELS["address_on_january_1"], _ON_JANUARY_1, LABELS["name"], LABELS["born"])

NAME = Field(73.0, (Step(16), Step(14), Step(12), Step(10), Step(10, 1, 2), Step(9, 0.8, 2), Step(7, 0.9, 3)))
ADDRESS = Field(136.0, (Step(11), Step(10), Step(9), Step(8.5, 1, 2), Step(8, 0.8, 2)), pitch=1.1)
BIRTH = Field(36.4, (Step(11), Step(10), Step(9), Step(8, 0.8)))
LABEL = Field(48.4, (Step(10), Step(9), Step(8), Step(8, 0.8), Step(7, 1, 2), Step(6, 0.9, 2)), pitch=1.05)

_TITLE_CENTRE, _TITLE_SIZE, _TITLE_PITCH = 21.8, 22.0, 13.0
_YEAR_BASELINE, _YEAR_SIZE = 33.2, 12.0
_HEAD = (36.6, 45.0, 53.4, 63.8)
"""Edges of its three rows."""
_LABEL_RIGHT, _BIRTH_LEFT, _BIRTH_RIGHT = 54.0, 131.0, 155.0
_LABEL_SIZE, _SMALL_LABEL_SIZE = 9.0, 7.5
_MARGIN = 4.0
_BIRTH_MARGIN = 3.0
_INSET = 2.4
_AMOUNT_INSET = 2.6


def draw_head(layer: Layer) -> None:
    """Lines and labels of the head."""
    left, right, divide = dots(LEFT), dots(RIGHT), dots(_LABEL_RIGHT)
    top, first, second, bottom = map(dots, _HEAD)
    for y in (first, second):
        layer.level(left, right, y)
    layer.upright(top, bottom, divide)
    for x in (_BIRTH_LEFT, _BIRTH_RIGHT):
        layer.upright(second, bottom, dots(x))
    layer.frame(Box(left, top, right, bottom))
    near, far = left + dots(_MARGIN), divide - dots(_MARGIN)
    address, january, note, name, born = HEAD_LABELS
    layer.spread(address, near, far, (top + first) / 2, _LABEL_SIZE)
    middle = (first + second) / 2
    layer.spread(january, near, far, middle - dots(1.6), _LABEL_SIZE)
    layer.centred(Face.LABEL, note, (near + far) / 2, middle + dots(3.0), _SMALL_LABEL_SIZE)
    layer.spread(name, near, far, (second + bottom) / 2, _LABEL_SIZE)
    margin = dots(_BIRTH_MARGIN)
    layer.spread(born, dots(_BIRTH_LEFT) + margin, dots(_BIRTH_RIGHT) - margin, (second + bottom) / 2, _LABEL_SIZE)


def fill_head(layer: Layer, title: str, person: TaxPerson) -> None:
    """Title, fiscal year and person."""
    middle = dots((LEFT + RIGHT) / 2)
    half = dots(_TITLE_PITCH * len(title) / 2)
    layer.spread(title, middle - half, middle + half, dots(_TITLE_CENTRE), _TITLE_SIZE, face=Face.VALUE)
    year = person.year
    layer.centred(Face.VALUE, year.text, middle, dots(_YEAR_BASELINE), _YEAR_SIZE, entry=year.name)
    x = dots(_LABEL_RIGHT + _INSET)
    top, first, second, bottom = map(dots, _HEAD)
    for entry, centre, room in (
        (person.address, (top + first) / 2, ADDRESS),
        (person.address_on_january_1, (first + second) / 2, ADDRESS),
        (person.name, (second + bottom) / 2, NAME),
    ):
        layer.value(entry.name, entry.text, x, centre, room)
    born = person.born
    layer.value(born.name, born.text, dots(_BIRTH_RIGHT + _INSET), (second + bottom) / 2, BIRTH)


def amount_field(width: float) -> Field:
    """The field of amounts in a column so wide, in mm."""
    return Field(width - 2 * _AMOUNT_INSET, (Step(10.5), Step(9), Step(8), Step(7)))


def fill_amount(layer: Layer, entry: Entry, right: int, centre: float, room: Field) -> None:
    """An amount that ends at the right edge of its cell, digits under digits; edge and centre in dots."""
    layer.value(entry.name, entry.text, right - dots(_AMOUNT_INSET), centre, room, align=Align.RIGHT)


def row_y(row: float) -> int:
    """The upper edge of a row of the table (from 0), in dots."""
    return dots(TABLE_TOP + ROW * row)
