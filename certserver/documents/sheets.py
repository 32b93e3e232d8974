"""Puts the layers of each sheet on top of each other, face and back, and writes the file: first all ground, then all
halos, then all ink, codes and seals last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest

from certserver.antiforgery import guilloche
from certserver.antiforgery.codes import Symbol, quiet_zone
from certserver.documents import back_form, certification, pdf, stationery
from certserver.documents.drawing import ReadPage
from certserver.documents.ink import Layer
from certserver.documents.stationery import Stationery, halos, ink
from certserver.documents.subset import Subset, as_halo
from certserver.documents.typefaces import Face
from koufu.evidence.bundle import FormBundle

IDENTITY_BYTES = 16
_FILE_DOMAIN = b"koufu/file/1\x00"


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One sheet before it is painted: what it says, the values of its face, and the codes of both sides."""

    page: ReadPage
    values: Layer
    face_code: Symbol
    seal_code: tuple[Symbol, ...]

    def __repr__(self) -> str:
        return "<Sheet>"


def printed(stock: Stationery, document_no: str, sheets: Sequence[Sheet], values: Subset) -> bytes:
    """The file, face and back of each sheet in turn. `values` is the font whose glyphs the sheets use."""
    chosen = guilloche.choices(document_no)
    objects = stationery.ornaments(chosen)
    back = _back_text(stock, sheets[0].values.fonts, document_no)
    for at, sheet in enumerate(sheets):
        content = sheet.page.content
        objects[stationery.face_content(at)] = pdf.page_content(_face(stock, sheet, at))
        objects[f"{stationery.FACE_CODE}{at}"] = pdf.image_mask(sheet.face_code.modules)
        foot = Layer(sheet.values.fonts)
        certification.fill_foot(foot, document_no, content.page, content.pages, face=False)
        objects[stationery.back_content(at)] = pdf.page_content(_back(stock, sheet, at, chosen, (back, foot)))
        for name, symbol in zip_longest(stationery.seal_code_names(at), sheet.seal_code):
            objects[name] = pdf.NULL if symbol is None else pdf.image_mask(symbol.modules)
        picture = sheet.page.picture
        if picture is not None:
            bitmap = picture.bitmap
            objects[stationery.PICTURE] = pdf.packed_mask(bitmap.width, bitmap.height, bitmap.rows)
    objects |= values.own_objects()
    return stock.template.filled(objects, sha256(_FILE_DOMAIN + document_no.encode("ascii")).digest()[:IDENTITY_BYTES])


def _face(stock: Stationery, sheet: Sheet, at: int) -> str:
    layer = sheet.values
    under, halo, over = (f"/{name}{at} Do" for name in (stationery.CALM, stationery.HALOS, stationery.INK))
    painted = pictures_on(sheet.page, sheet.face_code, stock.bundle, at)
    strokes = halos(list(map(as_halo, layer.texts)))
    return "\n".join((under, stock.calm(layer.calm), halo, strokes, over, ink(layer), *painted))


def pictures_on(page: ReadPage, code: Symbol, bundle: FormBundle, at: int) -> list[str]:
    """Paints what stands on a face last, dot for dot: its code, the official seal, its picture. `at`: which page of the
    file it is, from 0."""
    painted = [code.box.picture(f"{stationery.FACE_CODE}{at}")]
    if page.shape.last:
        box = page.shape.place.official_seal_box(bundle.official_seal.width)
        painted.append(box.picture(stationery.OFFICIAL_SEAL))
    if page.picture is not None:
        painted.append(page.picture.box.picture(stationery.PICTURE))
    return painted


def _back_text(stock: Stationery, fonts: Mapping[Face, Subset], document_no: str) -> Layer:
    """What the backs of all sheets of a document say alike."""
    layer = Layer(fonts)
    back_form.fill(layer, stock.bundle, document_no)
    return layer


def _back(stock: Stationery, sheet: Sheet, at: int, chosen: guilloche.Choices, layers: tuple[Layer, ...]) -> str:
    holes = [back_form.DETECTION_FIELD, quiet_zone(sheet.seal_code)]
    names = stationery.seal_code_names(at)
    return "\n".join(
        (
            stationery.ground_without(stock.ground, holes),
            f"/{stationery.BACK_INK} Do",
            guilloche.paint(chosen),
            *map(ink, layers),
            *(symbol.box.picture(name) for name, symbol in zip(names, sheet.seal_code, strict=False)),
        )
    )
