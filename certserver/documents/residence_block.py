"""What both forms of the resident record are built of: title, head box, and the block of one person on a grid of 40
columns. Row order is that of the national form; row heights and slot order, unconfirmed there, are our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents.fitting import Field, Step
from certserver.documents.ink import BODY_CENTRE, Align, Layer
from certserver.documents.model import UNUSED, Entry
from certserver.documents.residence import LABELS as OF
from certserver.documents.residence import PersonBlock, ResidencePage
from certserver.documents.typefaces import Face
from koufu.evidence.words import CertificateKind

TITLES: Mapping[CertificateKind, tuple[str, float]] = MappingProxyType(
    {CertificateKind.RESIDENCE: ("住民票", 42.0), CertificateKind.RESIDENCE_ITEMS: ("住民票記載事項証明書", 88.0)}
)
"""On the face, and how wide it stands there in mm."""

FILE_TITLES: Mapping[CertificateKind, str] = MappingProxyType(
    {CertificateKind.RESIDENCE: "住民票の写し", CertificateKind.RESIDENCE_ITEMS: "住民票記載事項証明書"}
)

_HEAD_LABELS = (OF["address"], OF["householder"])
_LEFT_LABELS = (
    *((0.5, OF["name_kana"]), (5.5, OF["born"]), (6.5, OF["domicile"])),
    *((7.5, OF["previous_address"]), (11.0, OF["remarks"])),
)
_RIGHT_LABELS = (
    *(OF["individual_number"], OF["resident_code"], OF["resident_since"]),
    *(OF["address_since"], OF["notified_on"], OF["koseki_head"]),
)
LABELS = (*OF.values(), UNUSED)
"""Every label the forms may print."""

_ROW_STEPS = (Step(10), Step(9), Step(8), Step(8, 0.8), Step(7, 0.8))
_KANA_STEPS = (Step(9), Step(8), Step(8, 0.8), Step(7, 0.8), Step(6, 0.75))
_NAME_STEPS = (
    *(Step(16), Step(14), Step(12), Step(10)),
    *(Step(10, 1, 2), Step(9, 1, 2), Step(9, 0.8, 2), Step(8, 0.78, 2), Step(7, 0.9, 3)),
)
_REMARK_STEPS = (*_ROW_STEPS[:3], Step(8, 1, 2), Step(8, 0.8, 2), Step(7, 0.8, 2))
HEAD = Field(150.6, (Step(11), Step(10), Step(9), Step(8), Step(8, 0.8), Step(6.5, 0.9, 2)), pitch=1.05)

LEFT, RIGHT = 15.0, 195.0
_COLUMN = 4.5
ROWS = 12
FIRST_BLOCK = 39.2
_HEAD_TOP, _HEAD_ROW, _HEAD_LABEL_RIGHT = 27.0, 5.2, 42.0
_TITLE_CENTRE, _TITLE_SIZE = 20.6, 20.0
_LABEL_SIZE, _LARGE_LABEL_SIZE = 7.5, 8.5
_UNUSED_LABEL = Field(22.0, (Step(8),))
_LABEL_MARGIN, _HEAD_MARGIN = 1.3, 2.2
_INSET = 1.7
_NUMBER_SIZE = 10.5


@dataclass(frozen=True, slots=True, eq=False)
class Rooms:
    """The fields of a block."""

    name: Field
    kana: Field
    other_name: Field
    wide: Field
    narrow: Field
    birth: Field
    sex: Field
    relationship: Field
    remarks: Field


def rooms(larger: tuple[Step, ...] = (), larger_name: tuple[Step, ...] = ()) -> Rooms:
    """The fields, with steps before the usual ones where rows are higher."""
    row = (*larger, *_ROW_STEPS)
    return Rooms(
        name=Field(78.6, (*larger_name, *_NAME_STEPS)),
        kana=Field(78.6, (*larger, *_KANA_STEPS)),
        other_name=Field(78.6, row),
        wide=Field(150.6, row),
        narrow=Field(42.6, row),
        birth=Field(33.4, row),
        sex=Field(8.0, row),
        relationship=Field(15.9, (*larger, Step(10), Step(9), Step(8), Step(8, 0.8), Step(7, 0.75))),
        remarks=Field(150.6, (*larger, *_REMARK_STEPS)),
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Where the block of a person stands: its upper edge and the height of its rows in mm."""

    top: float
    row: float

    def y(self, row: float) -> int:
        """The height of a row's upper edge, in dots."""
        return dots(self.top + self.row * row)

    def draw(self, layer: Layer) -> None:
        """Rules and fixed labels; the frame around it is the form's."""
        top, bottom = self.y(0), self.y(ROWS)
        layer.upright(top, bottom, _x(1))
        layer.upright(top, bottom, _x(6))
        for column in (24, 30):
            layer.upright(top, self.y(6), _x(column))
            layer.upright(self.y(8), self.y(10), _x(column))
        for column in (14, 16, 18, 20):
            layer.upright(self.y(5), self.y(6), _x(column))
        for row in (1, 3, 4, 5, 6, 7, 8, 9, 10):
            layer.level(_x(1), _x(40), self.y(row))
        layer.level(_x(24), _x(40), self.y(2))
        layer.level(_x(6), _x(40), self.y(11))
        for middle, label in _LEFT_LABELS:
            self._label(layer, middle, 1, 6, label)
        self._label(layer, 2.0, 1, 6, OF["name"], _LARGE_LABEL_SIZE)
        for at, label in enumerate(_RIGHT_LABELS):
            self._label(layer, at + 0.5, 24, 30, label)
        self._label(layer, 5.5, 14, 16, OF["sex"])
        self._label(layer, 5.5, 18, 20, OF["relationship"])

    def fill(self, layer: Layer, person: PersonBlock, room: Rooms) -> None:
        """Writes a person's entries."""
        baseline = self.y(ROWS / 2) + BODY_CENTRE * points(_NUMBER_SIZE)
        layer.centred(Face.LABEL, str(person.number), (_x(0) + _x(1)) / 2, baseline, _NUMBER_SIZE)
        self._label(layer, 3.5, 1, 6, person.other_name_kana.label)
        self._label(layer, 4.5, 1, 6, person.other_name.label)
        left = (
            (0.5, person.name_kana, room.kana),
            (2.0, person.name, room.name),
            (3.5, person.other_name_kana, room.kana),
            (4.5, person.other_name, room.other_name),
            (5.5, person.born, room.birth),
            (6.5, person.domicile, room.wide),
            (7.5, person.previous_address, room.wide),
        )
        right = (
            *(person.individual_number, person.resident_code, person.resident_since),
            *(person.address_since, person.notified_on, person.koseki_head),
        )
        for row, entry, field in left:
            self._value(layer, row, 6, entry, field)
        for place, entry in enumerate(right):
            self._value(layer, place + 0.5, 30, entry, room.narrow)
        remarks, sex = person.remarks, person.sex
        layer.value(remarks.name, remarks.text, _x(6) + dots(_INSET), self.y(10.5), room.remarks, row=dots(self.row))
        layer.value(sex.name, sex.text, (_x(16) + _x(18)) / 2, self.y(5.5), room.sex, align=Align.MIDDLE)
        self._value(layer, 5.5, 20, person.relationship, room.relationship)
        for row, wide, narrow in ((8.5, person.slot1, person.slot2), (9.5, person.slot3, person.slot4)):
            self._slot(layer, row, 1, 6, wide, room.other_name)
            self._slot(layer, row, 24, 30, narrow, room.narrow)

    def _label(self, layer: Layer, row: float, left: int, right: int, label: str, size: float = _LABEL_SIZE) -> None:
        margin = dots(_LABEL_MARGIN)
        layer.spread(label, _x(left) + margin, _x(right) - margin, self.y(row), size)

    def _value(self, layer: Layer, row: float, column: int, entry: Entry, field: Field) -> None:
        layer.value(entry.name, entry.text, _x(column) + dots(_INSET), self.y(row), field)

    def _slot(self, layer: Layer, row: float, left: int, right: int, entry: Entry, field: Field) -> None:
        if entry.label == UNUSED:
            middle = (_x(left) + _x(right)) / 2
            layer.value(entry.name, UNUSED, middle, self.y(row), _UNUSED_LABEL, align=Align.MIDDLE)
        else:
            self._label(layer, row, left, right, entry.label)
        self._value(layer, row, right, entry, field)


