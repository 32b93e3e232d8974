"""Writes the file through ReportLab's document layer. What many documents share is formatted and compressed once and
spliced in as it is, under object numbers that are the same in every file."""

import zlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFStream,
)

from certserver.antiforgery.paper import DPI, PAGE_BOX, PAGE_HEIGHT, POINTS_PER_INCH

FAST, SMALL = 1, 9
"""Compression of what is made for one document, and of what is made once."""

TO_DOTS = f"{POINTS_PER_INCH / DPI} 0 0 {-POINTS_PER_INCH / DPI} 0 {PAGE_BOX[1]} cm"
"""Turns points from the bottom into dots from the top."""

_REACH = 2 * PAGE_HEIGHT
"""How far from its origin a form may draw."""

_VERSION = (1, 4)
_PRODUCER = "koufu"


class Formatted(PDFObject):
    """An object that was formatted before."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def format(self, _document: PDFDocument) -> bytes:
        """The body, as it is."""
        return self._body


def prepare(objects: Mapping[str, PDFObject]) -> dict[str, bytes]:
    """Formats objects that refer to nothing but each other, for `File`."""
    scratch = _document()
    for name, thing in objects.items():
        _register(scratch, thing, name)
    return {name: _formatted(thing, scratch) for name, thing in objects.items()}


def image_mask(bits: npt.NDArray[np.bool_], level: int = FAST) -> PDFStream:
    """A 1-bit picture, (row, column) and True for ink, painted in the current colour and never smoothed."""
    return packed_mask(bits.shape[1], bits.shape[0], np.packbits(bits, axis=1).tobytes(), level)


def packed_mask(width: int, height: int, rows: bytes, level: int = FAST) -> PDFStream:
    """The same from rows of whole bytes."""
    entries = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": width,
        "Height": height,
        "ImageMask": "true",
        "BitsPerComponent": 1,
        "Decode": "[1 0]",
    }
    return _stream(entries, rows, level)


def form(content: bytes, resources: PDFDictionary | None = None, level: int = FAST) -> PDFStream:
    """A form XObject whose content is in dots."""
    entries = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": f"[{-_REACH} {-_REACH} {_REACH} {_REACH}]",
        "Resources": resources or PDFDictionary({}),
    }
    return _stream(entries, content, level)


def resources(fonts: Mapping[str, str] | None = None, xobjects: Mapping[str, str] | None = None) -> PDFDictionary:
    """Names in the content, and what each is called in the file."""
    kinds = {"Font": fonts, "XObject": xobjects}
    return PDFDictionary(
        {
            kind: PDFDictionary({name: PDFObjectReference(at) for name, at in names.items()})
            for kind, names in kinds.items()
            if names
        }
    )


class File:
    """One document. Objects that were prepared come first, always in the same order."""

    def __init__(self, prepared: Mapping[str, bytes], title: str) -> None:
        self._document = _document()
        self._document.info.title = title
        self._document.info.producer = self._document.info.creator = _PRODUCER
        self._document.info.author = self._document.info.subject = ""
        for name, body in prepared.items():
            _register(self._document, Formatted(body), name)

    def add(self, name: str, thing: PDFObject) -> None:
        """An object of this document."""
        _register(self._document, thing, name)

    def add_page(self, content: str, page_resources: PDFDictionary) -> None:
        """A page whose content is in dots."""
        page = PDFPage()
        page.MediaBox = PDFArray([0, 0, *PAGE_BOX])
        page.Resources = page_resources
        page.Contents = _stream({}, f"q {TO_DOTS}\n{content}\nQ\n".encode("ascii"), FAST)
        self._document.addPage(page)

    def finish(self) -> bytes:
        """The file's bytes, the same for the same calls."""
        return self._document.format()


def _document() -> PDFDocument:
    return PDFDocument(dummyoutline=1, compression=0, invariant=1, pdfVersion=_VERSION, lang="ja")


def _register(document: PDFDocument, thing: PDFObject, name: str) -> None:
    document.Reference(thing, name)  # type: ignore[no-untyped-call]


def _formatted(thing: PDFObject, document: PDFDocument) -> bytes:
    body: bytes = pdfdoc.format(thing, document, toplevel=1)
    return body


def _stream(entries: Mapping[str, object], content: bytes, level: int) -> PDFStream:
    return PDFStream(PDFDictionary({**entries, "Filter": "/FlateDecode"}), zlib.compress(content, level))
