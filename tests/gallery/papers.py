"""Draws every paper of the counter for people to look at, a PDF each and a picture of each side: `python -m
tests.gallery.papers FOLDER`. Fictional data only."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from certserver.applications.permissions import Site, SiteKind
from certserver.applications.places import Place
from certserver.papers.kinds import PAPERS, About, PaperKind
from certserver.papers.model import NoticePaper, PlainPaper, ReadinessPaper
from certserver.papers.press import Paper
from tests.support import sheets
from tests.support.papers import (
    BRAILLE,
    DAY,
    LONG,
    TOWN,
    about_somebody,
    application,
    commission,
    drawn,
    guidance,
    photo,
)

DPI = 150
PLACES = (Site(SiteKind.MUNICIPAL_COUNTER, "", "990001"), Site(SiteKind.POST_OFFICE, "見本本町郵便局", "990001"))


def papers() -> Mapping[str, Paper]:
    """Each kind at least once, by name."""
    found: dict[str, Paper] = {
        "application-form": application(BRAILLE),
        "application-form-long": application(LONG, photo=photo()),
        "posted-notice": NoticePaper(TOWN, DAY, commission()),
        "readiness": ReadinessPaper(TOWN, DAY, "見本本町郵便局", Place.POST_OFFICE_INTAKE, {}),
        "where-to-go": guidance(*PLACES),
    }
    for kind, row in PAPERS.items():
        if row.about is About.NOBODY:
            found[kind.value] = PlainPaper(kind, TOWN, DAY)
        elif row.about is About.APPLICATION and kind is not PaperKind.APPLICATION_FORM:
            found[kind.value] = about_somebody(kind)
    return found


def draw(folder: Path) -> int:
    """Draws all of them; returns how many. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = papers()
    for name, paper in made.items():
        file = drawn(paper).file
        (folder / f"{name}.pdf").write_bytes(file)
        for at, side in enumerate(sheets.sides(file, DPI)):
            picture = Image.fromarray(side).quantize(16)
            picture.save(folder / f"{name}-{at // 2 + 1}-{'back' if at % 2 else 'face'}.png", optimize=False)
    return len(made)


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    draw(arguments.parse_args().folder)
