"""Who works where, in which role, from when to when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.outlets import Outlet, OutletKind

STAFF_ROLES = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})

ROLES_AT: Mapping[tuple[OutletKind, SiteKind], frozenset[Role]] = {
    (OutletKind.MUNICIPAL, SiteKind.FIELD_INTAKE): frozenset({Role.HELPER, Role.OFFICER}),
    (OutletKind.MUNICIPAL, SiteKind.FIELD_SUPPORT): frozenset({Role.HELPER}),
    (OutletKind.MUNICIPAL, SiteKind.MUNICIPAL_COUNTER): frozenset({Role.HELPER, Role.OFFICER}),
    (OutletKind.POST_OFFICE, SiteKind.POST_OFFICE): frozenset({Role.CLERK, Role.HELPER}),
}
"""Which roles staff have at which place, by what kind of outlet its terminal stands at; elsewhere nobody has any."""

PLACES = frozenset(place for _, place in ROLES_AT)


@dataclass(frozen=True, slots=True)
class Engagement:
    """One person's work at one place, days in Japan, both included; `until` is None while no end is known. Raises
    `ValueError` when it ends before it begins, and for a role or place that no staff have."""

    mark: str
    role: Role
    outlet: str
    place: SiteKind
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("it ends before it begins")
        if not any(self.role in roles for (_, place), roles in ROLES_AT.items() if place is self.place):
            raise ValueError(f"nobody works as {self.role.value} at a {self.place.value}")

    def counts(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, other: "Engagement") -> bool:
        """Whether both are of one person at one place with a day in common."""
        same = (self.mark, self.outlet, self.place) == (other.mark, other.outlet, other.place)
        ends_before = self.until is not None and self.until < other.since
        begins_after = other.until is not None and other.until < self.since
        return same and not ends_before and not begins_after


def engaged(engagements: Iterable[Engagement], outlet: Outlet, place: SiteKind, day: date) -> Engagement | None:
    """The engagement by which a person works at a place on a day; None where there is none."""
    roles = ROLES_AT.get((outlet.kind, place), frozenset())
    for each in engagements:
        if (each.outlet, each.place) == (outlet.name, place) and each.role in roles and each.counts(day):
            return each
    return None
