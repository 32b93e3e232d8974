"""Certificates of residence and of items in the resident record, household form (世帯連記式): four persons a page on a
grid of 40 columns, more on further pages. Row heights, slot order, the wording between pages, the end mark, and all of
the second kind are our own where the national form is unconfirmed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents.certification import Place
from certserver.documents.fitting import Field, Step
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import BODY_CENTRE, FRAME, Layer
from certserver.documents.model import UNUSED, Entry
from certserver.documents.residence import PersonBlock, ResidenceDocument, compose
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

PERSONS_A_PAGE = 4
PLACE = Place(11.5, (19.5, 242.8), (24.0, 251.2), 257.6)
QUIET_ZONE = Box.of_mm(15.0, 253.0, 101.0, 273.0)
"""Free of text: here the copy warning stands uncut."""

TITLES: Mapping[CertificateKind, tuple[str, float]] = MappingProxyType(
    {CertificateKind.RESIDENCE: ("住民票", 42.0), CertificateKind.RESIDENCE_ITEMS: ("住民票記載事項証明書", 88.0)}
)
"""On the face, and how wide it stands there in mm."""

FILE_TITLES: Mapping[CertificateKind, str] = MappingProxyType(
    {CertificateKind.RESIDENCE: "住民票の写し", CertificateKind.RESIDENCE_ITEMS: "住民票記載事項証明書"}
)
CONTINUED = "以下次頁"
ENDED = "以下余白"

LABELS = (
    *(
        "住所",
        "世帯主",
        "氏名の振り仮名",
        "氏名",
        "旧氏の振り仮名",
        "旧氏",
        "通称の振り仮名",
        "通称",
        "生年月日",
        "性別",
    ),
    *("続柄", "本籍", "転入前住所", "備考", "個人番号", "住民票コード", "住民となった年月日", "住所を定めた年月日"),
    *("届出日", "筆頭者", "異動前住所", "国籍・地域", "在留資格", "在留期間等", "在留カード等の番号", UNUSED),
)
"""Every label the form may print."""

NAME = Field(
    78.6,
    (
        *(Step(16), Step(14), Step(12), Step(10)),
        *(Step(10, 1, 2), Step(9, 1, 2), Step(9, 0.8, 2), Step(8, 0.78, 2), Step(7, 0.9, 3)),
    ),
    pitch=1.16,
)
_ROW_STEPS = (Step(10), Step(9), Step(8), Step(8, 0.8), Step(7, 0.8))
_KANA_STEPS = (Step(9), Step(8), Step(8, 0.8), Step(7, 0.8), Step(6, 0.75))
KANA = Field(78.6, _KANA_STEPS)
OTHER_NAME = Field(78.6, _ROW_STEPS)
WIDE = Field(150.6, _ROW_STEPS)
NARROW = Field(42.6, _ROW_STEPS)
BIRTH = Field(33.4, _ROW_STEPS)
SEX = Field(8.0, _ROW_STEPS)
RELATIONSHIP = Field(15.9, (Step(10), Step(9), Step(8), Step(8, 0.8), Step(7, 0.75)))
HEAD = Field(150.6, (Step(11), Step(10), Step(9), Step(8), Step(8, 0.8), Step(6.5, 0.9, 2)), pitch=1.05)
REMARKS = Field(150.6, (*_ROW_STEPS[:3], Step(8, 1, 2), Step(8, 0.8, 2), Step(7, 0.8, 2)))

_LEFT, _RIGHT = 15.0, 195.0
_COLUMN = 4.5
_ROW = 4.1
_ROWS = 12
_FIRST_BLOCK = 39.2
_HEAD_TOP, _HEAD_ROW, _HEAD_LABEL_RIGHT = 27.0, 5.2, 42.0
_TITLE_CENTRE, _TITLE_SIZE = 20.6, 20.0
_LABEL_SIZE, _LARGE_LABEL_SIZE = 7.5, 8.5
_UNUSED_LABEL = Field(22.0, (Step(8),))
_LABEL_MARGIN, _HEAD_MARGIN = 1.3, 2.2
_INSET = 1.7
_NUMBER_SIZE = 10.5
_NOTE_SIZE = 11.0
_NOTE_RIGHT = 193.0
_NOTE_BELOW = 5.2
_CONTINUED_BASELINE = 243.2


@dataclass(frozen=True, slots=True)
class ResidenceHouseholdShape:
    """What of the form does not hang on whom it shows: the kind, and how many persons stand on each page."""

    kind: CertificateKind
    persons: tuple[int, ...]

    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS})
    place = PLACE
    quiet: Box | None = QUIET_ZONE
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def title(self) -> str:
        """The kind of document."""
        return FILE_TITLES[self.kind]

    @property
    def pages(self) -> int:
        """How many."""
        return len(self.persons)

    def draw(self, layer: Layer, page: int) -> None:
        """Lines and fixed labels of a page (from 0)."""
        _draw_head(layer)
        for block in range(self.persons[page]):
            _draw_block(layer, block)
            if block:
                layer.level(dots(_LEFT), dots(_RIGHT), _y(block, 0), FRAME)
        layer.frame(Box(dots(_LEFT), _y(0, 0), dots(_RIGHT), _y(self.persons[page], 0)))


class ResidenceHouseholdForm:
    """Fulfils `certserver.documents.form.Form`, for a certificate of residence or of items in the resident record."""

    individual = False
    clause_source = ClauseSource.MUNICIPALITY_WHOLE_AND_PART

    def __init__(self, kind: CertificateKind) -> None:
        self.kind = kind
        self.name = f"{kind.value}-household/1"
        self.usual_shapes = tuple(
            ResidenceHouseholdShape(kind, (*full, persons))
            for full in ((), (PERSONS_A_PAGE,))
            for persons in range(1, PERSONS_A_PAGE + 1)
        )

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> ResidenceDocument:
        """What an order line's document says."""
        return compose(line, profile, self.name)

    def shape_of(self, document: ResidenceDocument) -> ResidenceHouseholdShape:
        """The shape of a document."""
        return ResidenceHouseholdShape(document.kind, tuple(len(page) for page in _pages_of(document)))

    def entries_of(self, document: ResidenceDocument, page: int) -> Iterator[Entry]:
        """What stands on a page (from 0), in reading order. Clause, date and mayor are not among it."""
        pages = _pages_of(document)
        yield document.address
        yield document.householder
        for block in pages[page]:
            yield from block.entries()
        if (note := _note(pages, page)) is not None:
            yield Entry("continuation", note)

    def fill(self, layer: Layer, document: ResidenceDocument, page: int) -> None:
        """Writes the same where it belongs."""
        pages = _pages_of(document)
        write_title(layer, document.kind)
        for row, entry in enumerate((document.address, document.householder)):
            centre = dots(_HEAD_TOP + _HEAD_ROW * (row + 0.5))
            layer.value(entry.name, entry.text, dots(_HEAD_LABEL_RIGHT + _INSET), centre, HEAD)
        for at, block in enumerate(pages[page]):
            _fill_block(layer, at, block)
        note = _note(pages, page)
        if note is not None:
            last = page + 1 == len(pages)
            below = _y(len(pages[page]), 0) + dots(_NOTE_BELOW) if last else dots(_CONTINUED_BASELINE)
            layer.ending(Face.VALUE, note, dots(_NOTE_RIGHT), below, _NOTE_SIZE)

    def picture_of(self, _document: ResidenceDocument) -> Picture | None:
        """None."""
        return None


