"""Settings told in the language of the page: subjects, items and values, whose words stand in the difference as in the
settings' file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certserver.console.texts import Texts
from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.office.settings.content import Content
from certserver.office.settings.difference import Area, Difference, Subject, facets
from certserver.office.settings.timeline import Span
from koufu.evidence.words import CertificateKind

_FREE = frozenset({Area.NAMES, Area.MAYOR, Area.CLAUSES, Area.CHECKING, Area.WINDOW})
"""Areas whose values are the municipality's own words."""

_SPLIT = re.compile(r"(, | / | )")
_SHOWN_DIGITS = 12


SPLIT_CLAUSES = frozenset(
    kind for kind in CertificateKind if forms_of(kind)[0].clause_source is ClauseSource.MUNICIPALITY_WHOLE_AND_PART
)
"""Kinds with one clause for the whole and another for a part."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item as a page shows it; `before` and `after` are empty for what there was not, or will not be."""

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One subject as a page shows it, and how long it has said and will say the same."""

    title: str
    lines: tuple[Line, ...]
    span: Span | None


def tell(t: Texts, changes: Difference, spans: Mapping[Subject, Span]) -> tuple[Told, ...]:
    """A difference, subject by subject."""
    subjects = dict.fromkeys(change.subject for change in changes.changes)
    return tuple(
        Told(
            title=title(t, subject),
            lines=tuple(
                Line(item(t, subject, each.item), value(t, subject, each.before), value(t, subject, each.after))
                for each in changes.changes
                if each.subject == subject
            ),
            span=spans.get(subject),
        )
        for subject in subjects
    )


def tell_content(t: Texts, content: Content, areas: Iterable[Area], spans: Mapping[Subject, Span]) -> tuple[Told, ...]:
    """What subjects of some areas say."""
    wanted = frozenset(areas)
    return tuple(
        Told(
            title(t, subject),
            tuple(Line(item(t, subject, name), "", value(t, subject, said)) for name, said in facet.items()),
            spans.get(subject),
        )
        for subject, facet in facets(content).items()
        if subject.area in wanted
    )


def title(t: Texts, subject: Subject) -> str:
    """What a subject is called."""
    area = t(f"settings.area.{subject.area.value}")
    return area if not subject.of else t("settings.area-of", area=area, of=_words(t, subject.of))


def item(t: Texts, subject: Subject, name: str) -> str:
    """What an item of a subject is called."""
    if subject.area is Area.FEES and name.startswith("age "):
        return t("settings.from-age", age=name.removeprefix("age "))
    if subject.area is Area.CLAUSES and CertificateKind(name.partition(" ")[0]) not in SPLIT_CLAUSES:
        return kind_name(t, name.partition(" ")[0])
    return _words(t, name)


def value(t: Texts, subject: Subject, said: str | None) -> str:
    """A value."""
    if said is None:
        return ""
    if said == "":
        return t("settings.none")
    if subject.area is Area.FEES:
        return t("settings.yen", n=f"{int(said):,}")
    if subject.area is Area.SEAL:
        return f"{said[:_SHOWN_DIGITS]}…"
    if subject.area is Area.RETENTION:
        return t("settings.days", n=said)
    if subject.area in _FREE or subject.area is Area.CLOSURES:
        return said
    coded, stroke, own = said.partition(" / ")
    return _words(t, coded) + stroke + own


def kind_name(t: Texts, word: str) -> str:
    """What a kind of certificate is called."""
    return t(f"word.{word}")


def place(t: Texts, word: str) -> str:
    """Where a row counts: everywhere, at every outlet of a kind, or at one."""
    return _word(t, word)


def _words(t: Texts, said: str) -> str:
    separators = {", ": t("frame.comma"), " ": " ", " / ": " / "}
    return "".join(separators.get(part, _word(t, part)) for part in _SPLIT.split(said) if part)


def _word(t: Texts, word: str) -> str:
    return t(f"word.{word}") if f"word.{word}" in t else word
