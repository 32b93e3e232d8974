"""What a document says, read from its own codes: of every document from the pictures of the codes that lie in the file,
of some from the raster of its pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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
from tests.orders.rows import By
from tests.support.sheets import grey_by_poppler

DPI = 200
_POINTS = 72
_FOOT = 30 / 25.4 * _POINTS
"""So many points from below stands a face's code: drawing the ground above it is most of a face."""

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LARGEST_CODE = 177
_DOTS = 2
_QUIET = 4 * _DOTS
_WHITE = np.uint8(255)
_ONE_AT_A_TIME = Lock()
"""PDFium knows no threads: two at once can end the process."""

_Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, repr=False)
class Sides:
    """What the codes of one sheet hold, and that what is signed was signed by this key."""

    face: FaceCode
    content: PageContent

    def __repr__(self) -> str:
        return f"<Sides of page {self.face.page}>"


def read_sheets(file: bytes, key: Ed25519PublicKey, by: By) -> list[Sides]:
    """What each sheet says. Raises `MalformedEvidence` and `BadSignature`."""
    sides = _SYMBOLS[by](file)
    return [
        Sides(_face(face), open_payload(join(list(filter(is_seal_symbol, back)))[1], key))
        for face, back in zip(sides[::2], sides[1::2], strict=True)
    ]


def words_on_faces(file: bytes) -> str:
    """All that can be read on the faces, without spaces."""
    with _pages_of(file) as pages:
        faces = [page.get_textpage().get_text_range() for at, page in enumerate(pages) if at % 2 == 0]
    return "".join("".join(faces).split())


@contextmanager
def _pages_of(file: bytes) -> Iterator[Iterator[pdfium.PdfPage]]:
    """A file's pages, one open at a time, while nobody else is with PDFium. Each is closed here: one that is left to
    itself is closed whenever its last reader lets it go, in whatever thread that is."""

    def one_by_one() -> Iterator[pdfium.PdfPage]:
        for at in range(len(document)):
            page = document[at]
            try:
                yield page
            finally:
                page.close()

    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(file)
        try:
            yield one_by_one()
        finally:
            document.close()


def _in_pictures(file: bytes) -> list[list[bytes]]:
    """A code is one with a picture of its modules."""
    with _pages_of(file) as pages:
        modules = [list(_modules_on(page)) for page in pages]
    return [[symbol for code in side for symbol in _read(_as_raster(code), pure=True)] for side in modules]


def _in_rasters(file: bytes) -> list[list[bytes]]:
    """The foot of each face and the whole of each back in grey, drawn as terminals draw them."""
    with _pages_of(file) as pages:
        rasters = [_drawn(page, page.get_height() - _FOOT if at % 2 == 0 else 0) for at, page in enumerate(pages)]
    return list(map(_read, rasters))


def _in_whole_sides(file: bytes) -> list[list[bytes]]:
    """Whole sides in grey, as poppler draws them."""
    return list(map(_read, grey_by_poppler(file, DPI)))


_SYMBOLS: Mapping[By, Callable[[bytes], list[list[bytes]]]] = {
    By.PICTURES: _in_pictures,
    By.RASTER: _in_rasters,
    By.OTHER_RENDERER: _in_whole_sides,
}


def _face(symbols: Iterable[bytes]) -> FaceCode:
    found = {symbol for symbol in symbols if is_face_code(symbol)}
    if len(found) != 1:
        raise MalformedEvidence(f"{len(found)} codes stand on a face")
    return FaceCode.from_bytes(found.pop())


def _modules_on(page: pdfium.PdfPage) -> Iterator[_Grey]:
    """1 is dark."""
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=1):
        width, height = picture.get_px_size()
        if width == height <= _LARGEST_CODE:
            packed = np.frombuffer(bytes(picture.get_data()), np.uint8).reshape(height, -1)
            # In these masks 1 is painted.
            yield np.unpackbits(packed, axis=1)[:, :width]


def _as_raster(modules: _Grey) -> _Grey:
    dots = modules.repeat(_DOTS, 0).repeat(_DOTS, 1)
    return np.pad((1 - dots) * _WHITE, _QUIET, constant_values=_WHITE)


def _drawn(page: pdfium.PdfPage, cut_off: float) -> _Grey:
    """The page in grey, without so many points at its top."""
    bitmap = page.render(scale=DPI / _POINTS, grayscale=True, crop=(0, 0, 0, cut_off))
    try:
        drawn: _Grey = np.array(bitmap.to_numpy())
    finally:
        bitmap.close()
    return np.ascontiguousarray(drawn if drawn.ndim == 2 else drawn[:, :, 0])


def _read(raster: _Grey, *, pure: bool = False) -> list[bytes]:
    found = zxingcpp.read_barcodes(raster, formats=_QR, is_pure=pure)
    return [bytes(each.bytes) for each in found]
