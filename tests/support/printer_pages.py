"""Small real PDFs for printer tests: A4 faces and backs that say which they are."""

from io import BytesIO

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

A4_POINTS = (595.2, 841.92)
MODULE_MM = 8 / 600 * 25.4
"""Module size of the codes on certificates: 8 dots at 600 dpi, 0.3387 mm."""


def pdf_of(sheets: int, *, codes: bool = False) -> bytes:
    """Face and back of each sheet. With `codes`, each page has a QR of a certificate's module size that names it."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4_POINTS, invariant=True)
    for sheet in range(1, sheets + 1):
        for side in ("face", "back"):
            canvas.setFont("Helvetica", 20)
            canvas.drawString(30 * mm, 250 * mm, f"sheet {sheet} {side}")
            canvas.setLineWidth(0.085 * mm)
            canvas.line(15 * mm, 100.03 * mm, 195 * mm, 100.03 * mm)
            if codes:
                _draw_code(canvas, code_text(sheet, side))
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def code_text(sheet: int, side: str) -> str:
    """What the code on a page says; long enough to fill a version 15 symbol, as on the back of a certificate."""
    return f"sheet {sheet} {side} " + "0123456789" * 36


def _draw_code(canvas: Canvas, text: str) -> None:
    code = segno.make(text, error="m", micro=False)
    for y, row in enumerate(code.matrix):
        for x, dark in enumerate(row):
            if dark:
                left, top = 24.5 * mm + x * MODULE_MM * mm, A4_POINTS[1] - 145 * mm - (y + 1) * MODULE_MM * mm
                canvas.rect(left, top, MODULE_MM * mm, MODULE_MM * mm, stroke=0, fill=1)
