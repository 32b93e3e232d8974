"""Makes the sheets of one document: signed contents, codes, file. Each page is drawn from its content and form bundle
and nothing else, so that what is printed is what is signed. What can't be printed exactly as it stands in the register
is refused before anything is drawn (I10)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from certserver.antiforgery import guilloche
from certserver.antiforgery.codes import Symbol, seal_code_symbols
from certserver.documents import sheets, stationery
from certserver.documents.bundles import HeldBundle, hold
from certserver.documents.drawing import ReadPage, draw, face_code_of, read_content
from certserver.documents.form import Shape
from certserver.documents.forms import FORMS, chosen_form
from certserver.documents.ink import Layer
from certserver.documents.model import Document
from certserver.documents.page import NOTHING_PRIVATE
from certserver.documents.sheets import Sheet
from certserver.documents.stationery import Stationery
from certserver.documents.subset import Subset
from certserver.documents.telling import tell
from certserver.documents.typefaces import Face, Typeface, code_points, missing
from certserver.municipality import MunicipalityProfile
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, Refused, RenderedDocument
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.content import PageContent, hash_of
from koufu.evidence.sealcode import MOST_BYTES, deflate, seal_payload, split
from koufu.evidence.sizes import MAX_PAGES
from koufu.evidence.words import RefusalReason

SealCode = tuple[Symbol, ...]

_KEPT_STATIONERY = 64
_KEPT_BUNDLES = 16


class Press:
    """Holds the typefaces and what documents of a kind share. Safe to use from several threads."""

    def __init__(self, typefaces: Mapping[Face, Typeface]) -> None:
        self._typefaces = typefaces
        self._stationery = lru_cache(maxsize=_KEPT_STATIONERY)(self._make_stationery)
        self._bundle = lru_cache(maxsize=_KEPT_BUNDLES)(self._hold)
        self._signed = lru_cache(maxsize=_KEPT_BUNDLES)(_sign)

    def render(
        self, document: Document, stamp: DocumentStamp, profile: MunicipalityProfile, signer: PageSigner
    ) -> RenderedDocument | Refused:
        """The document as a PDF, face and back of each sheet in turn, with its hashes; `CHARACTER_MISSING` when no
        font for values has a character or variation sequence, with their code points, `TOO_LONG` when a value fits no
        lawful size, with the names of such entries. Raises
        `ConfigurationError` when the municipality's own settings can't be printed."""
        bundle = self._bundle(profile)
        told = tell(document, stamp, bundle)
        lacked = missing(self._typefaces[Face.VALUE], told.texts())
        if lacked:
            return Refused(RefusalReason.CHARACTER_MISSING, stamp.line, tuple(map(code_points, lacked)))
        if len(told.contents) > MAX_PAGES:
            return Refused(RefusalReason.TOO_LONG, stamp.line, ("pages",))
        seal_codes = [
            seal_code(content, evidence, signer) for content, evidence in zip(told.contents, told.evidence, strict=True)
        ]
        hashes = tuple(map(hash_of, told.evidence))
        drawn = self.draw(told.contents, bundle, told.private)
        if drawn.misfits or None in seal_codes:
            return Refused(RefusalReason.TOO_LONG, stamp.line, drawn.misfits)
        return RenderedDocument(
            kind=document.kind,
            line=stamp.line,
            copy=stamp.copy,
            document_no=stamp.document_no,
            file=drawn.file(hashes, [code for code in seal_codes if code is not None]),
            bundle=self._signed(bundle, signer),
            contents=told.contents,
            content_hashes=hashes,
        )

    def draw(
        self,
        contents: Sequence[PageContent],
        bundle: HeldBundle,
        private: Mapping[str, str] = NOTHING_PRIVATE,
    ) -> "Drawn":
        """Pages of one document, drawn from what they say: all of them or some. Raises `ForeignPage` for what no form
        draws, and `ConfigurationError` as `render` does."""
        pages = [read_content(content, private) for content in contents]
        stock = self._stationery(bundle, tuple(page.shape for page in pages), contents[0].ground)
        values = Subset(self._typefaces[Face.VALUE])
        fonts = {**stock.fonts, Face.VALUE: values}
        return Drawn(stock, pages, [draw(page, fonts) for page in pages], values)

    def warm(self, profile: MunicipalityProfile, printer_profile: str) -> None:
        """Makes beforehand what documents share, so that no visit pays for it: some two seconds. Worth it before a
        server forks its workers."""
        bundle = self._bundle(profile)
        for kind in {form.kind for form in FORMS.values()}:
            for shapes in chosen_form(kind, profile).usual_shapes:
                self._stationery(bundle, shapes, printer_profile)
        for chosen in guilloche.every_choice():
            stationery.ornaments(chosen)

    def _hold(self, profile: MunicipalityProfile) -> HeldBundle:
        return hold(profile, self._typefaces)

    def _make_stationery(self, bundle: HeldBundle, shapes: tuple[Shape, ...], printer_profile: str) -> Stationery:
        return stationery.make_stationery(self._typefaces, bundle.bundle, shapes, printer_profile)


class Drawn:
    """Pages that were drawn and not yet written to a file."""

    def __init__(self, stock: Stationery, pages: Sequence[ReadPage], faces: Sequence[Layer], values: Subset) -> None:
        self._stock = stock
        self._pages = pages
        self._values = values
        self.faces = faces

    @property
    def misfits(self) -> tuple[str, ...]:
        """The names of entries that fit no lawful size."""
        return tuple(name for face in self.faces for name in face.misfits)

    def file(self, hashes: Sequence[bytes], seal_codes: Sequence[SealCode]) -> bytes:
        """The PDF, face and back of each page in turn. `hashes` are those of the contents."""
        made = [
            Sheet(page, face, face_code_of(page.content, content_hash), code)
            for page, face, content_hash, code in zip(self._pages, self.faces, hashes, seal_codes, strict=True)
        ]
        return sheets.printed(self._stock, self._pages[0].content.document_no, made, self._values)


def seal_code(content: PageContent, evidence: bytes, signer: PageSigner) -> SealCode | None:
    """The signed symbols of a page's back; None when it says more than a sheet holds."""
    deflated = deflate(evidence)
    payload = seal_payload(deflated, signer.key_id, signer.sign_page(deflated))
    if len(payload) > MOST_BYTES:
        return None
    return seal_code_symbols(split(payload, content.document_no, content.page, content.pages))


def _sign(bundle: HeldBundle, signer: PageSigner) -> SignedBundle:
    return SignedBundle(bundle.evidence, signer.sign_bundle(bundle.evidence))
