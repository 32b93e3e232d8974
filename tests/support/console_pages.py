"""Every page of the console as it is walked by tests: a page whose path names something is told here what there is to
be named."""

from collections.abc import Callable

from certserver.console.app import PAGES
from tests.support.console import ConsoleForTests

NAMED: dict[str, Callable[[ConsoleForTests], str]] = {}
"""By a route whose path has names in braces: a path of it, made from what the console of the walk holds."""


def shown_paths(console: ConsoleForTests) -> list[str]:
    """The path of every page that can be shown."""
    routes = [page.path for page in PAGES if page.show is not None]
    unnamed = [path for path in routes if "{" in path and path not in NAMED]
    assert not unnamed, f"say in tests/support/console_pages.py what these pages are walked with: {unnamed}"
    return [NAMED[path](console) if path in NAMED else path for path in routes]
