"""Every ground that an order may name, in the model of printer and copier: each suits a printer of its own, and for
each printer there is one."""

import numpy as np
import pytest

from koufu.ground.cell import CellProfile, Dots, grid, lump
from koufu.ground.profiles import CELL_PROFILES, COARSE, DOTS_200, EVEN, FINE, profiles_for
from tests.support.ground_model import difference, own_printer, printed, ratio

EVENLY, PLAIN = 0.03, 1.8

LADDER = [profile for profile in profiles_for(600) if profile.profile_id.startswith("600-")]


@pytest.mark.parametrize("profile", LADDER, ids=lambda profile: profile.profile_id)
def test_each_step_is_even_on_its_printer_and_comes_out_on_a_copy(profile: CellProfile) -> None:
    moved = own_printer(profile)
    assert abs(difference(profile, moved)) < EVENLY
    assert ratio(profile, moved) >= PLAIN
    assert 0.018 < printed(profile, moved, 1)[0] < 0.09


def test_the_even_ground_is_even_on_a_nominal_printer_and_comes_out_on_a_copy() -> None:
    assert abs(difference(EVEN, 0.0)) < EVENLY
    assert ratio(EVEN, 0.0) >= PLAIN


@pytest.mark.parametrize("moved", np.linspace(-0.5, 0.5, 19))
def test_every_printer_of_600_dpi_has_a_ground(moved: float) -> None:
    """Also one that lies between two steps."""
    nearest = sorted(LADDER, key=lambda profile: abs(difference(profile, moved, (1,))))[:2]
    assert any(abs(difference(each, moved)) < EVENLY and ratio(each, moved) >= PLAIN for each in nearest)


@pytest.mark.parametrize("moved", [-0.43, -0.29, -0.15])
def test_weak_printers_of_300_dpi_have_one_that_comes_out(moved: float) -> None:
    even = [profile for profile in profiles_for(300) if abs(difference(profile, moved, (1,))) < EVENLY]
    assert max(ratio(profile, moved) for profile in even) >= PLAIN


@pytest.mark.parametrize("dpi", [300, 200])
def test_each_of_the_coarser_steps_suits_some_printer(dpi: int) -> None:
    for profile in profiles_for(dpi):
        assert abs(difference(profile, own_printer(profile))) < EVENLY


def test_a_heavier_printer_wants_a_later_step() -> None:
    """Which is what the sheet says: before the even field the message is weaker than what surrounds it, behind it
    stronger."""
    for moved in (-0.3, 0.0, 0.3):
        differences = np.array([difference(profile, moved, (1,)) for profile in LADDER])
        even = int(np.abs(differences).argmin())
        assert (differences[: max(even - 2, 0)] < 0).all()
        assert (differences[even + 3 :] > 0).all()


def test_ids_are_names_of_one_ground_each() -> None:
    assert len(CELL_PROFILES) == 47 + 33 + 6 + 4
    assert len({(p.cell, p.background, p.message, p.resolutions) for p in CELL_PROFILES.values()}) == len(CELL_PROFILES)
    assert profiles_for(600)[-2:] == profiles_for(300)[-2:] == (FINE, COARSE)
    assert profiles_for(200)[-1] is DOTS_200
    for dpi in (600, 300, 200):
        assert all(dpi in profile.resolutions for profile in profiles_for(dpi))


def test_a_ground_that_no_printer_could_print_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        CellProfile("bad", 16, Dots(((15, 0, 2, 2),)), lump(9, 16), frozenset({600}))
    with pytest.raises(ValueError, match="between the dots"):
        CellProfile("bad", 16, grid(3, 3, 4, 16), lump(9, 16), frozenset({300}))


def test_a_lump_has_the_size_it_is_asked_for() -> None:
    for size in range(2, 50):
        bars = lump(size, 24).bars
        assert sum(width * height for _, _, width, height in bars) == size
        assert max(width for _, _, width, _ in bars) - sum(height for _, _, _, height in bars) in (-2, -1, 0, 1)
