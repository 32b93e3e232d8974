"""`python -m tests.benchmarks.ocr [NAME...]`: what tesseract reads right of each face of the gallery with its ground
and without, printed by the model's nominal printer and seen at 300 dpi, after the same filter of specks (target: less
than 1 % lost). Resumable: build/bench/ocr.json keeps what was read."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import cv2
import numpy as np

from certserver.documents.forms import compose
from koufu.evidence.content import PageContent
from tests.gallery.cases import cases
from tests.support import paper_model, sheets

OUT = Path("build/bench/ocr.json")
SPECK_PIXELS = 6
SEEN = (2480, 3508)
_LARGEST_DOT, _DOT_SIDE = 28, 6
"""Dots of 600 dpi: nothing of the ground is larger."""


def read_right(content: PageContent, face: sheets.Bits) -> int:
    """How many of the page's characters tesseract reads, wherever it sees them."""
    toner = paper_model._toner(face, 0.0, np.random.default_rng(1))
    seen = without_specks(np.asarray(255 - cv2.resize(toner, SEEN, interpolation=cv2.INTER_AREA), dtype=np.uint8))
    said = Counter("".join(entry.label + entry.text for entry in content.entries).replace("\u3000", ""))
    return sum((said & Counter(_tesseract(seen))).values())


def without_specks(grey: sheets.Raster) -> sheets.Raster:
    """Without what is smaller than a speck."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((grey < 128).astype(np.uint8), connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < SPECK_PIXELS
    small[0] = False
    return np.where(small[labels], np.uint8(sheets.WHITE), grey)


def without_ground(face: sheets.Bits) -> sheets.Bits:
    """Without any dot that could be the ground's."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(face.astype(np.uint8), connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    small = (stats[:, cv2.CC_STAT_AREA] <= _LARGEST_DOT) & (sides <= _DOT_SIDE)
    small[0] = False
    return np.asarray(face & ~small[labels], dtype=np.bool_)


def _tesseract(grey: sheets.Raster) -> str:
    _, picture = cv2.imencode(".png", grey)
    read = subprocess.run(
        ["tesseract", "-", "-", "-l", "jpn", "--dpi", "300", "--psm", "11"],
        input=picture.tobytes(),
        capture_output=True,
        check=True,
    )
    return "".join(read.stdout.decode().split())


def main(names: list[str]) -> int:
    """Reads every face that was not read yet; returns the exit status."""
    rows: dict[str, dict[str, int]] = json.loads(OUT.read_text()) if OUT.exists() else {}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    for name, case in cases().items():
        if names and name not in names:
            continue
        rendered = sheets.render(compose(case.line, case.profile), profile=case.profile)
        for page, content in enumerate(rendered.contents):
            key = f"{name}-{page + 1}"
            if key in rows:
                continue
            face = sheets.printed_dots(rendered.file, 2 * page)
            rows[key] = {"without": read_right(content, without_ground(face)), "with": read_right(content, face)}
            print(key, rows[key], flush=True)
            OUT.write_text(json.dumps(rows, indent=2) + "\n")
    without, read = (sum(row[which] for row in rows.values()) for which in ("without", "with"))
    print(f"{len(rows)} faces: {100 * (without - read) / max(without, 1):.2f} % lost of {without} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
