"""The certificate of damage after the unified form of 2020, large households on further pages. Heights, sizes, the
words of the note on dwellings and the wording between pages are our own: all of it is unconfirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents import page_end
from certserver.documents.disaster import (
    DEGREE_WORDS,
    DisasterDocument,
    DisasterPage,
    compose,
    householder_entry,
    read_page,
    unused_row,
)
from certserver.documents.disaster import LABELS as OF
from certserver.documents.fitting import Field, Step
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import BODY_CENTRE, Align, Layer
from certserver.documents.model import Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import PagePicture

TITLE = "罹災証明書"
CHECK = "✓"
PERSON_LABELS = (OF["name"], OF["relationship"], OF["age"])
ADDITIONAL_LABELS = (OF["additional1"], OF["additional2"])
MEMBERS = "世帯構成員"
PLACE_LABELS = ("被災住家の", "所在地")
DWELLING_NOTE = (
    "※　住家とは、現実に居住（世帯が生活の本拠として日常的に使用していることをいう。）のために",
    "　　使用している建物のこと（被災者生活再建支援金や災害救助法による住宅の応急修理等の対象となる住家）。",
)
LABELS = (
    *(OF["address"], OF["householder"], MEMBERS, *PERSON_LABELS, OF["cause"], *PLACE_LABELS, OF["degree"]),
    *(*ADDITIONAL_LABELS, *DWELLING_NOTE, *DEGREE_WORDS.values(), CHECK),
)

_LONG = (Step(12), Step(11), Step(10), Step(10, 1, 2), Step(9, 1, 2), Step(8, 1, 3))
ADDRESS = Field(128.0, (*_LONG[:5], Step(8, 0.8, 2)), pitch=1.1)
NAME = Field(128.0, (Step(16), Step(14), Step(12), Step(11, 1, 2), Step(9, 0.8, 2), Step(8, 0.78, 2)), pitch=1.1)
LONG_TEXT = Field(128.0, _LONG, pitch=1.1)
PERSON = Field(83.6, (Step(11), Step(10), Step(9), Step(9, 0.8), Step(7.5, 0.9, 2), Step(6.5, 0.85, 2)), pitch=1.0)
RELATIONSHIP = Field(25.6, (Step(11), Step(10), Step(9), Step(8, 0.8), Step(7, 0.75), Step(7, 0.75, 2)), pitch=1.0)
AGE = Field(12.0, (Step(11), Step(9), Step(8)))

PERSONS_ON_FIRST, PERSONS_ON_FURTHER = 12, 24
_LEAST = 8

_LEFT, _RIGHT, _LABEL_RIGHT = 15.0, 195.0, 62.0
_TITLE_CENTRE, _TITLE_WIDTH, _TITLE_SIZE = 24.6, 88.0, 22.0
_TOP = 35.0
_ADDRESS, _NAME, _PERSON = 9.6, 11.6, 7.0
_FIXED = (11.4, 12.0, 26.4, 12.6, 12.6)
"""Heights: cause, place, degree, two additional entries."""
_PERSON_EDGES = (62.0, 149.6, 179.0, 195.0)
_AGE_RIGHT = 193.0
_DEGREE_LEFTS = (68.0, 122.0)
_BOX, _BOX_GAP = 4.0, 2.6
_CHECK_SIZE, _DEGREE_SIZE = 15.0, 11.0
_LABEL_SIZE, _SMALL_SIZE = 9.5, 8.0
_CHECK_FRAME = dots(0.15)
_MARGIN, _INSET = 5.0, 3.0
_NOTE_PITCH = 4.2


@dataclass(frozen=True, slots=True)
class DisasterShape:
    """What of a page does not hang on whom it shows: how many rows for persons stand on it, and whether it is the
    first, with the damage."""

    persons: int
    first: bool
    last: bool

    title = TITLE
    place = page_end.PLACE
    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS})
    quiet: ClassVar[Box | None] = page_end.QUIET_ZONE
    white: ClassVar[tuple[Box, ...]] = ()
    has_picture = False

    def draw(self, layer: Layer) -> None:
        """Lines and fixed labels."""
        rows = self.persons
        edges = _edges(rows, first=self.first)
        left, divide, right = dots(_LEFT), dots(_LABEL_RIGHT), dots(_RIGHT)
        for y in edges[1:-1]:
            layer.level(left, right, y)
        for row in range(1, rows + 1):
            layer.level(divide, right, _person_y(row))
        layer.upright(edges[0], edges[-1], divide)
        for x in _PERSON_EDGES[1:-1]:
            layer.upright(edges[2], edges[3], dots(x))
        layer.frame(Box(left, edges[0], right, edges[-1]))
        labels = (OF["address"], OF["householder"], MEMBERS, OF["cause"], "", OF["degree"], *ADDITIONAL_LABELS)
        for label, centre in zip(labels, _centres(edges), strict=False):
            if label:
                _label(layer, label, centre)
        for label, start, end in zip(PERSON_LABELS, _PERSON_EDGES, _PERSON_EDGES[1:], strict=False):
            margin = dots((end - start) / 4)
            layer.spread(label, dots(start) + margin, dots(end) - margin, _person_y(0.5), _LABEL_SIZE)
        if self.first:
            self._draw_damage(layer, edges)

    def _draw_damage(self, layer: Layer, edges: tuple[int, ...]) -> None:
        """The two-line label of the place, the six degrees with their boxes, and the note."""
        centre = (edges[4] + edges[5]) / 2
        for shift, label in zip((-1, 1), PLACE_LABELS, strict=True):
            _label(layer, label, centre + shift * points(_LABEL_SIZE) * 0.62)
        for box, word in zip(_degree_boxes(edges), DEGREE_WORDS.values(), strict=True):
            layer.frame(box, _CHECK_FRAME)
            baseline = (box.top + box.bottom) / 2 + BODY_CENTRE * points(_DEGREE_SIZE)
            layer.text(Face.LABEL, word, box.right + dots(_BOX_GAP), baseline, _DEGREE_SIZE)
        for at, line in enumerate(DWELLING_NOTE):
            baseline = edges[-1] + page_end.MARK_BELOW + dots(at * _NOTE_PITCH)
            layer.text(Face.LABEL, line, dots(_LEFT), baseline, _SMALL_SIZE)


class DisasterForm:
    """Fulfils `certserver.documents.form.Form`."""

    name = DisasterDocument.form
    kind = DisasterDocument.kind
    individual = False
    clause_source = ClauseSource.MUNICIPALITY
    place = page_end.PLACE
    usual_shapes = ((DisasterShape(_LEAST, first=True, last=True),),)

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> DisasterDocument:
        """What an order line's document says."""
        return compose(line, profile)

    def pages_of(self, document: DisasterDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        people = document.people
        first = people[:PERSONS_ON_FIRST]
        first += tuple(map(unused_row, range(len(first) + 1, _LEAST + 1)))
        further = range(PERSONS_ON_FIRST, len(people), PERSONS_ON_FURTHER)
        pages = (first, *(people[at : at + PERSONS_ON_FURTHER] for at in further))
        return tuple(
            (
                *(document.address, householder_entry(document.householder, first=at == 0)),
                *(entry for row in rows for entry in row.entries()),
                *(document.damage.entries() if at == 0 else ()),
                Entry(CONTINUATION, page_end.mark_of(at, len(pages))),
            )
            for at, rows in enumerate(pages)
        )

    def pictures_of(self, _document: DisasterDocument) -> tuple[PagePicture, ...]:
        """None."""
        return ()

    def read(self, page: Page) -> DisasterPage:
        """What a page says."""
        if page.number == 1:
            return read_page(page, range(1, PERSONS_ON_FIRST + 1))
        first = PERSONS_ON_FIRST + PERSONS_ON_FURTHER * (page.number - 2) + 1
        return read_page(page, range(first, first + PERSONS_ON_FURTHER))

    def shape_of(self, said: DisasterPage) -> DisasterShape:
        """The shape of a page."""
        return DisasterShape(len(said.people), said.damage is not None, said.last)

    def fill(self, layer: Layer, said: DisasterPage) -> None:
        """Writes what a page says where it belongs."""
        middle, half = dots((_LEFT + _RIGHT) / 2), dots(_TITLE_WIDTH / 2)
        layer.spread(TITLE, middle - half, middle + half, dots(_TITLE_CENTRE), _TITLE_SIZE, face=Face.VALUE)
        edges = _edges(len(said.people), first=said.damage is not None)
        address, name, _, *damage = _centres(edges)
        _value(layer, said.address, address, ADDRESS)
        _value(layer, said.householder, name, NAME)
        for at, row in enumerate(said.people):
            middle_of_row = _person_y(at + 1.5)
            for entry, left, room in zip(
                (row.name, row.relationship), _PERSON_EDGES, (PERSON, RELATIONSHIP), strict=False
            ):
                layer.value(entry.name, entry.text, dots(left + _INSET), middle_of_row, room)
            layer.value(row.age.name, row.age.text, dots(_AGE_RIGHT), middle_of_row, AGE, align=Align.RIGHT)
        if said.damage is not None:
            cause, place, _, *additional = damage
            _value(layer, said.damage.cause, cause, LONG_TEXT)
            _value(layer, said.damage.place, place, ADDRESS)
            for entry, centre in zip(said.damage.additional, additional, strict=True):
                _value(layer, entry, centre, LONG_TEXT)
            degree = said.damage.degree
            _check(layer, _degree_boxes(edges)[tuple(DEGREE_WORDS.values()).index(degree.text)], degree)
        page_end.fill_mark(layer, said.mark, edges[-1] + page_end.MARK_BELOW)

    def picture_of(self, _said: DisasterPage) -> Picture | None:
        """None."""
        return None


def _edges(persons: int, *, first: bool) -> tuple[int, ...]:
    """Every edge of the table from above, in dots: of the head, of the persons, and on the first page of the damage."""
    found = [_TOP, _TOP + _ADDRESS, _TOP + _ADDRESS + _NAME]
    found.append(found[-1] + _PERSON * (persons + 1))
    for height in _FIXED if first else ():
        found.append(found[-1] + height)
    return tuple(map(dots, found))


def _centres(edges: tuple[int, ...]) -> tuple[float, ...]:
    return tuple((top + bottom) / 2 for top, bottom in pairwise(edges))


def _person_y(row: float) -> int:
    """The upper edge of a row of persons (from 0, the labels' row)."""
    return dots(_TOP + _ADDRESS + _NAME + _PERSON * row)


def _degree_boxes(edges: tuple[int, ...]) -> tuple[Box, ...]:
    """Row by row, two beside each other."""
    top, bottom = edges[5], edges[6]
    side = dots(_BOX)
    rows = len(DEGREE_WORDS) // len(_DEGREE_LEFTS)
    boxes = []
    for row in range(rows):
        upper = top + (bottom - top) * (2 * row + 1) // (2 * rows) - side // 2
        boxes += [Box(dots(left), upper, dots(left) + side, upper + side) for left in _DEGREE_LEFTS]
    return tuple(boxes)


def _check(layer: Layer, box: Box, degree: Entry) -> None:
    middle, centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    baseline = centre + BODY_CENTRE * points(_CHECK_SIZE)
    layer.centred(Face.LABEL, CHECK, middle, baseline, _CHECK_SIZE, entry=degree.name)


def _label(layer: Layer, label: str, centre: float) -> None:
    layer.spread(label, dots(_LEFT + _MARGIN), dots(_LABEL_RIGHT - _MARGIN), centre, _LABEL_SIZE)


def _value(layer: Layer, entry: Entry, centre: float, room: Field) -> None:
    layer.value(entry.name, entry.text, dots(_LABEL_RIGHT + _INSET), centre, room)
