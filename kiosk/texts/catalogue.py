"""The words of the screens by key and language, read from the TOML files beside this module. Line breaks are written
there: `\\n` is a break, `|` (in English every space) a place where a line may break; nothing else ever breaks."""

import tomllib
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from importlib import resources

from kiosk.flow.values.presentation import Language

GROUPS = (
    "frame",
    "start",
    "at-counter",
    "counter",
    "counter-card",
    "elsewhere",
    "card",
    "number",
    "enrol",
    "choose",
    "confirm",
    "pay",
    "cashless",
    "collect",
    "declined",
    "fault",
    "overlays",
    "voice",
    "spoken",
    "photo",
    "counter-papers",
    "counter-x509",
    "counter-hand",
)

BREAK = "|"


class LayoutClass(Enum):
    """For which shape of screen a text is broken into lines."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    PORTRAIT_LARGE = "portrait-large"
    LANDSCAPE_LARGE = "landscape-large"


_LARGE = "large"
_ANY = "any"
_SEARCHED = {
    LayoutClass.PORTRAIT: ("portrait", _ANY),
    LayoutClass.LANDSCAPE: ("landscape", _ANY),
    LayoutClass.PORTRAIT_LARGE: ("portrait-large", _LARGE, "portrait", _ANY),
    LayoutClass.LANDSCAPE_LARGE: ("landscape-large", _LARGE, "landscape", _ANY),
}
_VARIANTS = frozenset(name for names in _SEARCHED.values() for name in names)

Variants = Mapping[str, str]


class UnknownText(KeyError):
    """There is no such text. A programming fault."""


@lru_cache(maxsize=4)
def catalogue(language: Language) -> Mapping[str, Variants]:
    """All texts of a language: key → variant → text."""
    found: dict[str, Variants] = {}
    for group in GROUPS:
        name = f"{language.value}-{group}.toml"
        _collect(group, tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8")), found)
    return found


def _collect(prefix: str, table: Mapping[str, object], into: dict[str, Variants]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        match value:
            case str():
                into[key] = {_ANY: value}
            case dict() if value.keys() <= _VARIANTS:
                into[key] = {variant: str(text) for variant, text in value.items()}
            case dict():
                _collect(key, value, into)
            case _:
                raise TypeError(f"{key} is no text")


BY_CLERK = "_clerk"
"""Ends the name of a text's twin for a site where a clerk takes the money and hands the sheets over."""


class Texts:
    """The texts of one language for one layout class; `by_clerk`: of a site where a clerk takes the money and hands the
    sheets over, so that no presenter has to think of it."""

    __slots__ = ("_by_clerk", "_catalogue", "_searched", "language")

    def __init__(self, language: Language, layout: LayoutClass, *, by_clerk: bool = False) -> None:
        self.language = language
        self._catalogue = catalogue(self.language)
        self._searched = _SEARCHED[layout]
        self._by_clerk = by_clerk

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values put in. Raises `UnknownText`."""
        twin = self._catalogue.get(f"{key}{BY_CLERK}") if self._by_clerk else None
        variants = twin or self._catalogue.get(key)
        if variants is None:
            raise UnknownText(key)
        for name in self._searched:
            if name in variants:
                text = variants[name]
                return text.format_map(values) if values else text
        raise UnknownText(f"{key} for {self._searched[0]}")

    def counted(self, key: str, n: int, **values: object) -> str:
        """The text `key.one` or `key.many`, with `n` put in."""
        if self._by_clerk and f"{key}{BY_CLERK}.one" in self._catalogue:
            key = f"{key}{BY_CLERK}"
        return self(f"{key}.{'one' if n == 1 else 'many'}", n=n, **values)

    def __contains__(self, key: str) -> bool:
        return key in self._catalogue


def plain(text: str) -> str:
    """A text as it is spoken: without breaks."""
    return text.replace(BREAK, "").replace("\n", " ").strip()
