"""The door of the demonstration: whoever opens it comes in as one of the fictional people, without a password. No
console has it but one that was told to show a fictional municipality, on this machine alone."""

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.ledger.book import open_book
from certserver.office.roles import roles_held
from certserver.office.signing_in.sessions import begin
from certserver.pipeline.staff.outcomes import Declined
from certserver.pipeline.staff.registry import members
from certserver.ports import in_japan


def show(visit: Visit) -> Answer:
    """Who one may be."""
    doors = visit.parts.doors
    today = in_japan(visit.now).date()
    with doors.database.reading() as connection:
        held = [each for each in roles_held(connection, doors.municipality) if each.counts(today)]
        found = [each for each in members(connection, doors.municipality) if any(r.mark == each.mark for r in held)]
    people = [(each.mark, each.name, [role.role.value for role in held if role.mark == each.mark]) for each in found]
    return Shown("demo", {"people": people})


def do(visit: Visit) -> Answer:
    """Comes in."""
    doors = visit.parts.doors
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        came = begin(doors, connection, book, visit.typed("mark", 32), "demonstration", visit.now)
    if isinstance(came, Declined):
        raise NoSuchEntry("nobody of this mark holds a role")
    return Gone("/", token=came.token)


PAGES = (PageRoute("/demo", show, do, open=True),)
