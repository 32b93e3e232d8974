"""The seal registration certificate: the imprint at exact size on white, dot for dot as registered, beside the person's
entries. Field set and order are our own where the national form is unconfirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents.certification import Place
from certserver.documents.fitting import Field, Step
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import Layer
from certserver.documents.model import Entry
from certserver.documents.page import Page
from certserver.documents.seal_registration import (
    SealRegistrationDocument,
    SealRegistrationPage,
    compose,
    read_page,
)
from certserver.documents.typefaces import Face
from certserver.errors import ForeignPage
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import REGISTERED_SEAL, PagePicture, picture_of

PLACE = Place(14.0, (19.5, 150.6), (28.0, 172.6), 203.6)
IMPRINT_FIELD = Box.of_mm(15.0, 44.0, 83.0, 112.0)
"""Has no ground."""

TITLE = "印鑑登録証明書"
LABELS = ("印影", "原寸", "氏名", "旧氏", "通称", "氏名の", "カタカナ表記", "生年月日", "住所")
SCALE_LABEL = "10 mm"

# The last step of names and of the address reaches beyond two lines, so that nobody whose name fits the certificate of
# residence is turned away here.
_NAME_STEPS = (Step(18), Step(16), Step(14), Step(12), Step(12, 1, 2), Step(9.5, 1, 3))
NAME = Field(79.0, _NAME_STEPS)
OTHER_NAME = Field(79.0, _NAME_STEPS[3:])
BIRTH = Field(79.0, (Step(13), Step(12)))
ADDRESS = Field(143.0, (Step(14), Step(12.5), Step(11), Step(11, 1, 2), Step(9, 1, 3)))

_LEFT, _RIGHT = 15.0, 195.0
_TOP, _ROW = 44.0, 13.6
_LABEL_LEFT, _LABEL_RIGHT, _ADDRESS_LABEL_RIGHT = 83.0, 110.0, 46.0
_TITLE_CENTRE, _TITLE_WIDTH, _TITLE_SIZE = 28.0, 88.0, 22.0
_LABEL_SIZE, _TWO_LINE_SIZE, _NOTE_SIZE = 9.5, 8.5, 7.5
_LABEL_MARGIN, _ADDRESS_MARGIN = 4.0, 6.0
_INSET = 3.3
_CENTRE = (49.0, 78.0)
_FIELD_MM, _TICK_MM = 25.0, 2.2
_SCALE_LEFT, _SCALE_BASE, _SCALE_MM = 18.0, 107.0, 10
_LONG_TICK, _SHORT_TICK = 2.0, 1.3


@dataclass(frozen=True, slots=True)
class SealRegistrationShape:
    """What of the form does not hang on whom it shows."""

    title = "印鑑登録証明書"
    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: LABELS, Face.BOX: (SCALE_LABEL,)})
    place = PLACE
    quiet: ClassVar[Box | None] = None
    white: ClassVar[tuple[Box, ...]] = (IMPRINT_FIELD,)
    has_picture = True
    last = True

    def draw(self, layer: Layer) -> None:
        """Lines and fixed labels."""
        left, right = dots(_LEFT), dots(_RIGHT)
        top, middle, bottom = _y(0), _y(5), _y(6)
        for row in range(1, 5):
            layer.level(dots(_LABEL_LEFT), right, _y(row))
        layer.upright(top, middle, dots(_LABEL_LEFT))
        layer.upright(top, middle, dots(_LABEL_RIGHT))
        layer.upright(middle, bottom, dots(_ADDRESS_LABEL_RIGHT))
        layer.frame(Box(left, top, right, middle))
        layer.frame(Box(left, middle, right, bottom))
        near, far = dots(_LABEL_LEFT + _LABEL_MARGIN), dots(_LABEL_RIGHT - _LABEL_MARGIN)
        for row, label in ((0, "氏名"), (1, "旧氏"), (2, "通称"), (4, "生年月日")):
            layer.spread(label, near, far, _y(row + 0.5), _LABEL_SIZE)
        for shift, label in ((-1, "氏名の"), (1, "カタカナ表記")):
            centre = _y(3.5) + shift * points(_TWO_LINE_SIZE) * 0.6
            layer.spread(label, near, far, centre, _TWO_LINE_SIZE)
        margin = dots(_ADDRESS_MARGIN)
        layer.spread("住所", left + margin, dots(_ADDRESS_LABEL_RIGHT) - margin, _y(5.5), _LABEL_SIZE)
        _draw_imprint_field(layer)


class SealRegistrationForm:
    """Fulfils `certserver.documents.form.Form`."""

    name = SealRegistrationDocument.form
    kind = SealRegistrationDocument.kind
    individual = False
    clause_source = ClauseSource.MUNICIPALITY
    place = PLACE
    usual_shapes = ((SealRegistrationShape(),),)

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> SealRegistrationDocument:
        """What an order line's document says."""
        return compose(line, profile)

    def pages_of(self, document: SealRegistrationDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on the page, in reading order. Clause, date and mayor are not among it."""
        return (document.entries,)

    def pictures_of(self, document: SealRegistrationDocument) -> tuple[PagePicture, ...]:
        """The imprint."""
        return (picture_of(REGISTERED_SEAL, document.imprint),)

    def read(self, page: Page) -> SealRegistrationPage:
        """What a page says."""
        if page.pages != 1:
            raise ForeignPage("a seal registration certificate has one page")
        return read_page(page)

    def shape_of(self, _said: SealRegistrationPage) -> SealRegistrationShape:
        """The one there is."""
        return SealRegistrationShape()

    def fill(self, layer: Layer, said: SealRegistrationPage) -> None:
        """Writes what the page says where it belongs, but for the imprint."""
        layer.spread(
            TITLE,
            dots((_LEFT + _RIGHT - _TITLE_WIDTH) / 2),
            dots((_LEFT + _RIGHT + _TITLE_WIDTH) / 2),
            dots(_TITLE_CENTRE),
            _TITLE_SIZE,
            face=Face.VALUE,
        )
        *entries, address = said.entries
        rooms = (NAME, OTHER_NAME, OTHER_NAME, OTHER_NAME, BIRTH)
        for row, (entry, room) in enumerate(zip(entries, rooms, strict=True)):
            layer.value(entry.name, entry.text, dots(_LABEL_RIGHT + _INSET), _y(row + 0.5), room)
        layer.value(address.name, address.text, dots(_ADDRESS_LABEL_RIGHT + _INSET), _y(5.5), ADDRESS)

    def picture_of(self, said: SealRegistrationPage) -> Picture:
        """The imprint: centred in its field, never scaled or turned."""
        imprint = said.imprint
        left, top = dots(_CENTRE[0]) - imprint.width // 2, dots(_CENTRE[1]) - imprint.height // 2
        return Picture(imprint, Box(left, top, left + imprint.width, top + imprint.height))


def _y(row: float) -> int:
    return dots(_TOP + _ROW * row)


def _draw_imprint_field(layer: Layer) -> None:
    """Label, corner ticks of the largest lawful imprint, and a 10-mm scale: a clerk sees at once whether a sheet was
    enlarged."""
    layer.text(Face.LABEL, "印影", dots(18.1), dots(49.9), _LABEL_SIZE, tracking=dots(1.15), bare=True)
    layer.text(Face.LABEL, "原寸", dots(74.3), dots(108.9), _NOTE_SIZE, tracking=dots(0.5), bare=True)
    half, tick = dots(_FIELD_MM / 2), dots(_TICK_MM)
    x, y = dots(_CENTRE[0]), dots(_CENTRE[1])
    for edge_x, inward_x in ((x - half, 1), (x + half, -1)):
        for edge_y, inward_y in ((y - half, 1), (y + half, -1)):
            layer.level(min(edge_x, edge_x + inward_x * tick), max(edge_x, edge_x + inward_x * tick), edge_y)
            layer.upright(min(edge_y, edge_y + inward_y * tick), max(edge_y, edge_y + inward_y * tick), edge_x)
    base = dots(_SCALE_BASE)
    layer.level(dots(_SCALE_LEFT), dots(_SCALE_LEFT + _SCALE_MM), base)
    for mm in range(_SCALE_MM + 1):
        high = dots(_LONG_TICK if mm % 5 == 0 else _SHORT_TICK)
        layer.upright(base - high, base, dots(_SCALE_LEFT + mm))
    layer.text(Face.BOX, SCALE_LABEL, dots(29.2), dots(107.4), _NOTE_SIZE, bare=True)
