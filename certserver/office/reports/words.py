"""The words of reports in both languages, from one file each. A word that is missing is a fault of this software."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from certserver.documents.eras import ERAS

_ERA_LETTERS = {"令和": "R", "平成": "H", "昭和": "S", "大正": "T", "明治": "M"}


class Language(Enum):
    """What a report is told in."""

    JAPANESE = "ja"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The sentences of one language, by names with dots."""

    language: Language
    sentences: dict[str, str]

    def __call__(self, name: str, **filled: str | int) -> str:
        """A sentence with its gaps filled. Raises `KeyError` for one that there is not."""
        return self.sentences[name].format(**filled)

    def either(self, name: str, instead: str) -> str:
        """A word, or what stands for it where nobody knows one, such as a code."""
        return self.sentences.get(name, instead)

    def day(self, day: date) -> str:
        """「R6.4.30」; 2024-04-30."""
        if self.language is Language.ENGLISH:
            return day.isoformat()
        return f"{_era_year(day)}.{day.month}.{day.day}"

    def month(self, month: date) -> str:
        """「R6.4」; 2024-04."""
        if self.language is Language.ENGLISH:
            return f"{month:%Y-%m}"
        return f"{_era_year(month)}.{month.month}"


@lru_cache(maxsize=len(Language))
def words_in(language: Language) -> Words:
    """The words of a language."""
    text = files(__package__).joinpath("texts", f"{language.value}.toml").read_text(encoding="utf-8")
    return Words(language, dict(_flat("", tomllib.loads(text))))


def _flat(before: str, tree: dict[str, Any]) -> list[tuple[str, str]]:
    flat = []
    for name, value in tree.items():
        if isinstance(value, dict):
            flat += _flat(f"{before}{name}.", value)
        else:
            flat.append((before + name, value))
    return flat


def _era_year(day: date) -> str:
    first, era = next(each for each in ERAS if day >= each[0])
    return f"{_ERA_LETTERS[era]}{day.year - first.year + 1}"
