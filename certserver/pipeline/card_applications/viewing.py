"""Looking at applications: the state alone for whoever may see no more, all of it for whoever may; that somebody looked
at what is personal is noted in the audit log before they see it (I12)."""

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from certserver.applications.ages import needs_legal_representative
from certserver.applications.attachments import Attachment, MediaType, may_see
from certserver.applications.form import Form, born, is_yes
from certserver.applications.moving import Sight, sight
from certserver.applications.photo_measures import wants_photo
from certserver.applications.states import CardApplication, Reason, Role, State
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import (
    Step,
    Stored,
    attachments_of,
    encrypted_content,
    steps_of,
)
from certserver.pipeline.card_applications.who import Who


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands, and why it came there where that was told. Nothing of a person."""

    application_id: str
    version: int
    state: State
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All of an application. `personal` is None once it was erased; `due_on` is by when it should leave its state."""

    standing: Standing
    application: CardApplication
    outlet: str
    due_on: date | None
    personal: Personal | None = field(repr=False)
    attachments: tuple[Attachment, ...]
    """Those that the viewer may see."""
    steps: tuple[Step, ...]
    photo_wanted: bool
    needs_representative: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A picture or scan."""

    media_type: MediaType
    content: bytes = field(repr=False)


def show(parts: ApplicationParts, who: Who, municipality: str, application_id: str) -> Shown | Standing | Declined:
    """All of it, or where it stands for whoever may see no more."""

    def shown(hand: Hand) -> Shown | Standing | Declined:
        stored = hand.application(application_id)
        if isinstance(stored, Declined):
            return stored
        standing = standing_of(hand.connection, stored)
        if sight(stored.application, hand.acts.actor) is not Sight.ALL:
            return standing
        hand.viewed(application_id, "application")
        personal = hand.personal(stored)
        form: Form = {} if personal is None else personal.form
        birth, today = born(form), hand.at.date()
        return Shown(
            standing=standing,
            application=_shown(hand, stored, personal),
            outlet=stored.outlet,
            due_on=stored.due_on,
            personal=personal,
            attachments=tuple(
                each
                for each in attachments_of(hand.connection, municipality, application_id)
                if stored.key is not None and may_see(each.kind, stored.application, hand.acts.actor)
            ),
            steps=() if _helps(hand) else steps_of(hand.connection, municipality, application_id),
            photo_wanted=birth is None or wants_photo(birth, today),
            needs_representative=birth is not None
            and needs_legal_representative(birth, today, adult_ward=is_yes(form, "adult-ward")),
        )

    return in_hand(parts, who, municipality, shown)


def read_attachment(
    parts: ApplicationParts, who: Who, municipality: str, application_id: str, number: int
) -> Content | Declined:
    """A picture or scan, for whoever may see it; to others there is none."""

    def content(hand: Hand) -> Content | Declined:
        stored = hand.application(application_id)
        if isinstance(stored, Declined):
            return stored
        listed = {each.number: each for each in attachments_of(hand.connection, municipality, application_id)}
        if number not in listed or not may_see(listed[number].kind, stored.application, hand.acts.actor):
            return hand.refused(Declined(Why.UNKNOWN), "attachment")
        closed = encrypted_content(hand.connection, municipality, application_id, number)
        if stored.key is None or closed is None:
            return Declined(Why.ERASED)
        attached = listed[number]
        hand.viewed(application_id, f"{attached.kind.value} {number}")
        opened = parts.keys.open_attachment(stored.key, municipality, application_id, number, closed)
        return Content(attached.media_type, opened)

    return in_hand(parts, who, municipality, content)


def standing_of(connection: Connection, stored: Stored) -> Standing:
    """Where it stands."""
    application = stored.application
    steps = steps_of(connection, application.residence_municipality, application.application_id)
    came = next((each for each in reversed(steps) if each.before is not each.after), None)
    reason = None if came is None else came.reason
    return Standing(application.application_id, stored.version, application.state, reason)


def _shown(hand: Hand, stored: Stored, personal: Personal | None) -> CardApplication:
    """Whoever only helps checks nobody's identity: by which documents that was done is nothing to them, nor who did
    what before."""
    application = replace(stored.application, form_id=None if personal is None else personal.form_id)
    return replace(application, combination=None, clerks=frozenset()) if _helps(hand) else application


def _helps(hand: Hand) -> bool:
    return hand.acts.actor.role is Role.HELPER
