"""Judges a document of fuzzed residents by other people's programs: its text by poppler and pdfium, its glyphs by
fontTools, and what is seen by its pixels beside the glyph drawn from the font."""

import ctypes
import io
import re
import subprocess
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from certserver.documents.residence import ResidenceDocument
from certserver.documents.typefaces import clusters
from tests.names.repertoire import Outline, Repertoire, outline_of
from tests.names.residents import values

DPI = 600
SMALLEST_OVERLAP, LEAST_WHITE = 0.8, 0.97
_TWO_LETTERS = str.maketrans({"ﬁ": "fi", "ﬂ": "fl"})
"""pdfium always tells these two as letters, whatever the file says; poppler does not."""

_SPACES = re.compile(r"\s+")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-F]{4})><([0-9a-f]+)>")


def wrong_text(file: bytes, document: ResidenceDocument) -> Iterator[str]:
    """Every fuzzed value that poppler or pdfium does not read back, spaces and line ends aside."""
    by_poppler, by_pdfium = _by_poppler(file), _by_pdfium(file)
    for name, value in values(document):
        if squeezed(value) not in by_poppler:
            yield f"poppler does not read {name}"
        if squeezed(value).translate(_TWO_LETTERS) not in by_pdfium:
            yield f"pdfium does not read {name}"


def wrong_glyphs(file: bytes, repertoire: Repertoire) -> Iterator[str]:
    """Every embedded glyph that is not exactly the font's own for the text it stands for."""
    for at, (font, codes) in enumerate(_embedded(file, len(repertoire.fonts))):
        names = font.getGlyphOrder()
        for code, cluster in codes.items():
            if cluster == " ":
                continue
            if repertoire.font_of(cluster) != at:
                yield f"{_told(cluster)} comes from another font"
            elif outline_of(font, names[code]) != repertoire.outline(cluster):
                yield f"{_told(cluster)} has another glyph"


def wrong_pixels(file: bytes, document: ResidenceDocument, repertoire: Repertoire) -> Iterator[str]:
    """Every character of a name that looks different on the face than drawn from the font, or has ink around it."""
    pdf = pdfium.PdfDocument(file)
    try:
        page = pdf[0]
        seen = Image.fromarray(page.render(scale=DPI / 72, grayscale=True).to_numpy().reshape(_shape(page))).point(
            lambda grey: 255 if grey < 128 else 0
        )
        text = page.get_textpage()
        names = "".join(value for name, value in values(document) if name.endswith(".name"))
        wanted = {cluster for cluster in clusters(names) if not cluster.isspace()}
        found = [(at, cluster) for at, cluster in _placed(text) if cluster in wanted and _is_value(text, at)]
        if {cluster for _, cluster in found} != wanted:
            yield "not every character has a place"
        for at, cluster in found:
            if not _looks_right(seen, text, at, cluster, repertoire):
                yield f"{_told(cluster)} looks different"
    finally:
        pdf.close()


def squeezed(text: str) -> str:
    """A text without spaces."""
    return _SPACES.sub("", text)


def _by_poppler(file: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=file, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def _by_pdfium(file: bytes) -> str:
    pdf = pdfium.PdfDocument(file)
    try:
        return squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
    finally:
        pdf.close()


def _embedded(file: bytes, fonts: int) -> Iterator[tuple[TTFont, dict[int, str]]]:
    """Each font for values as it lies in the file, with the text of its codes."""
    objects = {int(number): body for number, body in _OBJECT.findall(file)}
    for base in (b"IPAmjMincho", b"BIZUDMincho-Regular")[:fonts]:
        for body in objects.values():
            if b"/Type0" in body and b"+" + base + b"\n" in body.replace(b" /", b"\n/").replace(b"\r", b""):
                codes = _codes(_stream(objects[_reference(body, b"ToUnicode")]))
                if set(codes.values()) != {" "}:
                    break
        else:
            continue
        descriptor = next(
            each for each in objects.values() if b"/FontDescriptor" in each and b"FontFile2" in each and base in each
        )
        yield TTFont(io.BytesIO(_stream(objects[_reference(descriptor, b"FontFile2")]))), codes


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found is not None
    return int(found[1])


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    data = rest.removesuffix(b"\nendstream")
    return zlib.decompress(data) if b"FlateDecode" in head else data


def _codes(cmap: bytes) -> dict[int, str]:
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _CODE.findall(cmap)}


