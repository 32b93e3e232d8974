"""The face of a koseki and its supplement: one frame on every page, labels at left, contents at right, rules between
sections; head and end mark by page. It draws what was composed and broken into pages, and knows no register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from certserver.antiforgery.paper import Box, dots, points
from certserver.documents import page_end
from certserver.documents.certification import Place
from certserver.documents.column_lines import PITCH, Line
from certserver.documents.column_pages import BOTTOM, TOP, ColumnPage, Placed, pages_of
from certserver.documents.columns import ColumnDocument
from certserver.documents.form import ClauseSource, Picture
from certserver.documents.ink import BODY_CENTRE, Layer
from certserver.documents.model import Entry
from certserver.documents.typefaces import Face
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.statement import MAX_PAGES
from koufu.evidence.words import CertificateKind

REMOVED = "除籍"

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
    """What of a form does not hang on whom it shows: its title, where it is certified, and how many pages it has."""

    title: str
    place: Place
    pages: int
    labels: tuple[str, ...]

    quiet: Box | None = None
    white: tuple[Box, ...] = ()
    has_picture = False

    @property
    def texts(self) -> Mapping[Face, tuple[str, ...]]:
        """Every fixed text in the face of labels."""
        return {Face.LABEL: (*self.labels, REMOVED)}

    def draw(self, layer: Layer, _page: int) -> None:
        """Frame and the rule between labels and contents."""
        layer.upright(TOP, BOTTOM, _DIVIDE, _RULE)
        layer.frame(Box(_LEFT, TOP, _RIGHT, BOTTOM))


@dataclass(frozen=True, slots=True, repr=False)
class PagedDocument:
    """A two-column document broken into pages."""

    said: ColumnDocument
    pages: tuple[ColumnPage, ...]

    @property
    def kind(self) -> CertificateKind:
        """The kind."""
        return self.said.kind

    @property
    def form(self) -> str:
        """Name and version of its form."""
        return self.said.form

    @property
    def clause(self) -> str:
        """The certification clause."""
        return self.said.clause

    def __repr__(self) -> str:
        return f"<PagedDocument of {len(self.pages)} pages>"


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
    clause_source: ClauseSource
    composer: Callable[[EligibleLine, MunicipalityProfile, str], ColumnDocument]

    individual = False

    @property
    def usual_shapes(self) -> tuple[ColumnShape, ...]:
        """Of few pages: a family, and one with some history."""
        return tuple(self._shape(pages) for pages in range(1, _USUAL_PAGES + 1))

    def compose(self, line: EligibleLine, profile: MunicipalityProfile) -> PagedDocument:
        """What an order line's document says, on its pages."""
        said = self.composer(line, profile, self.name)
        return PagedDocument(said, pages_of(said))

    def shape_of(self, document: PagedDocument) -> ColumnShape:
        """The shape of a document."""
        return self._shape(len(document.pages))

    def entries_of(self, document: PagedDocument, page: int) -> Iterator[Entry]:
        """What stands on a page (from 0), in reading order. Clause, date and mayor are not among it."""
        yield from document.pages[page].entries()
        yield Entry("continuation", page_end.mark_of(page, len(document.pages)))

    def fill(self, layer: Layer, document: PagedDocument, page: int) -> None:
        """Writes the same where it belongs, below the form's own page count and title. What reaches below the frame,
        or a page too many, is a misfit."""
        shown, last = document.pages[page], page + 1 == len(document.pages)
        self._fill_head(layer, page, len(document.pages))
        for placed in shown.placed:
            _fill_block(layer, placed, self.labels)
        ended = shown.bottom + PITCH / 2 + BODY_CENTRE * points(page_end.MARK_SIZE)
        page_end.fill_mark(layer, page_end.mark_of(page, len(document.pages)), ended)
        if shown.bottom + (PITCH if last else 0) > BOTTOM:
            layer.misfits.append("page")
        if len(document.pages) > MAX_PAGES:
            layer.misfits.append("pages")

    def picture_of(self, _document: PagedDocument) -> Picture | None:
        """None."""
        return None

    def _shape(self, pages: int) -> ColumnShape:
        return ColumnShape(self.file_title, self.place, pages, self.labels)

    def _fill_head(self, layer: Layer, page: int, pages: int) -> None:
        width = layer.width(Face.VALUE, self.title, _TITLE_SIZE, tracking=_TITLE_TRACKING)
        left = _RIGHT - width
        layer.text(Face.VALUE, self.title, left, _HEAD_BASELINE, _TITLE_SIZE, tracking=_TITLE_TRACKING)
        layer.ending(Face.VALUE, page_count(page, pages), left - _COUNT_SPACE, _HEAD_BASELINE, _COUNT_SIZE)


def page_count(page: int, pages: int) -> str:
    """The form's own: 「（２の１）」 for the first (0) of two."""
    return f"（{pages}の{page + 1}）".translate(_FULL_WIDTH)


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
    if block.removed:
        _fill_box(layer, top)
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
    layer.spread(title.text, _LABEL_LEFT, right, centre, _LABEL_SIZE, face=face)


def _fill_box(layer: Layer, top: int) -> None:
    """「除籍」 in its frame."""
    box = Box(_BOX_LEFT, top + _BOX_TOP, _BOX_RIGHT, top + _BOX_TOP + _BOX_HEIGHT)
    layer.frame(box, _BOX_LINE)
    middle = top + _BOX_TOP + _BOX_HEIGHT / 2
    layer.spread(REMOVED, _BOX_LEFT + _BOX_MARGIN, _BOX_RIGHT - _BOX_MARGIN, middle, _LABEL_SIZE)


def _fill_line(layer: Layer, line: Line, top: int) -> None:
    baseline = top + line.height / 2 + BODY_CENTRE * points(line.size)
    for piece in line.pieces:
        layer.text(Face.VALUE, piece.text, _CONTENT_LEFT + piece.left, baseline, piece.size)
