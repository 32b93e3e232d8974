"""Opening a draft: for somebody who lives there, at a place that may take it in, who has no other application open."""

from dataclasses import dataclass, field
from datetime import date

from certserver.applications.moving import may_open
from certserver.applications.permissions import NotAllowed, NotHere, Visitor, may
from certserver.applications.places import Procedure
from certserver.applications.states import CardApplication, Role, Route, State
from certserver.pipeline.card_applications.expressing import ExpressSaid, judge_express
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import commissions_of
from certserver.pipeline.card_applications.rows import Step, Stored, insert_application, of_person, read_application
from certserver.pipeline.card_applications.stepping import Request, note_step, step
from certserver.pipeline.card_applications.who import AtTerminal
from certserver.ports import unix
from certserver.registers.resident_now import hold_resident_now
from koufu.applying.words import Comer

OPEN = "open"
"""The first step of every application."""

_ID_BYTES = 16
_OPENS = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})


@dataclass(frozen=True, slots=True)
class Opening:
    """What is applied for, for whom, and who came. `municipality` is that of residence. Raises `ValueError` for
    express issuance by another way than the mail."""

    municipality: str
    resident_id: str = field(repr=False)
    comer: Comer
    route: Route
    express: ExpressSaid | None = None
    face_auth: bool = False

    def __post_init__(self) -> None:
        if self.express is not None and self.route is not Route.MAIL:
            raise ValueError("express issuance goes by mail")


def open_draft(parts: ApplicationParts, who: AtTerminal, request: Request, wanted: Opening) -> Done | Declined:
    """A new draft."""
    return step(parts, who, wanted.municipality, request, lambda hand: _open(hand, wanted))


def _open(hand: Hand, wanted: Opening) -> Done | Declined:
    site, reception, actor = hand.acts.site, hand.acts.municipality, hand.acts.actor
    if site is None or reception is None or actor.role not in _OPENS:
        return Declined(Why.ROLE_NOT_HERE)
    refused = _allowed(hand, wanted, hand.at.date())
    if refused is not None:
        return Declined(refused.reason, instead=refused.instead)
    resident = hold_resident_now(hand.connection, wanted.municipality, wanted.resident_id)
    if resident is None or not resident.lives_here or hand.resident_hidden(wanted.resident_id, resident.address):
        return Declined(Why.NO_SUCH_RESIDENT)
    person = hand.parts.keys.person(wanted.municipality, wanted.resident_id)
    if not may_open(_others(hand, person)):
        return Declined(Why.ANOTHER_IS_OPEN)
    if wanted.express is not None:
        judged = judge_express(
            *(hand.connection, wanted.municipality, wanted.resident_id, wanted.express, hand.at.date()), another=False
        )
        if isinstance(judged, Declined):
            return judged
    draft = Draft(
        resident_id=wanted.resident_id,
        name=resident.name,
        address=resident.address,
        route=wanted.route,
        outlet=site.name,
        reception=reception,
        express=wanted.express is not None,
        face_auth=wanted.face_auth,
    )
    return open_for(hand, draft)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that may be opened: of whom, as the register writes them, and where it is taken in for which
    municipality."""

    resident_id: str = field(repr=False)
    name: str = field(repr=False)
    address: str = field(repr=False)
    route: Route
    outlet: str
    reception: str
    express: bool = False
    face_auth: bool = False


def open_for(hand: Hand, draft: Draft) -> Done:
    """Opens it, whatever the rules of a place say: those were asked. SQLAlchemy's `IntegrityError` when somebody has an
    open one already."""
    keys, actor, municipality = hand.parts.keys, hand.acts.actor, hand.municipality
    application = CardApplication(
        application_id=hand.parts.entropy(_ID_BYTES).hex(),
        residence_municipality=municipality,
        reception_municipality=draft.reception,
        route=draft.route,
        moved_at=hand.at,
        express=draft.express,
        face_auth=draft.face_auth,
    )
    application_id, now = application.application_id, unix(hand.at)
    key = keys.new_key(municipality, application_id)
    personal = Personal(draft.resident_id, draft.name, draft.address)
    stored = Stored(
        application=application,
        version=1,
        person=keys.person(municipality, draft.resident_id),
        outlet=draft.outlet,
        key=key,
        personal=keys.close_personal(key, municipality, application_id, personal),
        touched_at=now,
        due_on=None,
        ended_at=None,
        erase_at=None,
        erased_at=None,
    )
    insert_application(hand.connection, stored, now)
    first = Step(1, OPEN, None, State.DRAFT, actor.actor_id, actor.role, actor.municipality, now, None)
    note_step(hand, application_id, first)
    return Done(application_id, 1, State.DRAFT)


def _allowed(hand: Hand, wanted: Opening, day: date) -> NotAllowed | None:
    site = hand.acts.site
    if site is None or site.municipality is None:
        return NotAllowed(NotHere.NEVER_HERE)
    procedures = [Procedure.FORM_SUPPORT if hand.acts.actor.role is Role.HELPER else Procedure.CARD_APPLICATION]
    if wanted.express is not None:
        procedures.append(Procedure.EXPRESS)
    opened = commissions_of(hand.connection, (site.municipality, wanted.municipality), unix(hand.at))
    visitor = Visitor(wanted.comer, wanted.municipality)
    for procedure in procedures:
        verdict = may(procedure, visitor, site, hand.acts.actor.role, opened, day)
        if isinstance(verdict, NotAllowed):
            return verdict
    return None


def _others(hand: Hand, person: bytes) -> tuple[CardApplication, ...]:
    found = (
        read_application(hand.connection, hand.municipality, each)
        for each in of_person(hand.connection, hand.municipality, person)
    )
    return tuple(each.application for each in found if each is not None)
