"""What every face ends with: certification clause, date, mayor, official seal, and the foot with the document number.
The official seal is painted last, so that its frame stands on the mayor's name."""

from dataclasses import dataclass
from datetime import date

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents.eras import era_date, full_width_date
from certserver.documents.ink import BODY_CENTRE, Layer
from certserver.documents.model import Entry
from certserver.documents.page import Page
from certserver.documents.typefaces import Face
from koufu.evidence.numbers import printed as printed_number

OFFICIAL_SEAL_MM = 24.0
OFFICIAL_SEAL_NOTE = "この印は黒色です。"
NUMBER_LABEL = "発行番号"
PAGE_WORDS = "／ページ"

_SEAL_LEFT = dots(163.0)
_MAYOR_END = dots(165.3)
_DEPUTY_END = dots(161.0)
_DEPUTY_ABOVE = dots(7.2)
_NOTE_BELOW = dots(15.1)
_NOTE_SIZE = 7.5
_MAYOR_SIZE, _MAYOR_TRACKING, _DEPUTY_SIZE = 15.0, dots(0.35), 12.0
_LEFT, _RIGHT = dots(15.0), dots(195.0)
_FACE_NUMBER_LEFT = dots(28.0)
_LABEL_BASELINE, _NUMBER_BASELINE = dots(282.3), dots(287.7)
_LABEL_SIZE, _NUMBER_SIZE, _PAGE_SIZE = 8.0, 12.0, 10.0
_NUMBER_TRACKING = dots(0.125)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form has its certification, in mm: baselines and left edges of clause and date with their size in points,
    and the height on which mayor and official seal are centred. `full_width`: the date has full-width digits."""

    size: float
    clause: tuple[float, float]
    date: tuple[float, float]
    mayor: float
    full_width: bool = False

    def official_seal_box(self, side: int) -> Box:
        """Where an official seal of that many dots stands."""
        top = dots(self.mayor) - side // 2
        return Box(_SEAL_LEFT, top, _SEAL_LEFT + side, top + side)


@dataclass(frozen=True, slots=True)
class Certification:
    """What the last page ends with; of the lines of the mayor the last is the name."""

    clause: Entry
    date: Entry
    mayor: tuple[Entry, ...]

    def entries(self) -> tuple[Entry, ...]:
        """In reading order."""
        return (self.clause, self.date, *self.mayor)


def certification_of(place: Place, clause: str, day: date, mayor: tuple[str, ...]) -> Certification:
    """The certification of that day, as it is printed there. While a deputy acts, the deputy's title stands on a line
    of its own above the name."""
    return Certification(
        Entry("clause", clause),
        Entry("date", full_width_date(day) if place.full_width else era_date(day)),
        tuple(Entry(_mayor(at), line) for at, line in enumerate(mayor)),
    )


def read_certification(page: Page) -> Certification:
    """What a last page says. Raises `ForeignPage`."""
    clause, day, mayor = page.take("clause"), page.take("date"), [page.take(_mayor(0))]
    while page.has(_mayor(len(mayor))):
        mayor.append(page.take(_mayor(len(mayor))))
    return Certification(clause, day, tuple(mayor))


def certify(layer: Layer, place: Place, certified: Certification) -> None:
    """Clause, date and mayor."""
    left, baseline = place.clause
    clause, day = certified.clause, certified.date
    layer.text(Face.VALUE, clause.text, dots(left), dots(baseline), place.size, entry=clause.name)
    layer.text(Face.VALUE, day.text, dots(place.date[0]), dots(place.date[1]), place.size, entry=day.name)
    *above, mayor = certified.mayor
    centre = dots(place.mayor)
    baseline = centre + BODY_CENTRE * points(_MAYOR_SIZE)
    layer.ending(Face.VALUE, mayor.text, _MAYOR_END, baseline, _MAYOR_SIZE, tracking=_MAYOR_TRACKING, entry=mayor.name)
    for title in above:
        layer.ending(Face.VALUE, title.text, _DEPUTY_END, baseline - _DEPUTY_ABOVE, _DEPUTY_SIZE, entry=title.name)


def draw_official_seal_note(layer: Layer, place: Place) -> None:
    """「この印は黒色です。」 under the official seal."""
    middle = _SEAL_LEFT + dots(OFFICIAL_SEAL_MM) / 2
    baseline = dots(place.mayor) + _NOTE_BELOW
    layer.centred(Face.LABEL, OFFICIAL_SEAL_NOTE, middle, baseline, _NOTE_SIZE)


def draw_foot(layer: Layer, *, face: bool) -> None:
    """The label of the document number."""
    left = _FACE_NUMBER_LEFT if face else _LEFT
    layer.text(Face.LABEL, NUMBER_LABEL, left, _LABEL_BASELINE, _LABEL_SIZE, bare=True)


def fill_foot(layer: Layer, document_no: str, page: int, pages: int, *, face: bool) -> None:
    """Document number and page i of n."""
    left = _FACE_NUMBER_LEFT if face else _LEFT
    shown = printed_number(document_no)
    layer.text(Face.NUMBER, shown, left, _NUMBER_BASELINE, _NUMBER_SIZE, tracking=_NUMBER_TRACKING, bare=True)
    layer.ending(Face.LABEL, f"{page}／{pages}ページ", _RIGHT, _NUMBER_BASELINE, _PAGE_SIZE, bare=True)


def _mayor(at: int) -> str:
    return f"mayor{at + 1}" if at else "mayor"
