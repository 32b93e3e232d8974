"""Makes the sheets of one document: layout, signed content, codes, file. What can't be printed exactly as it stands in
the register is refused before anything is drawn (I10)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from certserver.antiforgery import guilloche
from certserver.antiforgery.codes import Symbol, face_symbol, seal_code_symbols
from certserver.documents import certification, sheets, stationery
from certserver.documents.form import Form, Shape
from certserver.documents.forms import FORMS, chosen_form, form_of
from certserver.documents.ink import Layer
from certserver.documents.model import Document, Entry
from certserver.documents.sheets import Sheet
from certserver.documents.stationery import Stationery
from certserver.documents.subset import Subset
from certserver.documents.typefaces import Face, Typeface, code_points, missing
from certserver.municipality import MunicipalityProfile
from certserver.ports import in_japan
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, Refused, RenderedDocument
from koufu.evidence.content import PageContent, chain
from koufu.evidence.facecode import BUNDLE_PREFIX_BYTES, CONTENT_PREFIX_BYTES, FaceCode
from koufu.evidence.sealcode import deflate, seal_payload, split
from koufu.evidence.words import RefusalReason

_KEPT_STATIONERY = 64


class Press:
    """Holds the typefaces and what documents of a kind share. Safe to use from several threads."""

    def __init__(self, typefaces: Mapping[Face, Typeface]) -> None:
        self._typefaces = typefaces
        self._stationery = lru_cache(maxsize=_KEPT_STATIONERY)(self._make_stationery)

    def render(
        self, document: Document, stamp: DocumentStamp, profile: MunicipalityProfile, signer: PageSigner
    ) -> RenderedDocument | Refused:
        """The document as a PDF, face and back of each sheet in turn, with its hashes; `CHARACTER_MISSING` when no
        font for values has a character or variation sequence, with their code points, `TOO_LONG` when a value fits no
        lawful size, with the names of such entries. Raises
        `ConfigurationError` when the municipality's own settings can't be printed."""
        form = form_of(document)
        shape, picture = form.shape_of(document), form.picture_of(document)
        day = certification.day_of_issue(shape.place, in_japan(stamp.issued_at).date())
        pages = [tuple(_entries(form, document, page, shape, day, profile)) for page in range(shape.pages)]
        lacked = missing(self._typefaces[Face.VALUE], (entry.text for page in pages for entry in page))
        if lacked:
            return Refused(RefusalReason.CHARACTER_MISSING, stamp.line, tuple(map(code_points, lacked)))
        stock = self._stationery(profile, shape, stamp.printer_profile)
        values = Subset(self._typefaces[Face.VALUE])
        fonts = {**stock.fonts, Face.VALUE: values}
        faces = [Layer(fonts) for _ in range(shape.pages)]
        for page, face in enumerate(faces):
            form.fill(face, document, page)
            if page + 1 == shape.pages:
                certification.certify(face, shape.place, document.clause, day, profile)
            certification.fill_foot(face, stamp.document_no, page + 1, shape.pages, face=True)
        contents = tuple(_content(document, stamp, profile, at, pages) for at in range(shape.pages))
        evidence = tuple(content.to_bytes() for content in contents)
        hashes = chain(evidence)
        made = []
        for content, signed, content_hash, face in zip(contents, evidence, hashes, faces, strict=True):
            seal_code = _seal_code(content, signed, signer)
            if face.misfits or seal_code is None:
                return Refused(RefusalReason.TOO_LONG, stamp.line, tuple(face.misfits))
            made.append(Sheet(face, _face_code(content, content_hash), seal_code, picture))
        return RenderedDocument(
            kind=document.kind,
            line=stamp.line,
            copy=stamp.copy,
            document_no=stamp.document_no,
            file=sheets.printed(stock, stamp.document_no, made, values),
            contents=contents,
            content_hashes=hashes,
        )

    def warm(self, profile: MunicipalityProfile, printer_profile: str) -> None:
        """Makes beforehand what documents share, so that no visit pays for it: some two seconds. Worth it before a
        server forks its workers."""
        for kind in {form.kind for form in FORMS.values()}:
            for shape in chosen_form(kind, profile).usual_shapes:
                self._stationery(profile, shape, printer_profile)
        for chosen in guilloche.every_choice():
            stationery.ornaments(chosen)

    def _make_stationery(self, profile: MunicipalityProfile, shape: Shape, printer_profile: str) -> Stationery:
        return stationery.make_stationery(self._typefaces, profile, shape, printer_profile)


def _entries(
    form: Form[Any], document: Document, page: int, shape: Shape, day: str, profile: MunicipalityProfile
) -> Iterator[Entry]:
    """Everything a person reads on a page but the form's own words, in reading order."""
    yield from form.entries_of(document, page)
    if page + 1 == shape.pages:
        yield Entry("clause", document.clause)
        yield Entry("date", day)
        for at, line in enumerate(certification.mayor_lines(profile)):
            yield Entry("mayor" if at == 0 else f"mayor{at + 1}", line)


def _content(
    document: Document, stamp: DocumentStamp, profile: MunicipalityProfile, page: int, pages: list[tuple[Entry, ...]]
) -> PageContent:
    return PageContent(
        municipality=profile.code,
        kind=document.kind,
        form=document.form,
        document_no=stamp.document_no,
        page=page + 1,
        pages=len(pages),
        issued_at=stamp.issued_at,
        fields=tuple((entry.name, entry.value) for entry in pages[page] if entry.covered),
    )


def _face_code(content: PageContent, content_hash: bytes) -> Symbol:
    code = FaceCode(
        municipality=content.municipality,
        document_no=content.document_no,
        page=content.page,
        pages=content.pages,
        content_prefix=content_hash[:CONTENT_PREFIX_BYTES],
        bundle_prefix=sha256(content.form.encode()).digest()[:BUNDLE_PREFIX_BYTES],
    )
    return face_symbol(code.to_bytes())


def _seal_code(content: PageContent, evidence: bytes, signer: PageSigner) -> tuple[Symbol, ...] | None:
    deflated = deflate(evidence)
    payload = seal_payload(deflated, signer.key_id, signer.sign_page(deflated))
    return seal_code_symbols(split(payload, content.document_no, content.page, content.pages))
