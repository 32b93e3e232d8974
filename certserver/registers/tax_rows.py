"""How tax and damage lie in rows, and come back exactly as they were (I10)."""

import json
from collections.abc import Sequence
from typing import Any

from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.model import RegisterDate
from certserver.registers.rows import Values, date_of, date_values, json_text, key_values
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord
from certserver.registers.versions import SnapshotKey
from certserver.storage.taxes import damages, tax_records

TAX_COLUMNS = tuple(
    column for column in tax_records.c if column.name not in ("municipality", "snapshot", "resident_id")
)
"""What `tax_of` wants, in this order."""

DAMAGE_COLUMNS = tuple(
    column for column in damages.c if column.name not in ("municipality", "snapshot", "household_id")
)
"""What `damage_of` wants, in this order."""


def tax_values(key: SnapshotKey, resident_id: str, tax: TaxRecord) -> Values:
    """A row of `tax_records`."""
    return {
        **key_values(key),
        "resident_id": resident_id,
        "year": tax.year,
        "name": tax.name,
        "address_on_january_1": tax.address_on_january_1,
        "resident_on_january_1": tax.resident_on_january_1,
        "declared": tax.declared,
        "incomes": _amounts_text(tax.incomes),
        "total_income": tax.total_income,
        "total_income_and_others": tax.total_income_and_others,
        "deductions": _amounts_text(tax.deductions),
        "dependants": json_text([[one.label, one.count] for one in tax.dependants]),
        "taxable": tax.taxable,
        "taxes": _amounts_text(tax.taxes),
        "payments": json_text([[one.label, one.due, one.paid, one.unpaid, one.note] for one in tax.payments]),
        **date_values("paid_as_of", tax.paid_as_of),
    }


def tax_of(row: Sequence[Any]) -> TaxRecord:
    """The year whose `TAX_COLUMNS` the row is."""
    year, name, address, resident, declared, incomes, total, total_and_others, deductions, *rest = row
    dependants, taxable, taxes, payments, paid_as_of_day, paid_as_of_text = rest
    return TaxRecord(
        year=year,
        name=name,
        address_on_january_1=address,
        resident_on_january_1=resident,
        declared=declared,
        incomes=_amounts_of(incomes),
        total_income=total,
        total_income_and_others=total_and_others,
        deductions=_amounts_of(deductions),
        dependants=tuple(Dependants(label, count) for label, count in json.loads(dependants)),
        taxable=taxable,
        taxes=_amounts_of(taxes),
        payments=tuple(TaxPayment(*payment) for payment in json.loads(payments)),
        paid_as_of=date_of(paid_as_of_day, paid_as_of_text),
    )


def annual_tax_of(taxes: str) -> int:
    """Yen of a year, from the column `taxes`."""
    return sum(amount.yen for amount in _amounts_of(taxes))


def damage_values(key: SnapshotKey, household_id: str, damage: DamageRecord) -> Values:
    """A row of `damages`."""
    return {
        **key_values(key),
        "household_id": household_id,
        "damage_id": damage.damage_id,
        "disaster": damage.disaster,
        "disaster_en": damage.disaster_en,
        "householder": damage.householder,
        "householder_address": damage.householder_address,
        "people": json_text([[person.name, person.relationship, person.age] for person in damage.people]),
        "cause": damage.cause,
        "cause_day": damage.cause_day.day,
        "cause_day_text": damage.cause_day.text,
        "place": damage.place,
        "dwelling": damage.dwelling,
        "degree": damage.degree.value,
        "additional": json_text(list(damage.additional)),
    }


def damage_of(row: Sequence[Any]) -> DamageRecord:
    """The damage whose `DAMAGE_COLUMNS` the row is."""
    damage_id, disaster, disaster_en, householder, householder_address, people, cause, cause_day, *rest = row
    cause_day_text, place, dwelling, degree, additional = rest
    return DamageRecord(
        damage_id=damage_id,
        disaster=disaster,
        disaster_en=disaster_en,
        householder=householder,
        householder_address=householder_address,
        people=tuple(AffectedPerson(*person) for person in json.loads(people)),
        cause=cause,
        cause_day=RegisterDate(cause_day, cause_day_text),
        place=place,
        dwelling=dwelling,
        degree=DamageDegree(degree),
        additional=tuple((label, text) for label, text in json.loads(additional)),
    )


def _amounts_text(amounts: tuple[Amount, ...]) -> str:
    return json_text([[amount.label, amount.yen] for amount in amounts])


def _amounts_of(text: str) -> tuple[Amount, ...]:
    return tuple(Amount(label, yen) for label, yen in json.loads(text))
