"""Draws every sheet for people to look at, a PDF each and a picture of each side: `python -m tests.gallery.sheets
FOLDER [NAME...]`. Fictional data only."""

from argparse import ArgumentParser
from pathlib import Path

from PIL import Image

from certserver.documents.forms import compose
from tests.gallery.cases import cases
from tests.support import sheets

DPI = 150


def draw(folder: Path, wanted: tuple[str, ...]) -> int:
    """Draws the sheets whose names begin with a wanted one (all without any); returns how many documents. Raises
    `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = 0
    for name, case in cases().items():
        if wanted and not name.startswith(wanted):
            continue
        file = sheets.render(compose(case.line, case.profile), profile=case.profile).file
        (folder / f"{name}.pdf").write_bytes(file)
        for at, side in enumerate(sheets.sides(file, DPI)):
            picture = Image.fromarray(side).quantize(16)
            picture.save(folder / f"{name}-{at // 2 + 1}-{'back' if at % 2 else 'face'}.png", optimize=False)
        drawn += 1
    return drawn


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("wanted", nargs="*", metavar="name")
    asked = arguments.parse_args()
    draw(asked.folder, tuple(asked.wanted))
