"""Finds the card that waits at a municipal counter for somebody: by the number on its 交付通知書, or by name and day of
birth, as `finding` finds a resident and paced with it. That somebody looked is noted before they see it (I12).
The number finds nobody whom name and birth would not find (I14): a measure may be against whoever holds the notice."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from certserver.applications.ages import needs_legal_representative
from certserver.applications.form import born, is_yes
from certserver.applications.permissions import NotAllowed, NotHere, Visitor, may
from certserver.applications.places import Procedure
from certserver.applications.states import OldCard, State
from certserver.ledger.audit import AuditEvent
from certserver.pipeline.card_applications.finding import Said, one_called
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import commissions_of
from certserver.pipeline.card_applications.rows import Stored, of_person
from certserver.pipeline.card_applications.viewing import Standing, standing_of
from certserver.pipeline.card_applications.who import Acting, AtTerminal
from certserver.ports import unix
from certserver.registers.births import Born
from koufu.applying.words import Comer

WAITS = frozenset({State.NOTICE_SENT, State.RESERVED})


@dataclass(frozen=True, slots=True)
class SearchWaiting:
    """Whose card, in whose register: by the number on the notice, or by what is said of the holder."""

    municipality: str
    by: Said | str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that waits, and what an officer has to know of its holder to hand it over. `signing`: it bears a signing
    X.509, so that its PIN is set too."""

    standing: Standing
    name: str = field(repr=False)
    name_kana: str = field(repr=False)
    born: date = field(repr=False)
    address: str = field(repr=False)
    needs_representative: bool
    adult_ward: bool
    face_auth: bool
    user_auth: bool
    signing: bool
    old_card: OldCard


def find_waiting(parts: ApplicationParts, who: AtTerminal, search: SearchWaiting) -> Waiting | Declined:
    """The one card, or why none."""

    def found(hand: Hand) -> Waiting | Declined:
        waiting = _find(hand, who, search)
        if isinstance(waiting, Waiting):
            hand.note(AuditEvent.VIEWED, waiting.standing.application_id, {"what": "card that waits"})
        return waiting

    return in_hand(parts, who, search.municipality, found, step="finding a card that waits")


def hands_over_here(
    connection: Connection, acts: Acting, municipality: str, visitor: Comer, at: datetime
) -> Declined | None:
    """Why somebody hands no card over to such a visitor where they are; None when they may."""
    if acts.site is None:
        return Declined(Why.ROLE_NOT_HERE)
    alone = visitor is Comer.PROXY
    procedure = Procedure.PROXY_DELIVERY if alone else Procedure.CARD_DELIVERY
    opened = commissions_of(connection, {municipality, *filter(None, (acts.site.municipality,))}, unix(at))
    verdict = may(procedure, Visitor(visitor, municipality), acts.site, acts.actor.role, opened, at.date())
    if isinstance(verdict, NotAllowed):
        return Declined(verdict.reason, instead=verdict.instead)
    return None if acts.municipality == municipality else Declined(NotHere.RESIDENTS_ONLY)


def admitted_today(hand: Hand, personal: Personal) -> bool:
    """Whether a taker was admitted on this very day. Whoever comes another day is judged by what they show then."""
    return personal.hand_over.get("on", hand.at.date().isoformat()) == hand.at.date().isoformat()


def _find(hand: Hand, who: AtTerminal, search: SearchWaiting) -> Waiting | Declined:
    municipality = search.municipality
    refused = hands_over_here(hand.connection, hand.acts, municipality, Comer.PERSON, hand.at)
    if refused is not None:
        return refused
    if isinstance(search.by, str):
        stored = _known(hand, search.by)
    else:
        person = one_called(hand, who.caller.terminal, search.by)
        if isinstance(person, Declined):
            return person
        stored = _latest_of(hand, person)
    personal = None if stored is None else hand.personal(stored)
    if stored is None or personal is None:
        return Declined(Why.NOBODY_FOUND)
    if stored.application.state not in WAITS:
        return Declined(Why.NOT_WAITING, version=stored.version, state=stored.application.state)
    return _waiting(hand, stored, personal)


def _latest_of(hand: Hand, person: Born) -> Stored | None:
    known = hand.parts.keys.person(hand.municipality, person.resident_id)
    ids = of_person(hand.connection, hand.municipality, known)
    return _known(hand, ids[0]) if ids else None


def _known(hand: Hand, application_id: str) -> Stored | None:
    stored = hand.application(application_id)
    return None if isinstance(stored, Declined) else stored


def _waiting(hand: Hand, stored: Stored, personal: Personal) -> Waiting | Declined:
    form, application = personal.form, stored.application
    birth = born(form)
    if birth is None:
        return Declined(Why.NOBODY_FOUND)
    ward = is_yes(form, "adult-ward")
    alone = not needs_legal_representative(birth, hand.at.date(), adult_ward=ward)
    return Waiting(
        standing=standing_of(hand.connection, stored),
        name=form.get("name", personal.name),
        name_kana=form.get("name-kana", ""),
        born=birth,
        address=form.get("address", personal.address),
        needs_representative=not alone,
        adult_ward=ward,
        face_auth=application.face_auth,
        user_auth=not application.face_auth and not is_yes(form, "no-user-auth-x509"),
        signing=alone and not application.face_auth and not is_yes(form, "no-signing-x509"),
        old_card=application.old_card,
    )
