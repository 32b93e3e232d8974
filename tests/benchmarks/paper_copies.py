"""`python -m tests.benchmarks.paper_copies`: what the check says of modelled photocopies, none of which it may call an
original, and of sheets themselves. Long; begun again, it goes on where it was. Limits are chosen on seeds below 1000,
results reported on seeds from 1000 on."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from certserver.documents.bundles import held
from certserver.documents.forms import compose
from certserver.verify.align import align
from certserver.verify.ground_seen import GroundSeen, SheetLook, ground_seen
from certserver.verify.locate import locate
from certserver.verify.redraw import redraw
from koufu.ground.profiles import CELL_PROFILES, USUAL
from tests.gallery.cases import cases
from tests.support import paper_faces, sheets
from tests.support.paper_model import Capture, take
from tests.support.specimens import stamp

OUT = Path("build/bench/copies.jsonl")
REPORTED_FROM = 1000


def main(arguments: list[str]) -> int:
    """Measures what is missing, and prints the figures; 1 when a copy was called an original."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=500, help="pictures of each capture")
    parser.add_argument("--first-seed", type=int, default=REPORTED_FROM)
    parser.add_argument("--captures", nargs="+", default=[Capture.PHOTOCOPY.value], choices=[c.value for c in Capture])
    parser.add_argument("--profile", default=USUAL.profile_id, choices=CELL_PROFILES, help="of the ground")
    parser.add_argument("--out", type=Path, default=OUT)
    wanted = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    rows = (row for row in _rows(wanted.out) if row["profile"] == wanted.profile)
    done = {(row["seed"], row["capture"]): row for row in rows}
    seeds = range(wanted.first_seed, wanted.first_seed + wanted.each)
    with wanted.out.open("a") as out:
        for seed in seeds:
            for capture in wanted.captures:
                if (seed, capture) not in done:
                    row = done[(seed, capture)] = measured(seed, Capture(capture), wanted.profile)
                    out.write(json.dumps(row) + "\n")
                    out.flush()
    worst = 0
    for capture in wanted.captures:
        looks = Counter(look_of(done[(seed, capture)]).value for seed in seeds)
        told = ", ".join(f"{look} {count}" for look, count in looks.most_common())
        print(f"{capture:10} {looks.total():4}: {told}")
        worst |= capture == Capture.PHOTOCOPY.value and looks[SheetLook.ORIGINAL.value] > 0
    return int(worst)


def measured(seed: int, capture: Capture, profile: str = USUAL.profile_id) -> dict[str, object]:
    """The ground of a sheet of the gallery (each in turn) as one picture shows it."""
    names = paper_faces.names()
    name = names[seed % len(names)]
    case = cases()[name]
    at = replace(stamp(), printer_profile=profile)
    rendered = sheets.render(compose(case.line, case.profile), at, case.profile)
    page = int(np.random.default_rng(seed).integers(len(rendered.contents)))
    bundle = held(rendered.bundle.evidence).bundle
    redrawn = redraw(rendered.contents[page], bundle, paper_faces.fonts().typefaces(bundle))
    raster = take(sheets.printed_dots(rendered.file, 2 * page), capture, seed).raster
    located = locate(raster)
    row: dict[str, object] = {"seed": seed, "capture": capture.value, "profile": profile}
    row |= {"sheet": name, "page": page}
    if located is None:
        return row
    seen = ground_seen(align(redrawn.expected, raster, located).seen, redrawn)
    return row | {"message": seen.message, "background": seen.background, "pixels": seen.pixels}


def look_of(row: dict[str, object]) -> SheetLook:
    """What a sheet is called for what was measured."""
    if "pixels" not in row:
        return SheetLook.CANT_TELL
    message, background = (float(str(row[name])) for name in ("message", "background"))
    profile = CELL_PROFILES[str(row["profile"])]
    return GroundSeen.of(profile, message, background, int(str(row["pixels"]))).look()


def _rows(file: Path) -> Iterator[dict[str, object]]:
    if file.exists():
        for line in file.read_text().splitlines():
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
