"""Every ground that an order may name, in the model of printer and copier: each suits a printer of its own, and for
each printer there is one."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from koufu.ground.cell import CellProfile, Dots, grid, lump
from koufu.ground.cells import ink
from koufu.ground.profiles import CELL_PROFILES, COARSE, DOTS_200, FINE, profiles_for
from tests.support import paper_model
from tests.support.paper_model import LIMITS, Bits

EVEN, PLAIN = 0.03, 1.8
SIDE = 432
SEEDS = (1, 2, 3)


@cache
def patches(profile: CellProfile) -> tuple[Bits, Bits]:
    """Background and message alone."""
    cells = np.ones((SIDE // profile.cell,) * 2, dtype=np.bool_)
    return ink(profile, cells, ~cells), ink(profile, ~cells, cells)


def printed(profile: CellProfile, moved: float, seed: int) -> tuple[float, float]:
    """How dark background and message are on the original."""
    chance = np.random.default_rng(seed)
    background, message = (paper_model._toner(patch, moved, chance).mean() / 255 for patch in patches(profile))
    return float(background), float(message)


def copied(profile: CellProfile, moved: float, seed: int) -> tuple[float, float]:
    """The same on a copy, with the copier's dots lying each way over the print's, over the whole range of copiers."""
    found = []
    for patch in patches(profile):
        chance = np.random.default_rng(seed)
        toner = paper_model._toner(patch, moved, chance)
        copies = [
            paper_model._copied(np.roll(toner, (shift, shift), (0, 1)), LIMITS, chance)[24:-24, 24:-24].mean() / 255
            for shift in (0, 1)
            for _ in range(3)
        ]
        found.append(float(np.mean(copies)))
    return found[0], found[1]


def difference(profile: CellProfile, moved: float, seeds: Sequence[int] = SEEDS) -> float:
    """Of the message, as a share of the background; the largest of the seeds."""
    found = [printed(profile, moved, seed) for seed in seeds]
    return max((message / max(background, 1e-3) - 1 for background, message in found), key=abs)


def ratio(profile: CellProfile, moved: float) -> float:
    copies = np.array([copied(profile, moved, seed) for seed in SEEDS]).mean(axis=0)
    return float(copies[1] / max(copies[0], 1e-3))


def own_printer(profile: CellProfile) -> float:
    """The one on which it is evenest; small dots grow faster than large ones, so that there is one such."""
    weakest, heaviest = -0.52, 0.52
    for _ in range(9):
        middle = (weakest + heaviest) / 2
        if difference(profile, middle, (1,)) > 0:
            weakest = middle
        else:
            heaviest = middle
    return (weakest + heaviest) / 2


LADDER = [profile for profile in profiles_for(600) if profile.profile_id.startswith("600-")]


@pytest.mark.parametrize("profile", LADDER, ids=lambda profile: profile.profile_id)
def test_each_step_is_even_on_its_printer_and_comes_out_on_a_copy(profile: CellProfile) -> None:
    moved = own_printer(profile)
    assert abs(difference(profile, moved)) < EVEN
    assert ratio(profile, moved) >= PLAIN
    assert 0.018 < printed(profile, moved, 1)[0] < 0.09


@pytest.mark.parametrize("moved", np.linspace(-0.5, 0.5, 19))
def test_every_printer_of_600_dpi_has_a_ground(moved: float) -> None:
    """Also one that lies between two steps."""
    nearest = sorted(LADDER, key=lambda profile: abs(difference(profile, moved, (1,))))[:2]
    assert any(abs(difference(each, moved)) < EVEN and ratio(each, moved) >= PLAIN for each in nearest)


@pytest.mark.parametrize("moved", [-0.43, -0.29, -0.15])
def test_weak_printers_of_300_dpi_have_one_that_comes_out(moved: float) -> None:
    even = [profile for profile in profiles_for(300) if abs(difference(profile, moved, (1,))) < EVEN]
    assert max(ratio(profile, moved) for profile in even) >= PLAIN


@pytest.mark.parametrize("dpi", [300, 200])
def test_each_of_the_coarser_steps_suits_some_printer(dpi: int) -> None:
    for profile in profiles_for(dpi):
        assert abs(difference(profile, own_printer(profile))) < EVEN


def test_a_heavier_printer_wants_a_later_step() -> None:
    """Which is what the sheet says: before the even field the message is weaker than what surrounds it, behind it
    stronger."""
    for moved in (-0.3, 0.0, 0.3):
        differences = np.array([difference(profile, moved, (1,)) for profile in LADDER])
        even = int(np.abs(differences).argmin())
        assert (differences[: max(even - 2, 0)] < 0).all()
        assert (differences[even + 3 :] > 0).all()


def test_ids_are_names_of_one_ground_each() -> None:
    assert len(CELL_PROFILES) == 47 + 33 + 6 + 3
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
