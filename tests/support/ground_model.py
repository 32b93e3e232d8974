"""What the model of printer and copier makes of a ground's cells. `moved`: by how many dots of 600 dpi a printer's
edges lie outside of its bits; a nominal one moves none."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from koufu.ground.cell import CellProfile
from koufu.ground.cells import ink
from tests.support import paper_model
from tests.support.paper_model import LIMITS, Bits

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
