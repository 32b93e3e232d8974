"""The calibration sheet as dots and as a print job."""

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from kiosk.calibration.plan import (
    DISC_MM,
    DOTS_PER_MM,
    HEIGHT,
    MARK,
    SIDE,
    WIDTH,
    disc_cells,
    plan_for,
    plan_named,
)
from kiosk.calibration.scans import Grey
from kiosk.calibration.sheet import document, face
from kiosk.errors import ConfigurationError
from koufu.ground.cells import ink
from koufu.ground.profiles import RESOLUTIONS, profiles_for
from printers.model import Printed, PrintJob
from printers.raster import rasterise
from printers.virtual import VirtualPagePrinter
from tests.support.printer_clocks import JumpingClock

ON_EACH = pytest.mark.parametrize("dpi", RESOLUTIONS)


@ON_EACH
def test_there_is_a_field_for_each_ground_that_suits_the_printer(dpi: int) -> None:
    fields = plan_for(dpi).fields
    assert [field.profile for field in fields] == list(profiles_for(dpi))
    assert [field.number for field in fields] == list(range(1, len(fields) + 1))
    sheet = face(plan_for(dpi))
    for field in fields:
        message = disc_cells(field.profile.cell)
        part = sheet[field.top : field.top + SIDE, field.left : field.left + SIDE]
        assert np.array_equal(part, ink(field.profile, ~message, message))


@ON_EACH
def test_everything_lies_on_whole_dots_of_the_printer_and_within_its_reach(dpi: int) -> None:
    unit, margin = 600 // dpi, round(5 * DOTS_PER_MM)
    plan = plan_for(dpi)
    for field in plan.fields:
        assert not any(number % unit for number in (field.left, field.top, SIDE))
        assert not SIDE % field.profile.cell
    sheet = face(plan)
    inked = np.argwhere(sheet)
    assert inked.min(axis=0).min() > margin
    assert (inked.max(axis=0) < (HEIGHT - margin, WIDTH - margin)).all()


def test_nothing_comes_near_the_marks_and_the_white_beside_the_fields() -> None:
    sheet = face(plan_for(600))
    for x, y in plan_for(600).marks:
        around = sheet[y - 31 : y + 31, x - 31 : x + 31]
        assert np.count_nonzero(around) == pytest.approx(np.pi * MARK**2, rel=0.02)
    for field in plan_for(600).fields:
        gap = sheet[field.top : field.top + SIDE, field.left + SIDE + 2 : field.left + SIDE + 80]
        assert not gap.any()


def test_the_disc_is_a_disc_in_cells_of_either_size() -> None:
    for cell in (16, 24):
        area = disc_cells(cell).sum() * (cell / DOTS_PER_MM) ** 2
        assert area == pytest.approx(np.pi * DISC_MM**2, rel=0.1)
        assert not disc_cells(cell)[0].any()


def test_a_sheet_is_known_by_its_name_until_its_settings_change() -> None:
    for dpi in RESOLUTIONS:
        assert plan_named(plan_for(dpi).name) == plan_for(dpi)
    assert plan_named("KOUFU-GROUND 600 000000") is None
    with pytest.raises(ConfigurationError, match=r"fields 1 to 49, not 50; .* say --dpi"):
        plan_for(600).field(50)


@pytest.mark.parametrize(("dpi", "width"), [(300, 2480), (200, 1654)])
def test_a_page_printer_puts_each_dot_where_it_belongs(dpi: int, width: int) -> None:
    """As its driver sends it: none is resampled."""
    page, back = rasterise(document(plan_for(dpi)), width, 2)
    bits = np.unpackbits(np.frombuffer(page.packed, np.uint8).reshape(page.height, page.width_bytes), axis=1)
    step = 600 // dpi
    for field in plan_for(dpi).fields:
        message = disc_cells(field.profile.cell)
        part = bits[field.top // step :, field.left // step :][: SIDE // step, : SIDE // step]
        assert np.array_equal(part, ink(field.profile, ~message, message)[::step, ::step])
    assert not any(back.packed)


def test_the_virtual_printer_puts_out_one_sheet_that_shows_what_was_drawn() -> None:
    printer = VirtualPagePrinter(JumpingClock())
    job = PrintJob("0" * 32, document(plan_for(600)), 1)
    assert printer.print(job, lambda _: None, lambda: False) == Printed(1)
    (out,) = printer.delivered
    pdf = pdfium.PdfDocument(out.job.document)
    assert len(pdf) == 2
    shown: list[Grey] = [np.squeeze(page.render(scale=600 / 72, grayscale=True).to_numpy()) for page in pdf]
    pdf.close()
    assert shown[0].shape == (HEIGHT, WIDTH)
    assert np.array_equal(shown[0] < 128, face(plan_for(600)))
    assert (shown[1] == 255).all()
