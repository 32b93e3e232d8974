"""`python -m tests.benchmarks.paper`: how well faces are compared with what they must be, in modelled pictures of every
sheet of the gallery, per class. Long; begun again, it goes on where it was. Thresholds are chosen on seeds below 1000,
results reported on seeds from 1000 on."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from certserver.verify.compare import Compared, compare
from certserver.verify.locate import locate
from certserver.verify.redraw import area_of
from tests.support import paper_faces
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_model import Bits, Capture, Grey, take

OUT = Path("build/bench/paper.jsonl")
REPORTED_FROM = 1000
NEAR_MM = 1.0
"""How near to what was changed a difference counts as found there."""

SWAPPED = "swapped"
"""What is answered when another page of the same document is taken for this one, as if its code said so."""

AUGRAPHY = "augraphy"
CAPTURES = (Capture.SCAN_300.value, Capture.PHOTO.value, Capture.SCAN_200.value, Capture.SCAN_600.value, AUGRAPHY)
SETS: tuple[tuple[Forgery, ...], ...] = (
    (),
    (Forgery.DIGIT, Forgery.CHARACTER, Forgery.VARIANT, Forgery.SEAL),
    (Forgery.LINE,),
)
"""What is done to a face before its picture is taken: nothing; several forgeries in places of their own, which spares
pictures and makes it no easier; a line erased."""


def main(arguments: list[str]) -> int:
    """Measures what is missing, and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=30, help="pictures of each class")
    parser.add_argument("--first-seed", type=int, default=REPORTED_FROM)
    parser.add_argument("--captures", nargs="+", default=CAPTURES[:3], choices=CAPTURES)
    parser.add_argument("--sets", nargs="+", type=int, default=range(len(SETS)), choices=range(len(SETS)))
    parser.add_argument("--out", type=Path, default=OUT)
    wanted = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    done = {_key(row): row for row in _rows(wanted.out)}
    seeds = range(wanted.first_seed, wanted.first_seed + wanted.each)
    with wanted.out.open("a") as out:
        for seed in seeds:
            for capture in wanted.captures:
                for at in wanted.sets:
                    if (seed, capture, at) in done:
                        continue
                    row = _measured(seed, capture, at)
                    done[(seed, capture, at)] = row
                    out.write(json.dumps(row) + "\n")
                    out.flush()
    _print([row for (seed, capture, _), row in done.items() if seed in seeds and capture in wanted.captures])
    return 0


def _rows(file: Path) -> Iterator[dict[str, object]]:
    if file.exists():
        for line in file.read_text().splitlines():
            yield json.loads(line)


def _key(row: dict[str, object]) -> tuple[object, object, object]:
    return row["seed"], row["capture"], row["set"]


def _measured(seed: int, capture: str, at: int) -> dict[str, object]:
    """One picture, taken and compared."""
    rng = np.random.default_rng([seed, at])
    names = paper_faces.names()
    # Each sheet in turn: the same for all captures and sets of a seed, so that it is drawn once.
    name = names[seed % len(names)]
    page = int(np.random.default_rng(seed).integers(paper_faces.pages(name)))
    face = paper_faces.face(name, page)
    bits, places = face.printed, {}
    for kind in SETS[at]:
        forged = forge(face, kind, rng, bits)
        # What is not signed (individual numbers) is not compared, and no forgery of the check's to find.
        if forged is not None and not any(named.area.meets(area_of(forged.box)) for named in face.expected.private):
            bits, places[kind.value] = forged.printed, area_of(forged.box)
    raster = _picture(bits, capture, seed)
    began = time.process_time()
    located = locate(raster)
    compared = None if located is None else compare(face.expected, raster, located)
    seconds = time.process_time() - began
    row: dict[str, object] = {"seed": seed, "capture": capture, "set": at, "sheet": name, "page": page}
    row |= {"cpu_s": round(seconds, 2), "answer": _answer(compared)}
    pages = paper_faces.pages(name)
    if not SETS[at] and pages > 1 and located is not None:
        other = paper_faces.face(name, (page + 1) % pages)
        row[SWAPPED] = _answer(compare(other.expected, raster, located))
    if compared is not None:
        areas = [difference.area for difference in compared.differences]
        row["found"] = {kind: any(place.meets(area, NEAR_MM) for area in areas) for kind, place in places.items()}
        row["elsewhere"] = [
            [round(edge, 1) for edge in (area.left, area.top, area.right, area.bottom)]
            for area in areas
            if not any(place.meets(area, NEAR_MM) for place in places.values())
        ][:5]
    else:
        row["found"] = dict.fromkeys(places, False)
    return row


def _picture(bits: Bits, capture: str, seed: int) -> Grey:
    if capture == AUGRAPHY:
        from tests.support import paper_augraphy

        return paper_augraphy.take(bits, seed)
    return take(bits, Capture(capture), seed).raster


def _answer(compared: Compared | None) -> str:
    if compared is None:
        return "not-located"
    if compared.poor is not None:
        return compared.poor.value
    return "altered" if compared.differences else "as-issued"


def _print(rows: list[dict[str, object]]) -> None:
    for capture in CAPTURES:
        of_capture = [row for row in rows if row["capture"] == capture]
        untouched = Counter(str(row["answer"]) for row in of_capture if row["set"] == 0)
        if untouched:
            total = untouched.total()
            told = ", ".join(f"{answer} {count}" for answer, count in untouched.most_common())
            print(f"{capture:10} untouched  {untouched['as-issued'] / total:7.1%} as issued of {total:4} ({told})")
        for kind in Forgery:
            found = [row["found"][kind.value] for row in of_capture if kind.value in row["found"]]  # type: ignore[index,operator]
            if found:
                print(f"{capture:10} {kind.value:10} {sum(found) / len(found):7.1%} found of {len(found):4}")
        swapped = Counter(str(row[SWAPPED]) for row in of_capture if SWAPPED in row)
        if swapped:
            told = ", ".join(f"{answer} {count}" for answer, count in swapped.most_common())
            print(f"{capture:10} page for another page: {told}")
        seconds = sorted(float(str(row["cpu_s"])) for row in of_capture)
        if seconds:
            print(f"{capture:10} CPU a face: median {seconds[len(seconds) // 2]:.2f} s, most {seconds[-1]:.2f} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
