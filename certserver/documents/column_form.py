"""The face of a koseki and its supplement: one frame on every page, labels at left, contents at right, rules between
sections; head and end mark by page. It draws what was composed and broken into pages, and knows no register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents import page_end
from certserver.documents.certification import Place
from certserver.documents.column_lines import PITCH, Line
from certserver.documents.column_pages import BOTTOM, TOP, ColumnPage, Placed, laid, pages_of
from certserver.documents.column_reading import ColumnWords, read_blocks
from certserver.documents.columns import REMOVED, ColumnDocument
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import BODY_CENTRE, Layer
from certserver.documents.model import Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.documents.typefaces import Face
from certserver.errors import ForeignPage
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.content import PagePicture
from koufu.evidence.words import CertificateKind

_USUAL_PAGES = 3
_LEFT, _DIVIDE, _RIGHT = dots(15.0), dots(66.0), dots(195.0)
_SECTION_LEFT = dots(17.4)
_LABEL_LEFT, _LABEL_RIGHT, _LABEL_FARTHEST = dots(25.0), dots(51.0), dots(64.4)
_CONTENT_LEFT = dots(69.2)
_LABEL_SIZE = 10.5
_LEAST_SCALE = 0.6
_BOX_LEFT, _BOX_RIGHT, _BOX_TOP, _BOX_HEIGHT = dots(23.0), dots(49.0), dots(9.6), dots(6.8)
_BOX_MARGIN, _BOX_LINE = dots(4.0), dots(0.15)
_RULE = dots(0.10)
_TITLE_SIZE, _TITLE_TRACKING = 15.0, dots(2.0)
_COUNT_SIZE, _COUNT_SPACE = 12.0, dots(7.0)
_HEAD_BASELINE = dots(25.2)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """What of a page does not hang on whom it shows: its title, and where it is certified."""

    title: str
    place: Place
    labels: tuple[str, ...]
    last: bool

    quiet: ClassVar[Box | None] = None
    white: ClassVar[tuple[Box, ...]] = ()
    has_picture = False

    @property
    def texts(self) -> Mapping[Face, tuple[str, ...]]:
        """Every fixed text in the face of labels."""
        return {Face.LABEL: (*self.labels, REMOVED)}

    def draw(self, layer: Layer) -> None:
        """Frame and the rule between labels and contents."""
        layer.upright(TOP, BOTTOM, _DIVIDE, _RULE)
        layer.frame(Box(_LEFT, TOP, _RIGHT, BOTTOM))


@dataclass(frozen=True, slots=True, repr=False)
class ColumnSheet:
    """What one page says, but for its certification; `number` of `pages`, from 1."""

    said: ColumnPage
    number: int
    pages: int
    mark: Entry

    @property
    def last(self) -> bool:
        """Whether it is the one with the certification."""
        return self.number == self.pages

    def __repr__(self) -> str:
        return f"<ColumnSheet {self.number}/{self.pages}>"


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One kind of document in two columns. Fulfils `certserver.documents.form.Form`. `title` stands on each page,
    `file_title` is the shape's; `labels` are the words of the label column; others of a register are set as its
    values are."""

    name: str
    kind: CertificateKind
    title: str
    file_title: str
    place: Place
    labels: tuple[str, ...]
    words: ColumnWords
    clause_source: ClauseSource
    composer: Callable[[EligibleLine, MunicipalityProfile, str], ColumnDocument]

    individual = False

    @property
    def usual_shapes(self) -> tuple[tuple[ColumnShape, ...], ...]:
        """Of few pages: a family, and one with some history."""
        counts = range(1, _USUAL_PAGES + 1)
        return tuple(tuple(self._shape(last=page == pages) for page in range(1, pages + 1)) for pages in counts)

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> ColumnDocument:
        """What an order line's document says."""
        return self.composer(line, profile, self.name)

    def pages_of(self, document: ColumnDocument) -> tuple[tuple[Entry, ...], ...]:
        """What stands on each page, in reading order. Clause, date and mayor are not among it."""
        pages = pages_of(document)
        return tuple(
            (*page.entries(), Entry(CONTINUATION, page_end.mark_of(at, len(pages)))) for at, page in enumerate(pages)
        )

    def pictures_of(self, _document: ColumnDocument) -> tuple[PagePicture, ...]:
        """None."""
        return ()

    def read(self, page: Page) -> ColumnSheet:
        """What a page says. Raises `ForeignPage` for a page without a block."""
        said = laid(read_blocks(page, self.words))
        if not said.placed:
            raise ForeignPage("a page in two columns says nothing")
        return ColumnSheet(said, page.number, page.pages, page.take(CONTINUATION))

    def shape_of(self, said: ColumnSheet) -> ColumnShape:
        """The shape of a page."""
        return self._shape(last=said.last)

    def fill(self, layer: Layer, said: ColumnSheet) -> None:
        """Writes what a page says where it belongs, below the form's own page count and title. What reaches below the
        frame is a misfit."""
        self._fill_head(layer, said)
        for placed in said.said.placed:
            _fill_block(layer, placed, self.labels)
        bottom = said.said.bottom
        page_end.fill_mark(layer, said.mark, bottom + PITCH / 2 + BODY_CENTRE * points(page_end.MARK_SIZE))
        if bottom + (PITCH if said.last else 0) > BOTTOM:
            layer.misfits.append("page")

    def picture_of(self, _said: ColumnSheet) -> Picture | None:
        """None."""
        return None

    def _shape(self, *, last: bool) -> ColumnShape:
        return ColumnShape(self.file_title, self.place, self.labels, last)

    def _fill_head(self, layer: Layer, said: ColumnSheet) -> None:
        width = layer.width(Face.VALUE, self.title, _TITLE_SIZE, tracking=_TITLE_TRACKING)
        left = _RIGHT - width
        layer.text(Face.VALUE, self.title, left, _HEAD_BASELINE, _TITLE_SIZE, tracking=_TITLE_TRACKING)
        count = page_count(said.number, said.pages)
        layer.ending(Face.VALUE, count, left - _COUNT_SPACE, _HEAD_BASELINE, _COUNT_SIZE)


