"""Roles of the office as they stand in the database: dated rows, never overwritten but for their last day."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, and_, delete, insert, select, update

from certserver.objections import Objected, Objection
from certserver.office.rights import HeldRole, Officer, OfficeRole, officer_on, two_decide
from certserver.storage.office import office_roles


def roles_held(connection: Connection, municipality: str, mark: str | None = None) -> tuple[HeldRole, ...]:
    """What somebody holds, held or will hold, or everybody, in order."""
    table = office_roles.c
    of_it = table.municipality == municipality
    if mark is not None:
        of_it = and_(of_it, table.mark == mark)
    rows = connection.execute(
        select(table.mark, table.role, table.since, table.until)
        .where(of_it)
        .order_by(table.mark, table.role, table.since)
    )
    return tuple(HeldRole(row.mark, OfficeRole(row.role), row.since, row.until) for row in rows)


def officer_of(connection: Connection, municipality: str, mark: str, day: date) -> Officer:
    """Somebody with the roles that count on a day in Japan."""
    return officer_on(day, mark, roles_held(connection, municipality, mark))


def enter_role(connection: Connection, municipality: str, held: HeldRole) -> None:
    """Enters a role. Raises `ConfigurationError` when it is held already on any of its days."""
    for other in roles_held(connection, municipality, held.mark):
        if held.meets(other):
            raise Objected(Objection.ROLE_HELD, mark=held.mark, role=held.role, day=other.since)
    connection.execute(
        insert(office_roles).values(
            municipality=municipality, mark=held.mark, role=held.role.value, since=held.since, until=held.until
        )
    )


def check_end(every: tuple[HeldRole, ...], held: HeldRole, last: date, today: date) -> None:
    """Raises `ConfigurationError` unless the role ends sooner by that, on no day gone by that it counted on, and the
    people of the office still decide by themselves wherever they would have."""
    if held.until is not None and last >= held.until:
        raise Objected(Objection.ROLE_ENDS_SOONER, mark=held.mark, role=held.role, day=held.until)
    if last < _before(today):
        raise Objected(Objection.LAST_DAY_OVER, day=last)
    others = tuple(each for each in every if each != held)
    after = others if last < held.since else (*others, replace(held, until=last))
    first = max(today, _next(last))
    turns = {first, *(each.since for each in every), *(_next(each.until) for each in every if each.until is not None)}
    for day in sorted(turns):
        if day >= first and two_decide(every, day) and not two_decide(after, day):
            raise Objected(Objection.NOBODY_DECIDES, day=day)


def end_role(connection: Connection, municipality: str, held: HeldRole, last: date, today: date) -> None:
    """Lets a role end after a last day; one that had not begun by then never does. Raises `ConfigurationError`, as
    `check_end`."""
    check_end(roles_held(connection, municipality), held, last, today)
    table = office_roles.c
    of_it = and_(
        table.municipality == municipality,
        table.mark == held.mark,
        table.role == held.role.value,
        table.since == held.since,
    )
    if last < held.since:
        connection.execute(delete(office_roles).where(of_it))
    else:
        connection.execute(update(office_roles).where(of_it).values(until=last))


def _before(day: date) -> date:
    return max(day, date.min + timedelta(1)) - timedelta(1)


def _next(day: date) -> date:
    return min(day, date.max - timedelta(1)) + timedelta(1)
