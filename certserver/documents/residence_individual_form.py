"""Certificates of residence and of items in the resident record, individual form (個人票): one person a page. No layout
of the national form was at hand: all of it is our own and unconfirmed. The register holds no history of changes: none
stands here."""

from collections.abc import Iterator, Mapping
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
from certserver.documents.residence import ResidenceDocument, compose
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

BLOCK = parts.Block(parts.FIRST_BLOCK, 7.4)
_ONE_LINE = tuple(map(Step, (20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0)))
_NAME_STEPS = (*_ONE_LINE, Step(12, 1, 2), Step(10.5, 1, 3), Step(9.5, 1, 3))
ROOMS = parts.rooms((Step(11.5),), _NAME_STEPS)
_USUAL_PERSONS = 4


@dataclass(frozen=True, slots=True)
class ResidenceIndividualShape:
    """What of the form does not hang on whom it shows: the kind, and how many persons there are."""

    kind: CertificateKind
    pages: int

    texts: ClassVar[Mapping[Face, tuple[str, ...]]] = MappingProxyType({Face.LABEL: parts.LABELS})
    place = page_end.PLACE
    quiet: Box | None = page_end.QUIET_ZONE
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def title(self) -> str:
        """The kind of document."""
        return parts.FILE_TITLES[self.kind]

    def draw(self, layer: Layer, _page: int) -> None:
        """Lines and fixed labels of a page."""
        parts.draw_head(layer)
        BLOCK.draw(layer)
        layer.frame(Box(dots(parts.LEFT), BLOCK.y(0), dots(parts.RIGHT), BLOCK.y(parts.ROWS)))


class ResidenceIndividualForm:
    """Fulfils `certserver.documents.form.Form`, for a certificate of residence or of items in the resident record."""

    individual = True
    clause_source = ClauseSource.MUNICIPALITY_WHOLE_AND_PART

    def __init__(self, kind: CertificateKind) -> None:
        self.kind = kind
        self.name = f"{kind.value}-individual/1"
        self.usual_shapes = tuple(ResidenceIndividualShape(kind, persons) for persons in range(1, _USUAL_PERSONS + 1))

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> ResidenceDocument:
        """What an order line's document says."""
        return compose(line, profile, self.name)

    def shape_of(self, document: ResidenceDocument) -> ResidenceIndividualShape:
        """The shape of a document."""
        return ResidenceIndividualShape(document.kind, len(document.people))

    def entries_of(self, document: ResidenceDocument, page: int) -> Iterator[Entry]:
        """What stands on a page (from 0), in reading order. Clause, date and mayor are not among it."""
        yield document.address
        yield document.householder
        yield from document.people[page].entries()
        yield Entry("continuation", page_end.mark_of(page, len(document.people)))

    def fill(self, layer: Layer, document: ResidenceDocument, page: int) -> None:
        """Writes the same where it belongs."""
        parts.fill_head(layer, document)
        BLOCK.fill(layer, document.people[page], ROOMS)
        page_end.fill_mark(
            layer, page_end.mark_of(page, len(document.people)), BLOCK.y(parts.ROWS) + page_end.MARK_BELOW
        )

    def picture_of(self, _document: ResidenceDocument) -> Picture | None:
        """None."""
        return None
