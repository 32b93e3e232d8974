"""What a draft would change, subject by subject: what it was, what it is to be, and what is to come after. Pure.
Values are values: whoever shows them puts them into words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from certserver.office.settings.content import Content
from certserver.office.settings.counter_parts import CommissionPart, PaperPart
from certserver.office.settings.parts import ClosurePart, HoursPart, KindPart, ProfilePart, PurposePart
from certserver.office.settings.refusal_parts import RefusalTextPart

_Named = TypeVar("_Named")


class Area(Enum):
    """Of what a subject is. In the order shown."""

    CHOICES = "choices"
    """Whether a kind is offered, and what of it can be chosen."""
    FEES = "fees"
    HOURS = "hours"
    TAX_YEARS = "tax-years"
    CLOSURES = "closures"
    PURPOSES = "purposes"
    NAMES = "names"
    MAYOR = "mayor"
    SEAL = "seal"
    CLAUSES = "clauses"
    LAYOUTS = "layouts"
    CHECKING = "checking"
    WINDOW = "window"
    RETENTION = "retention"
    IDENTITY = "identity"
    """Which documents say who somebody is at a counter."""
    CARD_MAKER = "card-maker"
    REFUSALS = "refusals"
    """What is said beside a reason."""
    POST_OFFICES = "post-offices"
    """What is opened at whose place."""


TWO_PERSONS = frozenset({Area.FEES, Area.SEAL})
"""What nobody sets alone, not even at the command line."""

PROFILE_FIELDS: Mapping[Area, tuple[str, ...]] = {
    Area.NAMES: ("prefecture", "prefecture_en", "name", "name_kana", "name_en"),
    Area.MAYOR: ("mayor_title", "mayor_name", "deputy_title"),
    Area.SEAL: ("official_seal",),
    Area.CLAUSES: ("clauses",),
    Area.LAYOUTS: ("individual_forms",),
    Area.CHECKING: ("checking",),
    Area.WINDOW: ("window",),
}
"""What the profile holds, of which there is one row an instant: which fields an area of it is."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is set as one: an area, and of which kind or span where there is one each."""

    area: Area
    of: str = ""

    def __str__(self) -> str:
        return f"{self.area.value} {self.of}".strip()


class Word(str):
    """A word of the settings' file. It is told in the language of whoever looks; other text is the municipality's own
    and told as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a subject says. `of` is to what it belongs where there are several: words or names, whose places
    count; empty ones are not told."""

    field: str
    of: tuple[str, ...] = ()


Value = str | int | HoursPart | tuple[Word | int, ...]
"""What it says. Compared as it is, never as it is told: two texts can be told alike."""

