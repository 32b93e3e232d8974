"""Settings told in the language of the page: subjects, items and values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certserver.console.objections import reason_name, subject_name
from certserver.console.texts import Texts
from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.office.settings.content import Content
from certserver.office.settings.difference import Area, Difference, Item, Subject, Value, Word, facets
from certserver.office.settings.parts import HoursPart
from certserver.office.settings.timeline import Span
from koufu.evidence.words import CertificateKind, RefusalReason

_CLAUSE_NAMES = 2
"""Kind, and whether of the whole; a third one says that it is not the first of that name."""

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
            title=subject_name(t, subject),
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
            subject_name(t, subject),
            tuple(Line(item(t, subject, name), "", value(t, subject, said)) for name, said in facet.items()),
            spans.get(subject),
        )
        for subject, facet in facets(content).items()
        if subject.area in wanted
    )


def item(t: Texts, subject: Subject, said: Item) -> str:
    """What an item of a subject is called."""
    of = " ".join(_word(t, each) for each in said.of if each)
    match subject.area:
        case Area.FEES if said.of:
            return t("settings.from-age", age=of)
        case Area.CLAUSES:
            kind = CertificateKind(said.of[0])
            return of if kind in SPLIT_CLAUSES or len(said.of) > _CLAUSE_NAMES else kind_name(t, kind.value)
        case Area.HOURS:
            return of
        case Area.PURPOSES if not said.of:
            return t("settings.order")
        case Area.REFUSALS:
            return t(
                "settings.area-of",
                area=refusal_name(t, RefusalReason(said.of[0])),
                of=t(f"settings.field.{said.field}"),
            )
        case Area.PURPOSES | Area.CLOSURES | Area.POST_OFFICES:
            return f"{of} – {t(f'settings.field.{said.field}')}"
        case _:
            return _word(t, said.field)


def value(t: Texts, subject: Subject, said: Value | None) -> str:
    """A value."""
    match said:
        case None:
            return ""
        case () if subject.area is Area.LAYOUTS:
            return t("settings.layouts-none")
        case "" | ():
            return t("settings.none")
        case bool():
            return _word(t, "yes" if said else "no")
        case int():
            return _number(t, subject.area, said)
        case tuple():
            return t("frame.comma").join(_word(t, each) if isinstance(each, Word) else str(each) for each in said)
        case HoursPart():
            only = [name for name in ("weekdays_only", "residents_only") if getattr(said, name)]
            hours = t("settings.opens-closes", opens=said.opens, closes=said.closes)
            return t("frame.comma").join([hours, *(_word(t, name) for name in only)])
        case Word():
            return _word(t, said)
        case str() if subject.area is Area.SEAL:
            return f"{said[:_SHOWN_DIGITS]}…"
        case str():
            return said


def _number(t: Texts, area: Area, said: int) -> str:
    if area is Area.FEES:
        return t("settings.yen", n=f"{said:,}")
    return t("settings.days", n=said) if area is Area.RETENTION else str(said)


def refusal_name(t: Texts, reason: RefusalReason) -> str:
    """What a reason of a refusal is called where texts are set for it: in full, where reports have a short label."""
    key = f"settings.refusal-name.{reason.value}"
    return t(key) if key in t else reason_name(t, reason)


def kind_name(t: Texts, word: str) -> str:
    """What a kind of certificate is called."""
    return t(f"word.{word}")


def place(t: Texts, word: str) -> str:
    """Where a row counts: everywhere, at every outlet of a kind, or at one."""
    return _word(t, word)


def _word(t: Texts, word: str) -> str:
    return next((t(f"{group}.{word}") for group in ("word", "opened") if f"{group}.{word}" in t), word)
