"""Who acts on an application. At a terminal it is whoever is signed in there, in the role and at the place of that
session, or the applicant beside them; a terminal says no more than which. Whoever signed in elsewhere, an officer or
another system, comes as known already."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from certserver.applications.permissions import Site
from certserver.applications.states import OF_A_MUNICIPALITY, Actor, Role
from certserver.ledger.audit import OPERATOR
from certserver.pipeline.admission import Caller, served
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.staff.sessions import signed_in, touched
from certserver.staff.engagements import ROLES_AT
from certserver.stages import Refused

APPLICANT = "applicant"
"""The mark of whoever applies: nobody's name stands in a log."""


@dataclass(frozen=True, slots=True)
class AtTerminal:
    """At a terminal that `municipality` admitted: whoever is signed in by this session, or the applicant beside."""

    caller: Caller
    municipality: str
    session: bytes = field(repr=False)
    applicant: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Known already: signed in elsewhere, or another system. `source` is how the audit log names where it comes from,
    empty: as the role says; `purpose` is for what somebody looks at personal data; `check` raises `NotAllowed` where
    they may no more, asked in the transaction in which they act."""

    actor: Actor
    source: str = ""
    purpose: str = ""
    check: Callable[[Connection], None] | None = field(default=None, repr=False)


Who = AtTerminal | Known


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who may act. `municipality`: for which the place works, None for other systems; `site` is None where
    nobody is at a terminal; `source` is how the audit log names where it comes from; `beside` is the mark of the member
    of staff who is beside the applicant; `purpose` is for what personal data are looked at, where that was told."""

    actor: Actor
    municipality: str | None
    site: Site | None
    source: str
    beside: str = ""
    purpose: str = ""


def acting(connection: Connection, who: Who, now: int, *, writing: bool = True) -> Acting | Declined:
    """Who acts now (Unix seconds), in the transaction that the answer counts for; or why nobody does. A `writing` one
    counts as a touch of the session. Raises `NotAllowed` for somebody known who may no more."""
    if isinstance(who, Known):
        if who.check is not None:
            who.check(connection)
        source = OPERATOR if who.actor.role in OF_A_MUNICIPALITY else who.actor.role.value
        return Acting(who.actor, who.actor.municipality, None, who.source or source, purpose=who.purpose)
    admitted = served(connection, who.municipality, who.caller)
    if isinstance(admitted, Refused):
        return Declined(admitted.reason)
    look = touched if writing else signed_in
    session = look(connection, who.municipality, who.caller, who.session, now)
    outlet = admitted.outlet
    # The terminal may stand elsewhere since.
    if session is None or session.outlet != outlet.name:
        return Declined(Why.NOT_SIGNED_IN)
    if session.role not in ROLES_AT.get((outlet.kind, session.place), frozenset()):
        return Declined(Why.NOT_SIGNED_IN)
    actor, beside = Actor(session.mark, session.role, who.municipality), ""
    if who.applicant:
        actor, beside = Actor(APPLICANT, Role.APPLICANT), session.mark
    site = Site(session.place, outlet.name, who.municipality)
    return Acting(actor, who.municipality, site, who.caller.terminal, beside)


def concerned(acts: Acting, reception: str, residence: str, outlet: str) -> bool:
    """Whether somebody has anything to do with an application: to everybody else there is none. Where it was taken in
    it concerns the office (`outlet`) that did so, and no other; of the municipality of residence every officer."""
    if acts.municipality is None:
        return acts.actor.role not in OF_A_MUNICIPALITY and acts.actor.role is not Role.APPLICANT
    if acts.municipality == residence and acts.actor.role in (Role.OFFICER, Role.APPLICANT):
        return True
    here = acts.site is None or acts.site.name == outlet
    return acts.municipality == reception and here
