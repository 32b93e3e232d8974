"""`python -m tests.benchmarks.paper`: how well faces are compared with what they must be, in modelled pictures of every
sheet of the gallery, per class. Long; begun again, it goes on where it was, on another machine too: what `--keep` put
into the repository is not measured again, unless the check is another one by now. Thresholds are chosen on seeds below
1000, results reported on seeds from 1000 on."""

import argparse
import ast
import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from certserver.verify.compare import Compared, compare
from certserver.verify.expected import area_of
from certserver.verify.locate import locate
from tests.support import paper_faces
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_model import Bits, Capture, Grey, take

OUT = Path("build/bench/paper.jsonl")
KEPT = Path(__file__).with_name("paper-reported.jsonl.gz")
"""Rows of reported seeds, as far as the long campaign has come."""

ROOT = Path(__file__).parents[2]
CHECK, SUPPORT = "certserver/verify", "tests/support"
PICTURES = "paper_*.py"
"""What a row depends on: the check, and of the support of tests what makes the pictures."""

REPORTED_FROM = 1000
NEAR_MM = 1.0
"""How near to what was changed a difference counts as found there."""

NO_PLACE, UNSIGNED = "no such place on the face", "not signed"
"""Why a forgery is left out."""

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
    parser.add_argument("--each", type=int, default=300, help="pictures of each class")
    parser.add_argument("--first-seed", type=int, default=REPORTED_FROM)
    parser.add_argument("--captures", nargs="+", default=CAPTURES[:3], choices=CAPTURES)
    parser.add_argument("--sets", nargs="+", type=int, default=range(len(SETS)), choices=range(len(SETS)))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--keep", action="store_true", help="measure nothing; keep what --out has, in the repository")
    wanted = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    check = check_in_force()
    rows = (*_kept(), *_rows(wanted.out))
    done = {_key(row): row for row in rows if row["check"] == check}
    if wanted.keep:
        _keep(done.values())
        return 0
    seeds = range(wanted.first_seed, wanted.first_seed + wanted.each)
    with wanted.out.open("a") as out:
        for seed in seeds:
            for capture in wanted.captures:
                for at in wanted.sets:
                    if (seed, capture, at) in done:
                        continue
                    row = _measured(seed, capture, at) | {"check": check}
                    done[(seed, capture, at)] = row
                    out.write(json.dumps(row) + "\n")
                    out.flush()
    _print([row for (seed, _, _), row in done.items() if seed in seeds], wanted.captures)
    return 0


def check_in_force() -> str:
    """Tells what a row depends on from what it would be with other code; words in comments make no other check."""
    files = (*sorted((ROOT / CHECK).glob("*.py")), *sorted((ROOT / SUPPORT).glob(PICTURES)))
    trees = (f"{file.name} {ast.dump(ast.parse(file.read_text()))}" for file in files)
    return hashlib.sha256("\n".join(trees).encode()).hexdigest()[:12]


def _kept() -> list[dict[str, Any]]:
    if not KEPT.exists():
        return []
    return [json.loads(line) for line in gzip.decompress(KEPT.read_bytes()).decode().splitlines()]


def _keep(rows: Iterable[dict[str, Any]]) -> None:
    reported = sorted((row for row in rows if row["seed"] >= REPORTED_FROM), key=lambda row: str(_key(row)))
    lines = "".join(json.dumps(row) + "\n" for row in reported)
    KEPT.write_bytes(gzip.compress(lines.encode(), mtime=0))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """What was measured before. Whoever stopped it may have torn the last line: that one is measured again."""
    if not file.exists():
        return
    whole, _, torn = file.read_text().rpartition("\n")
    if torn:
        file.write_text(whole + "\n" if whole else "")
    for line in whole.splitlines():
        yield json.loads(line)


def _key(row: dict[str, Any]) -> tuple[object, object, object]:
    return row["seed"], row["capture"], row["set"]


