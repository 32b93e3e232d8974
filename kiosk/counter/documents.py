"""Identity documents as a clerk marks them, in every case where the server judges who came: which were shown, and their
last days as they were typed. Which are enough, and in which combination, the server says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

DOCUMENTS = (
    *("driving-licence", "individual-number-card", "passport", "residence-card", "disability-book"),
    *("driving-history", "special-permanent-resident-card", "basic-resident-card", "eligibility-certificate"),
    *("care-insurance-card", "pension-document", "medical-recipient-card", "student-card", "employee-card"),
    *("maternity-book", "face-statement"),
)
"""Documents that somebody may show."""
MOST_DOCUMENTS = 4
DAY_FIGURES = 8
UNTIL = "until-"
"""How the field of a document's last day begins."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was shown. `until` is its last day as typed, empty where it bears none."""

    kind: str
    until: str = ""


def marked(shown: tuple[Document, ...], kind: str) -> tuple[Document, ...]:
    """With a document, or without it where it was there; a fifth is none."""
    others = tuple(each for each in shown if each.kind != kind)
    if len(others) < len(shown) or len(shown) == MOST_DOCUMENTS or kind not in DOCUMENTS:
        return others
    return (*shown, Document(kind))


def dated(shown: tuple[Document, ...], field: str, text: str) -> tuple[Document, ...]:
    """With the last day that was typed in the field of a document."""
    kind = field.removeprefix(UNTIL)
    return tuple(replace(each, until=text) if each.kind == kind else each for each in shown)


def day_of(text: str) -> str:
    """A day that was typed as 8 figures, or with separators, as YYYY-MM-DD; empty when it is none."""
    figures = "".join(each for each in text if each.isdecimal() and each.isascii())
    try:
        return date.fromisoformat(figures).isoformat() if len(figures) == DAY_FIGURES else ""
    except ValueError:
        return ""


def wrong_days(shown: Iterable[Document]) -> tuple[str, ...]:
    """Kinds of documents whose last day was typed, and is none."""
    return tuple(each.kind for each in shown if each.until.strip() and not day_of(each.until))
