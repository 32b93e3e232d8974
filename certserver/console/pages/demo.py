"""The door of the demonstration: whoever opens it comes in as one of the fictional people, without a password. No
console has it but one that was told to show a fictional municipality, on this machine alone."""

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.signing_in.demonstration import come_in_as, fictional_people


def show(visit: Visit) -> Answer:
    """Who one may be."""
    people = [
        (each.mark, each.name, [role.value for role in each.roles]) for each in fictional_people(visit.parts.doors)
    ]
    return Shown("demo", {"people": people})


def do(visit: Visit) -> Answer:
    """Comes in."""
    return Gone("/", token=come_in_as(visit.parts.doors, visit.typed("mark", 32)).token)


PAGES = (PageRoute("/demo", show, do, open=True),)
