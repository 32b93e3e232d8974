"""Which sheets the gallery shows: every kind and option, and the hardest cases, all fictional. A name begins with its
kind, and says after it what is to be looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from certserver.demo.artwork import registered_seal
from certserver.municipality import MunicipalityProfile
from certserver.registers.damage import DamageDegree
from certserver.registers.model import HouseholdSnapshot, Resident
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.support import damage_specimens as damages
from tests.support import tax_specimens as taxes
from tests.support.damage_specimens import damage_line, of_degree
from tests.support.koseki_specimens import AYAKA, full_line, individual_line, koseki_of, supplement_line
from tests.support.koseki_specimens import HARUTO as HARUTO_RECORDED
from tests.support.koseki_specimens import KENGO as KENGO_RECORDED
from tests.support.koseki_specimens import MISAKI as MISAKI_RECORDED
from tests.support.specimens import (
    FOUR,
    HARUTO,
    KAZUKO,
    KENGO,
    MARIA,
    MISAKI,
    PROFILE,
    SAKUTARO,
    SEAL,
    SIX,
    USUAL_OPTIONS,
    household,
    residence_line,
    seal_line,
)
from tests.support.tax_specimens import tax_line

DEPUTY = replace(PROFILE, deputy_title="職務代理者　見本市副市長", mayor_name="例示　花子")
_RESIDENCE, _ITEMS = CertificateKind.RESIDENCE, CertificateKind.RESIDENCE_ITEMS
_INCOME, _NONE, _PAYMENT = CertificateKind.INCOME_TAX, CertificateKind.NON_TAXATION, CertificateKind.TAX_PAYMENT
ONE_EACH = replace(PROFILE, individual_forms=(_RESIDENCE, _ITEMS))
LONG_ADDRESS = (
    "見本県見本市見本区本町通小路上る東入る見本町一丁目二十三番地四十五"
    "　グランドメゾン見本セントラルパークタワーイーストウイング2301号室　見本太郎方"
)
NINE = household(
    *(KENGO, MISAKI, HARUTO, KAZUKO, MARIA, SAKUTARO),
    *(
        replace(HARUTO, resident_id=f"c{at}", name=f"辻\U000e0102　{name}", name_kana=f"ツジ　{kana}")
        for at, (name, kana) in enumerate({"葵": "アオイ", "蓮": "レン", "凛": "リン"}.items())
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A sheet to draw: what is ordered, and where."""

    line: EligibleLine
    profile: MunicipalityProfile = PROFILE


def _sealed(diameter_mm: float, text: str) -> HouseholdSnapshot:
    return replace(FOUR, seal=replace(SEAL, imprint=registered_seal(text, diameter_mm)))


def _named(name: str) -> Resident:
    return replace(KENGO, name=name)


def _residence() -> dict[str, Case]:
    cases = {
        "residence": Case(residence_line(FOUR)),
        "residence-no-options": Case(residence_line(FOUR, frozenset())),
        "residence-all-options": Case(residence_line(SIX, frozenset(Option))),
        "residence-one-deputy-mayor": Case(residence_line(FOUR, USUAL_OPTIONS, Scope.SELF, (KENGO,)), DEPUTY),
        "residence-part": Case(residence_line(FOUR, USUAL_OPTIONS, Scope.MEMBERS, (KENGO, HARUTO))),
        "residence-household-of-nine": Case(residence_line(NINE)),
        "residence-foreign-60-letters": Case(residence_line(household(MARIA), frozenset(Option))),
        "residence-long-values-unknown-birthday": Case(residence_line(household(SAKUTARO, address=LONG_ADDRESS))),
        "residence-variants": Case(
            residence_line(
                household(_named("葛\U000e0102葛\U000e0107邉\U000e0110邊\U000e0109辻\U000e0103　𠮷﨑\ufa19"))
            )
        ),
        "residence-individual": Case(residence_line(FOUR), ONE_EACH),
        "residence-individual-all-options": Case(residence_line(SIX, frozenset(Option)), ONE_EACH),
        "residence-items": Case(residence_line(FOUR, kind=_ITEMS)),
        "residence-items-individual": Case(residence_line(FOUR, kind=_ITEMS), ONE_EACH),
    }
    for option in Option:
        cases[f"residence-only-{option.value}"] = Case(residence_line(household(KENGO, MARIA), frozenset({option})))
    return cases


def _seals() -> dict[str, Case]:
    return {
        "seal-registration": Case(seal_line(FOUR)),
        "seal-registration-smallest": Case(seal_line(_sealed(8.1, "辻"))),
        "seal-registration-largest": Case(seal_line(_sealed(24.9, "辻健吾"))),
        "seal-registration-long-values": Case(
            seal_line(
                replace(household(MARIA, address=LONG_ADDRESS), seal=replace(SEAL, resident_id=MARIA.resident_id))
            )
        ),
    }


def _taxes() -> dict[str, Case]:
    return {
        "income-tax": Case(tax_line(_INCOME)),
        "income-tax-losses-below-zero": Case(tax_line(_INCOME, taxes.LOSSES)),
        "income-tax-nothing": Case(tax_line(_INCOME, taxes.NOTHING)),
        "income-tax-two-pages": Case(tax_line(_INCOME, taxes.MANY_ROWS)),
        "income-tax-foreign-60-letters": Case(tax_line(_INCOME, taxes.USUAL, "oliveira-maria")),
        "income-tax-long-address-deputy-mayor": Case(tax_line(_INCOME, taxes.USUAL, "watanabe-kichitaro"), DEPUTY),
        "non-taxation": Case(tax_line(_NONE, taxes.UNTAXED)),
        "non-taxation-nothing-unknown-birthday": Case(tax_line(_NONE, taxes.NOTHING, "kuroda-hana")),
        "tax-payment": Case(tax_line(_PAYMENT)),
        "tax-payment-nothing": Case(tax_line(_PAYMENT, taxes.NOTHING)),
        "tax-payment-two-pages": Case(tax_line(_PAYMENT, taxes.MANY_ROWS)),
    }


def _damages() -> dict[str, Case]:
    return {
        **{f"disaster-victim-{degree.value}": Case(damage_line(of_degree(degree))) for degree in DamageDegree},
        "disaster-victim-household-of-nine": Case(damage_line(damages.NINE)),
        "disaster-victim-three-pages": Case(damage_line(damages.THIRTY_NINE)),
        "disaster-victim-long-values": Case(damage_line(damages.LONG), DEPUTY),
    }


def _koseki() -> dict[str, Case]:
    many = koseki_of(KENGO_RECORDED, MISAKI_RECORDED, *(AYAKA, HARUTO_RECORDED) * 8)
    return {
        "koseki-full-removed-person": Case(full_line()),
        "koseki-full-many-pages-deputy-mayor": Case(full_line(many), DEPUTY),
        "koseki-individual": Case(individual_line(HARUTO_RECORDED)),
        "koseki-individual-two-persons": Case(individual_line(KENGO_RECORDED, AYAKA)),
        "koseki-supplement-without-domicile": Case(supplement_line()),
        "koseki-supplement-with-domicile": Case(supplement_line(Option.DOMICILE, Option.OVERSEAS_VOTER)),
    }


_GROUPS: tuple[Callable[[], Mapping[str, Case]], ...] = (_residence, _seals, _koseki, _taxes, _damages)


@cache
def cases() -> Mapping[str, Case]:
    """All of them by name, made once: drawing the seals and finding the persons takes longer than many a test."""
    return MappingProxyType({name: case for group in _GROUPS for name, case in group().items()})
