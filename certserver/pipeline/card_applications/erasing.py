"""Erasing on schedule. What waited untouched for too long lapses; what ended is erased after its days: the
application's key is dropped, and with it all that it opens. Its steps stay, and the audit log verifies as before, for
neither ever held anything of a person. Composition schedules it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, select

from certserver.applications.retention import STATES, Span, days_waiting
from certserver.applications.states import Actor, Event, EventKind, Role, State
from certserver.ledger.audit import AuditEvent
from certserver.ledger.state import municipalities
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.retention_rows import read_retention
from certserver.pipeline.card_applications.rows import (
    Step,
    Stored,
    add_step,
    drop_contents,
    read_application,
    update_application,
)
from certserver.pipeline.card_applications.stepping import Which, step_of
from certserver.pipeline.card_applications.who import Known
from certserver.ports import JST, in_japan, unix
from certserver.storage.applications import applications

ERASE = "erase"
IN_ONE_ROUND = 100
"""Applications of a municipality."""

SERVER = Actor("server", Role.SERVER)


def erase_on_schedule(parts: ApplicationParts) -> int:
    """Lets lapse and erases what is due; how many were erased."""
    now = parts.clock.now()
    with parts.database.reading() as connection:
        codes = municipalities(connection)
        lapsing = [each for code in codes for each in _lapsing(connection, code, now)]
        due = [each for code in codes for each in _due(connection, code, now)]
    for each in lapsing:
        move_application(parts, Known(SERVER), each, Event(EventKind.LAPSE))
    return sum(isinstance(step_of(parts, Known(SERVER), each, None, _erase), Done) for each in due)


def _lapsing(connection: Connection, municipality: str, now: datetime) -> list[Which]:
    settings, here = read_retention(connection, municipality), in_japan(unix(now))
    found: list[Stored | None] = []
    for state in sorted(STATES[Span.WAITING], key=lambda state: state.value):
        days = days_waiting(state, here, settings)
        if days is not None:
            # Those of one state at a time: what may wait longer must not keep others from their turn.
            untouched_since = datetime.combine(here.date() - timedelta(days=days), time.min, JST)
            ids = _untouched(connection, municipality, state, unix(untouched_since))
            found += [read_application(connection, municipality, each) for each in ids]
    return [_which(each) for each in found if each is not None]


def _untouched(connection: Connection, municipality: str, state: State, since: int) -> Sequence[str]:
    """Those that nobody touched since an instant (Unix seconds), the longest first."""
    table = applications.c
    of_state = (table.municipality == municipality, table.state == state.value)
    waiting = select(table.application).where(*of_state, table.touched_at < since)
    return connection.scalars(waiting.order_by(table.touched_at).limit(IN_ONE_ROUND)).all()


def _due(connection: Connection, municipality: str, now: datetime) -> list[Which]:
    table = applications.c
    rows = connection.execute(
        select(table.application, table.version)
        .where(table.municipality == municipality, table.erased_at.is_(None), table.erase_at <= unix(now))
        .order_by(table.erase_at)
        .limit(IN_ONE_ROUND)
    )
    return [Which(municipality, row.application, row.version) for row in rows]


def _which(stored: Stored) -> Which:
    application = stored.application
    return Which(application.residence_municipality, application.application_id, stored.version)


def _erase(hand: Hand, stored: Stored) -> Done | Declined:
    application, now = stored.application, unix(hand.at)
    if stored.erase_at is None or stored.erase_at > now or stored.erased_at is not None:
        return Declined(Why.MOVED_MEANWHILE)
    after = replace(stored, version=stored.version + 1, person=None, key=None, personal=None, erased_at=now)
    update_application(hand.connection, after)
    drop_contents(hand.connection, hand.municipality, application.application_id)
    actor, state = hand.acts.actor, application.state
    kept = Step(after.version, ERASE, state, state, actor.actor_id, actor.role, actor.municipality, now, None)
    add_step(hand.connection, hand.municipality, application.application_id, kept)
    hand.note(AuditEvent.APPLICATION_ERASED, application.application_id, {"version": after.version})
    return Done(application.application_id, after.version, state)