def _told(cluster: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in cluster)


def _shape(page: pdfium.PdfPage) -> tuple[int, int]:
    width, height = page.get_size()
    return -int(-height * DPI // 72), -int(-width * DPI // 72)


def _placed(text: pdfium.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Every character with its selector, and its place for pdfium, which counts each half of a surrogate pair."""
    units = [raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars())]
    whole = b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")
    at = 0
    for cluster in clusters(whole):
        yield at, cluster
        at += sum(2 if ord(character) > 0xFFFF else 1 for character in cluster)


def _is_value(text: pdfium.PdfTextPage, at: int) -> bool:
    """Whether a character stands in a font for values, and not in that of the labels."""
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, at, name, len(name), None)
    return b"BIZ-UD" not in name.value


def _looks_right(seen: Image.Image, text: pdfium.PdfTextPage, at: int, cluster: str, repertoire: Repertoire) -> bool:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, at, matrix)
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    scale = DPI / 72
    units = repertoire.units_per_em(cluster)
    left, baseline = x.value * scale, seen.height - y.value * scale
    across, up = matrix.a * scale / units, matrix.d * scale / units
    margin = 8
    em = int(matrix.d * scale)
    corner = (int(left) - margin - em // 4, int(baseline) - em - margin)
    size = (em * 2 + 2 * margin, em + em // 2 + 2 * margin)
    drawn = _drawn(repertoire.outline(cluster), left - corner[0], baseline - corner[1], across, up, size)
    if drawn.getbbox() is None:
        return True
    there = seen.crop((corner[0], corner[1], corner[0] + size[0], corner[1] + size[1]))
    near = drawn.filter(ImageFilter.MaxFilter(3))
    around = ImageChops.subtract(drawn.filter(ImageFilter.MaxFilter(9)), drawn.filter(ImageFilter.MaxFilter(5)))
    overlap = _ink(ImageChops.multiply(drawn, there)) / _ink(
        ImageChops.lighter(drawn, ImageChops.multiply(near, there))
    )
    white = 1 - _ink(ImageChops.multiply(around, there)) / _ink(around)
    return overlap >= SMALLEST_OVERLAP and white >= LEAST_WHITE


def _ink(picture: Image.Image) -> int:
    return max(1, int(np.count_nonzero(np.asarray(picture) > 127)))


def _drawn(outline: Outline, x: float, y: float, across: float, up: float, size: tuple[int, int]) -> Image.Image:
    """A glyph by its outline, four times as fine and then as printed: contours in turn change what is ink."""
    fine = 4
    canvas = Image.new("1", (size[0] * fine, size[1] * fine))
    points, ends, on = outline
    start = 0
    for end in ends:
        contour = [(points[at], on[at]) for at in range(start, end + 1)]
        start = end + 1
        path = [((x + px * across) * fine, (y - py * up) * fine) for px, py in _flat(contour)]
        if len(path) > 2:
            layer = Image.new("1", canvas.size)
            ImageDraw.Draw(layer).polygon(path, fill=1)
            canvas = ImageChops.logical_xor(canvas, layer)
    return canvas.convert("L").resize(size, Image.Resampling.BOX).point(lambda grey: 255 if grey > 127 else 0)


def _flat(contour: Sequence[tuple[tuple[float, ...], int]]) -> Iterator[tuple[float, float]]:
    """A contour of quadratic curves as points of a polygon."""
    whole: list[tuple[tuple[float, ...], int]] = []
    for (point, on), (following, next_on) in zip(contour, (*contour[1:], contour[0]), strict=True):
        whole.append((point, on))
        if not on and not next_on:
            whole.append((((point[0] + following[0]) / 2, (point[1] + following[1]) / 2), 1))
    first = next((at for at, (_, on) in enumerate(whole) if on), 0)
    whole = [*whole[first:], *whole[: first + 1]]
    for at, (point, on) in enumerate(whole):
        if on:
            yield point[0], point[1]
        else:
            (x0, y0), (x2, y2) = whole[at - 1][0][:2], whole[at + 1][0][:2]
            for step in (0.25, 0.5, 0.75):
                a, b, c = (1 - step) ** 2, 2 * step * (1 - step), step**2
                yield a * x0 + b * point[0] + c * x2, a * y0 + b * point[1] + c * y2
