"""What a kind of document must tell of its form, so that press and stationery know no kind. It says where things stand;
what a document says is composed before any of it is drawn."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol, TypeVar

from certserver.antiforgery.paper import Box
from certserver.documents.certification import Place
from certserver.documents.ink import Layer
from certserver.documents.model import Document, Entry
from certserver.documents.page import Page
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.bitmap import Bitmap
from koufu.evidence.content import PagePicture
from koufu.evidence.words import CertificateKind

_Document = TypeVar("_Document", bound=Document)
_Said = TypeVar("_Said")


class ClauseSource(Enum):
    """Who words a certification clause."""

    NATION = auto()
    """Fixed for all municipalities: their profiles have none."""
    MUNICIPALITY = auto()
    MUNICIPALITY_WHOLE_AND_PART = auto()
    """The municipality, one for a document of everybody and one for a document of a part."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A bitmap of a document, dot for dot, and where it stands on the face: a registered seal."""

    bitmap: Bitmap
    box: Box


class Shape(Hashable, Protocol):
    """What of a page does not hang on whom it shows. Pages of equal shapes share their stationery, so a shape is a
    value with a hash, and nothing of a resident is in it."""

    @property
    def title(self) -> str:
        """The kind of document, as the file's title."""
        ...

    @property
    def texts(self) -> Mapping[Face, tuple[str, ...]]:
        """Every fixed text that `draw` may set, in faces other than that of values."""
        ...

    @property
    def last(self) -> bool:
        """Whether it is the page with the certification."""
        ...

    @property
    def place(self) -> Place:
        """Where the certification stands on the last page."""
        ...

    @property
    def quiet(self) -> Box | None:
        """Free of text: there the copy warning stands uncut."""
        ...

    @property
    def white(self) -> tuple[Box, ...]:
        """Free of ground."""
        ...

    @property
    def has_picture(self) -> bool:
        """Whether a picture of its own stands on the page."""
        ...

    def draw(self, layer: Layer) -> None:
        """Lines and fixed labels."""
        ...


class Form(Protocol[_Document, _Said]):
    """One form of one kind of document. A document is composed and told page by page as entries; from then on only what
    `read` takes from a page's entries is drawn."""

    @property
    def name(self) -> str:
        """Name and version, as the documents composed in it bear them."""
        ...

    @property
    def kind(self) -> CertificateKind:
        """Of which kind."""
        ...

    @property
    def individual(self) -> bool:
        """Whether it is the one to take where the municipality chose one person a page (個人票). A kind with a single
        form has none that is."""
        ...

    @property
    def clause_source(self) -> ClauseSource:
        """Who words its certification clause."""
        ...

    @property
    def place(self) -> Place:
        """Where the certification stands on the last page."""
        ...

    @property
    def usual_shapes(self) -> tuple[tuple[Shape, ...], ...]:
        """Of the pages of documents worth making ready for before anybody comes."""
        ...

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> _Document:
        """What an order line's document says. Raises `IntegrityAlarm` for what may not have come this far."""
        ...

    def pages_of(self, document: _Document) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        ...

    def pictures_of(self, document: _Document) -> tuple[PagePicture, ...]:
        """The pictures that stand on each page."""
        ...

    def read(self, page: Page) -> _Said:
        """What a page says, with all its entries and pictures taken. Raises `ForeignPage` for what `pages_of` never
        gives."""
        ...

    def shape_of(self, said: _Said) -> Shape:
        """The shape of a page."""
        ...

    def fill(self, layer: Layer, said: _Said) -> None:
        """Writes what a page says where it belongs."""
        ...

    def picture_of(self, said: _Said) -> Picture | None:
        """The picture that stands on it, None unless its shape has one."""
        ...
