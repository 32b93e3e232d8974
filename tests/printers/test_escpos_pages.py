"""Certificate pages as ESC/POS raster: the codes must be readable in the very bytes that go to the printer."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.errors import PaperTooNarrow, PrinterAway, UnreadablePages
from printers.escpos.commands import CLEAR_BUFFERS
from printers.escpos.conversation import EscposPace
from printers.escpos.line import LineDown
from printers.escpos.pages import EscposPagePrinter, escpos_page
from printers.escpos.status import STATUS_BYTES, read_status
from printers.model import Printed, PrinterProblem, PrinterStatus, PrintFailed, PrintJob
from printers.raster import rasterise, resolution_for
from printers.slips.reader import PrintedDots, read_strips
from tests.support.printer_clocks import JumpingClock
from tests.support.printer_pages import MODULE_MM, code_text, pdf_of


def _dots_on_paper(page: bytes, width: int) -> np.ndarray:
    """The page as an independent reader of ESC/POS sees it."""
    (strip,) = read_strips(page, width)
    assert strip.cut
    bands = [item.dots for item in strip.items if isinstance(item, PrintedDots)]
    return np.concatenate(bands)


@pytest.mark.parametrize(("width", "dpi"), [(1654, 200), (2479, 200), (2480, 300), (4960, 300)])
def test_codes_of_0_34_mm_a_module_are_readable_in_the_bytes(width: int, dpi: int) -> None:
    assert pytest.approx(0.3387, abs=0.0001) == MODULE_MM
    pages = [escpos_page(page) for page in rasterise(pdf_of(2, codes=True), width, 4)]
    expected = [code_text(sheet, side) for sheet in (1, 2) for side in ("face", "back")]
    for page, text in zip(pages, expected, strict=True):
        dots = _dots_on_paper(page, width)
        assert dots.shape[0] == pytest.approx(297 / 25.4 * dpi, abs=2)
        found = zxingcpp.read_barcodes(np.where(dots, 0, 255).astype(np.uint8))
        assert [code.text for code in found] == [text]


def test_a_line_of_0_085_mm_is_unbroken_at_200_dpi() -> None:
    page = next(iter(rasterise(pdf_of(1), 1654, 2)))
    dots = _dots_on_paper(escpos_page(page), 1654)
    y = round((841.92 - 100.03 / 25.4 * 72) / 72 * 200)
    line = dots[y - 2 : y + 3, 120:1534].any(axis=0)
    assert line.all()


@pytest.mark.parametrize("width", [384, 576, 1653])
def test_narrower_paper_is_refused_for_certificates(width: int) -> None:
    with pytest.raises(PaperTooNarrow):
        resolution_for(width)
    with pytest.raises(PaperTooNarrow):
        EscposPagePrinter(ScriptedLine(b""), JumpingClock(), width)


@pytest.mark.parametrize("document", [b"", b"not a PDF", pdf_of(1)[:200]])
def test_what_is_no_pdf_is_refused_before_anything_is_sent(document: bytes) -> None:
    line = ScriptedLine(b"")
    with pytest.raises(UnreadablePages):
        EscposPagePrinter(line, JumpingClock(), 1654).print(PrintJob("n", document, 1), lambda _: None, lambda: False)
    assert line.written == b""


def test_a_document_with_other_pages_than_the_job_says_is_refused() -> None:
    with pytest.raises(UnreadablePages):
        list(rasterise(pdf_of(2), 1654, 2))


def test_a_page_that_is_not_a4_is_refused() -> None:
    with pytest.raises(UnreadablePages):
        list(rasterise(pdf_of(1).replace(b"595.2 841.92", b"612.0 792.00"), 1654, 2))


class ScriptedLine:
    """A line on which each read brings the next of what the printer says, and in the end nothing."""

    two_way = True

    def __init__(self, *says: bytes, breaks_after: int = 1_000) -> None:
        self.says = list(says)
        self.written = b""
        self.breaks_after = breaks_after

    def write(self, data: bytes, within: float) -> None:
        self._count()
        self.written += data

    def read(self, limit: int, within: float) -> bytes:
        self._count()
        return self.says.pop(0)[:limit] if self.says and within else b""

    def close(self) -> None:
        """Nothing is open."""

    def _count(self) -> None:
        self.breaks_after -= 1
        if self.breaks_after < 0:
            raise LineDown("broken")


class CountingClock(JumpingClock):
    """Every look at it costs a little, so that a device that never makes sense runs out of time."""

    def monotonic(self) -> float:
        self.now += 0.05
        return self.now


@settings(deadline=None, max_examples=60)
@given(st.lists(st.binary(max_size=40), max_size=40), st.integers(0, 60))
def test_garbage_on_the_line_gives_a_clear_outcome(says: list[bytes], breaks_after: int) -> None:
    line = ScriptedLine(*says, breaks_after=breaks_after)
    printer = EscposPagePrinter(line, CountingClock(), 1654, EscposPace(on_paper_within=2))
    assert isinstance(printer.status(), PrinterStatus)
    try:
        settled = printer.print(_ONE_SHEET, lambda _: None, lambda: False)
    except PrinterAway as away:
        unsent = not away.may_have_sent
    else:
        assert isinstance(settled, Printed | PrintFailed)
        unsent = isinstance(settled, PrintFailed) and settled.unsent
    assert not (unsent and _RASTER in line.written)


_ONE_SHEET = PrintJob("n", pdf_of(1), 1)
_RASTER = b"\x1dv0"


def test_what_an_earlier_life_left_in_the_printer_is_dropped_before_anything_else() -> None:
    line = ScriptedLine(*[b"\x12"] * STATUS_BYTES)
    assert EscposPagePrinter(line, JumpingClock(), 1654).status().ready
    assert line.written.startswith(CLEAR_BUFFERS)


def test_a_printer_that_never_answered_is_cleared_when_it_does() -> None:
    line = ScriptedLine()
    printer = EscposPagePrinter(line, JumpingClock(), 1654)
    assert not printer.status().ready
    line.says, line.written = [b"\x12"] * (2 * STATUS_BYTES), b""
    assert printer.status().ready
    assert printer.status().ready
    assert line.written.count(CLEAR_BUFFERS) == 1


def test_a_printer_that_says_more_than_it_is_asked_is_not_ready() -> None:
    line = ScriptedLine(*[b"\x12\x12"] * STATUS_BYTES)
    assert EscposPagePrinter(line, JumpingClock(), 1654).status().problems == {PrinterProblem.OFFLINE}


@given(st.lists(st.integers(0, 255), max_size=8))
def test_any_status_bytes_have_a_meaning(answers: list[int]) -> None:
    status = read_status(answers)
    if len(answers) != STATUS_BYTES:
        assert status.problems == {PrinterProblem.OFFLINE}


@pytest.mark.parametrize(
    ("answers", "problems", "low"),
    [
        ((0x12, 0x12, 0x12, 0x12), set(), False),
        ((0x16, 0x12, 0x12, 0x1E), set(), True),
        ((0x1A, 0x32, 0x12, 0x7E), {PrinterProblem.PAPER_EMPTY}, True),
        ((0x1A, 0x16, 0x12, 0x12), {PrinterProblem.DOOR_OPEN}, False),
        ((0x1A, 0x52, 0x1A, 0x12), {PrinterProblem.CUTTER}, False),
        ((0x1A, 0x52, 0x32, 0x12), {PrinterProblem.OTHER}, False),
        ((0x1A, 0x52, 0x52, 0x12), {PrinterProblem.OTHER}, False),
        ((0x1A, 0x12, 0x12, 0x12), {PrinterProblem.OTHER}, False),
        (
            (0x1A, 0x36, 0x1A, 0x72),
            {PrinterProblem.CUTTER, PrinterProblem.PAPER_EMPTY, PrinterProblem.DOOR_OPEN},
            False,
        ),
        ((0x12, 0x12, 0x12), {PrinterProblem.OFFLINE}, False),
        ((0x12, 0x12, 0x12, 0x00), {PrinterProblem.OFFLINE}, False),
    ],
)
def test_status_bytes(answers: tuple[int, ...], problems: set[PrinterProblem], low: bool) -> None:
    status = read_status(answers)
    assert status.problems == problems
    assert status.paper_low is low
