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
from certserver.documents.residence import PersonBlock, ResidenceDocument, compose
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

PERSONS_A_PAGE = 4
ROOMS = parts.rooms()
_ROW = 4.1
BLOCKS = tuple(parts.Block(parts.FIRST_BLOCK + at * parts.ROWS * _ROW, _ROW) for at in range(PERSONS_A_PAGE))
_BELOW = tuple(block.y(parts.ROWS) for block in BLOCKS)


@dataclass(frozen=True, slots=True)
class ResidenceHouseholdShape:
    """What of the form does not hang on whom it shows: the kind, and how many persons stand on each page."""

    kind: CertificateKind
    persons: tuple[int, ...]

    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: parts.LABELS})
    place = page_end.PLACE
    quiet: Box | None = page_end.QUIET_ZONE
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def title(self) -> str:
        """The kind of document."""
        return parts.FILE_TITLES[self.kind]

    @property
    def pages(self) -> int:
        """How many."""
        return len(self.persons)

    def draw(self, layer: Layer, page: int) -> None:
        """Lines and fixed labels of a page (from 0)."""
        parts.draw_head(layer)
        left, right = dots(parts.LEFT), dots(parts.RIGHT)
        count = self.persons[page]
        for block in BLOCKS[:count]:
            block.draw(layer)
        for block in BLOCKS[1:count]:
            layer.level(left, right, block.y(0), FRAME)
        layer.frame(Box(left, BLOCKS[0].y(0), right, _BELOW[count - 1]))


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
        for person in pages[page]:
            yield from person.entries()
        if (mark := _mark(pages, page)) is not None:
            yield Entry("continuation", mark)

    def fill(self, layer: Layer, document: ResidenceDocument, page: int) -> None:
        """Writes the same where it belongs."""
        pages = _pages_of(document)
        parts.fill_head(layer, document)
        for block, person in zip(BLOCKS, pages[page], strict=False):
            block.fill(layer, person, ROOMS)
        if (mark := _mark(pages, page)) is not None:
            page_end.fill_mark(layer, mark, _BELOW[len(pages[page]) - 1] + page_end.MARK_BELOW)

    def picture_of(self, _document: ResidenceDocument) -> Picture | None:
        """None."""
        return None


def _pages_of(document: ResidenceDocument) -> tuple[tuple[PersonBlock, ...], ...]:
    people = document.people
    return tuple(people[at : at + PERSONS_A_PAGE] for at in range(0, len(people), PERSONS_A_PAGE))


def _mark(pages: tuple[tuple[PersonBlock, ...], ...], page: int) -> str | None:
    """What stands under the last block of a page: that the next page goes on, or that nothing follows. A full last page
    has no room for another block, so it needs no mark."""
    last, full = page + 1 == len(pages), len(pages[page]) == PERSONS_A_PAGE
    return None if last and full else page_end.mark_of(page, len(pages))
