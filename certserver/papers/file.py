"""Writes a paper's file: each sheet with face and back, as page printers take them. Equal papers give equal bytes."""

from collections.abc import Sequence
from hashlib import sha256

from reportlab.pdfbase.pdfdoc import PDFObject

from certserver.documents import pdf
from certserver.documents.subset import HALO_PREFIX, font_names, font_objects
from certserver.papers.jpeg import Jpeg
from certserver.papers.side import Fonts, picture_name

_RESOURCES, _CONTENT = "R", "C"
_IDENTITY_BYTES = 16


def written(title: str, sides: Sequence[str], fonts: Fonts, jpegs: Sequence[Jpeg]) -> bytes:
    """The PDF of these sides, in their order."""
    used = [font for face in fonts for font in fonts[face].typeface.fonts]
    contents = [f"{_CONTENT}{at}" for at in range(len(sides))]
    own = {name: pdf.page_content(side) for name, side in zip(contents, sides, strict=True)}
    own |= {picture_name(at): _image(jpeg) for at, jpeg in enumerate(jpegs)}
    for subset in fonts.values():
        own |= subset.own_objects()
    shared: dict[str, PDFObject] = {name: thing for font in used for name, thing in font_objects(font).items()}
    names = {name: name for font in used for name in (font.resource, HALO_PREFIX + font.resource)}
    pictures = [picture_name(at) for at in range(len(jpegs))]
    shared[_RESOURCES] = pdf.resources(names, {name: name for name in pictures})
    pages = [pdf.Page(_RESOURCES, name) for name in contents]
    later = (*contents, *pictures, *(name for font in used for name in font_names(font)))
    identity = sha256(b"\x00".join(own[name] for name in (*contents, *pictures))).digest()[:_IDENTITY_BYTES]
    return pdf.template(shared, pages, later, title).filled(own, identity)


def _image(jpeg: Jpeg) -> bytes:
    return pdf.stream(
        jpeg.content,
        {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": jpeg.width,
            "Height": jpeg.height,
            "ColorSpace": "/DeviceGray" if jpeg.grey else "/DeviceRGB",
            "BitsPerComponent": 8,
            "Filter": "/DCTDecode",
        },
        None,
    )
