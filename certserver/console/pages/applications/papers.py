"""A paper that says what an application says, as a file to print."""

from certserver.console.pages.applications.numbers import application_of
from certserver.console.pages.applications.one import shown
from certserver.console.pages.applications.refusing import refused
from certserver.console.routes import Answer, PageRoute, Sent
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.applications.acting import NotDone
from certserver.office.applications.looking import paper
from certserver.office.rights import Right
from certserver.papers.kinds import PaperKind


def show(visit: Visit) -> Answer:
    """The paper."""
    try:
        kind = PaperKind(visit.named["paper"])
    except ValueError as error:
        raise NoSuchEntry("there is no such paper") from error
    try:
        drawn = paper(visit.desk, visit.parts.papers, application_of(visit), kind, visit.purpose)
    except NotDone as error:
        return shown(visit, refused(error))
    return Sent(f"{kind.value}.pdf", "application/pdf", drawn.file)


PAGES = (
    PageRoute(
        "/applications/{application}/papers/{paper}.pdf",
        show,
        right=Right.DECIDE_APPLICATIONS,
        personal=True,
        file=True,
    ),
)
