"""Moves of a stored application: the pure rule says whether, here it is kept. An officer's decision looks into the
resident record first, under the lock that keeps the record as it is: who moved or died gets no card."""

from dataclasses import replace

from certserver.applications.facts import Facts, missing_again
from certserver.applications.form import is_declined
from certserver.applications.mail_asked import mail_unmet
from certserver.applications.moves import Need
from certserver.applications.moving import Refused, move
from certserver.applications.states import Actor, Event, EventKind, Moved, Reason, Role
from certserver.pipeline.card_applications.counting import count
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored
from certserver.pipeline.card_applications.stepping import Request, Which, keep, step_of
from certserver.pipeline.card_applications.telling import taken
from certserver.pipeline.card_applications.waiting import admitted_today, hands_over_here
from certserver.pipeline.card_applications.who import Acting, Who
from certserver.registers.resident_now import ResidentNow, hold_resident_now
from koufu.applying.words import Comer

_LOOKS_INTO_THE_RECORD = frozenset({EventKind.TAKE, EventKind.APPROVE, EventKind.ORDER_CARD, EventKind.MAIL_OUT})
_AT_COUNTER = frozenset({EventKind.RESERVE, EventKind.MISS, EventKind.DELIVER})
_COMES_BACK = frozenset({EventKind.RETURN, EventKind.REPORT_DEFECT})
RECORD = Acting(Actor("resident-record", Role.RESIDENT_RECORD), None, None, Role.RESIDENT_RECORD.value)
"""Who says that somebody moved, died or is called otherwise."""


def move_application(
    parts: ApplicationParts,
    who: Who,
    which: Which,
    event: Event,
    request: Request | None = None,
    facts: Facts | None = None,
) -> Done | Declined:
    """Moves an application, or says why it stays. An approval or what leads to a card ends it instead when the
    resident record changed: `RECORD_CHANGED`. `facts` become known with the move, or not at all where it stays."""
    return step_of(parts, who, which, request, lambda hand, stored: _move(hand, stored, event, facts))


def changed_since(personal: Personal, resident: ResidentNow | None) -> Reason | None:
    """What the resident record says now that an application can't go on with; None when nothing."""
    if resident is not None and resident.died is not None:
        return Reason.DIED
    if resident is None or resident.moved_out is not None:
        return Reason.MOVED_OUT
    if resident.name != personal.name:
        return Reason.NAME_CHANGED
    return Reason.ADDRESS_CHANGED if resident.address != personal.address else None


def end_by_record(hand: Hand, stored: Stored) -> Declined | None:
    """Ends an application that can't go on by what the resident record says now; None when it can."""
    reason = _record_now(hand, stored)
    if reason is None:
        return None
    ended = _made(replace(hand, acts=RECORD), stored, Event(EventKind.INVALIDATE, reason))
    return Declined(Why.RECORD_CHANGED, version=ended.version, state=ended.state) if isinstance(ended, Done) else ended


def _move(hand: Hand, stored: Stored, event: Event, facts: Facts | None) -> Done | Declined:
    if event.kind in _LOOKS_INTO_THE_RECORD and stored.application.is_open:
        ended = end_by_record(hand, stored)
        if ended is not None:
            return ended
    if event.kind in _AT_COUNTER and hand.acts.site is not None:
        taker = stored.application.taker if event.kind is EventKind.DELIVER else None
        refused = hands_over_here(hand.connection, hand.acts, hand.municipality, taker or Comer.PERSON, hand.at)
        if refused is not None:
            return refused
    known = stored if facts is None else taken(hand, stored, facts)
    return known if isinstance(known, Declined) else _made(hand, known, event)


def _record_now(hand: Hand, stored: Stored) -> Reason | None:
    personal = hand.personal(stored)
    if personal is None:
        return None
    return changed_since(personal, hold_resident_now(hand.connection, hand.municipality, personal.resident_id))


def _made(hand: Hand, stored: Stored, event: Event) -> Done | Declined:
    personal = hand.personal(stored)
    application = stored.application
    if event.kind is EventKind.WITHDRAW and personal is not None and is_declined(personal.form):
        event = replace(event, reason=Reason.NO_INTENT)
    if personal is not None:
        against = mail_unmet(application, personal.form, hand.at.date())
        application = replace(application, form_id=personal.form_id, mail_unmet=against)
        if not admitted_today(hand, personal):
            application = replace(application, taker=None)
    moved = move(application, event, hand.acts.actor, hand.at)
    if isinstance(moved, Refused):
        mail = (application.mail_unmet or ()) if Need.MAIL_CONDITIONS in moved.needs else ()
        return Declined(moved.reason, moved.needs, mail=mail, version=stored.version, state=application.state)
    count(hand, stored, personal, event.kind)
    return _kept(hand, stored, moved, event)


def _kept(hand: Hand, stored: Stored, moved: Moved, event: Event) -> Done:
    after = missing_again(moved.application, event.reason) if event.kind in _COMES_BACK else moved.application
    return keep(hand, stored, replace(stored, application=after), event.kind.value, event.reason)
