"""What a draft would change, subject by subject: what it was, what it is to be, and what is to come after. Pure. Values
are told in the words of the settings' file; whoever shows them puts them into a language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from certserver.office.settings.content import Content
from certserver.office.settings.parts import ClosurePart, HoursPart, KindPart, ProfilePart, PurposePart


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


Facet = Mapping[str, str]
"""What a subject says: by item, in the words of the file."""


@dataclass(frozen=True, slots=True)
class Change:
    """One item that changes. `before` is None for what is new, `after` for what goes."""

    subject: Subject
    item: str
    before: str | None
    after: str | None


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
        found[Subject(Area.HOURS, of)] = {each.outlet: _hours(each) for each in kind.hours}
    for years in content.tax_years:
        for each in years.kinds:
            found[Subject(Area.TAX_YEARS, each.value)] = {"years": ", ".join(map(str, years.years))}
    if content.closures is not None:
        found[Subject(Area.CLOSURES)] = {
            _closure(each): f"{each.reason} / {each.reason_en}" for each in content.closures
        }
    if content.purposes is not None:
        found[Subject(Area.PURPOSES)] = _purposes(content.purposes)
    if content.profile is not None:
        found.update(_profile(content.profile))
    if content.official_seal is not None:
        found[Subject(Area.SEAL)] = {"official_seal": content.official_seal}
    for kept in content.application_retention:
        for state in kept.states:
            found[Subject(Area.RETENTION, f"{kept.span.value} {state.value}")] = {"days": str(kept.days)}
    return found


def _choices(kind: KindPart) -> Facet:
    return {
        "offered": _yes(kind.offered),
        "scopes": ", ".join(each.value for each in kind.scopes),
        "options": ", ".join(each.value for each in kind.options),
        "max_copies": str(kind.max_copies),
    }


def _fees(kind: KindPart) -> Iterator[tuple[str, str]]:
    yield "anybody", str(kind.fee)
    for each in kind.exemptions:
        yield f"{each.ground.value} {each.from_age}" if each.from_age else each.ground.value, str(each.fee)


def _hours(hours: HoursPart) -> str:
    only = [name for name in ("weekdays_only", "residents_only") if getattr(hours, name)]
    return ", ".join([f"{hours.opens}–{hours.closes}", *only])


def _closure(each: ClosurePart) -> str:
    yearly = ["yearly"] if each.yearly else []
    kinds = [kind.value for kind in each.kinds]
    return " ".join([f"{each.since}–{each.until}", *yearly, each.outlet, *kinds])


def _purposes(purposes: Iterable[PurposePart]) -> Facet:
    listed = tuple(purposes)
    told = {each.code: _purpose(each) for each in listed}
    return {"order": ", ".join(each.code for each in listed), **told}


def _purpose(each: PurposePart) -> str:
    suggested = [each.kind.value] if each.kind else []
    suggested += [each.scope.value] if each.scope else []
    suggested += [option.value for option in each.options]
    words = [word for word in (each.name, each.name_en, each.note, each.note_en) if word]
    return " / ".join([" ".join([each.advice.value, *suggested]), *words])


def _profile(profile: ProfilePart) -> Iterator[tuple[Subject, Facet]]:
    def named(area: Area) -> Facet:
        return {name: getattr(profile, name) or "" for name in PROFILE_FIELDS[area]}

    yield Subject(Area.NAMES), named(Area.NAMES)
    yield Subject(Area.MAYOR), named(Area.MAYOR)
    clauses = {f"{each.kind.value} {'whole' if each.whole else 'part'}": each.text for each in profile.clauses}
    yield Subject(Area.CLAUSES), clauses
    yield (
        Subject(Area.LAYOUTS),
        {"individual_forms": ", ".join(sorted(kind.value for kind in profile.individual_forms))},
    )
    yield Subject(Area.CHECKING), _fields(profile.checking)
    yield Subject(Area.WINDOW), _fields(profile.window)


def _fields(part: object) -> Facet:
    names: Iterable[str] = getattr(type(part), "__dataclass_fields__", ())
    return {name: str(getattr(part, name)) for name in names}


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