def write_title(layer: Layer, kind: CertificateKind) -> None:
    """The title of a kind above the head box."""
    title, width = TITLES[kind]
    left, right = dots((_LEFT + _RIGHT - width) / 2), dots((_LEFT + _RIGHT + width) / 2)
    layer.spread(title, left, right, dots(_TITLE_CENTRE), _TITLE_SIZE, face=Face.VALUE)


def _pages_of(document: ResidenceDocument) -> tuple[tuple[PersonBlock, ...], ...]:
    people = document.people
    return tuple(people[at : at + PERSONS_A_PAGE] for at in range(0, len(people), PERSONS_A_PAGE))


def _note(pages: tuple[tuple[PersonBlock, ...], ...], page: int) -> str | None:
    """What stands under the last block of a page: that the next page goes on, or that nothing follows. A full last page
    has no room for another block, so it needs no mark."""
    if page + 1 < len(pages):
        return CONTINUED
    return ENDED if len(pages[page]) < PERSONS_A_PAGE else None


def _x(column: int) -> int:
    return dots(_LEFT + _COLUMN * column)


def _y(block: int, row: float) -> int:
    return dots(_FIRST_BLOCK + _ROW * (block * _ROWS + row))


def _draw_head(layer: Layer) -> None:
    middle, bottom = dots(_HEAD_TOP + _HEAD_ROW), dots(_HEAD_TOP + 2 * _HEAD_ROW)
    left, right, divide = dots(_LEFT), dots(_RIGHT), dots(_HEAD_LABEL_RIGHT)
    layer.level(left, right, middle)
    layer.upright(dots(_HEAD_TOP), bottom, divide)
    layer.frame(Box(left, dots(_HEAD_TOP), right, bottom))
    margin = dots(_HEAD_MARGIN)
    for row, label in enumerate(("住所", "世帯主")):
        centre = dots(_HEAD_TOP + _HEAD_ROW * (row + 0.5))
        layer.spread(label, left + margin, divide - margin, centre, _LARGE_LABEL_SIZE)


