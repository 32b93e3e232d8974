"""Whether whoever is signed in at a desk may do a procedure there, before they begin it: asked of the
municipality's commissions and the rules of its places. It changes nothing, and nothing of a person is asked; that
somebody was turned away is in the audit log (I12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from certserver.applications.commissions import Commission
from certserver.applications.permissions import NotAllowed, NotHere, Visitor, may
from certserver.applications.places import Procedure
from certserver.pipeline.card_applications.commissions import read_commissions
from certserver.pipeline.card_applications.handling import in_hand
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.who import AtTerminal, acting
from certserver.ports import in_japan, unix
from koufu.applying.words import Comer

_SOMEWHERE = ""
"""A municipality of residence that was not told: not the desk's, and without an office known here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, who came, and the municipality of residence: None for any other than the desk's."""

    procedure: Procedure
    comer: Comer
    municipality: str | None


def permit(parts: ApplicationParts, who: AtTerminal, asked: Asked) -> Declined | None:
    """Why it may not be done here today, and where instead; None when it may."""
    with parts.database.reading() as connection:
        acts = acting(connection, who, unix(parts.clock.now()), writing=False)
        if isinstance(acts, Declined):
            return acts
        if acts.site is None or acts.site.municipality is None:
            return Declined(NotHere.NEVER_HERE)
        home = _SOMEWHERE if asked.municipality is None else asked.municipality
        opened = commissions_of(connection, (acts.site.municipality, home), unix(parts.clock.now()))
    day = in_japan(unix(parts.clock.now())).date()
    visitor = Visitor(asked.comer, home)
    verdict = may(asked.procedure, visitor, acts.site, acts.actor.role, opened, day)
    return Declined(verdict.reason, instead=verdict.instead) if isinstance(verdict, NotAllowed) else None


def ask_permitted(parts: ApplicationParts, who: AtTerminal, asked: Asked) -> Declined | None:
    """The same, asked for whoever came: a refusal is noted."""
    declined = permit(parts, who, asked)
    if declined is not None:
        about = {"kind": asked.procedure.value}
        in_hand(parts, who, who.municipality, lambda _: declined, step="what may be done here", about=about)
    return declined


def commissions_of(connection: Connection, municipalities: Iterable[str], at: int) -> tuple[Commission, ...]:
    """Everything that these municipalities opened, as it stands at an instant (Unix seconds)."""
    return tuple(each for code in sorted(set(municipalities)) for each in read_commissions(connection, code, at))
