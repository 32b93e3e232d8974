"""Reads what a sheet needs from an OpenType font with TrueType outlines: characters and their variation sequences to
glyphs, widths, outlines. The file stays mapped, so that workers share it; nothing is ever substituted (I10)."""

import mmap
import struct
from bisect import bisect_right
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from certserver.errors import ConfigurationError

_CACHED_OUTLINES = 8192


class Sfnt:
    """One font file. Raises `ConfigurationError` when it is missing or of another kind."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"the font {path} can't be read: install the Debian packages") from error
        self._tables = {
            tag.decode("ascii"): (offset, length)
            for tag, _, offset, length in (
                struct.unpack_from(">4sIII", self._data, 12 + 16 * at)
                for at in range(struct.unpack_from(">H", self._data, 4)[0])
            )
        }
        if "glyf" not in self._tables:
            raise ConfigurationError(f"the font {path} has no TrueType outlines")
        head = self._tables["head"][0]
        self.units_per_em: int = struct.unpack_from(">H", self._data, head + 18)[0]
        self.bounds: tuple[int, int, int, int] = struct.unpack_from(">4h", self._data, head + 36)
        self._long_loca: bool = struct.unpack_from(">h", self._data, head + 50)[0] == 1
        hhea = self._tables["hhea"][0]
        self.ascent: int
        self.descent: int
        self.ascent, self.descent = struct.unpack_from(">2h", self._data, hhea + 4)
        self._metrics: int = struct.unpack_from(">H", self._data, hhea + 34)[0]
        self._read_cmap()
        self.outline = lru_cache(maxsize=_CACHED_OUTLINES)(self._outline)

    @cached_property
    def sha256(self) -> bytes:
        """Of the whole file, 32 bytes."""
        found = sha256(self._data).digest()
        # Reading it whole maps every page; what no sheet needs is let go.
        self._data.madvise(mmap.MADV_DONTNEED)
        return found

    @cached_property
    def _selectors_by_base(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for base, selector in self._variants:
            found.setdefault(base, set()).add(selector)
        return found

    def table(self, tag: str) -> bytes:
        """The bytes of one table."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def glyph(self, character: str, selector: str = "") -> int | None:
        """The glyph of a character, or of a base character and its variation selector; None when the font has none."""
        code = ord(character)
        if selector:
            sequence = (code, ord(selector))
            if sequence in self._variants:
                return self._variants[sequence]
            return self.glyph(character) if self._is_default(*sequence) else None
        group = bisect_right(self._starts, code) - 1
        if group < 0 or code > self._ends[group]:
            return None
        return self._first_glyphs[group] + code - self._starts[group] or None

    def selectors(self, character: str) -> tuple[str, ...]:
        """The variation selectors with which the font knows a character."""
        code = ord(character)
        known = {selector for selector in self._defaults if self._is_default(code, selector)}
        return tuple(map(chr, sorted(known | self._selectors_by_base.get(code, set()))))

    def advance(self, glyph: int) -> int:
        """The width in font units."""
        offset = self._tables["hmtx"][0] + 4 * min(glyph, self._metrics - 1)
        advance: int = struct.unpack_from(">H", self._data, offset)[0]
        return advance

    def _outline(self, glyph: int) -> bytes:
        """One entry of `glyf` without its hinting instructions, padded to four bytes. The fonts that documents use
        have no composite glyphs; one that has is refused."""
        loca = self._tables["loca"][0]
        if self._long_loca:
            start, end = struct.unpack_from(">2I", self._data, loca + 4 * glyph)
        else:
            start, end = (2 * half for half in struct.unpack_from(">2H", self._data, loca + 2 * glyph))
        offset = self._tables["glyf"][0]
        entry = self._data[offset + start : offset + end]
        if not entry:
            return b""
        contours: int = struct.unpack_from(">h", entry)[0]
        if contours < 0:
            raise ConfigurationError("a font for documents must not have composite glyphs")
        at = 10 + 2 * contours
        instructions: int = struct.unpack_from(">H", entry, at)[0]
        entry = entry[:at] + b"\0\0" + entry[at + 2 + instructions :]
        return entry + bytes(-len(entry) % 4)

    def _read_cmap(self) -> None:
        cmap = self._tables["cmap"][0]
        found: dict[int, int] = {}
        for at in range(struct.unpack_from(">H", self._data, cmap + 2)[0]):
            offset = cmap + struct.unpack_from(">4xI", self._data, cmap + 4 + 8 * at)[0]
            found[struct.unpack_from(">H", self._data, offset)[0]] = offset
        if 12 not in found:
            raise ConfigurationError("a font for documents must reach beyond the Basic Multilingual Plane")
        groups: int = struct.unpack_from(">I", self._data, found[12] + 12)[0]
        rows = list(struct.iter_unpack(">3I", self._data[found[12] + 16 : found[12] + 16 + 12 * groups]))
        self._starts = [row[0] for row in rows]
        self._ends = [row[1] for row in rows]
        self._first_glyphs = [row[2] for row in rows]
        self._variants: dict[tuple[int, int], int] = {}
        self._defaults: dict[int, tuple[list[int], list[int]]] = {}
        if 14 in found:
            self._read_sequences(found[14])

    def _read_sequences(self, cmap: int) -> None:
        """Format 14: per selector, sequences that mean the base character's own glyph, and those with another one."""
        for at in range(struct.unpack_from(">I", self._data, cmap + 6)[0]):
            row = self._data[cmap + 10 + 11 * at : cmap + 21 + 11 * at]
            selector = int.from_bytes(row[:3], "big")
            default, other = struct.unpack(">2I", row[3:])
            if default:
                count = struct.unpack_from(">I", self._data, cmap + default)[0]
                ranges = self._data[cmap + default + 4 : cmap + default + 4 + 4 * count]
                starts = [int.from_bytes(ranges[i : i + 3], "big") for i in range(0, len(ranges), 4)]
                self._defaults[selector] = (starts, [start + ranges[4 * i + 3] for i, start in enumerate(starts)])
            if other:
                count = struct.unpack_from(">I", self._data, cmap + other)[0]
                pairs = self._data[cmap + other + 4 : cmap + other + 4 + 5 * count]
                for i in range(0, len(pairs), 5):
                    base, glyph = int.from_bytes(pairs[i : i + 3], "big"), int.from_bytes(pairs[i + 3 : i + 5], "big")
                    self._variants[base, selector] = glyph

    def _is_default(self, code: int, selector: int) -> bool:
        starts, ends = self._defaults.get(selector, ([], []))
        at = bisect_right(starts, code) - 1
        return at >= 0 and code <= ends[at]
