"""The language in which the console speaks to this browser."""

import re

from certserver.console.routes import Answer, Gone, PageRoute
from certserver.console.visit import Visit

_OWN_PATH = re.compile(r"/(?:[A-Za-z0-9-]+/?)*", re.ASCII)


def do(visit: Visit) -> Answer:
    """Goes back to where it was asked, in the other language; the cookie is set by the answer."""
    back = visit.form.get("back", "")
    return Gone(back if _OWN_PATH.fullmatch(back) else "/", language=visit.form.get("language", ""))


PAGES = (PageRoute("/language", None, do, open=True),)
