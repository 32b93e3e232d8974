"""Writes the file. What many documents share is formatted by ReportLab's document layer, compressed and numbered once;
a document adds its own objects behind it, under numbers that are the same in every file."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
)

from certserver.antiforgery.paper import DPI, PAGE_BOX, PAGE_HEIGHT, POINTS_PER_INCH

FAST, SMALL = 1, 9
"""Compression of what is made for one document, and of what is made once."""

TO_DOTS = f"{POINTS_PER_INCH / DPI} 0 0 {-POINTS_PER_INCH / DPI} 0 {PAGE_BOX[1]} cm"
"""Turns points from the bottom into dots from the top."""

_REACH = 2 * PAGE_HEIGHT
"""How far from its origin a form may draw."""

NULL = b"null"
"""An object that is not there."""

_VERSION = (1, 4)
_HEADER = b"%PDF-1.4\n%\x93\x8c\x8b\x9e\n"
_PRODUCER = "koufu"
_CATALOG, _INFO, _PAGES = "catalog", "info", "pages"


class Formatted(PDFObject):
    """An object that was formatted before."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def format(self, _document: PDFDocument) -> bytes:
        """The body, as it is."""
        return self._body


@dataclass(frozen=True, slots=True)
class Page:
    """The objects of a page by name: its resources, which documents share, and its content, which is a document's."""

    resources: str
    content: str


@dataclass(frozen=True, slots=True, repr=False)
class Template:
    """A file up to where its documents differ: everything shared, and the names of the objects that a document adds, in
    their order."""

    shared: bytes
    table: bytes
    later: tuple[str, ...]
    count: int
    trailer: bytes

    def __repr__(self) -> str:
        return f"<Template of {self.count} objects>"

    def filled(self, objects: Mapping[str, bytes], identity: bytes) -> bytes:
        """The file with a document's own objects, the same for the same objects. `identity` sets its file identifier.
        Raises `KeyError` when an object is missing."""
        parts, lines, offset = [self.shared], [], len(self.shared)
        first = self.count - len(self.later)
        for number, name in enumerate(self.later, first):
            body = b"%d 0 obj\n%b\nendobj\n" % (number, objects[name])
            parts.append(body)
            lines.append(b"%010d 00000 n \n" % offset)
            offset += len(body)
        told = identity.hex().encode("ascii")
        parts += (self.table, *lines, self.trailer % (told, told), b"startxref\n%d\n%%%%EOF\n" % offset)
        return b"".join(parts)


def template(objects: Mapping[str, PDFObject], pages: Sequence[Page], later: Sequence[str], title: str) -> Template:
    """The template of files with these pages, in their order. Shared objects refer to each other and to those that come
    later by name."""
    names = [f"page{at}" for at in range(len(pages))]
    shared = {
        _CATALOG: PDFDictionary({"Type": "/Catalog", "Pages": PDFObjectReference(_PAGES), "Lang": PDFString("ja")}),
        _INFO: PDFDictionary({"Title": PDFString(title), "Producer": PDFString(_PRODUCER)}),
        _PAGES: PDFDictionary(
            {"Type": "/Pages", "Count": len(pages), "Kids": PDFArray([PDFObjectReference(name) for name in names])}
        ),
        **{name: _page(page) for name, page in zip(names, pages, strict=True)},
        **objects,
    }
    file, lines = bytearray(_HEADER), [b"0000000000 65535 f \n"]
    for number, body in enumerate(_formatted(shared, later).values(), 1):
        lines.append(b"%010d 00000 n \n" % len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    count = 1 + len(shared) + len(later)
    numbers = list(shared)
    root, info = numbers.index(_CATALOG) + 1, numbers.index(_INFO) + 1
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%%b> <%%b>] >>\n" % (count, root, info)
    return Template(bytes(file), b"xref\n0 %d\n%b" % (count, b"".join(lines)), tuple(later), count, trailer)


def prepare(thing: PDFObject) -> bytes:
    """Formats an object that refers to no other."""
    return _formatted({"alone": thing}, ())["alone"]


def stream(content: bytes, entries: Mapping[str, object] | None = None, level: int | None = FAST) -> bytes:
    """A document's own stream with further entries of its dictionary. Level None leaves the content as it is."""
    if level is not None:
        content, entries = zlib.compress(content, level), {**(entries or {}), "Filter": "/FlateDecode"}
    words = "".join(f"/{name} {value} " for name, value in (entries or {}).items())
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (words.encode("ascii"), len(content), content)


def page_content(content: str) -> bytes:
    """The content of a page, in dots."""
    return stream(f"q {TO_DOTS}\n{content}\nQ\n".encode("ascii"))


def shared_stream(content: bytes, entries: Mapping[str, object] | None = None) -> PDFStream:
    """A stream that documents share, as small as it gets."""
    filters, packed = "/FlateDecode", zlib.compress(content, SMALL)
    # A repeated pattern compresses to repeated codes.
    if len(again := zlib.compress(packed, SMALL)) < len(packed):
        filters, packed = f"[{filters} {filters}]", again
    return PDFStream(PDFDictionary({**(entries or {}), "Filter": filters}), packed)


def image_mask(bits: npt.NDArray[np.bool_]) -> bytes:
    """A 1-bit picture of one document, (row, column) and True for ink, painted in the current colour and never
    smoothed. It stays uncompressed: the modules of a code look random."""
    return packed_mask(bits.shape[1], bits.shape[0], np.packbits(bits, axis=1).tobytes(), None)


def packed_mask(width: int, height: int, rows: bytes, level: int | None = FAST) -> bytes:
    """The same from rows of whole bytes."""
    return stream(rows, _mask(width, height), level)


def shared_mask(width: int, height: int, rows: bytes) -> PDFStream:
    """The same for a picture that documents share."""
    return shared_stream(rows, _mask(width, height))


def form(content: bytes, resources: PDFDictionary | None = None) -> PDFStream:
    """A form XObject that documents share; its content is in dots."""
    entries = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": f"[{-_REACH} {-_REACH} {_REACH} {_REACH}]",
        "Resources": resources or PDFDictionary({}),
    }
    return shared_stream(content, entries)


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


def _page(page: Page) -> PDFDictionary:
    return PDFDictionary(
        {
            "Type": "/Page",
            "Parent": PDFObjectReference(_PAGES),
            "MediaBox": PDFArray([0, 0, *PAGE_BOX]),
            "Resources": PDFObjectReference(page.resources),
            "Contents": PDFObjectReference(page.content),
        }
    )


def _mask(width: int, height: int) -> dict[str, object]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": width,
        "Height": height,
        "ImageMask": "true",
        "BitsPerComponent": 1,
        "Decode": "[1 0]",
    }


def _formatted(objects: Mapping[str, PDFObject], later: Sequence[str]) -> dict[str, bytes]:
    """Bodies by name. Objects are numbered from 1 in their order, those that come later behind them."""
    document = PDFDocument(dummyoutline=1, compression=0, invariant=1, pdfVersion=_VERSION)
    # Its own outline is in none of our files.
    document.objectcounter = 0
    for name in (*objects, *later):
        document.Reference(objects.get(name) or Formatted(b""), name)  # type: ignore[no-untyped-call]
    return {name: pdfdoc.format(thing, document, toplevel=1) for name, thing in objects.items()}
