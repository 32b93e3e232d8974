"""What is personal in a card application goes on its day, and nothing else does: the steps stay, the audit log
verifies, and no copy of the old database's rows opens without the key."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.applications.retention import KEPT, WAITING, RetentionSetting, Span, days_waiting, kept_until
from certserver.applications.states import TERMINAL, EventKind, Reason, State
from certserver.errors import StorageError
from certserver.pipeline.card_applications.erasing import erase_on_schedule
from certserver.pipeline.card_applications.retention_rows import set_retention
from certserver.pipeline.card_applications.rows import read_application, steps_of
from certserver.pipeline.card_applications.viewing import Shown, show
from certserver.pipeline.card_applications.who import Known
from certserver.ports import JST, unix
from certserver.storage.applications import application_attachments, applications
from tests.support.card_applications import (
    Counter,
    an_application_server,
    at_counter,
    moved,
    officer,
    parts,
    verified,
)
from tests.support.server import START, ServerForTests
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


def rejected(server: ServerForTests) -> Counter:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    moved(server, clerk, officer(), EventKind.TAKE)
    assert moved(server, clerk, officer(), EventKind.REJECT, Reason.NOT_ENTITLED) == "rejected"
    return clerk


def test_every_end_has_its_days_and_so_has_what_waits_at_a_counter() -> None:
    assert {row.ended for row in KEPT} == TERMINAL
    for ended in TERMINAL:
        assert kept_until(ended, START) > START.date()
    assert days_waiting(State.UNDER_REVIEW, START) is None
    for row in WAITING:
        assert days_waiting(row.state, START) == row.days


def kept(days: int, since: datetime, state: State = State.REJECTED) -> RetentionSetting:
    return RetentionSetting(Span.KEPT, state, unix(since), days)


def test_what_a_municipality_set_counts_from_its_instant_until_a_later_one() -> None:
    first, second = START, START + timedelta(days=10)
    settings = (kept(400, second), kept(5, first), kept(7, first, State.DELIVERED))

    def days(at: datetime) -> int:
        return (kept_until(State.REJECTED, at, settings) - at.date()).days

    moment = timedelta(seconds=1)
    assert [days(at) for at in (first - moment, first, second - moment, second)] == [90, 5, 5, 400]
    assert kept_until(State.DISPOSED, second, settings) == second.date() + timedelta(days=90)


@pytest.mark.parametrize(
    ("span", "state", "days"),
    [
        (Span.KEPT, State.DRAFT, 10),
        (Span.WAITING, State.UNDER_REVIEW, 10),
        (Span.KEPT, State.REJECTED, 0),
        (Span.KEPT, State.REJECTED, 3661),
    ],
)
def test_what_can_not_be_set_is_said_plainly(span: Span, state: State, days: int) -> None:
    with pytest.raises(ValueError, match=r"there is no|days are expected"):
        RetentionSetting(span, state, 0, days)


def midnight_after(last: date) -> datetime:
    return datetime.combine(last + timedelta(days=1), time.min, JST)


def test_it_is_erased_on_the_day_after_its_days_and_not_before(server: ServerForTests) -> None:
    clerk = rejected(server)
    due = midnight_after(kept_until(State.REJECTED, START))
    server.clock.set(due - timedelta(seconds=1))
    assert erase_on_schedule(parts(server)) == 0
    server.clock.set(due)
    assert erase_on_schedule(parts(server)) == 1
    assert erase_on_schedule(parts(server)) == 0
    with server.database.reading() as connection:
        row = connection.execute(select(applications)).one()
        assert (row.person, row.open_person, row.encrypted_key, row.encrypted_personal) == (None,) * 4
        contents = connection.scalars(select(application_attachments.c.encrypted_content))
        assert list(contents) == [None, None]
        steps = steps_of(connection, MUNICIPALITY, clerk.application)
    assert [step.event for step in steps[-3:]] == ["take", "reject", "erase"]


def test_i12_the_log_verifies_after_erasing_and_still_says_what_happened(server: ServerForTests) -> None:
    clerk = rejected(server)
    before = verified(server)
    server.clock.set(midnight_after(kept_until(State.REJECTED, START)))
    erase_on_schedule(parts(server))
    after = verified(server)
    assert after.audit_seq == before.audit_seq + 1
    found = show(parts(server), Known(officer()), MUNICIPALITY, clerk.application)
    assert isinstance(found, Shown)
    assert (found.personal, found.attachments) == (None, ())
    assert found.standing.state is State.REJECTED
    assert found.steps[-2].reason is not None


def test_an_old_copy_of_what_was_encrypted_opens_under_no_other_key(server: ServerForTests) -> None:
    """As in a backup that holds the rows and not the key."""
    clerk = rejected(server)
    other = at_counter(server)
    other.taken_in("taro")
    keys = parts(server).keys
    with server.database.reading() as connection:
        mine = read_application(connection, MUNICIPALITY, clerk.application)
        theirs = read_application(connection, MUNICIPALITY, other.application)
        content = connection.scalar(
            select(application_attachments.c.encrypted_content).where(
                application_attachments.c.application == clerk.application, application_attachments.c.number == 1
            )
        )
    assert mine is not None
    assert theirs is not None
    assert mine.key is not None
    assert mine.personal is not None
    assert theirs.key is not None
    assert content is not None
    assert keys.open_personal(mine.key, MUNICIPALITY, clerk.application, mine.personal).resident_id == "kengo"
    with pytest.raises(StorageError):
        keys.open_personal(theirs.key, MUNICIPALITY, clerk.application, mine.personal)
    with pytest.raises(StorageError):
        keys.open_attachment(mine.key, MUNICIPALITY, clerk.application, 2, content)
    with pytest.raises(StorageError):
        keys.open_attachment(theirs.key, MUNICIPALITY, other.application, 1, content)


def test_what_nobody_comes_back_for_lapses_and_is_erased(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    days = days_waiting(State.DRAFT, START)
    assert days is not None
    last = START.date() + timedelta(days=days)
    server.clock.set(midnight_after(last) - timedelta(seconds=1))
    erase_on_schedule(parts(server))
    assert clerk.show().shown.standing.state == "draft"
    server.clock.set(midnight_after(last))
    erase_on_schedule(parts(server))
    assert clerk.show().shown.standing.state == "withdrawn"
    server.clock.set(midnight_after(kept_until(State.WITHDRAWN, midnight_after(last))))
    assert erase_on_schedule(parts(server)) == 1
    verified(server)


def test_the_days_are_those_that_the_municipality_set(server: ServerForTests) -> None:
    set_here = (kept(3, START), RetentionSetting(Span.WAITING, State.DRAFT, unix(START), 60))
    with server.database.writing() as connection:
        set_retention(connection, MUNICIPALITY, set_here)
    rejected(server)
    draft = at_counter(server)
    draft.open("taro")
    # Shorter days that are set later leave alone what had ended by then.
    with server.database.writing() as connection:
        set_retention(connection, MUNICIPALITY, (kept(1, START + timedelta(hours=1)),))
    server.clock.set(midnight_after(START.date() + timedelta(days=3)) - timedelta(seconds=1))
    assert erase_on_schedule(parts(server)) == 0
    server.clock.advance(1)
    assert erase_on_schedule(parts(server)) == 1
    server.clock.set(midnight_after(START.date() + timedelta(days=60)) - timedelta(seconds=1))
    erase_on_schedule(parts(server))
    assert draft.show().shown.standing.state == "draft"
    server.clock.advance(1)
    erase_on_schedule(parts(server))
    assert draft.show().shown.standing.state == "withdrawn"


def test_what_is_under_review_waits_for_the_officer(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    server.clock.advance(400 * 86_400)
    assert erase_on_schedule(parts(server)) == 0
    assert clerk.show().shown.standing.state == "sent-to-municipality"
