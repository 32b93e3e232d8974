"""Finds who lives here by the day of birth, for whoever then compares names: at a counter somebody says who they are.
Nobody who is withheld is ever found, nor whoever lives with them (I14), whoever asks."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, not_, select

from certserver.registers.protected_addresses import is_protected
from certserver.registers.versions import hold_in_force
from certserver.registers.withheld import on_resident, same
from certserver.storage.lookups import residents_by_birth
from certserver.storage.registers import households, residents
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
    .select_from(residents)
    .join(households, same(households, residents, "household_id"))
    .where(
        residents.c.municipality == bindparam("of_municipality"),
        residents.c.snapshot == bindparam("of_snapshot"),
        # A list, not a join: SQLite without statistics would go through all residents for those of the day.
        residents.c.resident_id.in_(
            select(residents_by_birth.c.resident_id).where(
                residents_by_birth.c.municipality == bindparam("of_municipality"),
                residents_by_birth.c.snapshot == bindparam("of_snapshot"),
                residents_by_birth.c.born_day == bindparam("of_day"),
            )
        ),
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
    """Everybody who was born on a day, lives here and may be found. Only for one that opened the book."""
    in_force = hold_in_force(connection, municipality)
    if in_force is None:
        return ()
    asked = {"of_municipality": municipality, "of_snapshot": in_force.key.number, "of_day": day}
    return tuple(Born(*row) for row in _BORN.all(connection, asked))
