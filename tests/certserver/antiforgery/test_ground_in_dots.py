"""The ground in the very dots that an ESC/POS page printer puts on paper: at 200 and 300 dpi none of them is resampled,
so that the message stays hidden on the original, and codes stay readable beside it."""

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from certserver.antiforgery.ground import BACK_FIELD_TOP, FIELD, draw_ground
from certserver.antiforgery.guilloche import DETECTION
from certserver.antiforgery.paper import DPI, Box
from certserver.documents.forms import compose
from koufu.ground.cell import CellProfile
from koufu.ground.profiles import CELL_PROFILES, COARSE, DOTS_200, FINE
from printers.raster import rasterise
from tests.support import sheets
from tests.support.reading import find
from tests.support.specimens import FOUR, PROFILE, SEAL_DOCUMENT_NO, residence_line, seal_line, stamp

pytestmark = pytest.mark.xdist_group("sheets")

Bits = npt.NDArray[np.bool_]

A4_DOTS = {200: 1654, 300: 2480}
PRINTERS = [(DOTS_200, 200), (FINE, 300), (COARSE, 300)]
ON_EACH = pytest.mark.parametrize(("profile", "dpi"), PRINTERS, ids=lambda value: getattr(value, "profile_id", value))

CLEAR_FACE = Box(FIELD.left, 5520, 4398, FIELD.bottom)
"""Of the seal registration certificate: nothing but ground."""


@cache
def sides(line: str, profile: CellProfile, dpi: int) -> tuple[Bits, Bits]:
    """Face and back as the driver sends them, True for ink."""
    if line == "seal":
        rendered = sheets.render(
            compose(seal_line(FOUR), PROFILE),
            replace(stamp(SEAL_DOCUMENT_NO), printer_profile=profile.profile_id),
        )
    else:
        rendered = sheets.render(
            compose(residence_line(FOUR), PROFILE), replace(stamp(), printer_profile=profile.profile_id)
        )
    face, back = (
        np.unpackbits(np.frombuffer(page.packed, np.uint8).reshape(page.height, page.width_bytes), axis=1).astype(bool)
        for page in rasterise(rendered.file, A4_DOTS[dpi], 2)
    )
    return face, back


def cell_inks(page: Bits, profile: CellProfile, dpi: int, box: Box) -> tuple[npt.NDArray[np.int64], slice, slice]:
    """How many dots each whole cell in a box of the page has, and which rows and columns of cells these are."""
    side = profile.cell
    rows = slice(-(-(box.top - FIELD.top) // side), (box.bottom - FIELD.top) // side)
    columns = slice(-(-(box.left - FIELD.left) // side), (box.right - FIELD.left) // side)
    scale = DPI // dpi
    assert side % scale == FIELD.left % scale == FIELD.top % scale == 0
    across, left, top = side // scale, FIELD.left // scale, FIELD.top // scale
    part = page[
        top + rows.start * across : top + rows.stop * across,
        left + columns.start * across : left + columns.stop * across,
    ]
    cells = part.reshape(rows.stop - rows.start, across, columns.stop - columns.start, across)
    return cells.sum(axis=(1, 3)), rows, columns


@pytest.mark.parametrize("profile", CELL_PROFILES.values(), ids=list(CELL_PROFILES))
def test_every_dot_is_made_of_whole_dots_of_its_printer(profile: CellProfile) -> None:
    numbers = [profile.cell, FIELD.left, FIELD.top, FIELD.right, FIELD.bottom, BACK_FIELD_TOP]
    for kind in (profile.background, profile.message):
        numbers += [number for bar in kind.bars for number in bar]
    assert not FIELD.width % profile.cell
    assert not FIELD.height % profile.cell
    for dpi in profile.resolutions:
        assert not any(number % (DPI // dpi) for number in numbers)


@ON_EACH
def test_what_the_driver_sends_is_the_ground_dot_for_dot(profile: CellProfile, dpi: int) -> None:
    face, back = sides("seal", profile, dpi)
    step = DPI // dpi
    ground = draw_ground(profile, PROFILE.name).picture()[::step, ::step]
    left, top = FIELD.left // step, FIELD.top // step
    for page, box in ((face, CLEAR_FACE), (back, Box(FIELD.left, BACK_FIELD_TOP, FIELD.right, BACK_FIELD_TOP + 240))):
        rows, columns = slice(box.top // step, box.bottom // step), slice(box.left // step, box.right // step)
        expected = ground[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        assert np.array_equal(page[rows, columns], expected)


@ON_EACH
def test_the_message_is_as_dark_as_its_surroundings_and_the_mesh_is_even(profile: CellProfile, dpi: int) -> None:
    """No moiré: each inked cell has the same number of dots, wherever it lies."""
    inks, rows, columns = cell_inks(sides("seal", profile, dpi)[0], profile, dpi, CLEAR_FACE)
    ground = draw_ground(profile, PROFILE.name)
    inked, message = ground.inked[rows, columns], ground.message[rows, columns]
    dark, around = inks[inked & message], inks[inked & ~message]
    assert abs(dark.mean() - around.mean()) / around.mean() < 0.03
    assert dark.std() == around.std() == 0
    assert not inks[~inked].any()


def test_the_usual_ground_would_show_its_message_at_200_dpi() -> None:
    """Why there is a profile of its own."""
    face = sides("seal", FINE, 200)[0]
    ground = draw_ground(FINE, PROFILE.name)
    scale = DPI // 200
    wide = ground.message.repeat(FINE.cell, 0).repeat(FINE.cell, 1)[::scale, ::scale]
    top = FIELD.top // scale
    box = (slice(CLEAR_FACE.top // scale, CLEAR_FACE.bottom // scale), slice(FIELD.left // scale, 4398 // scale))
    message = wide[box[0].start - top : box[0].stop - top, : box[1].stop - box[1].start]
    dark, around = face[box][message].mean(), face[box][~message].mean()
    assert abs(dark - around) / around > 0.05


@ON_EACH
@pytest.mark.parametrize("line", ["residence", "seal"])
def test_codes_are_readable_on_face_and_back(line: str, profile: CellProfile, dpi: int) -> None:
    face, back = (find(np.where(page, 0, 255).astype(np.uint8)) for page in sides(line, profile, dpi))
    assert len(face.faces) == 1
    assert back.broken is None
    assert back.seal_code is not None


@ON_EACH
def test_the_lines_of_the_detection_image_stay_even(profile: CellProfile, dpi: int) -> None:
    """Where no character is hidden: 12 dots at 600 dpi from one to the next."""
    back = sides("residence", profile, dpi)[1]
    step, middle = DPI // dpi, (DETECTION.left + DETECTION.right) // 2
    from_top = (DETECTION.top + DETECTION.bottom) // 2
    strip = back[(from_top - 90) // step : (from_top + 90) // step, (middle - 255) // step]
    pitch = 12 // step
    assert np.array_equal(strip[pitch:], strip[:-pitch])
    assert 0.3 <= strip.mean() <= 0.5
