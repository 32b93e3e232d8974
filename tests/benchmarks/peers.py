"""The same page drawn by others: strings, rules and places of our face, taken from our own PDF, handed to WeasyPrint as
HTML and to stock ReportLab as calls. Neither gets ground, codes, signature or back: the page alone."""

from dataclasses import dataclass
from html import escape
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from certserver.font_files import IPAMJ_MINCHO, installed

MINCHO = str(installed(IPAMJ_MINCHO))


@dataclass(frozen=True, slots=True)
class Text:
    """A string with its left end, baseline and size in points from the bottom left."""

    string: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle in points from the bottom left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a peer has to draw."""

    width: float
    height: float
    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]


def page_of(file: bytes) -> Page:
    """Strings and rules of the first page of a PDF. Characters of one line that touch become one string."""
    document = pypdfium2.PdfDocument(file)
    page = document[0]
    width, height = page.get_size()
    textpage = page.get_textpage()
    texts: list[Text] = []
    last_right, last_y = -1.0, -1.0
    for at in range(textpage.count_chars()):
        character = textpage.get_text_range(at, 1)
        if not character.strip():
            continue
        left, bottom, right, _top = textpage.get_charbox(at, loose=True)
        size = pdfium.FPDFText_GetFontSize(textpage, at)
        if texts and abs(bottom - last_y) < 0.5 and -1 < left - last_right < size * 0.2 and texts[-1].size == size:
            texts[-1] = Text(texts[-1].string + character, texts[-1].x, texts[-1].y, size)
        else:
            texts.append(Text(character, left, bottom, size))
        last_right, last_y = right, bottom
    rules: list[Rule] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        if min(right - left, top - bottom) < 2:
            rules.append(Rule(left, bottom, max(right - left, 0.24), max(top - bottom, 0.24)))
    document.close()
    return Page(width, height, tuple(texts), tuple(rules))


def html_of(page: Page) -> str:
    """The page as HTML with every string and rule at its place."""
    style = (
        f"<style>@page{{size:{page.width}pt {page.height}pt;margin:0}}body{{margin:0;font-family:'IPAmjMincho'}}"
        "p,i{position:absolute;margin:0;white-space:pre;line-height:1}i{background:#000}</style>"
    )
    parts = [style]
    for text in page.texts:
        top = page.height - text.y - text.size
        parts.append(
            f"<p style='left:{text.x:.2f}pt;top:{top:.2f}pt;font-size:{text.size:.2f}pt'>{escape(text.string)}</p>"
        )
    for rule in page.rules:
        top = page.height - rule.y - rule.height
        parts.append(
            f"<i style='left:{rule.x:.2f}pt;top:{top:.2f}pt;width:{rule.width:.2f}pt;height:{rule.height:.2f}pt'></i>"
        )
    return "".join(parts)


def weasyprint_page(html: str) -> bytes:
    """The page by WeasyPrint with its default settings."""
    from weasyprint import HTML

    made: bytes = HTML(string=html).write_pdf()
    return made


def prepare_stock_reportlab() -> None:
    """Registers the font, once, as any user of ReportLab would."""
    pdfmetrics.registerFont(TTFont("PeerMincho", MINCHO))


def stock_reportlab_page(page: Page) -> bytes:
    """The page by ReportLab as it comes."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(page.width, page.height))
    for text in page.texts:
        canvas.setFont("PeerMincho", text.size)
        canvas.drawString(text.x, text.y, text.string)
    for rule in page.rules:
        canvas.rect(rule.x, rule.y, rule.width, rule.height, stroke=0, fill=1)
    canvas.save()
    return out.getvalue()
