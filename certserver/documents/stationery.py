"""What all documents of one form bundle, shape and printer profile share: ground, lines and labels, official seal,
fonts of the labels, and the file's frame. Made once and kept; nothing of a resident is ever in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from reportlab.pdfbase.pdfdoc import PDFObject, PDFStream

from certserver.antiforgery import guilloche
from certserver.antiforgery.ground import FIELD, Ground, draw_ground
from certserver.antiforgery.marks import corner_marks
from certserver.antiforgery.paper import Box
from certserver.documents import back_form, certification, pdf
from certserver.documents.form import Shape
from certserver.documents.ink import HALO_WIDTH, Layer
from certserver.documents.subset import HALO_PREFIX, Subset, font_names, font_objects
from certserver.documents.typefaces import Face, Typeface, missing
from certserver.errors import ConfigurationError
from koufu.evidence.bundle import FormBundle
from koufu.ground.cell import CellProfile
from koufu.ground.profiles import CELL_PROFILES

GROUND, PLAIN, QUIET, OFFICIAL_SEAL = "G", "GB", "GQ", "OS"
"""XObjects: the ground, the ground as it were without message, the form's uncut warning, the official seal."""

CALM, HALOS, INK = "C", "H", "K"
"""XObjects of a face, with the page's number behind: its ground, the halos and the ink of its labels."""

BACK_INK = "KB"
"""XObject of every back."""

FIXED_FACES: tuple[Face, ...] = tuple(face for face in Face if face is not Face.VALUE)

FACE_CODE, SEAL_CODE, PICTURE = "QF", "QB", "RS"
"""XObjects of one document, with the page's number behind, for the seal code also the symbol's; its picture."""

MOST_SYMBOLS = 8
"""Of a seal code. Where there are fewer, the others are null objects, so that all documents share their frame."""

_FACE, _BACK = "F", "B"
_FACE_RESOURCES, _BACK_RESOURCES = "RF", "RB"
_DIGITS = "0123456789"
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Stationery:
    """The file up to where documents differ, the fonts in it, and where the ground has a message."""

    shapes: tuple[Shape, ...]
    bundle: FormBundle
    template: pdf.Template
    fonts: Mapping[Face, Subset]
    ground: Ground

    def calm(self, boxes: Sequence[Box]) -> str:
        """Paints the zones around text anew without the message; the coverage stays the same."""
        return _calm(self.ground, boxes)


def face_content(page: int) -> str:
    """The object with the content of a face."""
    return f"{_FACE}{page}"


def back_content(page: int) -> str:
    """The object with the content of a back."""
    return f"{_BACK}{page}"


def seal_code_names(page: int) -> tuple[str, ...]:
    """The XObjects of the seal code on a back, as many as there can be."""
    return tuple(f"{SEAL_CODE}{page}.{part}" for part in range(MOST_SYMBOLS))


def ground_without(ground: Ground, holes: Sequence[Box]) -> str:
    """Paints the ground of a back, but for these boxes."""
    path = [back_form.GROUND.operator(), *(ground.whole_cells(hole).operator() for hole in holes)]
    return f"q {' '.join(path)} W* n {FIELD.picture(GROUND)} Q"


