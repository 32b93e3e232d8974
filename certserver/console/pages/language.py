"""The language in which the console speaks to this browser."""

from certserver.console.paths import own_path
from certserver.console.routes import Answer, Gone, PageRoute
from certserver.console.texts import Language
from certserver.console.visit import Visit


def do(visit: Visit) -> Answer:
    """Goes back to where it was asked, in the language that was asked for."""
    asked = visit.form.get("language", "")
    spoken = next((each for each in Language if each.value == asked), None)
    return Gone(own_path(visit.form.get("back", "")), language=spoken)


PAGES = (PageRoute("/language", None, do, open=True),)
