"""The words of forms for what an application says in words of the wire; others stand as they were told."""

import unicodedata
from collections.abc import Mapping
from datetime import date

from certserver.documents.eras import era_date, western_date

SIGNATURES: Mapping[str, str] = {
    "handwritten": "自署",
    "printed-name": "記名・押印",
    "braille": "点字・押印",
    "scribed": "代筆・押印",
}
"""署名又は記名押印, in the order of the form."""

EXPRESSED: Mapping[str, str] = {
    "gesture": "うなずき・身ぶり",
    "helper": "支援者を通じて",
    "speech": "口頭",
    "writing": "筆談・文字",
}

PHOTO_EXCEPTIONS: Mapping[str, str] = {
    "bedridden": "寝たきり",
    "disability": "障がい",
    "infant": "乳幼児",
    "medical": "医療上の理由",
    "religion": "宗教上の理由",
}

_MARKS = {"\u3099": "゛", "\u309a": "゜"}


def day_text(day: date | None, *, western: bool = False) -> str:
    """A day as it is printed, empty where there is none."""
    if day is None:
        return ""
    return western_date(day) if western else era_date(day)


def braille_cells(name: str) -> tuple[str, ...]:
    """A name in the cells of the braille field: 濁点 and 半濁点 take one of their own. That they stand behind the kana
    is unconfirmed."""
    return tuple(_MARKS.get(each, each) for each in unicodedata.normalize("NFD", name))
