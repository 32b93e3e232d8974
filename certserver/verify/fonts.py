"""The fonts of this machine by what they are: a face is drawn again with the very files that it was printed with, or
not at all."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from certserver.documents.bare import FACES
from certserver.documents.sfnt import Sfnt
from certserver.documents.typefaces import Face, Font, Typeface, font_of, usual_fonts
from certserver.errors import ConfigurationError
from koufu.evidence.bundle import FormBundle

_KEPT = 16


class FontMissing(Exception):
    """This machine has no font that is this one to the byte. `face` and `place` say which, as in the bundle."""

    def __init__(self, face: str, place: int, sha256: bytes) -> None:
        super().__init__(f"font {face}{place} with SHA-256 {sha256.hex()} is not on this machine")
        self.face, self.place, self.sha256 = face, place, sha256


class FontsAtHand:
    """Those of Debian's packages and `further` TrueType files. They are read when first asked for; a file that is none
    is passed over."""

    def __init__(self, further: Iterable[Path] = ()) -> None:
        self._files = (*usual_fonts(), *((path.stem, path) for path in further))
        self._by_hash: dict[bytes, tuple[str, Sfnt]] | None = None
        self._typefaces = lru_cache(maxsize=_KEPT)(self._found)

    def typefaces(self, bundle: FormBundle) -> Mapping[Face, Typeface]:
        """The typefaces that faces of this bundle are set in. Raises `FontMissing`."""
        return self._typefaces(tuple((font.face, font.place, font.sha256) for font in bundle.fonts))

    def _found(self, wanted: tuple[tuple[str, int, bytes], ...]) -> Mapping[Face, Typeface]:
        at_hand = self._read()
        found = {}
        for face in FACES:
            fonts: list[Font] = []
            for place, sha256 in sorted((place, sha256) for name, place, sha256 in wanted if name == face.value):
                known = at_hand.get(sha256)
                if known is None or place != len(fonts):
                    raise FontMissing(face.value, place, sha256)
                fonts.append(font_of(face, place, *known))
            if not fonts:
                raise FontMissing(face.value, 0, b"")
            found[face] = Typeface(face, tuple(fonts))
        return found

    def _read(self) -> dict[bytes, tuple[str, Sfnt]]:
        if self._by_hash is None:
            self._by_hash = {}
            for name, path in self._files:
                try:
                    sfnt = Sfnt(path)
                except ConfigurationError:
                    continue
                self._by_hash.setdefault(sfnt.sha256, (name, sfnt))
        return self._by_hash
