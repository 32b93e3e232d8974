"""Papers of the counter beside pictures that were looked at, region by region, so that a failure says what moved. Fonts
come from Debian packages, the renderer from the lock. `KOUFU_GOLDEN=write` draws the pictures anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from certserver.applications.permissions import NotHere, Site, SiteKind
from certserver.applications.places import Place, Procedure
from certserver.applications.readiness import Step
from certserver.papers.kinds import PaperKind, PaperLanguage
from certserver.papers.model import NoticePaper, PlainPaper, ReadinessPaper
from certserver.papers.press import Paper
from tests.support import sheets
from tests.support.golden_regions import Regions, kept, wrong_pixels
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

pytestmark = pytest.mark.xdist_group("papers")

GOLDEN = Path(__file__).parents[2] / "golden" / "papers"
DPI = 110
MOST_WRONG = 12
"""Pixels of a region: fewer than one digit has."""

FORM: Regions = {
    "head": (10, 8, 200, 47),
    "person": (10, 47, 156, 102),
    "photo": (156, 47, 200, 102),
    "stay, characters and braille": (10, 102, 200, 131),
    "X.509s": (10, 131, 200, 155.5),
    "photo exception and intent": (10, 155.5, 200, 176),
    "signature": (10, 176, 200, 208.5),
    "representative": (10, 208.5, 200, 247),
    "reception and foot": (10, 247, 200, 290),
}
THIRDS: Regions = {
    "above": (10, 8, 200, 100),
    "middle": (10, 100, 200, 195),
    "below": (10, 195, 200, 290),
}
STEPS_DONE = {Step.TALKS: date(2026, 1, 10), Step.CONSENT: date(2026, 2, 1), Step.TEST: date(2026, 1, 20)}
PLACES = (Site(SiteKind.MUNICIPAL_COUNTER, "", "990001"), Site(SiteKind.POST_OFFICE, "見本本町郵便局", "990001"))


def plain(kind: PaperKind) -> Paper:
    return PlainPaper(kind, TOWN, DAY)


def english(kind: PaperKind) -> Paper:
    return PlainPaper(kind, TOWN, DAY, PaperLanguage.ENGLISH)


PICTURES: dict[str, tuple[Callable[[], Paper], int, Regions]] = {
    "application-form": (lambda: application({**BRAILLE, "occasion": "renewal"}), 0, FORM),
    "application-form-long": (lambda: application(LONG, "", photo()), 0, FORM),
    "delivery-notice": (lambda: about_somebody(PaperKind.DELIVERY_NOTICE), 0, THIRDS),
    "delivery-notice-for-proxies": (lambda: about_somebody(PaperKind.DELIVERY_NOTICE), 1, THIRDS),
    "delivery-reply": (lambda: about_somebody(PaperKind.DELIVERY_NOTICE, LONG), 2, THIRDS),
    "face-care": (lambda: about_somebody(PaperKind.FACE_CARE, LONG), 0, THIRDS),
    "face-hospital": (lambda: about_somebody(PaperKind.FACE_HOSPITAL), 0, THIRDS),
    "intent-explained": (lambda: plain(PaperKind.INTENT_EXPLAINED), 0, THIRDS),
    "intent-answers-en": (lambda: english(PaperKind.INTENT_EXPLAINED), 1, THIRDS),
    "photo-explained-en": (lambda: english(PaperKind.PHOTO_EXPLAINED), 0, THIRDS),
    "pins-four-en": (lambda: english(PaperKind.PINS_EXPLAINED), 1, THIRDS),
    "where-to-go-en": (lambda: replace(guidance(*PLACES), language=PaperLanguage.ENGLISH), 0, THIRDS),
    "intent-answers": (lambda: plain(PaperKind.INTENT_EXPLAINED), 1, THIRDS),
    "letter-of-attorney": (lambda: about_somebody(PaperKind.LETTER_OF_ATTORNEY), 0, THIRDS),
    "loss-report": (lambda: about_somebody(PaperKind.LOSS_REPORT, LONG), 0, THIRDS),
    "photo-explained": (lambda: plain(PaperKind.PHOTO_EXPLAINED), 0, THIRDS),
    "photo-exceptions": (lambda: plain(PaperKind.PHOTO_EXPLAINED), 1, THIRDS),
    "pin-request": (lambda: about_somebody(PaperKind.PIN_REQUEST, LONG), 0, THIRDS),
    "pins-explained": (lambda: plain(PaperKind.PINS_EXPLAINED), 0, THIRDS),
    "pins-four": (lambda: plain(PaperKind.PINS_EXPLAINED), 1, THIRDS),
    "posted-notice": (lambda: NoticePaper(TOWN, DAY, commission()), 0, THIRDS),
    "posted-notice-intake": (
        lambda: NoticePaper(
            TOWN,
            DAY,
            commission(
                Place.POST_OFFICE_INTAKE, "見本本町二丁目ショッピングセンター内簡易郵便局", Procedure.CARD_APPLICATION
            ),
        ),
        0,
        THIRDS,
    ),
    "readiness": (
        lambda: ReadinessPaper(TOWN, DAY, "見本本町郵便局", Place.POST_OFFICE_INTAKE, STEPS_DONE),
        0,
        THIRDS,
    ),
    "where-to-go": (lambda: guidance(*PLACES), 0, THIRDS),
    "where-to-go-nowhere": (lambda: guidance(reason=NotHere.RESIDENTS_ONLY), 0, THIRDS),
}
CASES = [(name, region) for name, (_, _, regions) in PICTURES.items() for region in regions]


@cache
def seen(name: str) -> sheets.Raster:
    make, side, _ = PICTURES[name]
    return sheets.sides(drawn(make()).file, DPI)[side]


@cache
def golden(name: str) -> sheets.Raster:
    return kept(GOLDEN / f"{name}.png", seen(name))


@pytest.mark.parametrize(("name", "region"), CASES)
def test_a_region_looks_as_it_did(name: str, region: str) -> None:
    wrong = wrong_pixels(golden(name), seen(name), PICTURES[name][2][region], DPI)
    assert wrong <= MOST_WRONG, f"{region} of {name} differs in {wrong} pixels"
