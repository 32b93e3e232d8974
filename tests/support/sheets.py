"""Specimen documents printed once for each test process, and their sides as a printer and a scanner see them."""

import subprocess
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from certserver.antiforgery.paper import Box
from certserver.documents.bundles import hold
from certserver.documents.drawing import read_content
from certserver.documents.form import Shape
from certserver.documents.forms import compose
from certserver.documents.model import Document
from certserver.documents.press import Press
from certserver.documents.telling import tell
from certserver.documents.typefaces import load_typefaces
from certserver.municipality import MunicipalityProfile
from certserver.stages import DocumentStamp, Refused, RenderedDocument
from koufu.evidence.content import PageContent
from koufu.evidence.words import Option, RefusalReason
from tests.gallery.cases import cases
from tests.support.koseki_specimens import AYAKA, HARUTO, full_line, individual_line, supplement_line
from tests.support.specimens import (
    FOUR,
    KEY,
    PROFILE,
    SEAL_DOCUMENT_NO,
    SIX,
    residence_line,
    seal_line,
    stamp,
)

Raster = npt.NDArray[np.uint8]
Bits = npt.NDArray[np.bool_]

WHITE = 255


@cache
def press() -> Press:
    """One press for the process."""
    return Press(load_typefaces())


def render(
    document: Document, at: DocumentStamp | None = None, profile: MunicipalityProfile = PROFILE
) -> RenderedDocument:
    """A document that must not be refused."""
    rendered = press().render(document, at or stamp(), profile, KEY)
    assert isinstance(rendered, RenderedDocument), rendered
    return rendered


def refused(document: Document) -> RefusalReason:
    """Why a document that must be refused is."""
    rendered = press().render(document, stamp(), PROFILE, KEY)
    assert isinstance(rendered, Refused)
    return rendered.reason


@cache
def of_case(name: str) -> RenderedDocument:
    """A sheet of the gallery."""
    case = cases()[name]
    return render(compose(case.line, case.profile), profile=case.profile)


@cache
def residence() -> RenderedDocument:
    """The certificate of residence of the reference picture: one sheet."""
    return render(compose(residence_line(FOUR), PROFILE))


@cache
def large_household() -> RenderedDocument:
    """Six persons: two sheets."""
    return render(compose(residence_line(SIX), PROFILE))


@cache
def seal_registration() -> RenderedDocument:
    """The seal registration certificate of the reference picture."""
    return render(compose(seal_line(FOUR), PROFILE), stamp(SEAL_DOCUMENT_NO))


@cache
def koseki() -> RenderedDocument:
    """The certificate of all entries of the reference pictures: two sheets."""
    return render(compose(full_line(), PROFILE))


@cache
def koseki_individual() -> RenderedDocument:
    """Two persons of it, one removed."""
    return render(compose(individual_line(AYAKA, HARUTO), PROFILE))


@cache
def supplement() -> RenderedDocument:
    """The copy of its supplement with domicile, head and the overseas voters' list."""
    return render(compose(supplement_line(Option.DOMICILE, Option.OVERSEAS_VOTER), PROFILE))


@lru_cache(maxsize=16)
def sides(file: bytes, dpi: int = 300) -> list[Raster]:
    """Every side in grey, as the kiosk rasterises it. Kept: change only copies."""
    document = pdfium.PdfDocument(file)
    try:
        return [
            np.ascontiguousarray(page.render(scale=dpi / 72, grayscale=True).to_numpy().reshape(_shape(page, dpi)))
            for page in document
        ]
    finally:
        document.close()


def _shape(page: pdfium.PdfPage, dpi: int) -> tuple[int, int]:
    width, height = page.get_size()
    return -int(-height * dpi // 72), -int(-width * dpi // 72)


@lru_cache(maxsize=6)
def printed_dots(file: bytes, side: int) -> Bits:
    """One side (from 0) as a 600-dpi printer without grey puts it on paper, True for toner: (7016, 4960)."""
    number = str(side + 1)
    image = subprocess.run(
        ["pdftoppm", "-r", "600", "-mono", "-f", number, "-l", number, "-"],
        input=file,
        capture_output=True,
        check=True,
    ).stdout
    kind, size, rows = image.split(b"\n", 2)
    assert kind == b"P4"
    width, height = map(int, size.split())
    packed = np.frombuffer(rows, dtype=np.uint8).reshape(height, -1)
    return np.unpackbits(packed, axis=1)[:, :width].astype(np.bool_)


def grey_by_poppler(file: bytes, dpi: int) -> list[Raster]:
    """Every side in grey as another renderer than ours draws it, sharper than any scan."""
    images = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-"], input=file, capture_output=True, check=True
    ).stdout
    sides = []
    while images:
        kind, size, _, rest = images.split(b"\n", 3)
        assert kind == b"P5"
        width, height = map(int, size.split())
        sides.append(np.frombuffer(rest[: width * height], dtype=np.uint8).reshape(height, width))
        images = rest[width * height :]
    return sides


def shapes_of(document: Document) -> tuple[Shape, ...]:
    """The shapes of a document's pages."""
    told = tell(document, stamp(), hold(PROFILE, press()._typefaces))
    return tuple(read_content(content, told.private).shape for content in told.contents)


def said(content: PageContent) -> dict[str, str]:
    """What a page says, by name of entry."""
    return {entry.name: entry.text for entry in content.entries}


def text_of(file: bytes, *options: str) -> str:
    """What pdftotext reads."""
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=file, capture_output=True, check=True
    ).stdout.decode()


def cut(picture: npt.NDArray[np.generic], box: Box) -> npt.NDArray[np.generic]:
    """A box in dots out of a picture at 600 dpi."""
    return picture[box.top : box.bottom, box.left : box.right]
