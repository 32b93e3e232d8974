"""Certificates of residence and of items in the resident record, household form (世帯連記式): four persons a page, each
whole, more on further pages. The wording between pages, the end mark, and all of the second kind are our own where the
national form is unconfirmed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots
from certserver.documents import page_end
from certserver.documents import residence_block as parts
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import FRAME, Layer
from certserver.documents.model import Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.documents.residence import PersonBlock, ResidenceDocument, ResidencePage, compose, read_page
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import PagePicture
from koufu.evidence.words import CertificateKind

PERSONS_A_PAGE = 4
ROOMS = parts.rooms()
_ROW = 4.1
BLOCKS = tuple(parts.Block(parts.FIRST_BLOCK + at * parts.ROWS * _ROW, _ROW) for at in range(PERSONS_A_PAGE))
_BELOW = tuple(block.y(parts.ROWS) for block in BLOCKS)


@dataclass(frozen=True, slots=True)
class ResidenceHouseholdShape:
    """What of a page does not hang on whom it shows: the kind, and how many persons stand on it."""

    kind: CertificateKind
    persons: int
    last: bool

    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: parts.LABELS})
    place = page_end.PLACE
    quiet: ClassVar[Box | None] = page_end.QUIET_ZONE
    white: ClassVar[tuple[Box, ...]] = ()
    has_picture = False

    @property
    def title(self) -> str:
        """The kind of document."""
        return parts.FILE_TITLES[self.kind]

    def draw(self, layer: Layer) -> None:
        """Lines and fixed labels."""
        parts.draw_head(layer)
        left, right = dots(parts.LEFT), dots(parts.RIGHT)
        for block in BLOCKS[: self.persons]:
            block.draw(layer)
        for block in BLOCKS[1 : self.persons]:
            layer.level(left, right, block.y(0), FRAME)
        layer.frame(Box(left, BLOCKS[0].y(0), right, _BELOW[self.persons - 1]))


class ResidenceHouseholdForm:
    """Fulfils `certserver.documents.form.Form`, for a certificate of residence or of items in the resident record."""

    individual = False
    clause_source = ClauseSource.MUNICIPALITY_WHOLE_AND_PART
    place = page_end.PLACE

    def __init__(self, kind: CertificateKind) -> None:
        self.kind = kind
        self.name = f"{kind.value}-household/1"
        full = ResidenceHouseholdShape(kind, PERSONS_A_PAGE, last=False)
        self.usual_shapes = tuple(
            (*before, ResidenceHouseholdShape(kind, persons, last=True))
            for before in ((), (full,))
            for persons in range(1, PERSONS_A_PAGE + 1)
        )

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> ResidenceDocument:
        """What an order line's document says."""
        return compose(line, profile, self.name)

    def pages_of(self, document: ResidenceDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        people = document.people
        pages = tuple(people[at : at + PERSONS_A_PAGE] for at in range(0, len(people), PERSONS_A_PAGE))
        return tuple(tuple(_entries(document, pages, at)) for at in range(len(pages)))

    def pictures_of(self, _document: ResidenceDocument) -> tuple[PagePicture, ...]:
        """None."""
        return ()

    def read(self, page: Page) -> ResidencePage:
        """What a page says."""
        first = (page.number - 1) * PERSONS_A_PAGE + 1
        return read_page(page, range(first, first + PERSONS_A_PAGE))

    def shape_of(self, said: ResidencePage) -> ResidenceHouseholdShape:
        """The shape of a page."""
        return ResidenceHouseholdShape(said.kind, len(said.people), said.last)

    def fill(self, layer: Layer, said: ResidencePage) -> None:
        """Writes what a page says where it belongs."""
        parts.fill_head(layer, said)
        for block, person in zip(BLOCKS, said.people, strict=False):
            block.fill(layer, person, ROOMS)
        if said.mark is not None:
            page_end.fill_mark(layer, said.mark, _BELOW[len(said.people) - 1] + page_end.MARK_BELOW)

    def picture_of(self, _said: ResidencePage) -> Picture | None:
        """None."""
        return None


def _entries(document: ResidenceDocument, pages: tuple[tuple[PersonBlock, ...], ...], page: int) -> Iterator[Entry]:
    """A full last page has no room for another block, so it needs no mark that nothing follows."""
    yield document.address
    yield document.householder
    for person in pages[page]:
        yield from person.entries()
    if page + 1 < len(pages) or len(pages[page]) < PERSONS_A_PAGE:
        yield Entry(CONTINUATION, page_end.mark_of(page, len(pages)))
