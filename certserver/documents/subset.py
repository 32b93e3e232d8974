"""The part of a font that one document uses, as an embedded CID font with a text layer that gives back exactly the
characters that were set, selectors included. Subsets are made at run time only."""

import struct
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject, PDFObjectReference, PDFStream

from certserver.documents.eras import PAD
from certserver.documents.typefaces import Typeface, clusters

HALO_PREFIX = "h"
"""Before a font's resource name: the same font without a text layer, for strokes that are no text."""

_FAST = 1
_SYMBOLIC = 4
_EM = 1000


class Subset:
    """Collects the glyphs that texts use; code 0 is the empty .notdef."""

    def __init__(self, typeface: Typeface, texts: Iterable[str] = ()) -> None:
        self.typeface = typeface
        self._codes: dict[str, str] = {}
        self._closed = False
        for text in texts:
            self.encode(text)

    @property
    def resource(self) -> str:
        """The font's resource name in a content stream."""
        return self.typeface.face.value

    def encode(self, text: str) -> str:
        """The codes of a text as a hexadecimal string. Raises `LookupError` when the font lacks a glyph, or when its
        objects were made without it."""
        codes = self._codes
        encoded = []
        for cluster in clusters(text):
            code = codes.get(cluster)
            if code is None:
                if self._closed:
                    raise LookupError(f"the subset of {self.typeface.name} was made without this character")
                self.typeface.require(cluster)
                code = codes[cluster] = f"{len(codes) + 1:04X}"
            encoded.append(code)
        return "".join(encoded)

    def objects(self, *, level: int = _FAST) -> dict[str, PDFObject]:
        """The font's objects by name: `<resource>` for text, `h<resource>` for halos, and what they refer to."""
        self._closed = True
        name = self.resource
        glyphs = [self.typeface.require(cluster) for cluster in self._codes]
        file = self._file([glyph.number for glyph in glyphs], [glyph.advance for glyph in glyphs])
        bounds = self.typeface.sfnt.bounds
        scale = _EM / self.typeface.sfnt.units_per_em
        base_font = f"/KOUFUA+{self.typeface.name}"
        descendant = PDFArray([PDFObjectReference(f"{name}.cid")])
        common = {"Type": "/Font", "Subtype": "/Type0", "BaseFont": base_font, "Encoding": "/Identity-H"}
        return {
            f"{name}.file": _stream({"Length1": len(file)}, file, level),
            f"{name}.descriptor": PDFDictionary(
                {
                    "Type": "/FontDescriptor",
                    "FontName": base_font,
                    "Flags": _SYMBOLIC,
                    "FontBBox": PDFArray([round(bound * scale) for bound in bounds]),
                    "ItalicAngle": 0,
                    "Ascent": round(self.typeface.sfnt.ascent * scale),
                    "Descent": round(self.typeface.sfnt.descent * scale),
                    "CapHeight": round(self.typeface.sfnt.ascent * scale),
                    "StemV": 80,
                    "FontFile2": PDFObjectReference(f"{name}.file"),
                }
            ),
            f"{name}.cid": PDFDictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/CIDFontType2",
                    "BaseFont": base_font,
                    "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
                    "FontDescriptor": PDFObjectReference(f"{name}.descriptor"),
                    "CIDToGIDMap": "/Identity",
                    "DW": _EM,
                    "W": "[1[" + " ".join(f"{glyph.advance * _EM:.4g}" for glyph in glyphs) + "]]",
                }
            ),
            f"{name}.unicode": _stream({}, self._to_unicode(), level),
            name: PDFDictionary(
                {**common, "DescendantFonts": descendant, "ToUnicode": PDFObjectReference(f"{name}.unicode")}
            ),
            f"{name}.mute": _stream({}, _cmap([f"<{code}><0020>" for code in self._codes.values()]), level),
            HALO_PREFIX + name: PDFDictionary(
                {**common, "DescendantFonts": descendant, "ToUnicode": PDFObjectReference(f"{name}.mute")}
            ),
        }

    def _to_unicode(self) -> bytes:
        """CMap from codes to UTF-16BE: surrogates for what lies beyond the BMP, a selector behind its base."""
        return _cmap(
            [
                f"<{code}><{(' ' if cluster == PAD else cluster).encode('utf-16-be').hex()}>"
                for cluster, code in self._codes.items()
            ]
        )

    def _file(self, numbers: list[int], advances: list[float]) -> bytes:
        """A TrueType file with just these glyphs behind an empty .notdef."""
        sfnt = self.typeface.sfnt
        outlines = [b"", *map(sfnt.outline, numbers)]
        offsets = np.zeros(len(outlines) + 1, dtype=">u4")
        np.cumsum([len(outline) for outline in outlines], out=offsets[1:])
        widths = np.zeros((len(outlines), 2), dtype=">u2")
        widths[0, 0] = sfnt.units_per_em
        widths[1:, 0] = np.rint(np.array(advances) * sfnt.units_per_em)
        widths[1:, 1] = [int.from_bytes(outline[2:4], "big") if outline else 0 for outline in outlines[1:]]
        head = bytearray(sfnt.table("head"))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        hhea = bytearray(sfnt.table("hhea"))
        struct.pack_into(">H", hhea, 34, len(outlines))
        maxp = bytearray(sfnt.table("maxp"))
        struct.pack_into(">H", maxp, 4, len(outlines))
        struct.pack_into(">H", maxp, 26, 0)
        return _assemble(
            {
                b"glyf": b"".join(outlines),
                b"head": bytes(head),
                b"hhea": bytes(hhea),
                b"hmtx": widths.tobytes(),
                b"loca": offsets.tobytes(),
                b"maxp": bytes(maxp),
            }
        )


def _cmap(entries: Sequence[str]) -> bytes:
    """A ToUnicode CMap (Adobe Technical Note 5411), at most 100 entries in a block."""
    blocks = []
    for at in range(0, len(entries), 100):
        part = entries[at : at + 100]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
        + "".join(blocks)
        + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    """An OpenType file (ISO/IEC 14496-22) of these tables, which stand in order of their tags."""
    count = len(tables)
    selector = count.bit_length() - 1
    search = 16 << selector
    directory = [struct.pack(">IHHHH", 0x00010000, count, search, selector, 16 * count - search)]
    body = []
    offset = 12 + 16 * count
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        checksum = int(np.frombuffer(padded, dtype=">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sIII", tag, checksum, offset, len(table)))
        body.append(padded)
        offset += len(padded)
    return b"".join((*directory, *body))


def _stream(entries: dict[str, int], content: bytes, level: int) -> PDFStream:
    return PDFStream(PDFDictionary({**entries, "Filter": "/FlateDecode"}), zlib.compress(content, level))
