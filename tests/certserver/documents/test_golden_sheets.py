"""The sheets beside pictures that were looked at, region by region, so that a failure says what moved. Codes and number
are left out: they are read back elsewhere. Fonts come from Debian packages, the renderer from the lock.
`KOUFU_GOLDEN=write` draws the pictures anew."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from certserver.documents.forms import compose
from certserver.registers.model import HouseholdSnapshot
from certserver.stages import EligibleLine, RenderedDocument
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.support import sheets
from tests.support.damage_specimens import LONG, THIRTY_NINE, damage_line
from tests.support.golden_regions import Regions, kept, wrong_pixels
from tests.support.specimens import FOUR, KENGO, MARIA, MISAKI, PROFILE, SEAL, household, residence_line, seal_line
from tests.support.tax_specimens import LOSSES, MANY_ROWS, UNTAXED, tax_line

pytestmark = pytest.mark.xdist_group("sheets")

GOLDEN = Path(__file__).parents[2] / "golden" / "sheets"
DPI = 150
MOST_WRONG = 20
"""Pixels of a region: fewer than one digit has."""

FACE: Regions = {
    "marks above": (4, 4, 206, 14),
    "title": (60, 15, 150, 26),
    "head": (14, 26, 196, 38),
    "first person": (14, 38.5, 196, 89),
    "second person": (14, 89, 196, 138),
    "others": (14, 138, 196, 237),
    "quiet zone": (14, 252, 102, 275.5),
    "clause and date": (14, 237, 140, 252),
    "mayor and seal": (102, 244, 196, 276),
    "foot": (27, 278, 206, 283.5),
    "page": (170, 283, 206, 292),
}
INDIVIDUAL: Regions = {
    "title": (60, 15, 150, 26),
    "head": (14, 26, 196, 38),
    "person": (14, 38.5, 196, 129),
    "below": (14, 129, 196, 237),
    "clause and date": (14, 237, 140, 252),
    "mayor and seal": (102, 237, 196, 276),
    "page": (170, 283, 206, 292),
}
SEAL_FACE: Regions = {
    "marks above": (4, 4, 206, 14),
    "title": (14, 16, 196, 40),
    "imprint": (14, 43, 83.5, 113),
    "values": (82.5, 43, 196, 113),
    "address": (14, 111, 196, 127),
    "clause and date": (14, 140, 196, 178),
    "mayor and seal": (102, 188, 196, 222),
    "ground": (14, 225, 196, 276),
}
COLUMNS: Regions = {
    "marks above": (4, 4, 206, 14),
    "head": (110, 18, 196, 28),
    "labels above": (14, 29, 66, 130),
    "contents above": (66, 29, 196, 130),
    "labels below": (14, 130, 66, 239),
    "contents below": (66, 130, 196, 239),
    "clause and date": (14, 239, 140, 256),
    "mayor and seal": (102, 246, 196, 276),
    "page": (170, 283, 206, 292),
}
BACK: Regions = {
    "band": (14, 14, 196, 34),
    "box": (14, 37, 196, 86),
    "ground": (11, 87, 200, 140),
    "detection image": (11, 230, 58, 276),
    "ground below": (58, 185, 200, 276),
    "page": (170, 277, 206, 292),
}
TAX_FACE: Regions = {
    "title and year": (14, 15, 196, 36),
    "person": (14, 36, 196, 64.5),
    "incomes": (14, 65, 105.5, 163),
    "deductions": (104.5, 65, 196, 163),
    "dependants": (14, 161.5, 105.5, 220),
    "taxes": (104.5, 161.5, 196, 220),
    "remarks and end": (14, 218.5, 196, 239),
    "clause and date": (14, 238, 140, 252),
    "mayor and seal": (102, 244, 196, 276),
}
PAYMENT_FACE: Regions = {
    "title and year": (14, 15, 196, 36),
    "person": (14, 36, 196, 64.5),
    "taxes": (14, 65, 97.5, 230),
    "amounts and notes": (96.5, 65, 196, 230),
    "clause and date": (14, 238, 140, 252),
    "mayor and seal": (102, 244, 196, 276),
}
DAMAGE_FACE: Regions = {
    "title": (14, 15, 196, 34),
    "householder": (14, 34, 196, 57),
    "persons": (14, 56, 196, 122),
    "cause and place": (14, 120, 196, 144),
    "degree": (14, 143, 196, 170),
    "additional entries": (14, 168, 196, 196),
    "note": (14, 195, 196, 206),
    "clause and date": (14, 238, 140, 252),
    "mayor and seal": (102, 244, 196, 276),
}
DEPUTY = replace(PROFILE, deputy_title="職務代理者　見本市副市長", mayor_name="例示　花子")


def one_person() -> RenderedDocument:
    line = residence_line(FOUR, frozenset(), Scope.SELF, (KENGO,))
    return sheets.render(compose(line, DEPUTY), profile=DEPUTY)


def of_line(line: EligibleLine) -> Callable[[], RenderedDocument]:
    return lambda: sheets.render(compose(line, PROFILE))


def seal_of_a_foreign_resident() -> RenderedDocument:
    assert MARIA.foreign is not None
    seal = replace(SEAL, resident_id=MARIA.resident_id, name_katakana="ミホン　マリア　フェルナンダ")
    snapshot = replace(household(MARIA), seal=seal)
    return sheets.render(compose(seal_line(snapshot), PROFILE))


def with_numbers() -> RenderedDocument:
    snapshot = household(MARIA, MISAKI, householder=KENGO.name)
    items = CertificateKind.RESIDENCE_ITEMS
    return sheets.render(compose(residence_line(snapshot, frozenset(Option), kind=items), PROFILE))


def individual(snapshot: HouseholdSnapshot) -> RenderedDocument:
    profile = replace(PROFILE, individual_forms=(CertificateKind.RESIDENCE,))
    return sheets.render(compose(residence_line(snapshot, frozenset(Option)), profile), profile=profile)


PICTURES: dict[str, tuple[Callable[[], RenderedDocument], int, Regions]] = {
    "residence-face": (sheets.residence, 0, FACE),
    "residence-back": (sheets.residence, 1, BACK),
    "residence-page-2": (sheets.large_household, 2, FACE),
    "one-person-face": (one_person, 0, FACE),
    "residence-items-face": (with_numbers, 0, FACE),
    "individual-face": (lambda: individual(household(KENGO, MISAKI)), 0, INDIVIDUAL),
    "individual-last-face": (lambda: individual(household(KENGO, MARIA)), 2, INDIVIDUAL),
    "seal-foreign-face": (seal_of_a_foreign_resident, 0, SEAL_FACE),
    "seal-registration-face": (sheets.seal_registration, 0, SEAL_FACE),
    "income-tax-face": (of_line(tax_line(CertificateKind.INCOME_TAX)), 0, TAX_FACE),
    "income-tax-page-2": (of_line(tax_line(CertificateKind.INCOME_TAX, MANY_ROWS)), 2, TAX_FACE),
    "losses-face": (of_line(tax_line(CertificateKind.INCOME_TAX, LOSSES, "oliveira-maria")), 0, TAX_FACE),
    "non-taxation-face": (of_line(tax_line(CertificateKind.NON_TAXATION, UNTAXED)), 0, PAYMENT_FACE),
    "tax-payment-face": (of_line(tax_line(CertificateKind.TAX_PAYMENT)), 0, PAYMENT_FACE),
    "disaster-victim-face": (of_line(damage_line()), 0, DAMAGE_FACE),
    "disaster-victim-long-values": (of_line(damage_line(LONG)), 0, DAMAGE_FACE),
    "disaster-victim-page-2": (of_line(damage_line(THIRTY_NINE)), 2, DAMAGE_FACE),
    "koseki-face": (sheets.koseki, 0, COLUMNS),
    "koseki-page-2": (sheets.koseki, 2, COLUMNS),
    "koseki-individual-face": (sheets.koseki_individual, 0, COLUMNS),
    "supplement-face": (sheets.supplement, 0, COLUMNS),
}
CASES = [(name, region) for name, (_, _, regions) in PICTURES.items() for region in regions]


@cache
def seen(name: str) -> sheets.Raster:
    make, side, _ = PICTURES[name]
    return sheets.sides(make().file, DPI)[side]


@cache
def golden(name: str) -> sheets.Raster:
    return kept(GOLDEN / f"{name}.png", seen(name))


@pytest.mark.parametrize(("name", "region"), CASES)
def test_a_region_looks_as_it_did(name: str, region: str) -> None:
    wrong = wrong_pixels(golden(name), seen(name), PICTURES[name][2][region], DPI)
    assert wrong <= MOST_WRONG, f"{region} of {name} differs in {wrong} pixels"
