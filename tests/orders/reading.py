"""What a document says, read from its own codes: of every document from the pictures of the codes that lie in the file,
of some from the raster that another renderer makes of the whole sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # type: ignore[import-untyped]

from koufu.evidence.content import PageContent
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FaceCode, is_face_code
from koufu.evidence.sealcode import is_seal_symbol, join, open_payload
from tests.support.sheets import grey_by_poppler

DPI = 200
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LARGEST_CODE = 177
_DOTS = 4
_QUIET = 4 * _DOTS
_WHITE = np.uint8(255)
_ONE_AT_A_TIME = Lock()
"""PDFium knows no threads: two at once can end the process."""


@dataclass(frozen=True, slots=True, repr=False)
class Sides:
    """What the codes of one sheet hold, and that what is signed was signed by this key."""

    face: FaceCode
    content: PageContent

    def __repr__(self) -> str:
        return f"<Sides of page {self.face.page}>"


def by_pictures(file: bytes, key: Ed25519PublicKey) -> list[Sides]:
    """Of each sheet, from the pictures in the file: a code is one with a picture of its modules. Raises
    `MalformedEvidence` and `BadSignature`."""
    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(file)
        try:
            sides = [list(_symbols_of(page)) for page in document]
        finally:
            document.close()
    return _sheets(sides, key)


def by_raster(file: bytes, key: Ed25519PublicKey) -> list[Sides]:
    """The same from whole sides in grey, as poppler draws them."""
    return _sheets([_read(side) for side in grey_by_poppler(file, DPI)], key)


def words_on_faces(file: bytes) -> str:
    """All that can be read on the faces, without spaces."""
    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(file)
        try:
            faces = [document[at].get_textpage().get_text_range() for at in range(0, len(document), 2)]
        finally:
            document.close()
    return "".join("".join(faces).split())


def _sheets(sides: list[list[bytes]], key: Ed25519PublicKey) -> list[Sides]:
    return [
        Sides(_face(face), open_payload(join(list(filter(is_seal_symbol, back)))[1], key))
        for face, back in zip(sides[::2], sides[1::2], strict=True)
    ]


def _face(symbols: Iterable[bytes]) -> FaceCode:
    found = {symbol for symbol in symbols if is_face_code(symbol)}
    if len(found) != 1:
        raise MalformedEvidence(f"{len(found)} codes stand on a face")
    return FaceCode.from_bytes(found.pop())


def _symbols_of(page: pdfium.PdfPage) -> Iterator[bytes]:
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=1):
        told = picture.get_metadata()
        if told.width == told.height <= _LARGEST_CODE:
            packed = np.frombuffer(bytes(picture.get_data()), np.uint8).reshape(told.height, -1)
            modules = np.unpackbits(packed, axis=1)[:, : told.width]
            dots = np.kron(modules, np.ones((_DOTS, _DOTS), np.uint8))
            # In these masks 1 is painted.
            yield from _read(np.pad((1 - dots) * _WHITE, _QUIET, constant_values=_WHITE), pure=True)


def _read(raster: npt.NDArray[np.uint8], *, pure: bool = False) -> list[bytes]:
    found = zxingcpp.read_barcodes(raster, formats=_QR, is_pure=pure)
    return [bytes(each.bytes) for each in found]
