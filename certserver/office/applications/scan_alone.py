"""Draws a scan in PDF as one picture, in a process of its own, `python -m
certserver.office.applications.scan_alone`: little memory, little time, no network, no file to write. It reads the file
from its standard input and tells a PNG on its standard output; it ends with 1 where nothing can be drawn."""

import resource
import sys
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image

from certserver.verify.fences import end_with_parent, give_up_changing_files, give_up_network, give_up_privileges

PAGES = 8
"""Drawn at most."""

WIDTH = 1240
"""Pixels: 150 to an inch of A4."""

_HIGHEST = 2 * WIDTH
"""Of one page; what is longer is drawn narrower."""

_GAP = 16
_BYTES = 1024 * 1024 * 1024
_SECONDS = 20


def main() -> int:
    """Answers for one scan."""
    end_with_parent()
    give_up_privileges()
    give_up_network()
    give_up_changing_files()
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        written = _drawn(sys.stdin.buffer.read())
    except (pdfium.PdfiumError, MemoryError, ValueError):
        return 1
    sys.stdout.buffer.write(written)
    return 0


def _drawn(content: bytes) -> bytes:
    document = pdfium.PdfDocument(content)
    pages = [_page(document[at]) for at in range(min(len(document), PAGES))]
    if not pages:
        raise ValueError("a scan has a page")
    height = sum(page.height for page in pages) + _GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (WIDTH, height), (96, 96, 96))
    at = 0
    for page in pages:
        sheet.paste(page, (0, at))
        at += page.height + _GAP
    written = BytesIO()
    sheet.save(written, "PNG", compress_level=1)
    return written.getvalue()


def _page(page: pdfium.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1.0), _HIGHEST / max(height, 1.0))
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture


if __name__ == "__main__":
    sys.exit(main())