def draw_head(layer: Layer) -> None:
    """The head box."""
    middle, bottom = dots(_HEAD_TOP + _HEAD_ROW), dots(_HEAD_TOP + 2 * _HEAD_ROW)
    left, right, divide = dots(LEFT), dots(RIGHT), dots(_HEAD_LABEL_RIGHT)
    layer.level(left, right, middle)
    layer.upright(dots(_HEAD_TOP), bottom, divide)
    layer.frame(Box(left, dots(_HEAD_TOP), right, bottom))
    margin = dots(_HEAD_MARGIN)
    for row, label in enumerate(_HEAD_LABELS):
        centre = dots(_HEAD_TOP + _HEAD_ROW * (row + 0.5))
        layer.spread(label, left + margin, divide - margin, centre, _LARGE_LABEL_SIZE)


def fill_head(layer: Layer, page: ResidencePage) -> None:
    """Title, address and householder."""
    title, width = TITLES[page.kind]
    left, right = dots((LEFT + RIGHT - width) / 2), dots((LEFT + RIGHT + width) / 2)
    layer.spread(title, left, right, dots(_TITLE_CENTRE), _TITLE_SIZE, face=Face.VALUE)
    for row, entry in enumerate((page.address, page.householder)):
        centre = dots(_HEAD_TOP + _HEAD_ROW * (row + 0.5))
        layer.value(entry.name, entry.text, dots(_HEAD_LABEL_RIGHT + _INSET), centre, HEAD)


def _x(column: int) -> int:
    return dots(LEFT + _COLUMN * column)
