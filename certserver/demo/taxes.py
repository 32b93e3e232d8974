"""Tax entries for the fictional population: several fiscal years of every adult, each year's from the same few facts of
the person. Rates and deductions are rounded guesses; only that the sums agree matters here."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from certserver.demo.people import DemoHousehold, Population
from certserver.registers.model import RegisterDate, Resident
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord

UNDECLARED = "katsuragi-yui"
"""Who declared nothing for the newest year."""

ELSEWHERE = "watanabe-chieko"
"""Who lived elsewhere on 1 January of the newest year."""

UNPAID = "tsuji-misaki"
"""Who has not paid everything yet."""

_ADULT = 20
_PENSION_AGE = 65
_BASIC = 430_000
_CITY_SHARE = 60
_PER_CAPITA = (("市民税　均等割", 3_000), ("県民税　均等割", 1_000), ("森林環境税", 1_000))
_UNTAXED_BELOW = 450_000
_RESIDENT_TAX = "市民税・県民税"


def taxes_of(population: Population, years: tuple[int, ...]) -> Iterator[tuple[str, TaxRecord]]:
    """(resident id, entry) of every adult and fiscal year; `years` newest first, the first of them not on offer yet."""
    for household in population.households:
        for person in household.people:
            for year in years:
                record = _record(household, person.resident, year, newest=year == years[1])
                if record is not None:
                    yield person.resident.resident_id, record


def _record(household: DemoHousehold, resident: Resident, year: int, *, newest: bool) -> TaxRecord | None:
    first = date(year, 1, 1)
    age = first.year - (resident.born.day.year if resident.born.day else 1945)
    gone = (resident.died and resident.died < first) or (resident.moved_out and resident.moved_out < first)
    since = resident.resident_since.day
    if age < _ADULT or gone or (since is not None and since > first):
        return None
    incomes = _incomes(resident, year, age)
    total = max(0, sum(income.yen for income in incomes if income.label.endswith("所得") or "雑" in income.label))
    deductions = _deductions(total)
    taxable = max(0, total - sum(deduction.yen for deduction in deductions)) // 1000 * 1000
    taxes = _taxes(taxable, total)
    due = sum(tax.yen for tax in taxes)
    paid = due // 2 // 100 * 100 if resident.resident_id == UNPAID and newest else due
    return TaxRecord(
        year=year,
        name=resident.name,
        address_on_january_1=household.household.address,
        resident_on_january_1=not (newest and resident.resident_id == ELSEWHERE),
        declared=not (newest and resident.resident_id == UNDECLARED),
        incomes=incomes,
        total_income=total,
        total_income_and_others=total,
        deductions=deductions,
        dependants=tuple(Dependants(label, 0) for label in ("一般", "特定", "老人", "16歳未満", "障害者")),
        taxable=taxable,
        taxes=taxes,
        payments=(TaxPayment(_RESIDENT_TAX, due, paid, due - paid, "" if paid == due else "納期限前の期別を含む"),),
        paid_as_of=RegisterDate(date(year, 9, 30)),
    )


def _incomes(resident: Resident, year: int, age: int) -> tuple[Amount, ...]:
    earned = _chance(resident, year) % 700
    if age >= _PENSION_AGE:
        pension = 780_000 + earned * 1_000
        return (Amount("公的年金等収入", pension), Amount("雑所得（公的年金等）", max(0, pension - 1_100_000)))
    if age < _ADULT + 3 or (earned < 60 and resident.relationship != "世帯主"):
        return (Amount("給与収入", earned * 1_000), Amount("給与所得", max(0, earned * 1_000 - 650_000)))
    salary = 2_400_000 + earned * 8_000
    return (Amount("給与収入", salary), Amount("給与所得", salary * 7 // 10 // 1000 * 1000))


def _deductions(total: int) -> tuple[Amount, ...]:
    insured = total * 14 // 100
    return (
        Amount("社会保険料控除", insured),
        Amount("生命保険料控除", 28_000 if total > _UNTAXED_BELOW else 0),
        Amount("基礎控除", _BASIC),
    )


def _taxes(taxable: int, total: int) -> tuple[Amount, ...]:
    if total < _UNTAXED_BELOW:
        levied, per_capita = 0, tuple((label, 0) for label, _ in _PER_CAPITA)
    else:
        levied, per_capita = taxable // 10, _PER_CAPITA
    city = levied * _CITY_SHARE // 100 // 100 * 100
    prefecture = (levied - levied * _CITY_SHARE // 100) // 100 * 100
    fixed = tuple(Amount(label, yen) for label, yen in per_capita)
    return (Amount("市民税　所得割", city), fixed[0], Amount("県民税　所得割", prefecture), *fixed[1:])


def _chance(resident: Resident, year: int) -> int:
    return int(sha256(f"{resident.resident_id}/{year}".encode()).hexdigest()[:8], 16)
