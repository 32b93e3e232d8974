"""Draws a face again from what the municipality signed and its form bundle, as the press did but without ground: what a
picture of the face is compared with. Nothing that isn't signed is drawn."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from certserver.antiforgery.paper import DPI, POINTS_PER_INCH, Box
from certserver.documents.bare import BareFace, BareSheets
from certserver.documents.drawing import ReadPage, read_content
from certserver.documents.ink import EntryLine
from certserver.documents.typefaces import Face, Typeface
from certserver.verify.expected import Area, Expected, NamedArea, area_of
from certserver.verify.other_glyphs import OtherGlyphs
from certserver.verify.pictures import Raster
from koufu.evidence.bundle import FormBundle
from koufu.evidence.content import NOT_COVERED, REGISTERED_SEAL, PageContent, hash_of

REDRAWN_DPI = 300
OFFICIAL_SEAL = "official-seal"
"""What its area is called, which is no entry."""

_BEYOND = 12
"""Dots by which what is not known may reach beyond its field: a glyph's side, and a halo."""


@dataclass(frozen=True, slots=True, repr=False)
class GroundPlan:
    """What is known of a face's ground: its profile's id, the municipality whose name is in it, the zone where the
    warning stands uncut, what is free of ground, and where it has no message."""

    profile: str
    municipality: str
    quiet: Box | None
    white: tuple[Box, ...]
    calm: tuple[Box, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Redrawn:
    """A face as it must look, and what ground lies under it."""

    expected: Expected
    ground: GroundPlan


def redraw(content: PageContent, bundle: FormBundle, typefaces: Mapping[Face, Typeface]) -> Redrawn:
    """The face of a page. Raises `ForeignPage` when there is no form of that name and version, or the page is not what
    its form draws."""
    page = read_content(content)
    sheets = BareSheets(typefaces)
    face = sheets.face(page, bundle, hash_of(content.to_bytes()))
    others = OtherGlyphs.of(face.lines, typefaces[Face.VALUE])
    file = sheets.file(face, others.painted(sheets))
    rasters = list(_rasters(file))
    expected = Expected(
        raster=rasters[0],
        dpi=REDRAWN_DPI,
        entries=(*_entries(face.lines), *_pictures(page, bundle)),
        private=_private(content, face),
        bare=_bare(page, bundle),
        others=tuple(others.seen(rasters[0], rasters[1:])),
    )
    return Redrawn(expected, GroundPlan(content.ground, bundle.name, face.shape.quiet, face.shape.white, face.calm))


def _entries(lines: Iterable[EntryLine]) -> tuple[NamedArea, ...]:
    """Each line of an entry."""
    return tuple(NamedArea(line.name, area_of(line.box)) for line in lines)


def _pictures(page: ReadPage, bundle: FormBundle) -> tuple[NamedArea, ...]:
    """Where seals stand; below texts that they reach over."""
    found = [NamedArea(OFFICIAL_SEAL, area) for area in _bare(page, bundle)]
    if page.picture is not None:
        found.append(NamedArea(REGISTERED_SEAL, area_of(page.picture.box)))
    return tuple(found)


def _private(content: PageContent, face: BareFace) -> tuple[NamedArea, ...]:
    hidden = {entry.name for entry in content.entries if entry.text == NOT_COVERED}
    return tuple(NamedArea(name, area_of(box.grown(_BEYOND))) for name, box in face.rooms if name in hidden)


def _bare(page: ReadPage, bundle: FormBundle) -> tuple[Area, ...]:
    if not page.shape.last:
        return ()
    return (area_of(page.shape.place.official_seal_box(bundle.official_seal.width)),)


def _rasters(file: bytes) -> Iterable[Raster]:
    """Every page in grey at `REDRAWN_DPI`: drawn twice as fine, so that a stroke's ink is its share of a pixel."""
    with closing(pdfium.PdfDocument(file)) as document:
        for page in document:
            fine = page.render(scale=DPI / POINTS_PER_INCH, grayscale=True).to_numpy()
            rows, columns = fine.shape[0] * REDRAWN_DPI // DPI, fine.shape[1] * REDRAWN_DPI // DPI
            grey = cv2.resize(fine.reshape(fine.shape[:2]), (columns, rows), interpolation=cv2.INTER_AREA)
            yield np.asarray(grey, dtype=np.uint8)
