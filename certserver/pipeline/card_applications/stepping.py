"""One step of an application, in the hand of whoever acts: whether the same was asked before, and where the application
stands; then the step is kept, the application as it is after it, and what the audit log says."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, delete, insert, select

from certserver.applications.deadlines import due_after
from certserver.applications.retention import kept_until
from certserver.applications.states import CardApplication, Reason, Role, State
from certserver.ledger.audit import AuditEvent
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.retention_rows import read_retention
from certserver.pipeline.card_applications.rows import Step, Stored, add_step, update_application
from certserver.pipeline.card_applications.who import Acting, Who
from certserver.ports import JST, unix
from certserver.storage.applications import application_requests
from certserver.storage.statements import Change, Query
from koufu.evidence.words import RefusalReason

REQUEST_KEPT = timedelta(days=7)
"""How long an answer is remembered for whoever asks the same again."""


@dataclass(frozen=True, slots=True)
class Request:
    """What makes a request the same as another: the asker's random token, and the bytes of what is asked."""

    token: bytes
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Which:
    """An application, and the version that the asker has seen."""

    municipality: str
    application_id: str
    version: int


_REMEMBER = Change(insert(application_requests))
_REMEMBERED = Query(
    select(application_requests).where(
        application_requests.c.municipality == bindparam("of"), application_requests.c.token == bindparam("by")
    )
)

_GOES_ON = frozenset({Role.RESIDENT_RECORD, Role.SERVER})
"""An integrity alarm stops what people and other systems do, never erasing on time or what a resident record says."""

Work = Callable[[Hand], Done | Declined]
StoredWork = Callable[[Hand, Stored], Done | Declined]


def step(parts: ApplicationParts, who: Who, municipality: str, request: Request | None, work: Work) -> Done | Declined:
    """One step, or what it was refused for; the refusal is in the audit log too. Without a `request` asking again is a
    new step."""
    return in_hand(parts, who, municipality, lambda hand: _step(hand, request, work), step="card application")


def step_of(
    parts: ApplicationParts, who: Who, which: Which, request: Request | None, work: StoredWork
) -> Done | Declined:
    """A step of an application that stands as the asker has seen it."""

    def of_it(hand: Hand) -> Done | Declined:
        stored = hand.application(which.application_id)
        if isinstance(stored, Declined):
            return stored
        if stored.version != which.version:
            return Declined(Why.MOVED_MEANWHILE, version=stored.version, state=stored.application.state)
        return work(hand, stored)

    return step(parts, who, which.municipality, request, of_it)


def keep(hand: Hand, stored: Stored, after: Stored, event: str, reason: Reason | None = None) -> Done:
    """Keeps a step that leads from one to the other, and sets by when the next is due and what is personal goes."""
    application, now = after.application, unix(hand.at)
    before = stored.application.state
    due_on = due_after(before, stored.due_on, application.state, hand.at.date(), express=application.express)
    after = replace(after, version=stored.version + 1, touched_at=now, due_on=due_on)
    if stored.application.is_open and not application.is_open:
        after = replace(after, ended_at=now, erase_at=unix(_erase_at(hand, application)))
    update_application(hand.connection, after)
    actor = hand.acts.actor
    kept = Step(
        version=after.version,
        event=event,
        before=before,
        after=application.state,
        actor_id=actor.actor_id,
        role=actor.role,
        municipality=actor.municipality,
        at=now,
        reason=reason,
    )
    note_step(hand, application.application_id, kept)
    return Done(application.application_id, after.version, application.state)


def note_step(hand: Hand, application_id: str, kept: Step) -> None:
    """Adds a step, and notes it in the audit log."""
    add_step(hand.connection, hand.municipality, application_id, kept)
    detail: dict[str, str | int] = {"what": kept.event, "state": kept.after.value, "version": kept.version}
    if kept.reason is not None:
        detail["reason"] = kept.reason.value
    hand.note(AuditEvent.APPLICATION_MOVED, application_id, detail)


def forget_requests(parts: ApplicationParts) -> None:
    """Forgets answers that nobody asks for again."""
    before = unix(parts.clock.now() - REQUEST_KEPT)
    old = application_requests.c.at <= before
    with parts.database.reading() as connection:
        if connection.execute(select(application_requests.c.at).where(old).limit(1)).first() is None:
            return
    with parts.database.writing() as connection:
        connection.execute(delete(application_requests).where(old))


def _step(hand: Hand, request: Request | None, work: Work) -> Done | Declined:
    if hand.book.state.suspended and hand.acts.actor.role not in _GOES_ON:
        return Declined(RefusalReason.SUSPENDED)
    if request is None:
        return work(hand)
    asked = hand.parts.keys.asked(hand.municipality, _asker(hand.acts), request.content)
    before = _answered(hand, request, asked)
    if before is not None:
        # A measure that was set since hides what was answered before, too.
        gone = hand.application(before.application_id) if isinstance(before, Done) else None
        return gone if isinstance(gone, Declined) else before
    done = work(hand)
    if isinstance(done, Done):
        _REMEMBER.run(
            hand.connection,
            {
                "municipality": hand.municipality,
                "token": request.token,
                "asked": asked,
                "application": done.application_id,
                "version": done.version,
                "state": done.state.value,
                "attachment": done.attachment,
                "at": unix(hand.at),
            },
        )
    return done


def _answered(hand: Hand, request: Request, asked: bytes) -> Done | Declined | None:
    row = _REMEMBERED.first(hand.connection, {"of": hand.municipality, "by": request.token})
    if row is None:
        return None
    if row.asked != asked:
        return Declined(Why.TOKEN_REUSED)
    return Done(row.application, row.version, State(row.state), row.attachment)


def _asker(acts: Acting) -> str:
    return f"{acts.source}/{acts.municipality}/{acts.actor.role.value}/{acts.actor.actor_id}"


def _erase_at(hand: Hand, application: CardApplication) -> datetime:
    last = kept_until(application.state, hand.at, read_retention(hand.connection, hand.municipality))
    return datetime.combine(last + timedelta(days=1), time.min, JST)
