"""Who acts on an application. A terminal says which of its staff acts in which role; it is believed only in roles that
its place has. Whoever signed in elsewhere, an officer or another system, comes as known already."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from certserver.applications.permissions import Site, SiteKind
from certserver.applications.states import OF_A_MUNICIPALITY, Actor, Role
from certserver.ledger.audit import OPERATOR
from certserver.outlets import OutletKind
from certserver.pipeline.admission import Caller, served
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.stages import Refused

APPLICANT = "applicant"
"""The mark of whoever applies: nobody's name stands in a log."""

_ROLES: Mapping[tuple[OutletKind, SiteKind], frozenset[Role]] = {
    (OutletKind.MUNICIPAL, SiteKind.FIELD_INTAKE): frozenset({Role.APPLICANT, Role.HELPER, Role.OFFICER}),
    (OutletKind.MUNICIPAL, SiteKind.FIELD_SUPPORT): frozenset({Role.APPLICANT, Role.HELPER}),
    (OutletKind.MUNICIPAL, SiteKind.MUNICIPAL_COUNTER): frozenset({Role.APPLICANT, Role.HELPER, Role.OFFICER}),
    (OutletKind.POST_OFFICE, SiteKind.POST_OFFICE): frozenset({Role.APPLICANT, Role.CLERK, Role.HELPER}),
}
"""Which roles are played at which place, by what kind of outlet its terminal stands at."""


@dataclass(frozen=True, slots=True)
class AtTerminal:
    """At a terminal that `municipality` admitted: at what kind of place, which of the staff, in which role."""

    caller: Caller
    municipality: str
    site: SiteKind
    staff: str
    role: Role


@dataclass(frozen=True, slots=True)
class Known:
    """Known already: signed in elsewhere, or another system."""

    actor: Actor


Who = AtTerminal | Known


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who may act. `municipality`: for which the place works, None for other systems; `site` is None where
    nobody is at a terminal; `source` is how the audit log names where it comes from."""

    actor: Actor
    municipality: str | None
    site: Site | None
    source: str


def acting(connection: Connection, who: Who) -> Acting | Declined:
    """Who acts, in the transaction that the answer counts for; or why nobody does."""
    if isinstance(who, Known):
        source = OPERATOR if who.actor.role in OF_A_MUNICIPALITY else who.actor.role.value
        return Acting(who.actor, who.actor.municipality, None, source)
    admitted = served(connection, who.municipality, who.caller)
    if isinstance(admitted, Refused):
        return Declined(admitted.reason)
    if who.role not in _ROLES.get((admitted.outlet.kind, who.site), frozenset()):
        return Declined(Why.ROLE_NOT_HERE)
    applies = who.role is Role.APPLICANT
    actor = Actor(APPLICANT, who.role) if applies else Actor(who.staff, who.role, who.municipality)
    site = Site(who.site, admitted.outlet.name, who.municipality)
    return Acting(actor, who.municipality, site, who.caller.terminal)


def concerned(acts: Acting, reception: str, residence: str) -> bool:
    """Whether somebody has anything to do with an application: to everybody else there is none."""
    if acts.municipality is None:
        return acts.actor.role not in OF_A_MUNICIPALITY and acts.actor.role is not Role.APPLICANT
    if acts.actor.role is Role.OFFICER:
        return acts.municipality in (reception, residence)
    return acts.municipality == reception or (acts.actor.role is Role.APPLICANT and acts.municipality == residence)
