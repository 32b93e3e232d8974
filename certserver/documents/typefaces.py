"""The typefaces of a sheet, and how a text becomes glyphs: character by character, a variation selector with its base,
each from the first font that has exactly it, never another glyph instead of the one asked for (I10)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from certserver import font_files
from certserver.documents.eras import PAD
from certserver.documents.sfnt import Sfnt


class Face(Enum):
    """What a typeface is for. The value names the resource of its first font in the PDF."""

    # There is one object of each: its own hash does, and is not worked out in Python for every text.
    __hash__ = object.__hash__

    VALUE = "M"
    """IPAmj Mincho and what the operator set beside it: every value of a register, titles, clause, mayor."""
    LABEL = "L"
    """BIZ UD Mincho: field labels and the foot."""
    NUMBER = "N"
    """BIZ UD Gothic: the document number."""
    MICRO = "B"
    """BIZ UD Gothic bold: microtext."""
    BOX = "P"
    """BIZ UD PGothic: how to check the sheet."""
    BOX_BOLD = "Q"


_KEPT_GLYPHS = 8192
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CLUSTER = re.compile(f"[^\ufe00-\ufe0f\U000e0100-\U000e01ef]{_SELECTOR.pattern}|.", re.DOTALL)
_UNSAFE = re.compile("[^0-9A-Za-z-]")
_BETWEEN = "　"
"""Every typeface has it."""
_FILES = {
    Face.VALUE: ("IPAmjMincho", font_files.IPAMJ_MINCHO),
    Face.LABEL: ("BIZ-UDMincho", font_files.MINCHO),
    Face.NUMBER: ("BIZ-UDGothic", font_files.GOTHIC),
    Face.MICRO: ("BIZ-UDGothic-Bold", font_files.GOTHIC_BOLD),
    Face.BOX: ("BIZ-UDPGothic", font_files.PROPORTIONAL_GOTHIC),
    Face.BOX_BOLD: ("BIZ-UDPGothic-Bold", font_files.PROPORTIONAL_GOTHIC_BOLD),
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph's number in the font and its width in em."""

    number: int
    advance: float


class Font:
    """One font file and the glyphs asked of it so far. `resource` names it in the PDF."""

    def __init__(self, resource: str, name: str, sfnt: Sfnt) -> None:
        self.resource = resource
        self.name = name
        self.sfnt = sfnt
        self.glyph = lru_cache(maxsize=_KEPT_GLYPHS)(self._find)
        """The glyph of one cluster of `clusters`, or None when the font has no glyph for exactly it."""

    def require(self, cluster: str) -> Glyph:
        """The glyph of a cluster that is known to be there. Raises `LookupError` when it is not."""
        glyph = self.glyph(cluster)
        if glyph is None:
            raise LookupError(f"{self.name} lacks a glyph that was not asked for before")
        return glyph

    def other_forms(self, cluster: str) -> tuple[str, ...]:
        """A character's other forms (異体字): one cluster for each other glyph that the font has for the same
        character."""
        base, own = cluster[0], self.require(cluster).number
        forms = {own: cluster}
        for form in (base, *(base + selector for selector in self.sfnt.selectors(base))):
            glyph = self.glyph(form)
            if glyph is not None:
                forms.setdefault(glyph.number, form)
        return tuple(form for number, form in forms.items() if number != own)

    def _find(self, cluster: str) -> Glyph | None:
        if cluster == PAD:
            space, digit = self.sfnt.glyph(" "), self.sfnt.glyph("0")
            return None if space is None or digit is None else Glyph(space, self._em(digit))
        # Marks would need shaping, controls would print nothing: neither is the character the register means.
        if unicodedata.category(cluster[0])[0] in "MC":
            return None
        number = self.sfnt.glyph(cluster[0], cluster[1:])
        return None if number is None else Glyph(number, self._em(number))

    def _em(self, number: int) -> float:
        return self.sfnt.advance(number) / self.sfnt.units_per_em