def _measured(seed: int, capture: str, at: int) -> dict[str, Any]:
    """One picture, taken and compared."""
    rng = np.random.default_rng([seed, at])
    names = paper_faces.names()
    # Each sheet in turn: the same for all captures and sets of a seed, so that it is drawn once.
    name = names[seed % len(names)]
    page = int(np.random.default_rng(seed).integers(paper_faces.pages(name)))
    face = paper_faces.face(name, page)
    bits, places, left_out = face.printed, {}, {}
    for kind in SETS[at]:
        forged = forge(face, kind, rng, bits)
        if forged is None:
            left_out[kind.value] = NO_PLACE
            continue
        # What is not signed (individual numbers) is not compared, and no forgery of the check's to find.
        unsigned = [named.name for named in face.expected.private if named.area.meets(area_of(forged.box))]
        if unsigned:
            left_out[kind.value] = f"{UNSIGNED}: {_field(unsigned[0])}"
            continue
        bits, places[kind.value] = forged.printed, area_of(forged.box)
    began = time.process_time()
    raster = _picture(bits, capture, seed)
    taken = time.process_time() - began
    began = time.process_time()
    located = locate(raster)
    compared = None if located is None else compare(face.expected, raster, located)
    seconds = time.process_time() - began
    row: dict[str, Any] = {"seed": seed, "capture": capture, "set": at, "sheet": name, "page": page}
    row |= {"cpu_s": round(seconds, 2), "picture_cpu_s": round(taken, 2), "answer": _answer(compared)}
    row["left_out"] = left_out
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


def _field(entry: str) -> str:
    """An entry's name without its number."""
    return entry.rpartition(".")[2]


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


def _print(rows: list[dict[str, Any]], captures: Sequence[str]) -> None:
    """A line for each class of each capture: how many there are, found where they are, taken for as issued, and in
    pictures that were called unreadable. Of several forgeries in a picture each counts alone: what is not found is
    taken for as issued, though others betray the sheet."""
    print(f"{'capture':10} {'class':12} {'of':>5} {'right':>7} {'wrong':>7} {'unread.':>7}  right is")
    for capture in captures:
        of_capture = [row for row in rows if row["capture"] == capture]
        untouched = [row["answer"] for row in of_capture if row["set"] == 0]
        _line(capture, "untouched", untouched, "as-issued", "altered")
        for kind in Forgery:
            forged = [row for row in of_capture if kind.value in row["found"]]
            _line(capture, kind.value, [_told(row, kind) for row in forged], "found", "missed")
        _line(capture, "other page", [row[SWAPPED] for row in of_capture if SWAPPED in row], "altered", "as-issued")
    left_out = Counter(f"{kind}, {why}" for row in rows for kind, why in row.get("left_out", {}).items())
    for why, count in sorted(left_out.items()):
        print(f"left out: {count} of {why}")
    for capture in captures:
        of_capture = [row for row in rows if row["capture"] == capture]
        for what, key in (("a check", "cpu_s"), ("a picture", "picture_cpu_s")):
            seconds = sorted(row[key] for row in of_capture if key in row)
            if seconds:
                median = seconds[len(seconds) // 2]
                print(f"{capture:10} CPU of {what}: median {median:.2f} s, most {seconds[-1]:.2f} s")


def _told(row: dict[str, Any], kind: Forgery) -> str:
    if row["found"][kind.value]:
        return "found"
    return "missed" if row["answer"] in ("as-issued", "altered") else str(row["answer"])


def _line(capture: str, name: str, answers: Sequence[str], right: str, wrong: str) -> None:
    if not answers:
        return
    counts, total = Counter(answers), len(answers)
    shares = [counts[right] / total, counts[wrong] / total, 1 - (counts[right] + counts[wrong]) / total]
    others = ", ".join(f"{answer} {count}" for answer, count in counts.most_common() if answer not in (right, wrong))
    told = " ".join(f"{share:7.1%}" for share in shares)
    print(f"{capture:10} {name:12} {total:5} {told}  {right}{f' ({others})' if others else ''}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
