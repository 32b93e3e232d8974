"""A face without its ground: every line, text, mark, code and seal, dot for dot where the printed sheet has them, and
nothing else. For whoever holds paper against what it must look like; it is never printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certserver.antiforgery.marks import corner_marks
from certserver.antiforgery.paper import Box
from certserver.documents import pdf, stationery
from certserver.documents.drawing import ReadPage, draw, face_code_of
from certserver.documents.form import Shape
from certserver.documents.ink import EntryLine
from certserver.documents.sheets import pictures_on
from certserver.documents.stationery import ink
from certserver.documents.subset import Subset, font_names, font_objects
from certserver.documents.typefaces import Face, Typeface
from koufu.evidence.bundle import FormBundle

FACES = (Face.VALUE, Face.LABEL, Face.NUMBER, Face.BOX)
"""The typefaces of a face; the others stand on backs."""

_RESOURCES = "R"
_CONTENT = "C"
_IDENTITY = bytes(16)


@dataclass(frozen=True, slots=True, repr=False)
class BareFace:
    """A face before it is a raster. `lines` are those of its entries, `rooms` the boxes of entries whose text is not
    known, `calm` the zones in which its ground has no message."""

    shape: Shape
    lines: tuple[EntryLine, ...]
    rooms: tuple[tuple[str, Box], ...]
    calm: tuple[Box, ...]
    content: str
    pictures: Mapping[str, bytes]

    def __repr__(self) -> str:
        return f"<BareFace of {len(self.lines)} lines>"


class BareSheets:
    """Draws bare faces and single characters with these typefaces, into files of its own."""

    def __init__(self, typefaces: Mapping[Face, Typeface]) -> None:
        self._fonts = {face: Subset(typefaces[face]) for face in FACES}

    def face(self, page: ReadPage, bundle: FormBundle, content_hash: bytes) -> BareFace:
        """A face. Raises `ForeignPage` when a font lacks a character."""
        fixed, values = stationery.fixed_layer(self._fonts, page.shape), draw(page, self._fonts)
        code = face_code_of(page.content, content_hash)
        pictures = {f"{stationery.FACE_CODE}0": pdf.image_mask(code.modules)}
        if page.shape.last:
            seal = bundle.official_seal
            pictures[stationery.OFFICIAL_SEAL] = pdf.packed_mask(seal.width, seal.height, seal.rows)
        if page.picture is not None:
            bitmap = page.picture.bitmap
            pictures[stationery.PICTURE] = pdf.packed_mask(bitmap.width, bitmap.height, bitmap.rows)
        painted = pictures_on(page, code, bundle, 0)
        return BareFace(
            page.shape,
            (*fixed.entry_lines, *values.entry_lines),
            tuple(values.rooms),
            (*fixed.calm, *values.calm),
            "\n".join((ink(fixed), corner_marks(), ink(values), *painted)),
            pictures,
        )

    def character(self, cluster: str, matrix: Sequence[float]) -> str:
        """Paints one character of a value, as `EntryLine.matrix` places it. Raises `LookupError` without a glyph."""
        across, _, _, down, x, y = matrix
        return f"{across:.2f} 0 0 {down:.2f} {x:.2f} {y:.2f} Tm {self._fonts[Face.VALUE].shown(cluster)}"

    def file(self, face: BareFace, characters: Sequence[Sequence[str]] = ()) -> bytes:
        """A PDF of the face, and behind it of a page for each sequence of characters. It can be asked for once."""
        fonts = [font for face_of in FACES for font in self._fonts[face_of].typeface.fonts]
        contents = [face.content, *("0 g BT\n" + "\n".join(each) + "\nET" for each in characters)]
        own = {f"{_CONTENT}{at}": pdf.page_content(content) for at, content in enumerate(contents)}
        own |= face.pictures
        for subset in self._fonts.values():
            own |= subset.own_objects()
        shared = {name: thing for font in fonts for name, thing in font_objects(font).items()}
        names = {font.resource: font.resource for font in fonts}
        shared[_RESOURCES] = pdf.resources(names, {name: name for name in face.pictures})
        pages = [pdf.Page(_RESOURCES, f"{_CONTENT}{at}") for at in range(len(contents))]
        later = (*(f"{_CONTENT}{at}" for at in range(len(contents))), *face.pictures)
        later += tuple(name for font in fonts for name in font_names(font))
        return pdf.template(shared, pages, later, face.shape.title).filled(own, _IDENTITY)
