"""Roles of the office as they stand in the database: dated rows, never overwritten but for their last day."""

from datetime import date

from sqlalchemy import Connection, and_, delete, insert, select, update

from certserver.errors import ConfigurationError
from certserver.office.rights import HeldRole, Officer, OfficeRole, officer_on
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
            raise ConfigurationError(f"{held.mark} is {held.role.value} since {other.since} already: end that first")
    connection.execute(
        insert(office_roles).values(
            municipality=municipality, mark=held.mark, role=held.role.value, since=held.since, until=held.until
        )
    )


def end_role(connection: Connection, municipality: str, held: HeldRole, last: date) -> None:
    """Lets a role end after a last day; one that had not begun by then never does."""
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
