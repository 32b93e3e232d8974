"""The express queue: about when cards arrive, and what the card maker takes in a day."""

from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.applications.express import queue
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right


def show(visit: Visit) -> Answer:
    """The queue."""
    return Shown("applications/express", {"queue": queue(visit.desk), "called": outlet_names(visit.desk)})


PAGES = (PageRoute("/applications/express", show, right=Right.DECIDE_APPLICATIONS),)
