"""What becomes known of an application between its moves, and what is attached to it."""

from dataclasses import dataclass, field, replace

from certserver.applications.attachments import MAX_ATTACHMENTS, Attachment, AttachmentKind, MediaType, fits
from certserver.applications.facts import FactRefusal, Facts, NotTaken, known, may_tell
from certserver.applications.form import is_declined
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.own_card import answered_by
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import (
    Stored,
    count_attachments,
    has_photo,
    insert_attachment,
)
from certserver.pipeline.card_applications.stepping import Request, Which, keep, step_of
from certserver.pipeline.card_applications.who import AtTerminal, Who
from certserver.ports import unix

TELL = "tell"
DECLINE = "decline"
"""The person said No, after the draft was opened: it stays where it is until they say otherwise, or is withdrawn."""
ATTACH = "attach"


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A picture or scan that is handed over."""

    kind: AttachmentKind
    media_type: MediaType
    content: bytes = field(repr=False)


def tell(
    parts: ApplicationParts, who: Who, which: Which, facts: Facts, request: Request | None = None
) -> Done | Declined:
    """Takes facts as known, or says why not."""
    return step_of(parts, who, which, request, lambda hand, stored: _tell(hand, stored, facts))


def tell_at_counter(
    parts: ApplicationParts, who: AtTerminal, which: Which, facts: Facts, card_session: bytes, request: Request
) -> Done | Declined:
    """The same at a terminal. That the PIN of the applicant's present card was right, the session says that this card
    answered there; empty: none did."""

    def with_session(hand: Hand, stored: Stored) -> Done | Declined:
        return _tell(hand, stored, replace(facts, card_pin_right=_is_own(hand, who, stored, card_session)))

    return step_of(parts, who, which, request, with_session)


def attach(
    parts: ApplicationParts, who: Who, which: Which, new: NewAttachment, request: Request | None = None
) -> Done | Declined:
    """Attaches a picture or scan, encrypted. Of several photos the last one counts."""
    return step_of(parts, who, which, request, lambda hand, stored: _attach(hand, stored, new))


def taken(hand: Hand, stored: Stored, facts: Facts) -> Stored | Declined:
    """The application with the facts known, not kept yet; or why they are not taken."""
    application, personal = stored.application, hand.personal(stored)
    if personal is None:
        return Declined(Why.ERASED)
    photo = has_photo(hand.connection, hand.municipality, application.application_id)
    policy = read_counter_settings(hand.connection, hand.municipality).policy(unix(hand.at))
    actor, day = hand.acts.actor, hand.at.date()
    after = known(application, personal.form, facts, actor, day, has_photo=photo, policy=policy)
    if isinstance(after, NotTaken):
        return Declined(after.reason, fields=after.wrong, version=stored.version, state=application.state)
    personal = replace(
        personal,
        form=personal.form if facts.form is None else facts.form,
        form_id=facts.form_id or personal.form_id,
    )
    return replace(stored, application=after, personal=hand.closed(stored, personal))


def _tell(hand: Hand, stored: Stored, facts: Facts) -> Done | Declined:
    after = taken(hand, stored, facts)
    if isinstance(after, Declined):
        return after
    before = hand.personal(stored)
    said_yes = before is not None and not is_declined(before.form)
    said_no = facts.form is not None and is_declined(facts.form) and said_yes
    return keep(hand, stored, after, DECLINE if said_no else TELL)


def _is_own(hand: Hand, who: AtTerminal, stored: Stored, card_session: bytes) -> bool:
    personal = hand.personal(stored)
    if not card_session or personal is None:
        return False
    holder = answered_by(hand.connection, hand.municipality, card_session, who.caller, unix(hand.at))
    return holder == personal.resident_id


def _attach(hand: Hand, stored: Stored, new: NewAttachment) -> Done | Declined:
    application = stored.application
    if "photo" not in may_tell(application, hand.acts.actor):
        return Declined(FactRefusal.NOT_NOW, version=stored.version, state=application.state)
    if not fits(new.kind, new.media_type, new.content):
        return Declined(Why.UNFIT_FILE)
    number = count_attachments(hand.connection, hand.municipality, application.application_id) + 1
    if number > MAX_ATTACHMENTS:
        return Declined(Why.TOO_MANY)
    assert stored.key is not None, "what waits for its photo has not ended"
    closed = hand.parts.keys.close_attachment(
        stored.key, hand.municipality, application.application_id, number, new.content
    )
    attached = Attachment(number, new.kind, new.media_type, len(new.content), unix(hand.at))
    insert_attachment(hand.connection, hand.municipality, application.application_id, attached, closed)
    return replace(keep(hand, stored, stored, ATTACH), attachment=number)
