"""The words of a case, the same on both windows: in Japanese their lines may break after marks and particles."""

import re
from collections.abc import Iterable
from datetime import date

from kiosk.counter.elsewhere import Place
from kiosk.flow.values.presentation import Language
from kiosk.texts import formats
from kiosk.texts.catalogue import BREAK, Texts

_PLACES = re.compile(
    r"(?<=[、。・」])(?![、。」]|$)"
    r"|(?<=[ぁ-んー])(?<!お)(?<!ご)(?<!この)(?<!その)(?<!どの)(?<!あと)(?<!読み)(?<!ー)(?=[ァ-ヶ一-鿿A-Za-z0-9「])"
    r"|(?<=を)(?=[ぁ-ん])"
)
"""Where a line of Japanese may break: after marks, and before the next word."""


def breakable(text: str) -> str:
    """Japanese whose lines may break after marks and particles."""
    return _PLACES.sub(BREAK, text)


class CaseWords:
    """One group of texts. `large`: type is large where they stand."""

    def __init__(self, texts: Texts, group: str, *, large: bool = False) -> None:
        self.large = large
        self._texts = texts
        self._group = group
        self._japanese = texts.language is Language.JAPANESE

    def __call__(self, key: str, **values: object) -> str:
        """A text of the case."""
        return self.broken(self._texts(f"{self._group}.{key}", **values))

    def __contains__(self, key: str) -> bool:
        return f"{self._group}.{key}" in self._texts

    def counted(self, key: str, n: int) -> str:
        """`key.one` or `key.many`."""
        return self.broken(self._texts.counted(f"{self._group}.{key}", n))

    def known(self, group: str, word: str) -> str:
        """Of a word of the server; `other` stands in for one without a text."""
        key = f"{group}.{word}"
        return self(key if key in self else f"{group}.other")

    def place(self, place: Place) -> str:
        """Where something can be done instead."""
        return self.broken(place.name or self._texts(f"counter.place.{place.kind}"))

    def list_of(self, words: Iterable[str]) -> str:
        """Several in a row."""
        return (f"、{BREAK}" if self._japanese else ", ").join(words)

    def day(self, iso: str) -> str:
        """A day of YYYY-MM-DD."""
        return formats.day_with_year(date.fromisoformat(iso), self._texts.language)

    def broken(self, text: str) -> str:
        """With places where a line may break."""
        return breakable(text) if self._japanese else text
