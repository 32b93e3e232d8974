"""Coming in as one of the fictional people of a demonstration, without a password."""

from dataclasses import dataclass

from certserver.errors import NoSuchEntry
from certserver.ledger.book import open_book
from certserver.office.rights import OfficeRole
from certserver.office.roles import roles_held
from certserver.office.signing_in.parts import Doors
from certserver.office.signing_in.sessions import Came, begin
from certserver.pipeline.staff.outcomes import Declined
from certserver.pipeline.staff.registry import members
from certserver.ports import in_japan


@dataclass(frozen=True, slots=True)
class Fictional:
    """Somebody to come in as."""

    mark: str
    name: str
    roles: tuple[OfficeRole, ...]


def fictional_people(doors: Doors) -> tuple[Fictional, ...]:
    """Whoever holds a role today."""
    today = in_japan(doors.now()).date()
    with doors.database.reading() as connection:
        held = [each for each in roles_held(connection, doors.municipality) if each.counts(today)]
        everybody = members(connection, doors.municipality)
    people = (
        Fictional(each.mark, each.name, tuple(role.role for role in held if role.mark == each.mark))
        for each in everybody
    )
    return tuple(each for each in people if each.roles)


def come_in_as(doors: Doors, mark: str) -> Came:
    """A session of theirs. Raises `NoSuchEntry` for whoever holds no role today."""
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        came = begin(doors, connection, book, mark, "demonstration", doors.now())
    if isinstance(came, Declined):
        raise NoSuchEntry("nobody of this mark holds a role")
    return came