Facet = Mapping[Item, Value]
"""All that a subject says. What is empty by itself, such as a note that nobody wrote, is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One item that changes. `before` is None for what is new, `after` for what goes."""

    subject: Subject
    item: Item
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, subject by subject in the order of `Area`."""

    changes: tuple[Change, ...]

    @property
    def subjects(self) -> frozenset[Subject]:
        """What changes."""
        return frozenset(change.subject for change in self.changes)

    @property
    def two_persons(self) -> bool:
        """Whether nobody may set it alone."""
        return any(subject.area in TWO_PERSONS for subject in self.subjects)


def difference(before: Content, after: Content) -> Difference:
    """What `after` changes: only of subjects that it holds."""
    stood = facets(before)
    changes: list[Change] = []
    for subject, facet in facets(after).items():
        former = stood.get(subject, {})
        items = (*former, *(each for each in facet if each not in former))
        differing = (item for item in items if former.get(item) != facet.get(item))
        changes += (Change(subject, item, former.get(item), facet.get(item)) for item in differing)
    order = list(Area)
    return Difference(tuple(sorted(changes, key=lambda change: (order.index(change.subject.area), change.subject.of))))


def facets(content: Content) -> dict[Subject, Facet]:
    """What each subject says."""
    found: dict[Subject, Facet] = {}
    for kind in content.kinds:
        of = kind.kind.value
        found[Subject(Area.CHOICES, of)] = _choices(kind)
        found[Subject(Area.FEES, of)] = dict(_fees(kind))
        found[Subject(Area.HOURS, of)] = {Item("hours", (each.outlet,)): each for each in kind.hours}
    for years in content.tax_years:
        for each in years.kinds:
            found[Subject(Area.TAX_YEARS, each.value)] = {Item("years"): years.years}
    if content.closures is not None:
        found[Subject(Area.CLOSURES)] = dict(_closures(content.closures))
    if content.purposes is not None:
        found[Subject(Area.PURPOSES)] = dict(_purposes(content.purposes))
    if content.profile is not None:
        found.update(_profile(content.profile))
    if content.official_seal is not None:
        found[Subject(Area.SEAL)] = {Item("official_seal"): content.official_seal}
    found.update(_counters(content))
    for kept in content.application_retention:
        for state in kept.states:
            found[Subject(Area.RETENTION, f"{kept.span.value} {state.value}")] = {Item("days"): kept.days}
    return found


def _counters(content: Content) -> dict[Subject, Facet]:
    """What is set for counters: the municipality's own, others' offices, and what is said where something can't be
    had."""
    found: dict[Subject, Facet] = {}
    if content.identity is not None:
        found[Subject(Area.IDENTITY)] = {
            Item("class_a"): _words(content.identity.class_a),
            Item("class_b"): _words(content.identity.class_b),
            Item("combinations"): ", ".join(each.value for each in content.identity.combinations),
        }
    if content.card_maker is not None:
        found[Subject(Area.CARD_MAKER)] = {
            Item("cut_off"): content.card_maker.cut_off,
            Item("maintenance"): ", ".join(each.isoformat() for each in content.card_maker.maintenance),
            Item("cards_ahead"): content.card_maker.cards_ahead,
        }
    if content.refusal_texts is not None:
        found[Subject(Area.REFUSALS)] = dict(_refusals(content.refusal_texts))
    if content.commissions is not None:
        found[Subject(Area.POST_OFFICES)] = dict(_commissions(content.commissions))
    return found


def _choices(kind: KindPart) -> Facet:
    return {
        Item("offered"): kind.offered,
        Item("scopes"): _words(kind.scopes),
        Item("options"): _words(kind.options),
        Item("max_copies"): kind.max_copies,
    }


def _fees(kind: KindPart) -> Iterator[tuple[Item, Value]]:
    yield Item("anybody"), kind.fee
    for each in kind.exemptions:
        yield Item(each.ground.value, (str(each.from_age),) if each.from_age else ()), each.fee


def _closures(closures: Iterable[ClosurePart]) -> Iterator[tuple[Item, Value]]:
    placed = (
        (
            (f"{each.since}–{each.until}", "yearly" if each.yearly else "", each.outlet, *_words(each.kinds)),
            each,
        )
        for each in closures
    )
    for of, each in _apart(placed):
        yield Item("reason", of), each.reason
        yield Item("reason_en", of), each.reason_en


def _purposes(purposes: Iterable[PurposePart]) -> Iterator[tuple[Item, Value]]:
    listed = tuple(purposes)
    yield Item("order"), tuple(Word(each.code) for each in listed)
    for of, each in _apart(((each.code,), each) for each in listed):
        yield Item("advice", of), Word(each.advice.value)
        said: Mapping[str, Value] = {
            "kind": "" if each.kind is None else Word(each.kind.value),
            "scope": "" if each.scope is None else Word(each.scope.value),
            "options": _words(each.options),
            **{name: getattr(each, name) for name in ("name", "name_en", "note", "note_en")},
        }
        yield from ((Item(name, of), value) for name, value in said.items() if value)


def _refusals(texts: Iterable[RefusalTextPart]) -> Iterator[tuple[Item, Value]]:
    for each in texts:
        said = ((name, getattr(each, name)) for name in ("text", "text_en", "counter"))
        yield from ((Item(name, (each.reason.value,)), text) for name, text in said if text)


def _commissions(commissions: Iterable[CommissionPart]) -> Iterator[tuple[Item, Value]]:
    for each in commissions:
        of = (each.office, each.place.value, each.since.isoformat())
        yield Item("procedures", of), _words(each.procedures)
        if each.called:
            yield Item("called", of), each.called
        if each.until is not None:
            yield Item("until", of), each.until.isoformat()
        for name in ("resolution", "contract", "notice"):
            paper: PaperPart | None = getattr(each, name)
            if paper is not None:
                yield Item(name, of), f"{paper.cited} {paper.day}"


def _profile(profile: ProfilePart) -> Iterator[tuple[Subject, Facet]]:
    def named(area: Area) -> Facet:
        return {Item(name): getattr(profile, name) or "" for name in PROFILE_FIELDS[area]}

    yield Subject(Area.NAMES), named(Area.NAMES)
    yield Subject(Area.MAYOR), named(Area.MAYOR)
    clauses = _apart(((each.kind.value, "whole" if each.whole else "part"), each.text) for each in profile.clauses)
    yield Subject(Area.CLAUSES), {Item("clauses", of): text for of, text in clauses}
    forms = sorted(kind.value for kind in profile.individual_forms)
    yield Subject(Area.LAYOUTS), {Item("individual_forms"): tuple(map(Word, forms))}
    yield Subject(Area.CHECKING), _fields(profile.checking)
    yield Subject(Area.WINDOW), _fields(profile.window)


def _fields(part: object) -> Facet:
    names: Iterable[str] = getattr(type(part), "__dataclass_fields__", ())
    return {Item(name): str(getattr(part, name)) for name in names}


def _words(listed: Iterable[Enum]) -> tuple[Word, ...]:
    return tuple(Word(each.value) for each in listed)


def _apart(named: Iterable[tuple[tuple[str, ...], _Named]]) -> Iterator[tuple[tuple[str, ...], _Named]]:
    """Two of one name told apart by their turn: none hides behind another."""
    seen: Counter[tuple[str, ...]] = Counter()
    for name, each in named:
        seen[name] += 1
        yield (name if seen[name] == 1 else (*name, f"({seen[name]})")), each
