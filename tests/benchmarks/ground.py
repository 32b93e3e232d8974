"""`python -m tests.benchmarks.ground`: the copy-warning ground in the model of printer and copier. First every sort of
sheet on a nominal printer, face and back, with the usual profile and the one that suits that printer; then each profile
on the printer it suits. Writes build/bench/ground.json and prints it."""

import json
import sys
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from certserver.antiforgery.ground import FIELD
from certserver.documents.forms import compose
from koufu.ground.cell import CellProfile
from koufu.ground.cells import ink
from koufu.ground.profiles import CELL_PROFILES, EVEN, FINE
from tests.gallery.cases import Case, cases
from tests.support import ground_model, paper_model, sheets
from tests.support.specimens import SEAL_DOCUMENT_NO, stamp

OUT = Path("build/bench/ground.json")
SHEETS = (
    "residence",
    "residence-individual",
    "residence-items",
    "seal-registration",
    "koseki-full-removed-person",
    "koseki-individual",
    "koseki-supplement-with-domicile",
    "income-tax",
    "non-taxation",
    "tax-payment",
    "disaster-victim-household-of-nine",
)
COPIERS = 3
"""Of the range, each seeded, for one side."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Of one side: by how much the message is darker than the background on the original (0.01: 1 %), and how many
    times as dark on copies."""

    difference: float
    ratio: float


def seen_on(side: sheets.Bits, profile: CellProfile, moved: float = 0.0) -> Seen:
    """What the model makes of a printed side; `moved` as in `ground_model`. Only cells count that hold nothing but
    ground."""
    one = np.ones((1, 1), dtype=np.bool_)
    background, message = ink(profile, one, ~one), ink(profile, ~one, one)
    across = profile.cell
    cells = _by_cells(sheets.cut(side, FIELD), across)
    masks = [(cells == pattern[None, :, None, :]).all(axis=(1, 3)) for pattern in (background, message)]
    chance = np.random.default_rng(1)
    toner = paper_model._toner(side, moved, chance)
    around, dark = _densities(toner, masks, across)
    copies = [_densities(paper_model._copied(toner, paper_model.LIMITS, chance), masks, across) for _ in range(COPIERS)]
    faded, plain = np.mean(copies, axis=0)
    return Seen(dark / around - 1, plain / max(faded, 1e-3))


def sheet(case: Case, profile: CellProfile) -> list[Seen]:
    """Face and back of the first page, with that ground."""
    at = replace(stamp(SEAL_DOCUMENT_NO), printer_profile=profile.profile_id)
    file = sheets.render(compose(case.line, case.profile), at, case.profile).file
    return [seen_on(sheets.printed_dots(file, side), profile) for side in (0, 1)]


def _by_cells(picture: npt.NDArray[np.generic], across: int) -> npt.NDArray[np.generic]:
    rows, columns = (length // across for length in picture.shape)
    return picture.reshape(rows, across, columns, across)


def _densities(toner: npt.NDArray[np.uint8], masks: list[npt.NDArray[np.bool_]], across: int) -> tuple[float, float]:
    means = _by_cells(sheets.cut(toner, FIELD), across).mean(axis=(1, 3)) / 255
    around, dark = (float(means[mask].mean()) for mask in masks)
    return around, dark


def main() -> int:
    """Measures everything; returns the exit status."""
    rows: list[dict[str, object]] = []

    def tell(**row: object) -> None:
        rows.append(row)
        print(json.dumps(row), flush=True)

    for name, profile in product(SHEETS, (FINE, EVEN)):
        for side, seen in zip(("face", "back"), sheet(cases()[name], profile), strict=True):
            tell(
                sheet=name,
                side=side,
                profile=profile.profile_id,
                difference_percent=round(100 * seen.difference, 2),
                copy_ratio=round(seen.ratio, 2),
            )
    for profile in CELL_PROFILES.values():
        moved = ground_model.own_printer(profile)
        tell(
            profile=profile.profile_id,
            suits_moved_dots=round(moved, 3),
            difference_percent=round(100 * ground_model.difference(profile, moved), 2),
            nominal_difference_percent=round(100 * ground_model.difference(profile, 0.0), 1),
            copy_ratio=round(ground_model.ratio(profile, moved), 2),
        )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
