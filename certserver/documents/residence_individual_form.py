"""Certificates of residence and of items in the resident record, individual form (個人票): one person a page. No layout
of the national form was at hand: all of it is our own and unconfirmed. The register holds no history of changes: none
stands here."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots
from certserver.documents import page_end
from certserver.documents import residence_block as parts
from certserver.documents.fitting import Step
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import Layer
from certserver.documents.model import Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.documents.residence import ResidenceDocument, ResidencePage, compose, read_page
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import PagePicture
from koufu.evidence.words import CertificateKind

BLOCK = parts.Block(parts.FIRST_BLOCK, 7.4)
_ONE_LINE = tuple(map(Step, (20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0)))
_NAME_STEPS = (*_ONE_LINE, Step(12, 1, 2), Step(10.5, 1, 3), Step(9.5, 1, 3))
ROOMS = parts.rooms((Step(11.5),), _NAME_STEPS)
_USUAL_PERSONS = 4


@dataclass(frozen=True, slots=True)
class ResidenceIndividualShape:
    """What of a page does not hang on whom it shows: the kind."""

    kind: CertificateKind
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
        BLOCK.draw(layer)
        layer.frame(Box(dots(parts.LEFT), BLOCK.y(0), dots(parts.RIGHT), BLOCK.y(parts.ROWS)))


class ResidenceIndividualForm:
    """Fulfils `certserver.documents.form.Form`, for a certificate of residence or of items in the resident record."""

    individual = True
    clause_source = ClauseSource.MUNICIPALITY_WHOLE_AND_PART
    place = page_end.PLACE

    def __init__(self, kind: CertificateKind) -> None:
        self.kind = kind
        self.name = f"{kind.value}-individual/1"
        self.usual_shapes = tuple(
            tuple(ResidenceIndividualShape(kind, page == persons) for page in range(1, persons + 1))
            for persons in range(1, _USUAL_PERSONS + 1)
        )

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> ResidenceDocument:
        """What an order line's document says."""
        return compose(line, profile, self.name)

    def pages_of(self, document: ResidenceDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        count = len(document.people)
        return tuple(
            (
                *(document.address, document.householder, *person.entries()),
                Entry(CONTINUATION, page_end.mark_of(page, count)),
            )
            for page, person in enumerate(document.people)
        )

    def pictures_of(self, _document: ResidenceDocument) -> tuple[PagePicture, ...]:
        """None."""
        return ()

    def read(self, page: Page) -> ResidencePage:
        """What a page says."""
        return read_page(page, (page.number,))

    def shape_of(self, said: ResidencePage) -> ResidenceIndividualShape:
        """The shape of a page."""
        return ResidenceIndividualShape(said.kind, said.last)

    def fill(self, layer: Layer, said: ResidencePage) -> None:
        """Writes what a page says where it belongs."""
        parts.fill_head(layer, said)
        for person in said.people:
            BLOCK.fill(layer, person, ROOMS)
        if said.mark is not None:
            page_end.fill_mark(layer, said.mark, BLOCK.y(parts.ROWS) + page_end.MARK_BELOW)

    def picture_of(self, _said: ResidencePage) -> Picture | None:
        """None."""
        return None
