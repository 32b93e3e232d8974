"""What the fictional municipality holds besides residents: koseki, taxes, damages and numbers that go together."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import func, select

from certserver.demo.chance import SeededSource
from certserver.demo.damages import damages_of
from certserver.demo.koseki import PENDING, REMOVED, UNFIT, kosekis_of
from certserver.demo.load import SEED, load_demo
from certserver.demo.numbers import numbers_of
from certserver.demo.people import MUNICIPALITY, Population
from certserver.demo.places import CITY
from certserver.demo.population import generate
from certserver.demo.profile import mihon_profile
from certserver.demo.settings import fiscal_years
from certserver.demo.taxes import ELSEWHERE, UNDECLARED, UNPAID, taxes_of
from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.intake.numbers import individual_number, resident_code
from certserver.registers.damage import DamageDegree
from certserver.registers.koseki import Koseki
from certserver.registers.model import PrintedAddress
from certserver.registers.repository import read_snapshot
from certserver.registers.snapshot import Wanted
from certserver.registers.tax import TaxRecord
from certserver.rules.eligibility import kind_refusal, status_of
from certserver.storage.koseki import koseki as koseki_table
from certserver.storage.koseki import koseki_withholdings
from koufu.evidence.words import CertificateKind, RefusalReason
from tests.certserver.demo.test_demo_load import NOW, VAULT, cheap_seal
from tests.support.registers import empty_database

EVERYTHING = Wanted(koseki=True, taxes=True, damages=True, numbers=True)
YEARS = fiscal_years(date(2026, 11, 23))


@cache
def population() -> Population:
    return generate(SeededSource(SEED))


@cache
def kosekis() -> tuple[Koseki, ...]:
    return kosekis_of(population())


@cache
def taxes() -> tuple[tuple[str, TaxRecord], ...]:
    return tuple(taxes_of(population(), YEARS))


def of(resident_id: str) -> Koseki:
    return next(each for each in kosekis() if any(person.resident_id == resident_id for person in each.people))


def test_everybody_whose_domicile_is_here_is_recorded_once() -> None:
    residents = [person.resident for person in population().people()]
    here = {each.resident_id for each in residents if each.domicile is not None and each.domicile.startswith(CITY)}
    recorded = Counter(person.resident_id for each in kosekis() for person in each.people)
    assert set(recorded) == here
    assert set(recorded.values()) == {1}
    assert len({each.koseki_id for each in kosekis()}) == len(kosekis())
    assert all([p.person_id for p in each.people] == [p.person_id for p in each.supplement] for each in kosekis())


def test_spouses_are_two_or_none_and_dates_are_possible() -> None:
    for each in kosekis():
        assert sorted(person.spouse for person in each.people if person.spouse) in ([], ["夫", "妻"]), each.head
        for person in each.people:
            days = {item.label: item.day.day for event in person.events for item in event.items if item.day is not None}
            born = person.born.day
            assert days.get("出生日") == born
            for label in ("届出日", "婚姻日", "死亡日"):
                told = days.get(label)
                assert told is None or born is None or born <= told <= date(2026, 10, 1)


def test_the_hard_cases_are_there() -> None:
    assert of(UNFIT).unfit
    assert of(PENDING).pending
    assert [person.removed for person in of(REMOVED).people if person.resident_id == REMOVED] == [True]
    kengo = of("tsuji-kengo")
    assert [person.given_name for person in kengo.people] == ["健吾", "美咲", "陽翔"]
    assert [person.spouse for person in kengo.people] == ["夫", "妻", None]
    assert len(kengo.supplement[0].addresses) == 3


def test_the_sums_of_a_tax_entry_agree() -> None:
    for _, tax in taxes():
        assert tax.annual_tax == sum(payment.due for payment in tax.payments)
        assert all(payment.due == payment.paid + payment.unpaid for payment in tax.payments)
        assert tax.taxable >= 0
        assert all(each.yen >= 0 for each in (*tax.incomes, *tax.deductions, *tax.taxes))
    newest = {who: tax for who, tax in taxes() if tax.year == YEARS[1]}
    assert not newest[UNDECLARED].declared
    assert not newest[ELSEWHERE].resident_on_january_1
    assert newest[UNPAID].payments[0].unpaid > 0
    assert newest["tsuji-kengo"].annual_tax > 0
    assert newest["kuroda-hana"].annual_tax == 0


def test_each_degree_of_damage_has_a_household() -> None:
    assert {damage.degree for _, damage in damages_of(population())} == set(DamageDegree)


def test_numbers_have_their_form_and_nobody_shares_one() -> None:
    numbers = [each for _, each in numbers_of(population())]
    individual = [individual_number(each.individual_number or "") for each in numbers]
    codes = [resident_code(each.resident_code or "") for each in numbers]
    assert len(set(individual)) == len(set(codes)) == 2000


@pytest.mark.parametrize("resident_id", ["tsuji-kengo", "kasai-masato"])
def test_a_snapshot_has_what_was_loaded(tmp_path: Path, resident_id: str) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        load_demo(connection, MUNICIPALITY, NOW, VAULT, cheap_seal)
        assert connection.scalar(select(func.count()).select_from(koseki_table)) == len(kosekis())
        snapshot = read_snapshot(connection, MUNICIPALITY, resident_id, EVERYTHING, VAULT)
    database.close()
    assert snapshot is not None
    assert snapshot.koseki is not None
    assert snapshot.koseki.koseki == of(resident_id)
    assert snapshot.taxes == tuple(tax for who, tax in taxes() if who == resident_id)
    assert [each.disaster for each in snapshot.damages] == (
        ["令和8年7月見本台風"] if resident_id == "kasai-masato" else []
    )
    assert snapshot.numbers[resident_id].individual_number is not None


def test_i14_a_protected_resident_is_on_no_kind_whoever_of_the_house_orders(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        load_demo(connection, MUNICIPALITY, NOW, VAULT, cheap_seal)
        for resident_id in ("mori-sayaka", "mori-kazue", "ueda-hiroshi"):
            snapshot = read_snapshot(connection, MUNICIPALITY, resident_id, EVERYTHING, VAULT)
            assert snapshot is not None
            assert snapshot.koseki is not None
            status = status_of(snapshot)
            assert {kind_refusal(kind, status) for kind in CertificateKind} == {RefusalReason.WITHHELD}
            assert {PrintedAddress.HOUSEHOLD, PrintedAddress.SUPPLEMENT} <= snapshot.protected
        assert connection.scalar(select(func.count()).select_from(koseki_withholdings)) == 2
    database.close()


def test_every_kind_on_offer_has_its_clauses() -> None:
    profile = mihon_profile()
    for kind in CertificateKind:
        for form in forms_of(kind):
            if form.clause_source is ClauseSource.MUNICIPALITY_WHOLE_AND_PART:
                assert profile.clause(kind, whole=True)
            if form.clause_source is not ClauseSource.NATION:
                assert profile.clause(kind, whole=False)
