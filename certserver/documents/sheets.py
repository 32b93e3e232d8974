"""Puts the layers of each sheet on top of each other, face and back, and writes the file: first all ground, then all
halos, then all ink, codes and seals last."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import PDFDictionary

from certserver.antiforgery import guilloche
from certserver.antiforgery.codes import Symbol
from certserver.documents import back_form, certification, pdf, seal_registration_form, stationery
from certserver.documents.ink import Layer
from certserver.documents.model import Imprint
from certserver.documents.stationery import Stationery, halos, ink
from certserver.documents.subset import HALO_PREFIX, Subset

_FACE_CODE, _IMPRINT = "QF", "RS"


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One sheet before it is painted: the values of its face, the codes of both sides, and the registered seal."""

    values: Layer
    face_code: Symbol
    seal_code: tuple[Symbol, ...]
    imprint: Imprint | None

    def __repr__(self) -> str:
        return "<Sheet>"


def printed(stock: Stationery, document_no: str, sheets: Sequence[Sheet], values: Subset) -> bytes:
    """The file, face and back of each sheet in turn. `values` is the font whose glyphs the sheets use."""
    chosen = guilloche.choices(document_no)
    file = pdf.File(stock.prepared, stock.shape.title)
    for name, body in stationery.ornaments(chosen).items():
        file.add(name, pdf.Formatted(body))
    for name, thing in values.objects().items():
        file.add(name, thing)
    for at, sheet in enumerate(sheets):
        _add_face(file, stock, sheet, at, last=at + 1 == len(sheets))
        _add_back(file, stock, document_no, sheet, at, len(sheets), chosen)
    return file.finish()


def _add_face(file: pdf.File, stock: Stationery, sheet: Sheet, at: int, *, last: bool) -> None:
    layer = sheet.values
    fixed = [f"{name}{at}" for name in (stationery.CALM, stationery.HALOS, stationery.INK)]
    under, halo, over = (f"/{name} Do" for name in fixed)
    code = f"{_FACE_CODE}{at}"
    file.add(code, pdf.image_mask(sheet.face_code.modules))
    pictures = [*fixed, stationery.PLAIN, code]
    painted = [sheet.face_code.box.picture(code)]
    if last:
        pictures.append(stationery.OFFICIAL_SEAL)
        painted.append(stock.shape.place.official_seal_box(stock.official_seal.width).picture(stationery.OFFICIAL_SEAL))
    if sheet.imprint is not None:
        file.add(_IMPRINT, pdf.packed_mask(sheet.imprint.width, sheet.imprint.height, sheet.imprint.rows))
        pictures.append(_IMPRINT)
        painted.append(seal_registration_form.imprint_box(sheet.imprint).picture(_IMPRINT))
    strokes = halos([text.replace("/", f"/{HALO_PREFIX}", 1) for text in layer.texts])
    content = "\n".join((under, stock.calm(layer.calm), halo, strokes, over, ink(layer), *painted))
    file.add_page(content, _resources(layer, pictures))


def _add_back(
    file: pdf.File,
    stock: Stationery,
    document_no: str,
    sheet: Sheet,
    at: int,
    pages: int,
    chosen: guilloche.Choices,
) -> None:
    layer = Layer(sheet.values.fonts)
    back_form.fill(layer, stock.profile, document_no)
    certification.fill_foot(layer, document_no, at + 1, pages, face=False)
    holes = [back_form.DETECTION_FIELD, *(symbol.quiet_box for symbol in sheet.seal_code)]
    codes = [f"QB{at}.{part}" for part in range(len(sheet.seal_code))]
    for name, symbol in zip(codes, sheet.seal_code, strict=True):
        file.add(name, pdf.image_mask(symbol.modules))
    painted = [symbol.box.picture(name) for name, symbol in zip(codes, sheet.seal_code, strict=True)]
    content = "\n".join(
        (
            stationery.ground_without(stock.ground, holes),
            f"/{stationery.BACK_INK} Do",
            guilloche.paint(chosen),
            ink(layer),
            *painted,
        )
    )
    ornaments = (guilloche.UPPER, guilloche.LOWER, guilloche.OUTER, guilloche.INNER, guilloche.DISC)
    file.add_page(content, _resources(layer, [stationery.GROUND, stationery.BACK_INK, *ornaments, *codes]))


def _resources(layer: Layer, pictures: Sequence[str]) -> PDFDictionary:
    fonts = [name for face in layer.fonts for name in (face.value, HALO_PREFIX + face.value)]
    return pdf.resources({name: name for name in fonts}, {name: name for name in pictures})
