"""The one way from what a page says to its ink: the press takes it for paper, a verifier for what paper should look
like. It knows neither registers nor the documents that pages were told from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certserver.antiforgery.codes import Symbol, face_symbol
from certserver.documents import certification
from certserver.documents.certification import Certification
from certserver.documents.form import Form, Picture, Shape
from certserver.documents.forms import FORMS
from certserver.documents.ink import Layer
from certserver.documents.page import NOTHING_PRIVATE, Page
from certserver.documents.subset import Subset
from certserver.documents.typefaces import Face
from certserver.errors import ForeignPage
from koufu.evidence.content import PageContent
from koufu.evidence.facecode import BUNDLE_PREFIX_BYTES, CONTENT_PREFIX_BYTES, FaceCode


@dataclass(frozen=True, slots=True, repr=False)
class ReadPage:
    """A content as its form took it."""

    content: PageContent
    form: Form[Any, Any]
    said: Any
    shape: Shape
    certified: Certification | None

    @property
    def picture(self) -> Picture | None:
        """The picture that stands on the face."""
        return self.form.picture_of(self.said)

    def __repr__(self) -> str:
        return f"<ReadPage of {self.content!r}>"


def read_content(content: PageContent, private: Mapping[str, str] = NOTHING_PRIVATE) -> ReadPage:
    """What a content says; `private` as `Page` takes them. Raises `ForeignPage` when no form draws such a page."""
    form = FORMS.get(content.form)
    if form is None or form.kind is not content.kind:
        raise ForeignPage(f"there is no form {content.form} of {content.kind.value}")
    page = Page(content, private)
    said = form.read(page)
    certified = certification.read_certification(page) if page.last else None
    page.require_empty()
    return ReadPage(content, form, said, form.shape_of(said), certified)


def draw(page: ReadPage, fonts: Mapping[Face, Subset]) -> Layer:
    """What stands on the face besides what its stationery has. Raises `ForeignPage` when a font lacks a character."""
    layer = Layer(fonts)
    content = page.content
    try:
        page.form.fill(layer, page.said)
        if page.certified is not None:
            certification.certify(layer, page.shape.place, page.certified)
    except LookupError as error:
        raise ForeignPage("a page says what its fonts lack") from error
    certification.fill_foot(layer, content.document_no, content.page, content.pages, face=True)
    return layer


def face_code_of(content: PageContent, content_hash: bytes) -> Symbol:
    """The code at the foot of the face."""
    code = FaceCode(
        municipality=content.municipality,
        document_no=content.document_no,
        page=content.page,
        pages=content.pages,
        content_prefix=content_hash[:CONTENT_PREFIX_BYTES],
        bundle_prefix=content.bundle[:BUNDLE_PREFIX_BYTES],
    )
    return face_symbol(code.to_bytes())
