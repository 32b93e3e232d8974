"""Documents for simulations that make thousands: real page contents and hash chains on real PDF pages, but with nothing
on a page except the small code of its face. Fulfils `certserver.pipeline.parts.DocumentMaker`."""

import zlib
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from itertools import groupby

from certserver.antiforgery.qr import symbols
from certserver.municipality import MunicipalityProfile
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from kiosk.actions.pages import read_faces
from koufu.evidence.facecode import CONTENT_PREFIX_BYTES, FaceCode
from tests.support.server_documents import PlainDocuments

_A4 = (595.28, 841.89)
_LEFT, _FOOT, _MODULE = 42.5, 28.0, 0.96
_BUNDLE = b"SIM"
_FACES_KEPT, _BARS_KEPT = 64, 20_000


class CodedDocuments:
    """One sheet for each person shown. `sheets` overrides how many, for documents of several sheets."""

    def __init__(self) -> None:
        self._plain = PlainDocuments()

    def make(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> RenderedDocument | Refused:
        plain = self._plain.make(line, profile, stamp, signer)
        if isinstance(plain, Refused):
            return plain
        pages = len(plain.content_hashes)
        codes = [
            FaceCode(profile.code, stamp.document_no, at, pages, content[:CONTENT_PREFIX_BYTES], _BUNDLE)
            for at, content in enumerate(plain.content_hashes, start=1)
        ]
        return replace(plain, file=coded_pdf(codes))


def faces_of(document: bytearray | bytes, sheets: int) -> tuple[FaceCode | None, ...] | None:
    """The terminal's own reading of a file, which is drawn once for all who ask, since it is the same for the same
    bytes: the terminal before it prints, and the oracle for every sheet that came out. Fulfils
    `kiosk.actions.pages.FaceReader`."""
    return _faces(bytes(document), sheets)


@lru_cache(_FACES_KEPT)
def _faces(document: bytes, sheets: int) -> tuple[FaceCode | None, ...] | None:
    return read_faces(bytearray(document), sheets)


def coded_pdf(codes: list[FaceCode]) -> bytes:
    """A PDF with a face for each code and an empty back after each."""
    pages = []
    for code in codes:
        pages += [_symbol(code.to_bytes()), b""]
    return pdf(pages)


def pdf(pages: list[bytes]) -> bytes:
    """A PDF of A4 pages with these drawing commands."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(len(pages)))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    for at, commands in enumerate(pages):
        packed = zlib.compress(commands, 1)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R>>" % (*_A4, 4 + 2 * at))
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    out, places = BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def _symbol(code: bytes) -> bytes:
    (rows,) = symbols([code])
    height = len(rows)
    commands = []
    for down, row in enumerate(rows.tolist()):
        y, right = height - down, 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                commands.append(_bar(y, right, width))
            right += width
    return b"\n".join([*commands, b"f"])


@lru_cache(_BARS_KEPT)
def _bar(up: int, right: int, width: int) -> bytes:
    """So many modules in a row, so many up from the foot and right of its edge."""
    x, y = _LEFT + right * _MODULE, _FOOT + up * _MODULE
    return b"%.2f %.2f %.2f %.2f re" % (x, y, width * _MODULE, _MODULE)