def make_stationery(
    typefaces: Mapping[Face, Typeface], bundle: FormBundle, shapes: tuple[Shape, ...], printer_profile: str
) -> Stationery:
    """Everything fixed of pages with these shapes; they are of one form. Raises `ConfigurationError` when the printer
    profile is unknown, or the label fonts lack a character of the municipality's own texts."""
    cell_profile = CELL_PROFILES.get(printer_profile)
    if cell_profile is None:
        raise ConfigurationError(f"no copy-warning ground is calibrated for printer profile {printer_profile!r}")
    official_seal, shape = bundle.official_seal, shapes[0]
    for face in FIXED_FACES:
        if missing(typefaces[face], _fixed_texts(face, bundle, shape)):
            raise ConfigurationError(f"{typefaces[face].name} lacks a character of the texts of {bundle.name}")
    fonts = {face: Subset(typefaces[face], _fixed_texts(face, bundle, shape)) for face in FIXED_FACES}
    ground = _ground(cell_profile, bundle.name, shape.quiet)
    objects: dict[str, PDFObject] = {
        name: thing for font in typefaces[Face.VALUE].fonts for name, thing in font_objects(font).items()
    }
    for subset in fonts.values():
        objects |= subset.shared_objects()
    pictures = {**_ground_pictures(cell_profile, bundle.name), **_disc()}
    if shape.quiet is not None:
        pictures[QUIET] = _prepared_mask(ground.window(ground.whole_cells(shape.quiet)))
    objects |= {name: pdf.Formatted(body) for name, body in pictures.items()}
    objects[OFFICIAL_SEAL] = pdf.shared_mask(official_seal.width, official_seal.height, official_seal.rows)
    for page, of_page in enumerate(shapes):
        objects |= _face(fonts, of_page, page, ground)
    objects[BACK_INK] = _back_ink(fonts, bundle)
    objects |= _page_resources(shapes, typefaces)
    pages = [
        side
        for page in range(len(shapes))
        for side in (
            pdf.Page(f"{_FACE_RESOURCES}{page}", face_content(page)),
            pdf.Page(f"{_BACK_RESOURCES}{page}", back_content(page)),
        )
    ]
    later = _own_names(typefaces[Face.VALUE], shapes)
    template = pdf.template(objects, pages, later, shape.title)
    return Stationery(shapes, bundle, template, fonts, ground)


def ornaments(chosen: guilloche.Choices) -> dict[str, bytes]:
    """The prepared XObjects that `guilloche.paint` asks for, but for the disc, which is fixed."""
    return {
        guilloche.UPPER: _band(guilloche.upper_band, chosen.upper),
        guilloche.LOWER: _band(guilloche.lower_band, chosen.lower),
        guilloche.OUTER: _ring(guilloche.outer_ring, chosen.outer),
        guilloche.INNER: _ring(guilloche.inner_ring, chosen.inner),
    }


