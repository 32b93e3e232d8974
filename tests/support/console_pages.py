"""Every page of the console as it is walked by tests: a page whose path names something is told here what there is to
be named."""

from collections.abc import Callable

from certserver.console.app import PAGES
from certserver.office.settings.drafts import drafts
from koufu.evidence.words import CertificateKind
from tests.support.console import ConsoleForTests
from tests.support.setting_drafts import proposed, with_kind


def _draft(console: ConsoleForTests) -> int:
    """A draft that waits, made once."""
    desk = console.desk("aoi")
    known = drafts(desk)
    return known[0].number if known else proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=300)).number


NAMED: dict[str, Callable[[ConsoleForTests], str]] = {
    "/settings/drafts/{number}": lambda console: f"/settings/drafts/{_draft(console)}",
    "/settings/drafts/{number}/more": lambda console: f"/settings/drafts/{_draft(console)}/more",
    "/settings/drafts/{number}/samples/{kind}/{which}": (
        lambda console: f"/settings/drafts/{_draft(console)}/samples/residence/whole"
    ),
    "/settings/kinds/{kind}": lambda _: "/settings/kinds/residence",
}
"""By a route whose path has names in braces: a path of it, made from what the console of the walk holds."""


def shown_paths(console: ConsoleForTests) -> list[str]:
    """The path of every page that can be shown."""
    routes = [page.path for page in PAGES if page.show is not None and not page.file]
    unnamed = [path for path in routes if "{" in path and path not in NAMED]
    assert not unnamed, f"say in tests/support/console_pages.py what these pages are walked with: {unnamed}"
    return [NAMED[path](console) if path in NAMED else path for path in routes]
