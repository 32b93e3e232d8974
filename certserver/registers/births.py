"""Finds who lives here by the day of birth, for whoever then compares names: at a counter somebody says who they are.
Nobody who is withheld is ever found, nor whoever lives with them (I14), whoever asks."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, and_, bindparam, not_, select

from certserver.registers.protected_addresses import is_protected
from certserver.registers.withheld import on_resident, same
from certserver.storage.engine import finish
from certserver.storage.lookups import residents_by_birth
from certserver.storage.registers import households, registers_in_force, residents
from certserver.storage.statements import Query

_BORN = Query(
    select(
        residents.c.resident_id,
        residents.c.name,
        residents.c.name_kana,
        residents.c.alias,
        residents.c.alias_kana,
        residents.c.born_day,
        residents.c.sex,
        households.c.address,
        residents.c.move_out_planned,
        residents.c.residence_status,
        residents.c.expires_day,
    )
    .select_from(registers_in_force)
    .join(
        residents_by_birth,
        and_(
            residents_by_birth.c.municipality == registers_in_force.c.municipality,
            residents_by_birth.c.snapshot == registers_in_force.c.snapshot,
        ),
    )
    .join(residents, same(residents, residents_by_birth, "resident_id"))
    .join(households, same(households, residents, "household_id"))
    .where(
        registers_in_force.c.municipality == bindparam("of_municipality"),
        residents_by_birth.c.born_day == bindparam("of_day"),
        residents.c.moved_out.is_(None),
        residents.c.died.is_(None),
        not_(on_resident(residents)),
        not_(is_protected(households, "address")),
    )
    .order_by(residents.c.resident_id)
)

STATEMENTS = (_BORN,)
"""Every statement, for whoever checks that each is found by its key."""


@dataclass(frozen=True, slots=True)
class Born:
    """Who lives here, as far as an application form is filled from it. No number is here."""

    resident_id: str = field(repr=False)
    name: str = field(repr=False)
    name_kana: str | None = field(repr=False)
    alias: str | None = field(repr=False)
    alias_kana: str | None = field(repr=False)
    born: date = field(repr=False)
    sex: str = field(repr=False)
    address: str = field(repr=False)
    move_out_planned: date | None = field(repr=False)
    residence_status: str | None = field(repr=False)
    stay_until: date | None = field(repr=False)


def born_on(connection: Connection, municipality: str, day: date) -> tuple[Born, ...]:
    """Everybody who was born on a day, lives here and may be found."""
    finish(connection)
    rows = _BORN.all(connection, {"of_municipality": municipality, "of_day": day})
    return tuple(Born(*row) for row in rows)
