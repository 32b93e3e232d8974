"""The part of its fonts that one document uses, as an embedded CID font with a text layer that gives back exactly the
characters that were set, selectors included. Subsets are made at run time only."""

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

import numpy as np
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject, PDFObjectReference

from certserver.documents import pdf
from certserver.documents.eras import PAD
from certserver.documents.typefaces import Font, Typeface, clusters

HALO_PREFIX = "h"
"""Before a font's resource name: the same font without a text layer, for strokes that are no text."""

_SYMBOLIC = 4
_EM = 1000
_MUTE_BLOCK = 256
_KEPT_MUTES = 16
_KEPT_CLUSTERS = 8192


class Subset:
    """Collects the glyphs that texts use, of each font of a typeface."""

    def __init__(self, typeface: Typeface, texts: Iterable[str] = ()) -> None:
        self.typeface = typeface
        self._parts = tuple(FontSubset(font) for font in typeface.fonts)
        self._by_resource = {part.font.resource: part for part in self._parts}
        for text in texts:
            self.shown(text)

    def shown(self, text: str) -> str:
        """The operators that show a text at the current place, in runs of one font; its size is 1. Raises
        `LookupError` when no font has a glyph, or when the objects were made without it."""
        if len(self._parts) == 1:
            return self._parts[0].shown(clusters(text))
        return " ".join(
            self._by_resource[resource].shown(run)
            for resource, run in groupby(clusters(text), lambda cluster: self.typeface.font_of(cluster).resource)
        )

    def shared_objects(self) -> dict[str, PDFObject]:
        """The whole fonts by object names, for documents that share them."""
        return {name: thing for part in self._parts for name, thing in part.shared_objects().items()}

    def own_objects(self) -> dict[str, bytes]:
        """The objects of `font_names` of each font for one document."""
        return {name: body for part in self._parts for name, body in part.own_objects().items()}


class _Codes(dict[str, str]):
    """Codes by cluster; a cluster that has none yet gets the next one, until the subset is closed."""

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._font = font
        self.closed = False

    def __missing__(self, cluster: str) -> str:
        if self.closed:
            raise LookupError(f"the subset of {self._font.name} was made without this character")
        self._font.require(cluster)
        code = self[cluster] = f"{len(self) + 1:04X}"
        return code


class FontSubset:
    """Collects the glyphs that texts use of one font; code 0 is the empty .notdef."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self._codes = _Codes(font)
        self._select = f"/{font.resource} 1 Tf <"

    def shown(self, run: Iterable[str]) -> str:
        """The operators that show these clusters."""
        return f"{self._select}{self.encode(run)}> Tj"

    def encode(self, run: Iterable[str]) -> str:
        """The codes of clusters as a hexadecimal string. Raises `LookupError` when the font lacks a glyph, or when its
        objects were made without it."""
        return "".join(map(self._codes.__getitem__, run))

    def shared_objects(self) -> dict[str, PDFObject]:
        """The whole font by object names, for documents that share it."""
        glyphs, widths, unicode = self._made()
        file, table, to_unicode, mute = font_names(self.font)
        return {
            **font_objects(self.font),
            file: pdf.shared_stream(glyphs, {"Length1": len(glyphs)}),
            table: pdf.Formatted(widths),
            to_unicode: pdf.shared_stream(unicode),
            mute: pdf.Formatted(self._mute()),
        }

    def own_objects(self) -> dict[str, bytes]:
        """The objects of `font_names` for one document."""
        glyphs, widths, unicode = self._made()
        # Outlines hardly compress: a fifth less would cost as much as setting the whole text.
        file = pdf.stream(glyphs, {"Length1": len(glyphs)}, None)
        return dict(zip(font_names(self.font), (file, widths, pdf.stream(unicode), self._mute()), strict=True))

    def _made(self) -> tuple[bytes, bytes, bytes]:
        """Font file, widths, and map to Unicode; no further character is taken."""
        self._codes.closed = True
        glyphs = [self.font.require(cluster) for cluster in self._codes]
        widths = " ".join(f"{glyph.advance * _EM:.4g}" for glyph in glyphs)
        file = self._file([glyph.number for glyph in glyphs], [glyph.advance for glyph in glyphs])
        return file, f"[1[{widths}]]".encode("ascii"), self._to_unicode()

    def _mute(self) -> bytes:
        return _mute_map(-(-len(self._codes) // _MUTE_BLOCK))

    def _to_unicode(self) -> bytes:
        """CMap from codes to UTF-16BE: surrogates for what lies beyond the BMP, a selector behind its base."""
        return _cmap([f"<{code}><{_utf_16(cluster)}>" for cluster, code in self._codes.items()])

    def _file(self, numbers: list[int], advances: list[float]) -> bytes:
        """A TrueType file with just these glyphs behind an empty .notdef."""
        sfnt = self.font.sfnt
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


def as_halo(text: str) -> str:
    """The operators of a text, in fonts without a text layer."""
    return text.replace("/", f"/{HALO_PREFIX}")


def font_names(font: Font) -> tuple[str, str, str, str]:
    """The objects of a font that hang on its subset: font file, widths, map to Unicode, and the map of its halos."""
    name = font.resource
    return f"{name}.file", f"{name}.widths", f"{name}.unicode", f"{name}.mute"


def font_objects(font: Font) -> dict[str, PDFObject]:
    """The objects of a font that are the same for every subset: `<resource>` for text, `h<resource>` for halos, and
    what they refer to besides `font_names`."""
    name, sfnt = font.resource, font.sfnt
    file, widths, to_unicode, mute = map(PDFObjectReference, font_names(font))
    scale = _EM / sfnt.units_per_em
    base_font = f"/KOUFUA+{font.name}"
    common = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": base_font,
        "Encoding": "/Identity-H",
        "DescendantFonts": PDFArray([PDFObjectReference(f"{name}.cid")]),
    }
    return {
        f"{name}.descriptor": PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": base_font,
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray([round(bound * scale) for bound in sfnt.bounds]),
                "ItalicAngle": 0,
                "Ascent": round(sfnt.ascent * scale),
                "Descent": round(sfnt.descent * scale),
                "CapHeight": round(sfnt.ascent * scale),
                "StemV": 80,
                "FontFile2": file,
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
                "W": widths,
            }
        ),
        name: PDFDictionary({**common, "ToUnicode": to_unicode}),
        HALO_PREFIX + name: PDFDictionary({**common, "ToUnicode": mute}),
    }


@lru_cache(maxsize=_KEPT_CLUSTERS)
def _utf_16(cluster: str) -> str:
    return (" " if cluster == PAD else cluster).encode("utf-16-be").hex()


@lru_cache(maxsize=_KEPT_MUTES)
def _mute_map(blocks: int) -> bytes:
    """A map of that many blocks of codes, each to a space."""
    codes = range(1, blocks * _MUTE_BLOCK + 1)
    return pdf.prepare(pdf.shared_stream(_cmap([f"<{code:04X}><0020>" for code in codes])))


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