def page_count(page: int, pages: int) -> str:
    """The form's own: 「（２の１）」 for the first (1) of two."""
    return f"（{pages}の{page}）".translate(_FULL_WIDTH)


def _fill_block(layer: Layer, placed: Placed, labels: tuple[str, ...]) -> None:
    block, top = placed.block, placed.top
    if placed.rule is not None:
        layer.level(_LEFT, _RIGHT, placed.rule, _RULE)
    if block.heading:
        _at_edge(layer, block.heading, top)
        top += PITCH
    if block.section:
        _at_edge(layer, block.section, top)
    first = placed.lines[0].height if placed.lines else PITCH
    if block.label:
        layer.spread(block.label, _LABEL_LEFT, _LABEL_RIGHT, top + first / 2, _LABEL_SIZE)
    if block.title is not None:
        face = Face.LABEL if block.title.text in labels else Face.VALUE
        _fill_title(layer, block.title, top + PITCH / 2, face)
    if block.removed is not None:
        _fill_box(layer, block.removed, top)
    for line in placed.lines:
        _fill_line(layer, line, top)
        top += line.height


def _at_edge(layer: Layer, text: str, top: int) -> None:
    baseline = top + PITCH / 2 + BODY_CENTRE * points(_LABEL_SIZE)
    layer.text(Face.LABEL, text, _SECTION_LEFT, baseline, _LABEL_SIZE)


def _fill_title(layer: Layer, title: Entry, centre: float, face: Face) -> None:
    """The register's heading of an entry: spread, a long one over more of the column and condensed at last."""
    width = layer.width(face, title.text, _LABEL_SIZE)
    right = _LABEL_RIGHT if width <= _LABEL_RIGHT - _LABEL_LEFT else min(_LABEL_LEFT + int(width), _LABEL_FARTHEST)
    if width * _LEAST_SCALE > right - _LABEL_LEFT:
        layer.misfits.append(title.name)
    layer.spread(title.text, _LABEL_LEFT, right, centre, _LABEL_SIZE, face=face, entry=title.name)


def _fill_box(layer: Layer, removed: Entry, top: int) -> None:
    """「除籍」 in its frame."""
    box = Box(_BOX_LEFT, top + _BOX_TOP, _BOX_RIGHT, top + _BOX_TOP + _BOX_HEIGHT)
    layer.frame(box, _BOX_LINE)
    middle = top + _BOX_TOP + _BOX_HEIGHT / 2
    left, right = _BOX_LEFT + _BOX_MARGIN, _BOX_RIGHT - _BOX_MARGIN
    layer.spread(removed.text, left, right, middle, _LABEL_SIZE, entry=removed.name)


def _fill_line(layer: Layer, line: Line, top: int) -> None:
    baseline = top + line.height / 2 + BODY_CENTRE * points(line.size)
    for piece in line.pieces:
        layer.text(Face.VALUE, piece.text, _CONTENT_LEFT + piece.left, baseline, piece.size, entry=piece.entry)