def _own_names(values: Typeface, shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """Every object that a document adds."""
    names = [guilloche.UPPER, guilloche.LOWER, guilloche.OUTER, guilloche.INNER]
    names += [name for font in values.fonts for name in font_names(font)]
    for page in range(len(shapes)):
        names += [face_content(page), f"{FACE_CODE}{page}", back_content(page), *seal_code_names(page)]
    return (*names, PICTURE) if shapes[0].has_picture else tuple(names)


def _page_resources(shapes: tuple[Shape, ...], typefaces: Mapping[Face, Typeface]) -> dict[str, PDFObject]:
    """Names of fonts and XObjects in the content of each side."""
    resources = [font.resource for typeface in typefaces.values() for font in typeface.fonts]
    fonts = {name: name for resource in resources for name in (resource, HALO_PREFIX + resource)}
    found: dict[str, PDFObject] = {}
    for page, shape in enumerate(shapes):
        face = [*(f"{name}{page}" for name in (CALM, HALOS, INK)), PLAIN, f"{FACE_CODE}{page}"]
        if shape.last:
            face.append(OFFICIAL_SEAL)
        if shape.has_picture:
            face.append(PICTURE)
        waves = (guilloche.UPPER, guilloche.LOWER, guilloche.OUTER, guilloche.INNER, guilloche.DISC)
        back = [GROUND, BACK_INK, *waves, *seal_code_names(page)]
        found[f"{_FACE_RESOURCES}{page}"] = pdf.resources(fonts, {name: name for name in face})
        found[f"{_BACK_RESOURCES}{page}"] = pdf.resources(fonts, {name: name for name in back})
    return found


@cache
def _band(draw: Callable[[int], guilloche.Bits], kind: int) -> bytes:
    return _prepared_mask(draw(kind))


@cache
def _ring(draw: Callable[[tuple[int, int]], guilloche.Bits], kind: tuple[int, int]) -> bytes:
    return _prepared_mask(draw(kind))


def _prepared_mask(bits: guilloche.Bits) -> bytes:
    return pdf.prepare(pdf.shared_mask(bits.shape[1], bits.shape[0], np.packbits(bits, axis=1).tobytes()))


@cache
def _disc() -> dict[str, bytes]:
    return {guilloche.DISC: _prepared_mask(guilloche.latent_disc())}


@lru_cache(maxsize=_KEPT)
def _ground(cell_profile: CellProfile, municipality: str, quiet: Box | None) -> Ground:
    return draw_ground(cell_profile, municipality, quiet)


@lru_cache(maxsize=_KEPT)
def _ground_pictures(cell_profile: CellProfile, municipality: str) -> dict[str, bytes]:
    ground = _ground(cell_profile, municipality, None)
    return {GROUND: _prepared_mask(ground.picture()), PLAIN: _prepared_mask(ground.background_picture())}


def _face(fonts: Mapping[Face, Subset], shape: Shape, page: int, ground: Ground) -> dict[str, PDFObject]:
    """What is fixed of one page: first all ground, then all halos, then all ink, so that no dot lies on a halo."""
    layer = fixed_layer(fonts, shape)
    under = [FIELD.picture(GROUND)]
    pictures = {GROUND: GROUND, PLAIN: PLAIN}
    if shape.quiet is not None:
        quiet = ground.whole_cells(shape.quiet)
        under += [f"1 g {quiet.operator()} f 0 g", quiet.picture(QUIET)]
        pictures[QUIET] = QUIET
    under.append(_calm(ground, layer.calm))
    under += [f"1 g {box.operator()} f 0 g" for box in shape.white]
    return {
        f"{CALM}{page}": pdf.form("\n".join(under).encode("ascii"), pdf.resources(xobjects=pictures)),
        f"{HALOS}{page}": pdf.form(
            halos(layer.texts).encode("ascii"),
            pdf.resources({face.value: HALO_PREFIX + face.value for face in fonts}),
        ),
        f"{INK}{page}": _ink(layer, corner_marks()),
    }


def fixed_layer(fonts: Mapping[Face, Subset], shape: Shape) -> Layer:
    """What all faces of a shape have, whatever they say."""
    layer = Layer(fonts)
    shape.draw(layer)
    if shape.last:
        certification.draw_official_seal_note(layer, shape.place)
    certification.draw_foot(layer, face=True)
    return layer


def _back_ink(fonts: Mapping[Face, Subset], bundle: FormBundle) -> PDFStream:
    layer = Layer(fonts)
    back_form.draw_form(layer, bundle)
    certification.draw_foot(layer, face=False)
    return _ink(layer, "")


def halos(texts: Sequence[str]) -> str:
    """Paints the white strokes under texts."""
    return f"q 1 G {HALO_WIDTH} w 1 J 1 j BT 1 Tr\n" + "\n".join(texts) + "\nET Q" if texts else ""


def ink(layer: Layer) -> str:
    """Paints lines and texts."""
    parts = ["0 g"]
    if layer.lines:
        parts += [*layer.lines, "f"]
    if layer.texts or layer.bare_texts:
        parts += ["BT", *layer.texts, *layer.bare_texts, "ET"]
    return "\n".join(parts)


def _ink(layer: Layer, besides: str) -> PDFStream:
    fonts = {name: name for face in layer.fonts for name in (face.value, HALO_PREFIX + face.value)}
    return pdf.form(f"{ink(layer)}\n{besides}".encode("ascii"), pdf.resources(fonts))


def _calm(ground: Ground, boxes: Sequence[Box]) -> str:
    path = ground.message_within(boxes)
    return f"1 g {path} f 0 g q {path} W n {FIELD.picture(PLAIN)} Q" if path else ""


def _fixed_texts(face: Face, bundle: FormBundle, shape: Shape) -> tuple[str, ...]:
    """Every text a label font has to set."""
    own = shape.texts.get(face, ())
    if face is Face.LABEL:
        foot = (certification.NUMBER_LABEL, certification.OFFICIAL_SEAL_NOTE, certification.PAGE_WORDS)
        return (_DIGITS, *foot, *own)
    if face is Face.NUMBER:
        return (back_form.NUMBER_CHARACTERS,)
    if face is Face.MICRO:
        return (back_form.NUMBER_CHARACTERS, f"{bundle.prefecture}{bundle.name}　")
    headings, lines = zip(*back_form.columns(bundle), strict=True)
    if face is Face.BOX_BOLD:
        return (f"{_DIGITS} ", back_form.TITLE, *headings)
    return (back_form.NOTE, *own, *(line for column in lines for line in column))