def _draw_block(layer: Layer, block: int) -> None:
    top, bottom = _y(block, 0), _y(block, _ROWS)
    layer.upright(top, bottom, _x(1))
    layer.upright(top, bottom, _x(6))
    for column in (24, 30):
        layer.upright(top, _y(block, 6), _x(column))
        layer.upright(_y(block, 8), _y(block, 10), _x(column))
    for column in (14, 16, 18, 20):
        layer.upright(_y(block, 5), _y(block, 6), _x(column))
    for row in (1, 3, 4, 5, 6, 7, 8, 9, 10):
        layer.level(_x(1), _x(40), _y(block, row))
    layer.level(_x(24), _x(40), _y(block, 2))
    layer.level(_x(6), _x(40), _y(block, 11))
    left = ((0.5, "氏名の振り仮名"), (5.5, "生年月日"), (6.5, "本籍"), (7.5, "転入前住所"), (11.0, "備考"))
    for middle, label in left:
        _label(layer, block, middle, 1, 6, label)
    _label(layer, block, 2.0, 1, 6, "氏名", _LARGE_LABEL_SIZE)
    right = ("個人番号", "住民票コード", "住民となった年月日", "住所を定めた年月日", "届出日", "筆頭者")
    for at, label in enumerate(right):
        _label(layer, block, at + 0.5, 24, 30, label)
    _label(layer, block, 5.5, 14, 16, "性別")
    _label(layer, block, 5.5, 18, 20, "続柄")


def _fill_block(layer: Layer, at: int, block: PersonBlock) -> None:
    number = str(block.number)
    middle = (_x(0) + _x(1)) / 2
    layer.centred(Face.LABEL, number, middle, _y(at, _ROWS / 2) + BODY_CENTRE * points(_NUMBER_SIZE), _NUMBER_SIZE)
    _label(layer, at, 3.5, 1, 6, block.other_name_kana.label)
    _label(layer, at, 4.5, 1, 6, block.other_name.label)
    left = (
        (0.5, block.name_kana, KANA),
        (2.0, block.name, NAME),
        (3.5, block.other_name_kana, KANA),
        (4.5, block.other_name, OTHER_NAME),
        (5.5, block.born, BIRTH),
        (6.5, block.domicile, WIDE),
        (7.5, block.previous_address, WIDE),
    )
    right = (
        *(block.individual_number, block.resident_code, block.resident_since),
        *(block.address_since, block.notified_on, block.koseki_head),
    )
    for row, entry, room in left:
        _value(layer, at, row, 6, entry, room)
    for place, entry in enumerate(right):
        _value(layer, at, place + 0.5, 30, entry, NARROW)
    remarks = block.remarks
    layer.value(remarks.name, remarks.text, _x(6) + dots(_INSET), _y(at, 10.5), REMARKS, row=dots(_ROW))
    layer.value(block.sex.name, block.sex.text, (_x(16) + _x(18)) / 2, _y(at, 5.5), SEX, middle=True)
    layer.value(block.relationship.name, block.relationship.text, _x(20) + dots(_INSET), _y(at, 5.5), RELATIONSHIP)
    slots = ((8.5, block.slot1, block.slot2), (9.5, block.slot3, block.slot4))
    for row, wide, narrow in slots:
        _slot(layer, at, row, 1, 6, wide, OTHER_NAME)
        _slot(layer, at, row, 24, 30, narrow, NARROW)


def _label(layer: Layer, block: int, row: float, left: int, right: int, label: str, size: float = _LABEL_SIZE) -> None:
    margin = dots(_LABEL_MARGIN)
    layer.spread(label, _x(left) + margin, _x(right) - margin, _y(block, row), size)


def _value(layer: Layer, block: int, row: float, column: int, entry: Entry, room: Field) -> None:
    layer.value(entry.name, entry.text, _x(column) + dots(_INSET), _y(block, row), room)


def _slot(layer: Layer, block: int, row: float, left: int, right: int, entry: Entry, room: Field) -> None:
    if entry.label == UNUSED:
        layer.value(entry.name, UNUSED, (_x(left) + _x(right)) / 2, _y(block, row), _UNUSED_LABEL, middle=True)
    else:
        _label(layer, block, row, left, right, entry.label)
    _value(layer, block, row, right, entry, room)
