"""Papers of the counter on this terminal: fetched, shown as pictures of their pages, and printed one at a time. None is
kept: whoever fetched one lets it go when it was printed or looked at."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from kiosk.errors import ServerFault
from printers.errors import PrinterAway, PrinterError
from printers.model import PagePrinter, PrinterProblem, PrintFailed, PrintJob, Settled

MAX_SHEETS = 20
MAX_BYTES = 16 * 1024 * 1024
JOB_NAME_BYTES = 16
BLANK = 255


WHERE_TO_GO = "where-to-go"


@dataclass(frozen=True, slots=True)
class Matter:
    """What can't be done here, for the guidance: words of the wire, as in `AllowedRequest`."""

    procedure: str
    comer: str
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper by its word on the wire; `application` and the municipality of residence where it is about one, `matter`
    for `WHERE_TO_GO`."""

    kind: str
    municipality: str = ""
    application: str = ""
    matter: Matter | None = None
    language: str = ""
    """"ja" or "en", of papers that explain; empty is Japanese."""


@dataclass(frozen=True, slots=True)
class CounterPaper:
    """A paper as a PDF of so many sheets, each with face and back."""

    title: str
    sheets: int
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperRefused:
    """Why there is none; `fields` of the form that can't be printed as they are (I10)."""

    reason: str
    fields: tuple[str, ...] = ()


class PaperSource(Protocol):
    """Where papers come from. Raises `ServerAway` and `ServerFault`."""

    def paper(self, wanted: WantedPaper) -> CounterPaper | PaperRefused:
        """The paper, or why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as the window shows it: rows of `width` grey pixels from the top, 0 black."""

    width: int
    height: int
    grey: bytes = field(repr=False)


def page_pictures(paper: CounterPaper, height: int) -> tuple[PagePicture, ...]:
    """The sides of a paper, so many pixels high, without backs that are blank. Raises `ServerFault` for what is no PDF
    of as many sheets as it is said to have."""
    content = bytearray(paper.document)
    try:
        # In place: no further copy of what is personal is made.
        pdf = pdfium.PdfDocument((ctypes.c_ubyte * len(content)).from_buffer(content))
    except pdfium.PdfiumError as error:
        raise ServerFault("this paper is no PDF") from error
    try:
        if not 0 < paper.sheets <= MAX_SHEETS or len(pdf) != 2 * paper.sheets:
            raise ServerFault("this paper has not as many sheets as it is said to have")
        seen = [_picture(page, height) for page in pdf]
    except pdfium.PdfiumError as error:
        raise ServerFault("a page of this paper can't be drawn") from error
    finally:
        pdf.close()
        content[:] = bytes(len(content))
    return tuple(each for at, each in enumerate(seen) if at % 2 == 0 or each.grey.strip(bytes([BLANK])))


@dataclass(frozen=True, slots=True)
class PaperPrinting:
    """Runs on the paper lane. `entropy` names jobs: a name is random, never personal (I4)."""

    pages: PagePrinter
    entropy: Callable[[int], bytes]

    def print(self, paper: CounterPaper, give_up: Callable[[], bool] = lambda: False) -> Settled:
        """Prints a paper and waits until the device has settled it."""
        job = PrintJob(self.entropy(JOB_NAME_BYTES).hex(), paper.document, paper.sheets)
        try:
            return self.pages.print(job, lambda _at: None, give_up)
        except PrinterError as error:
            problem = PrinterProblem.OFFLINE if isinstance(error, PrinterAway) else PrinterProblem.OTHER
            unsent = not error.may_have_sent
            return PrintFailed(0, problem, cleared=unsent, unsent=unsent)


def _picture(page: pdfium.PdfPage, height: int) -> PagePicture:
    # A hair less: the renderer rounds the number of pixels up.
    bitmap = page.render(scale=(height - 0.01) / page.get_height(), grayscale=True)
    grey = bitmap.to_numpy()
    rows, columns = grey.shape[:2]
    return PagePicture(columns, rows, grey.reshape(rows, columns).tobytes())
