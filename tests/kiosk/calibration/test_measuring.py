"""Scans of the sheet from the model of the paper: what is measured is what the model printed, whichever way the scan
lies, and the ground that is proposed is hidden on that printer's originals and plain on their copies."""

import numpy as np
import pytest

from kiosk.calibration.choose import EVEN_WITHIN, PLAIN, propose
from kiosk.calibration.measure import measure
from kiosk.calibration.plan import CORNERS, plan_for
from kiosk.calibration.scans import Grey
from kiosk.calibration.sheet import face
from kiosk.calibration.tone import Tone
from kiosk.errors import ScanUnusable
from koufu.ground.cell import CellProfile
from koufu.ground.cells import ink
from tests.support import paper_model
from tests.support.calibration import copy_measured, measured, moved, scan
from tests.support.paper_model import Capture

pytestmark = [pytest.mark.xdist_group("calibration"), pytest.mark.timeout(600)]


def in_truth(profile: CellProfile, at: float) -> tuple[float, float]:
    """How dark background and message are on a printer that moves edges by so many dots."""
    cells = np.ones((240 // profile.cell,) * 2, dtype=np.bool_)
    chance = np.random.default_rng(0)
    patches = (ink(profile, cells, ~cells), ink(profile, ~cells, cells))
    background, message = (float(paper_model._toner(patch, at, chance).mean()) / 255 for patch in patches)
    return background, message


def as_srgb(picture: Grey) -> Grey:
    """What a scanner of sRGB would have written, where the model writes light as it is."""
    light = np.arange(256) / 255
    table = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(table * 255).astype(np.uint8)[picture]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_ground_that_is_proposed_hides_on_the_original_and_comes_out_on_a_copy(seed: int) -> None:
    original, copy = measured(600, Capture.SCAN_600, seed), copy_measured(600, seed)
    best = propose(original, copy).best
    assert abs(best.difference) < EVEN_WITHIN
    assert best.ratio >= PLAIN
    background, message = in_truth(best.field.profile, moved(Capture.SCAN_600, seed))
    assert abs(message / background - 1) < 0.05


@pytest.mark.parametrize("capture", [Capture.SCAN_600, Capture.SCAN_300])
def test_densities_are_those_of_the_print(capture: Capture) -> None:
    """In shares of the toner's own black, which is grey; and also where a scanner writes sRGB and not light. The model
    lays a shadow's edge over the sheet: of the fields on which it passes unseen, some are off by more."""
    as_it_is, changed = measured(600, capture, 1), measure(as_srgb(scan(600, capture, 1)))
    for sheet, tone in ((as_it_is, Tone.LINEAR), (changed, Tone.SRGB)):
        assert sheet.tone is tone
        truth = np.array([in_truth(field.profile, moved(capture, 1)) for field in sheet.plan.fields])
        found = np.array([(density.background, density.message) for density in sheet.fields])
        black = float(np.median(found[:, 1] / truth[:, 1]))
        clear = np.array([density.clear for density in sheet.fields])
        assert 0.7 < black < 1
        assert clear.mean() > 0.6
        assert np.isclose(found[clear], truth[clear] * black, rtol=0.08, atol=0.0025).mean() > 0.95


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_turned_scan_is_measured_all_the_same(quarters: int) -> None:
    picture = scan(600, Capture.SCAN_300, 1)
    upright, turned = measured(600, Capture.SCAN_300, 1), measure(np.ascontiguousarray(np.rot90(picture, quarters)))
    for one, other in zip(upright.fields, turned.fields, strict=True):
        assert other.background == pytest.approx(one.background, rel=0.02, abs=0.001)
        assert other.message == pytest.approx(one.message, rel=0.02, abs=0.001)


def flat(picture: Grey) -> Grey:
    """A sheet without a model around it, at 300 dpi."""
    height, width = picture.shape
    return np.asarray(picture.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)), dtype=np.uint8)


@pytest.fixture(scope="module")
def clean() -> Grey:
    return flat(np.where(face(plan_for(600)), 30, 245).astype(np.uint8))


@pytest.mark.parametrize(("corner", "named"), [("NW", "top left"), ("SE", "bottom right")])
def test_a_cropped_scan_says_what_is_missing(corner: str, named: str, clean: Grey) -> None:
    left, top = (number // 2 for number in CORNERS[corner])
    cropped = clean[top + 40 :, left + 40 :] if corner == "NW" else clean[: top + 40, : left + 40]
    with pytest.raises(ScanUnusable, match=rf"{named}.*uncropped"):
        measure(np.ascontiguousarray(cropped))


def test_a_covered_mark_says_where(clean: Grey) -> None:
    covered = clean.copy()
    x, y = (number // 2 for number in plan_for(600).marks[20])
    covered[y - 20 : y + 20, x - 20 : x + 20] = 245
    with pytest.raises(ScanUnusable, match=r"the mark \d+ mm from the left and \d+ mm from the top"):
        measure(covered)


def test_other_sheets_are_told_from_ours(clean: Grey) -> None:
    with pytest.raises(ScanUnusable, match="no calibration sheet"):
        measure(np.full_like(clean, 245))
    both = np.hstack((clean, flat(np.where(face(plan_for(300)), 30, 245).astype(np.uint8))))
    with pytest.raises(ScanUnusable, match="two different"):
        measure(both)
    with pytest.raises(ScanUnusable, match="too coarse"):
        measure(np.ascontiguousarray(clean[::2, ::2]))
    with pytest.raises(ScanUnusable, match="too small"):
        measure(clean[:50, :50])
    one, other = measure(clean), measure(flat(np.where(face(plan_for(300)), 30, 245).astype(np.uint8)))
    with pytest.raises(ScanUnusable, match="two different sheets"):
        propose(one, other)


def test_a_shadow_on_a_field_leaves_it_out(clean: Grey) -> None:
    shadowed = clean.copy()
    field = plan_for(600).fields[30]
    part = shadowed[: field.top // 2 + 130, : field.left // 2 + 100]
    part[:] = part * 0.7
    sheet = measure(shadowed)
    assert not sheet.fields[30].clear
    assert sheet.fields[48].clear
    assert 31 in propose(sheet, measure(clean)).unmeasured


def test_exchanged_scans_are_told() -> None:
    original, copy = measured(600, Capture.SCAN_600, 1), copy_measured(600, 1)
    with pytest.raises(ScanUnusable, match="exchanged"):
        propose(copy, original)


@pytest.mark.parametrize("dpi", [300, 200])
def test_a_coarser_printer_gets_the_best_it_can(dpi: int) -> None:
    proposal = propose(measured(dpi, Capture.SCAN_600, 1), copy_measured(dpi, 1))
    even = [each for each in proposal.judged if each.is_even]
    assert proposal.best == (max(even, key=lambda each: each.ratio) if even else proposal.best)
    assert abs(proposal.best.difference) == min(abs(each.difference) for each in proposal.judged) or even
