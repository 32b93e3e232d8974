"""Whether a sheet looks like a copy, from its ground. A few modelled pictures; `tests.benchmarks.paper_copies` takes
hundreds."""

from dataclasses import replace

import numpy as np
import pytest

from certserver.documents.bundles import held
from certserver.verify.ground_printed import originals
from certserver.verify.ground_seen import NOTHING_SEEN, GroundSeen, SheetLook, ground_seen
from certserver.verify.redraw import redraw
from koufu.ground.cell import CellProfile
from koufu.ground.profiles import CELL_PROFILES, COARSE, DOTS_200, FINE, USUAL
from tests.benchmarks.paper_copies import look_of, measured
from tests.support import paper_faces, sheets
from tests.support.ground_model import printed
from tests.support.paper_model import Capture

pytestmark = pytest.mark.xdist_group("sheets")

HEAVY = CELL_PROFILES["600-33"]


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_no_copy_looks_original(seed: int) -> None:
    """Of a nominal, a heavy and a weak printer."""
    assert look_of(measured(seed, Capture.PHOTOCOPY)) is SheetLook.COPY


@pytest.mark.parametrize(("seed", "capture"), [(0, Capture.PHOTO), (4, Capture.SCAN_200), (5, Capture.SCAN_300)])
def test_a_sheet_looks_original(seed: int, capture: Capture) -> None:
    assert look_of(measured(seed, capture)) is SheetLook.ORIGINAL


def test_a_sheet_with_another_ground_is_held_against_that_ground() -> None:
    assert look_of(measured(0, Capture.SCAN_300, FINE.profile_id)) is SheetLook.ORIGINAL
    assert look_of(measured(1, Capture.PHOTOCOPY, FINE.profile_id)) is SheetLook.COPY


def test_where_too_little_is_seen_nothing_is_said() -> None:
    assert NOTHING_SEEN.look() is SheetLook.CANT_TELL
    for message, background, pixels in ((0.036, 0.036, 500), (0.0, 0.0, 50_000), (0.001, 0.0, 50_000)):
        assert GroundSeen.of(USUAL, message, background, pixels).look() is SheetLook.CANT_TELL


def test_of_a_ground_that_this_version_does_not_know_nothing_is_said() -> None:
    document = sheets.residence()
    bundle = held(document.bundle.evidence).bundle
    redrawn = redraw(document.contents[0], bundle, paper_faces.fonts().typefaces(bundle))
    later = replace(redrawn, ground=replace(redrawn.ground, profile="of-a-later-version"))
    assert ground_seen(np.zeros((3508, 2480), dtype=np.float32), later) == NOTHING_SEEN


@pytest.mark.parametrize(
    ("profile", "message", "background", "look"),
    [
        (USUAL, 0.0399, 0.0392, SheetLook.ORIGINAL),
        (USUAL, 0.0691, 0.104, SheetLook.ORIGINAL),
        (USUAL, 0.0201, 0.0098, SheetLook.ORIGINAL),
        (USUAL, 0.0165, 0.0054, SheetLook.CANT_TELL),
        (USUAL, 0.0464, 0.0426, SheetLook.CANT_TELL),
        (USUAL, 0.0743, 0.0952, SheetLook.COPY),
        (USUAL, 0.0468, 0.0233, SheetLook.COPY),
        (USUAL, 0.0221, 0.0031, SheetLook.COPY),
        (USUAL, 0.0170, 0.0, SheetLook.COPY),
        (FINE, 0.056, 0.034, SheetLook.ORIGINAL),
        (USUAL, 0.056, 0.034, SheetLook.COPY),
        (HEAVY, 0.052, 0.052, SheetLook.ORIGINAL),
        (HEAVY, 0.036, 0.0, SheetLook.CANT_TELL),
        (DOTS_200, 0.06, 0.045, SheetLook.CANT_TELL),
        (DOTS_200, 0.09, 0.03, SheetLook.COPY),
    ],
)
def test_the_same_dots_are_an_original_of_one_ground_and_a_copy_of_another(
    profile: CellProfile, message: float, background: float, look: SheetLook
) -> None:
    """A weak printer shows the message on the sheet itself: nothing to accuse its holder of."""
    assert GroundSeen.of(profile, message, background, 20_000).look() is look


@pytest.mark.parametrize("profile", [USUAL, FINE, COARSE, HEAVY], ids=lambda profile: profile.profile_id)
def test_originals_are_as_dark_as_the_model_s_printers_print_them(profile: CellProfile) -> None:
    around, message = originals(profile)
    for at, moved in ((0, -0.5), (10, 0.0), (20, 0.5)):
        # Toner is mottled, full ink as well, and that is not counted here.
        assert (around[at], message[at]) == pytest.approx(printed(profile, moved, 1), rel=0.06, abs=1e-3)
