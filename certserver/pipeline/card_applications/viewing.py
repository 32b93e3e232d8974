"""Looking at applications: the state alone for whoever may see no more, all of it for whoever may; that somebody looked
at what is personal is noted in the audit log before they see it (I12)."""

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from certserver.applications.attachments import Attachment, MediaType, may_see
from certserver.applications.moving import Sight, sight
from certserver.applications.states import CardApplication, Reason, State
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import (
    Step,
    Stored,
    attachments_of,
    encrypted_content,
    read_application,
    steps_of,
)
from certserver.pipeline.card_applications.stepping import Hand
from certserver.pipeline.card_applications.who import Acting, Who, acting, concerned
from certserver.ports import in_japan, unix
from koufu.evidence.words import RefusalReason


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands, and why it came there where that was told. Nothing of a person."""

    application_id: str
    version: int
    state: State
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All of an application. `personal` is None once it was erased."""

    standing: Standing
    application: CardApplication
    outlet: str
    personal: Personal | None = field(repr=False)
    attachments: tuple[Attachment, ...]
    """Those that the viewer may see."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A picture or scan."""

    media_type: MediaType
    content: bytes = field(repr=False)


def show(parts: ApplicationParts, who: Who, municipality: str, application_id: str) -> Shown | Standing | Declined:
    """All of it, or where it stands for whoever may see no more."""
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            found = found_for(connection, who, municipality, application_id, unix(parts.clock.now()))
            if isinstance(found, Declined):
                return found
            acts, stored = found
            standing = standing_of(connection, stored)
            if sight(stored.application, acts.actor) is not Sight.ALL:
                return standing
            hand = Hand(parts, connection, book, acts, in_japan(unix(parts.clock.now())))
            hand.note(AuditEvent.VIEWED, application_id, {"what": "application"})
            personal = hand.personal(stored)
            return Shown(
                standing=standing,
                application=replace(stored.application, form_id=None if personal is None else personal.form_id),
                outlet=stored.outlet,
                personal=personal,
                attachments=tuple(
                    each
                    for each in attachments_of(connection, municipality, application_id)
                    if stored.key is not None and may_see(each.kind, stored.application, acts.actor)
                ),
                steps=steps_of(connection, municipality, application_id),
            )


def read_attachment(
    parts: ApplicationParts, who: Who, municipality: str, application_id: str, number: int
) -> Content | Declined:
    """A picture or scan, for whoever may see it; to others there is none."""
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            found = found_for(connection, who, municipality, application_id, unix(parts.clock.now()))
            if isinstance(found, Declined):
                return found
            acts, stored = found
            listed = {each.number: each for each in attachments_of(connection, municipality, application_id)}
            at = unix(parts.clock.now())
            if number not in listed or not may_see(listed[number].kind, stored.application, acts.actor):
                detail = {"reason": Why.UNKNOWN.value, "step": "attachment"}
                book.note(AuditEntry(at, AuditEvent.REFUSED, acts.source, detail))
                return Declined(Why.UNKNOWN)
            closed = encrypted_content(connection, municipality, application_id, number)
            if stored.key is None or closed is None:
                return Declined(Why.ERASED)
            attached = listed[number]
            hand = Hand(parts, connection, book, acts, in_japan(at))
            hand.note(AuditEvent.VIEWED, application_id, {"what": f"{attached.kind.value} {number}"})
            content = parts.keys.open_attachment(stored.key, municipality, application_id, number, closed)
            return Content(attached.media_type, content)


def found_for(
    connection: Connection, who: Who, municipality: str, application_id: str, now: int
) -> tuple[Acting, Stored] | Declined:
    """Who acts now (Unix seconds), and the application that has to do with them; to everybody else there is none. In a
    writing transaction."""
    acts = acting(connection, who, now)
    if isinstance(acts, Declined):
        return acts
    stored = read_application(connection, municipality, application_id)
    if stored is None:
        return Declined(Why.UNKNOWN)
    application = stored.application
    if not concerned(acts, application.reception_municipality, application.residence_municipality):
        return Declined(Why.UNKNOWN)
    return acts, stored


def standing_of(connection: Connection, stored: Stored) -> Standing:
    """Where it stands."""
    application = stored.application
    steps = steps_of(connection, application.residence_municipality, application.application_id)
    came = next((each for each in reversed(steps) if each.before is not each.after), None)
    reason = None if came is None else came.reason
    return Standing(application.application_id, stored.version, application.state, reason)
