"""Whether a procedure may be done here, today, for whoever came, by whoever is there; and if not, why not and where it
can be done. Pure, over `certserver.applications.place_rows` and a municipality's commissions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from certserver.applications.commissions import Commission, Instrument
from certserver.applications.dated import in_force
from certserver.applications.place_rows import PLACE_ROWS, PlaceRow
from certserver.applications.places import POST_OFFICE_PLACES, Place, Procedure
from certserver.applications.states import Role
from certserver.outlets import is_code
from koufu.applying.words import Comer


class SiteKind(Enum):
    """What a site is by itself; of what level a post office is, its commissions say."""

    MUNICIPAL_COUNTER = "municipal-counter"
    FIELD_INTAKE = "field-intake"
    FIELD_SUPPORT = "field-support"
    POST_OFFICE = "post-office"
    CONSULATE = "consulate"


_PLACES = {
    SiteKind.MUNICIPAL_COUNTER: frozenset({Place.MUNICIPAL_COUNTER}),
    SiteKind.FIELD_INTAKE: frozenset({Place.FIELD_INTAKE}),
    SiteKind.FIELD_SUPPORT: frozenset({Place.FIELD_SUPPORT}),
    SiteKind.POST_OFFICE: POST_OFFICE_PLACES,
    SiteKind.CONSULATE: frozenset({Place.CONSULATE}),
}
_COMMISSIONED = frozenset({SiteKind.FIELD_SUPPORT, SiteKind.POST_OFFICE})


@dataclass(frozen=True, slots=True)
class Site:
    """One place with staff. `municipality` is the one it works for, None at a consulate."""

    kind: SiteKind
    name: str
    municipality: str | None

    def __post_init__(self) -> None:
        if (self.municipality is None) != (self.kind is SiteKind.CONSULATE):
            raise ValueError("a site works for a municipality unless it is a consulate")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came, and the municipality that issues this person's card: of residence, or for whoever lives abroad the one
    that keeps their supplement to the koseki."""

    comer: Comer
    municipality: str
    abroad: bool = False


class NotHere(Enum):
    """Why a procedure can't be done at a site."""

    NEVER_HERE = "never-here"
    """At no place of this kind."""
    NOT_YET_OR_ANY_MORE = "not-yet-or-any-more"
    """The law lets it happen at such places on other days."""
    NOT_COMMISSIONED = "not-commissioned"
    NOTHING_BEHIND_IT = "nothing-behind-it"
    """Resolution, contract or notice are not there yet."""
    ONLY_ABROAD = "only-abroad"
    """A consulate serves whoever lives abroad."""
    RESIDENTS_ONLY = "residents-only"
    OTHER_COMER = "other-comer"
    """Not this proxy or representative."""
    OTHER_ROLE = "role-not-here"
    """Somebody else of the staff does it."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done here, by this row and, where the place is another's, by this commission."""

    row: PlaceRow
    commission: Commission | None = None


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """It may not. `missing` tells staff what a commission lacks; `instead` are the sites where it can be done for the
    same visitor on the same day, the municipal counter first; none where another person has to come."""

    reason: NotHere
    missing: tuple[Instrument, ...] = ()
    instead: tuple[Site, ...] = ()


def may(
    procedure: Procedure, visitor: Visitor, site: Site, role: Role, commissions: Sequence[Commission], day: date
) -> Allowed | NotAllowed:
    """Whether somebody in a role may do a procedure at a site on a day in Japan, and otherwise why not and where.
    `commissions` are those of all municipalities concerned. Elsewhere somebody is there who may."""
    here = _judge(procedure, visitor, site, commissions, day)
    if isinstance(here, Allowed):
        if role in here.row.roles:
            return here
        here = NotAllowed(NotHere.OTHER_ROLE)
    others = (each for each in _elsewhere(visitor, commissions) if (each.kind, each.name) != (site.kind, site.name))
    instead = (each for each in others if isinstance(_judge(procedure, visitor, each, commissions, day), Allowed))
    told = (_as_told(each, commissions) for each in instead)
    return NotAllowed(here.reason, here.missing, tuple(dict.fromkeys(told)))


def _as_told(site: Site, commissions: Sequence[Commission]) -> Site:
    """The site by a name that residents know, else by none: what kind of place it is says more than a word for
    machines."""
    ours = (each for each in commissions if (each.municipality, each.office) == (site.municipality, site.name))
    name = next((each.called for each in ours if each.called), site.name)
    return replace(site, name="" if is_code(name) else name)


def _judge(
    procedure: Procedure, visitor: Visitor, site: Site, commissions: Sequence[Commission], day: date
) -> Allowed | NotAllowed:
    ever = [row for row in PLACE_ROWS if row.procedure is procedure and row.place in _PLACES[site.kind]]
    if not ever:
        return NotAllowed(NotHere.NEVER_HERE)
    row = next(iter(in_force(ever, day)), None)
    if row is None:
        return NotAllowed(NotHere.NOT_YET_OR_ANY_MORE)
    commission = None
    if site.kind in _COMMISSIONED:
        commission = _commission(row, site, commissions, day)
        if commission is None:
            return NotAllowed(NotHere.NOT_COMMISSIONED)
        if missing := commission.missing(day):
            return NotAllowed(NotHere.NOTHING_BEHIND_IT, missing)
    reason = _against_visitor(row, visitor, site)
    return Allowed(row, commission) if reason is None else NotAllowed(reason)


def _commission(row: PlaceRow, site: Site, commissions: Sequence[Commission], day: date) -> Commission | None:
    mine = (
        each
        for each in in_force(commissions, day)
        if (each.municipality, each.office, each.place) == (site.municipality, site.name, row.place)
        and row.procedure in each.procedures
    )
    # One that has everything behind it goes before one that has not.
    return min(mine, key=lambda each: len(each.missing(day)), default=None)


def _against_visitor(row: PlaceRow, visitor: Visitor, site: Site) -> NotHere | None:
    if site.kind is SiteKind.CONSULATE and not visitor.abroad:
        return NotHere.ONLY_ABROAD
    if row.residents_only and visitor.municipality != site.municipality:
        return NotHere.RESIDENTS_ONLY
    return None if visitor.comer in row.comers else NotHere.OTHER_COMER


def _elsewhere(visitor: Visitor, commissions: Sequence[Commission]) -> tuple[Site, ...]:
    home = visitor.municipality
    offices = sorted(
        {each.office for each in commissions if each.municipality == home and each.place in POST_OFFICE_PLACES}
    )
    return (
        Site(SiteKind.MUNICIPAL_COUNTER, "", home),
        *(Site(SiteKind.POST_OFFICE, office, home) for office in offices),
        Site(SiteKind.CONSULATE, "", None),
    )
