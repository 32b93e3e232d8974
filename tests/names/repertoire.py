"""What the fonts can set, read by fontTools and not by our own reader, so that it can judge what the press did."""

import io
import random
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certserver.font_files import IPAMJ_MINCHO, MINCHO, installed

IPAMJ = installed(IPAMJ_MINCHO)
BIZ_UD = installed(MINCHO)
_SHUFFLE = "koufu names"
_KEPT = 4096

Outline = tuple[tuple[tuple[float, float], ...], tuple[int, ...], tuple[int, ...]]
"""Points in font units, the last point of each contour, and which points lie on it."""

NO_FONT_HAS = (
    *("\ue000", "\U000f0000", "🏠", "\U0002ffff", "辻\U000e01ef", "あ\U000e0100", "か\u3099", "\u200b", "\u202e"),
    *("\U000e0102", "健\ufe00", "\u0301"),
)
"""Private use, an emoji, no character, sequences of no collection, marks, and what prints nothing."""


class Repertoire:
    """The characters and variation sequences of some fonts, in the order in which they are asked."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.fonts = [TTFont(io.BytesIO(path.read_bytes()), lazy=True) for path in paths]
        self._glyphs = [_glyphs(font) for font in self.fonts]
        self._outline = lru_cache(maxsize=_KEPT)(self._read_outline)

    @property
    def clusters(self) -> tuple[str, ...]:
        """Everything a name may hold, shuffled but always in the same order."""
        every = sorted(set(chain.from_iterable(self._glyphs)))
        usable = [cluster for cluster in every if unicodedata.category(cluster[0])[0] not in "MCZ"]
        random.Random(_SHUFFLE).shuffle(usable)
        return tuple(usable)

    def font_of(self, cluster: str) -> int | None:
        """Which font sets a cluster, None when none can."""
        if unicodedata.category(cluster[0])[0] in "MC":
            return None
        return next((at for at, glyphs in enumerate(self._glyphs) if cluster in glyphs), None)

    def outline(self, cluster: str) -> Outline:
        """The glyph that must be drawn."""
        return self._outline(cluster)

    def units_per_em(self, cluster: str) -> int:
        """Font units of an em."""
        at = self.font_of(cluster)
        assert at is not None
        return int(self.fonts[at]["head"].unitsPerEm)

    def _read_outline(self, cluster: str) -> Outline:
        at = self.font_of(cluster)
        assert at is not None
        return outline_of(self.fonts[at], self._glyphs[at][cluster])


def outline_of(font: Any, name: str) -> Outline:
    """One glyph of a font."""
    table = font["glyf"]
    points, ends, flags = table[name].getCoordinates(table)
    return tuple(tuple(point) for point in points), tuple(ends), tuple(flag & 1 for flag in flags)


def _glyphs(font: Any) -> dict[str, str]:
    tables = {table.format: table for table in font["cmap"].tables}
    glyphs = {chr(code): name for code, name in tables[12].cmap.items() if name != ".notdef"}
    for selector, pairs in tables[14].uvsDict.items():
        for code, name in pairs:
            found = name or glyphs.get(chr(code))
            if found is not None:
                glyphs[chr(code) + chr(selector)] = found
    return glyphs
