"""Makes pages from templates: the frame around each, its words, its menu, and how instants are written. Whatever a page
tells is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from certserver.console.cookies import form_token
from certserver.console.routes import PageRoute, Shown
from certserver.console.tables import labelled
from certserver.console.texts import Language, Texts
from certserver.console.visit import Visit
from certserver.ports import in_japan

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page that the menu leads to."""

    path: str
    text: str
    here: bool


class Frame:
    """The templates of the console, whose files are found below `root`."""

    def __init__(self, root: str, routes: Sequence[PageRoute]) -> None:
        self._root = root
        self._menu = tuple(route for route in routes if route.menu is not None)
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["labelled"] = labelled

    def page(self, visit: Visit, shown: Shown) -> str:
        """A whole page."""
        return self._templates.get_template(f"{shown.template}.html").render(**self._around(visit, shown), **shown.told)

    def alone(self, texts: Texts, why: str, back: str, detail: str = "") -> str:
        """A page that says why there is none, and a `detail` of it: without who is signed in, a menu or a form, since
        whatever these are taken from may be what is out of order."""
        around = {"t": texts, "root": self._root, "language": texts.language.value}
        return self._templates.get_template("alone.html").render(around, why=why, back=back, detail=detail)

    def _around(self, visit: Visit, shown: Shown) -> Mapping[str, Any]:
        return {
            "t": visit.texts,
            "visit": visit,
            "root": self._root,
            "language": visit.texts.language.value,
            "languages": [each.value for each in Language],
            "form_token": form_token(visit.token),
            "municipality": visit.parts.name(),
            "menu": self._entries(visit, shown.before or visit.path),
            "said": visit.said,
            "instant": _instant,
            "day": _day,
        }

    def _entries(self, visit: Visit, path: str) -> list[MenuEntry]:
        if visit.present is None:
            return []
        may = visit.present.officer.rights
        open_to = [route for route in self._menu if route.right is None or route.right in may]
        here = max((route.path for route in open_to if _is_at(path, route.path)), key=len, default="")
        return [
            MenuEntry(route.path, visit.texts(route.menu), route.path == here)
            for route in open_to
            if route.menu is not None
        ]


def _is_at(path: str, entry: str) -> bool:
    return path == entry or (entry != "/" and path.startswith(f"{entry}/"))


def _instant(at: int | None) -> Markup:
    """An instant on a Japanese clock, to the second."""
    if at is None:
        return Markup("–")
    told = in_japan(at)
    return Markup('<time datetime="{}">{}</time>').format(told.isoformat(), f"{told:%Y-%m-%d %H:%M:%S}")


def _day(day: Any) -> Markup:
    """A day; a dash where none is known."""
    return Markup("–") if day is None else Markup('<time datetime="{0}">{0}</time>').format(day.isoformat())
