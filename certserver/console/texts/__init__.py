"""The words of the console by key and language, read from the TOML files beside this module. A key is the same in every
language; `group.name` stands in the file of its group."""

import tomllib
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from importlib import resources


class Language(Enum):
    """In which the console speaks; the first is what it speaks unasked."""

    JAPANESE = "ja"
    ENGLISH = "en"


class UnknownText(KeyError):
    """There is no such text. A programming fault."""


@lru_cache(maxsize=2)
def catalogue(language: Language) -> Mapping[str, str]:
    """All texts of a language."""
    found: dict[str, str] = {}
    for file in sorted(resources.files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.startswith(f"{language.value}-"):
            group = file.name.removeprefix(f"{language.value}-").removesuffix(".toml")
            _collect(group, tomllib.loads(file.read_text("utf-8")), found)
    return found


@lru_cache(maxsize=1)
def standard_refusals() -> Mapping[str, Mapping[str, str]]:
    """What a terminal says where a municipality says nothing else, by the field of a text of its own and by reason."""
    file = resources.files(__package__) / "standard-refusals.toml"
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(file.read_text("utf-8"))
    return found


class Texts:
    """The texts of one language."""

    __slots__ = ("_catalogue", "language")

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogue = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values put in. Raises `UnknownText`."""
        text = self._catalogue.get(key)
        if text is None:
            raise UnknownText(key)
        return text.format_map(values) if values else text

    def __contains__(self, key: str) -> bool:
        return key in self._catalogue


def _collect(prefix: str, table: Mapping[str, object], into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            _collect(key, value, into)
        else:
            into[key] = str(value)