class _Advances(dict[str, float]):
    """Widths by cluster, asked of the fonts when they are first wanted. Characters of names pass through here, so it
    forgets everything when it is full."""

    def __init__(self, typeface: "Typeface") -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, cluster: str) -> float:
        advance = self._typeface.font_of(cluster).require(cluster).advance
        if len(self) >= _KEPT_GLYPHS:
            self.clear()
        self[cluster] = advance
        return advance


class Typeface:
    """The fonts of a face, in their order. A cluster is set from the first that has a glyph for exactly it; a sequence
    that none has is missing, though one may have its base."""

    def __init__(self, face: Face, fonts: tuple[Font, ...]) -> None:
        self.face = face
        self.fonts = fonts
        self._advances = _Advances(self)

    @property
    def name(self) -> str:
        """Of its fonts."""
        return ", ".join(font.name for font in self.fonts)

    def has(self, text: str) -> bool:
        """Whether every cluster of a text has its glyph."""
        try:
            self.width(text)
        except LookupError:
            return False
        return True

    def width(self, text: str) -> float:
        """Width in em. Raises `LookupError` when a glyph is missing: ask `has` first."""
        return sum(self.widths(clusters(text)))

    def widths(self, of: Iterable[str]) -> Iterator[float]:
        """Width of each cluster in em. Raises `LookupError` at the first whose glyph is missing."""
        return map(self._advances.__getitem__, of)

    def font_of(self, cluster: str) -> Font:
        """The font that a cluster is set from. Raises `LookupError` when none has its glyph."""
        for font in self.fonts:
            if font.glyph(cluster) is not None:
                return font
        raise LookupError(f"{self.name} lacks a glyph that was not asked for before")


def clusters(text: str) -> list[str]:
    """A text cut into characters, each variation selector (Unicode 23.4) with the character before it."""
    if _SELECTOR.search(text) is None:
        return list(text)
    return _CLUSTER.findall(text)


def usual_fonts(folder: Path = font_files.FOLDER) -> tuple[tuple[str, Path], ...]:
    """Names and files of the fonts that every sheet is set in, from Debian's font folder."""
    return tuple((name, folder / file) for name, file in _FILES.values())


def font_of(face: Face, place: int, name: str, sfnt: Sfnt) -> Font:
    """A font under the resource name that belongs to its place (from 0) in a face."""
    return Font(face.value if place == 0 else f"{face.value}{place + 1}", _UNSAFE.sub("", name), sfnt)


def load_typefaces(folder: Path = font_files.FOLDER, further: Iterable[Path] = ()) -> Mapping[Face, Typeface]:
    """All typefaces of a sheet from Debian's font folder, with `further` TrueType files for values behind IPAmj Mincho,
    in their order. Raises `ConfigurationError` when one is missing or of another kind."""
    fonts = {face: [font_of(face, 0, name, Sfnt(folder / file))] for face, (name, file) in _FILES.items()}
    for at, path in enumerate(further, 1):
        fonts[Face.VALUE].append(font_of(Face.VALUE, at, path.stem, Sfnt(path)))
    return {face: Typeface(face, tuple(of)) for face, of in fonts.items()}


def missing(typeface: Typeface, texts: Iterable[str]) -> tuple[str, ...]:
    """The clusters of these texts that have no glyph, each once, in the order they stand there."""
    every = tuple(dict.fromkeys(texts))
    if typeface.has(_BETWEEN.join(every)):
        return ()
    lacked = (text for text in every if not typeface.has(text))
    return tuple(dict.fromkeys(cluster for text in lacked for cluster in clusters(text) if not typeface.has(cluster)))


def code_points(cluster: str) -> str:
    """A cluster as staff look it up: 「U+8FBB U+E0100」."""
    return " ".join(f"U+{ord(character):04X}" for character in cluster)
