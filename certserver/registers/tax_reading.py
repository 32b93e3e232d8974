"""Reads a resident's tax and a household's damage from a snapshot it is given, and what of them can forbid a document.
Every change of them moves the version of the household."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from certserver.registers.damage import DamageRecord
from certserver.registers.model import TaxStatus
from certserver.registers.tax import TaxRecord
from certserver.registers.tax_rows import DAMAGE_COLUMNS, TAX_COLUMNS, annual_tax_of, damage_of, tax_of
from certserver.registers.versions import InForce
from certserver.storage.statements import Query
from certserver.storage.taxes import damages, tax_records

_OF_RESIDENT = (
    tax_records.c.municipality == bindparam("of_municipality"),
    tax_records.c.snapshot == bindparam("of_snapshot"),
    tax_records.c.resident_id == bindparam("of_resident"),
)
_OF_HOUSEHOLD = (
    damages.c.municipality == bindparam("of_municipality"),
    damages.c.snapshot == bindparam("of_snapshot"),
    damages.c.household_id == bindparam("of_household"),
)
_TAXES = Query(select(*TAX_COLUMNS).where(*_OF_RESIDENT).order_by(tax_records.c.year.desc()))
_TAX_STATUS = Query(
    select(tax_records.c.year, tax_records.c.resident_on_january_1, tax_records.c.declared, tax_records.c.taxes)
    .where(*_OF_RESIDENT)
    .order_by(tax_records.c.year.desc())
)
_DAMAGES = Query(select(*DAMAGE_COLUMNS).where(*_OF_HOUSEHOLD))
_HAS_DAMAGE = Query(select(damages.c.damage_id).where(*_OF_HOUSEHOLD).limit(1))

STATEMENTS = (_TAXES, _TAX_STATUS, _DAMAGES, _HAS_DAMAGE)
"""Every statement, for whoever checks that each is found by its key."""


def taxes_of(connection: Connection, in_force: InForce, resident_id: str) -> tuple[TaxRecord, ...]:
    """A resident's years, newest first."""
    asked = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, "of_resident": resident_id}
    return tuple(tax_of(row) for row in _TAXES.all(connection, asked))


def tax_status_of(connection: Connection, in_force: InForce, resident_id: str) -> tuple[TaxStatus, ...]:
    """What of a resident's years can forbid a document, newest first."""
    asked = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, "of_resident": resident_id}
    rows = _TAX_STATUS.all(connection, asked)
    return tuple(TaxStatus(year, resident, declared, annual_tax_of(taxes)) for year, resident, declared, taxes in rows)


def damages_of(connection: Connection, in_force: InForce, household_id: str) -> tuple[DamageRecord, ...]:
    """A household's damages, newest first, those without a civil date last."""
    asked = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, "of_household": household_id}
    found = [damage_of(row) for row in _DAMAGES.all(connection, asked)]
    # Not by the database: the two put what has no day at different ends.
    return tuple(sorted(found, key=lambda damage: _age(damage.cause_day.day, damage.damage_id), reverse=True))


def has_damage(connection: Connection, in_force: InForce, household_id: str) -> bool:
    """Whether a household has any damage."""
    asked = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, "of_household": household_id}
    return _HAS_DAMAGE.first(connection, asked) is not None


def _age(day: date | None, damage_id: str) -> tuple[date, str]:
    return day or date.min, damage_id
