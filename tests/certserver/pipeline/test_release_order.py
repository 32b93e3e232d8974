"""Releasing: everything is read again under the lock that appends to the ledger, and nothing is issued twice."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from certserver.ledger.alarms import close_alarm
from certserver.ledger.audit import verify
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.ledger.terminals import withdraw_terminal
from certserver.pipeline.release import ReleaseOrder, _get_ready, _issue, _Ready
from certserver.ports import JST, unix
from certserver.registers.model import Withholding
from certserver.registers.repository import read_snapshot
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal, write_household, write_registered_seal, write_resident
from certserver.stages import Refused
from certserver.storage.identity import card_links
from certserver.storage.issued import alarms, audit_log, ledger
from certserver.storage.settings import hour_settings
from certserver.storage.visits import orders, prepared_documents
from koufu.evidence.order import ProvenOrder
from koufu.evidence.words import RefusalReason
from tests.support.register_changes import read_household
from tests.support.registers import make_household, make_seal
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL, Visit, refusal

pytestmark = pytest.mark.usefixtures("either_database")

numbers = count(1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def prepared(server: ServerForTests, resident_id: str = "kengo", terminal: str = "kiosk-1") -> Visit:
    visit = server.visit(resident_id, terminal)
    visit.offer()
    assert visit.prepare(visit.order(RESIDENCE, SEAL))[0].HasField("document")
    return visit


def issued(server: ServerForTests) -> int:
    with server.database.reading() as connection:
        return len(connection.execute(select(ledger)).all())


def state_of(server: ServerForTests, visit: Visit) -> str:
    with server.database.reading() as connection:
        return str(connection.execute(select(orders.c.state).where(orders.c.order_id == visit.order_id)).scalar_one())


def test_the_same_attempt_gets_the_same_statements(server: ServerForTests) -> None:
    visit = prepared(server)
    first = visit.release()
    server.clock.advance(30)
    assert visit.release() == first
    assert issued(server) == 2
    visit.accept(first)


def test_i6_a_seal_cancelled_after_prepare_is_not_issued(server: ServerForTests) -> None:
    visit = prepared(server)
    with server.database.writing() as connection:
        cancel_registered_seal(connection, MUNICIPALITY, "kengo")
    (reply,) = visit.release()
    assert (reply.refusal.reason, reply.refusal.line) == ("seal-cancelled", 1)
    assert visit.release() == [reply]
    assert (issued(server), state_of(server, visit)) == (0, "closed")


@pytest.mark.parametrize("measure", list(Withholding))
def test_i6_a_measure_after_prepare_is_seen(server: ServerForTests, measure: Withholding) -> None:
    visit = prepared(server)
    with server.database.writing() as connection:
        write_withholding(connection, MUNICIPALITY, "haru", frozenset({measure}))
    assert refusal(visit.release()) == "withheld"
    assert issued(server) == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"moved_out": date(2026, 6, 10)}, "moved-out"),
        ({"move_out_planned": date(2026, 7, 1)}, "move-out-planned"),
        ({"died": date(2026, 6, 10)}, "deceased"),
    ],
)
def test_i6_a_move_or_death_after_prepare_is_seen(server: ServerForTests, change: dict[str, Any], reason: str) -> None:
    visit = prepared(server)
    with server.database.writing() as connection:
        snapshot = read_household(connection, MUNICIPALITY, "kengo")
        assert snapshot is not None
        write_resident(connection, MUNICIPALITY, replace(snapshot.orderer, **change))
    assert refusal(visit.release()) == reason
    assert issued(server) == 0


def test_i6_an_x509_revoked_after_prepare_is_seen(server: ServerForTests) -> None:
    visit = prepared(server)
    server.revoke(visit.persona)
    assert refusal(visit.release()) == "x509-revoked"
    assert issued(server) == 0


@contextmanager
def the_lock_comes_after(server: ServerForTests, seconds: float) -> Iterator[None]:
    """Time goes by while the next writer waits for its lock."""
    waiting = True

    def wait(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal waiting
        if waiting and (statement == "BEGIN IMMEDIATE" or statement.endswith("FOR UPDATE")):
            waiting = False
            server.clock.advance(seconds)

    event.listen(server.database.engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(server.database.engine, "before_cursor_execute", wait)
    assert not waiting


def test_i6_an_order_that_ran_out_while_the_lock_was_waited_for_is_not_issued(server: ServerForTests) -> None:
    visit = prepared(server)
    server.clock.advance(899)
    with the_lock_comes_after(server, 1):
        assert refusal(visit.release()) == "session-expired"
    assert (issued(server), state_of(server, visit)) == (0, "closed")


def test_i6_an_x509_that_expired_while_the_lock_was_waited_for_is_not_issued(server: ServerForTests) -> None:
    visit = prepared(server)
    in_two_seconds = unix(server.clock.now()) + 2
    with server.database.writing() as connection:
        connection.execute(update(card_links).values(not_after=in_two_seconds))
    with the_lock_comes_after(server, 3):
        assert refusal(visit.release()) == "x509-expired"
    assert issued(server) == 0


def test_i6_what_the_lock_brings_in_time_is_issued(server: ServerForTests) -> None:
    visit = prepared(server)
    with the_lock_comes_after(server, 3):
        visit.accept(visit.release())


def test_a_day_that_ends_while_the_lock_is_waited_for_wants_a_new_date_on_the_paper(server: ServerForTests) -> None:
    server.configure(lambda connection: connection.execute(update(hour_settings).values(closes_at=24 * 60)))
    server.clock.set(datetime(2026, 6, 10, 23, 59, 58, tzinfo=JST))
    server.refresh_crl()
    visit = prepared(server)
    with the_lock_comes_after(server, 2):
        assert visit.release()[0].prepare_again
    assert issued(server) == 0


@pytest.mark.parametrize(
    "closes", [lambda visit: visit.report(""), lambda visit: visit.release()], ids=["gone", "told"]
)
def test_i12_an_order_that_ended_while_the_lock_was_waited_for_is_refused_in_the_log(
    server: ServerForTests, closes: Callable[[Visit], object]
) -> None:
    """The resident gives up, or the seal is gone and another call is told so, before this one has the lock."""
    visit = prepared(server)
    parts, caller = server.node.parts, server.caller()
    asked = ReleaseOrder(MUNICIPALITY, visit.order_id, visit.attempt_token)
    with server.database.reading() as connection:
        ready = _get_ready(parts, connection, caller, asked, server.clock.now())
    assert isinstance(ready, _Ready)
    with server.database.writing() as connection:
        cancel_registered_seal(connection, MUNICIPALITY, "kengo")
    closes(visit)
    before = refusals_noted(server)
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        refused = _issue(parts, connection, book, caller, ready, server.clock.now())
    assert isinstance(refused, Refused)
    assert refusals_noted(server) == [*before, refused.reason.value]


def refusals_noted(server: ServerForTests) -> list[str]:
    with server.database.reading() as connection:
        told = connection.execute(
            select(audit_log.c.detail).where(audit_log.c.event == "refused").order_by(audit_log.c.audit_seq)
        )
        return [json.loads(detail)["reason"] for detail in told.scalars()]


def test_i8_a_terminal_withdrawn_while_the_lock_was_waited_for_gets_nothing(server: ServerForTests) -> None:
    visit = prepared(server)
    parts = server.node.parts
    caller = server.caller()
    asked = ReleaseOrder(MUNICIPALITY, visit.order_id, visit.attempt_token)
    with server.database.reading() as connection:
        ready = _get_ready(parts, connection, caller, asked, server.clock.now())
    assert isinstance(ready, _Ready)
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        withdraw_terminal(connection, book, "kiosk-1", 1)
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        refused = _issue(parts, connection, book, caller, ready, server.clock.now())
    assert refused == Refused(RefusalReason.TERMINAL_NOT_ADMITTED)
    assert issued(server) == 0


def test_i3_a_register_that_moved_wants_the_documents_made_again(server: ServerForTests) -> None:
    visit = prepared(server)
    before = visit.documents
    with server.database.writing() as connection:
        write_registered_seal(connection, MUNICIPALITY, replace(make_seal("kengo"), imprint=b"a new imprint"))
    (reply,) = visit.release()
    assert reply.prepare_again
    assert (issued(server), state_of(server, visit)) == (0, "stale")
    assert visit.release()[0].prepare_again
    visit.prepare()
    assert {document.document_no for document in visit.documents}.isdisjoint(
        document.document_no for document in before
    )
    visit.accept(visit.release())
    assert issued(server) == 2


def test_i3_the_ledger_names_the_version_that_was_printed(server: ServerForTests) -> None:
    visit = prepared(server)
    with server.database.reading() as connection:
        snapshot = read_snapshot(connection, MUNICIPALITY, "kengo")
    visit.accept(visit.release())
    with server.database.reading() as connection:
        versions = set(connection.execute(select(ledger.c.register_version)).scalars())
    assert snapshot is not None
    assert versions == {snapshot.version}


def test_a_register_that_never_rests_is_refused_in_the_end(server: ServerForTests) -> None:
    visit = prepared(server)
    for _ in range(2):
        move_register(server)
        assert visit.release()[0].prepare_again
        visit.prepare()
    move_register(server)
    assert refusal(visit.release()) == "register-busy"
    assert refusal(visit.prepare()) == "session-expired"
    assert issued(server) == 0


def move_register(server: ServerForTests) -> None:
    with server.database.writing() as connection:
        write_household(connection, MUNICIPALITY, make_household("common", f"見本県見本市本町{next(numbers)}番地"))


def test_a_day_that_ends_in_between_wants_a_new_date_on_the_paper(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        server.configure(lambda connection: connection.execute(update(hour_settings).values(closes_at=24 * 60)))
        server.clock.set(datetime(2026, 6, 10, 23, 55, tzinfo=JST))
        server.refresh_crl()
        visit = prepared(server)
        server.clock.set(datetime(2026, 6, 11, 0, 0, tzinfo=JST))
        assert visit.release()[0].prepare_again
        server.configure(lambda connection: connection.execute(update(hour_settings).values(opens_at=0)))
        assert refusal(visit.prepare()) == "offer-changed"


def test_i2_a_closed_order_stays_closed(server: ServerForTests) -> None:
    visit = prepared(server)
    visit.report("")
    assert refusal(visit.release()) == "session-expired"
    assert refusal(visit.prepare()) == "session-expired"
    assert issued(server) == 0


def test_i2_an_order_that_ran_out_stays_closed(server: ServerForTests) -> None:
    visit = prepared(server)
    server.clock.advance(900)
    assert refusal(visit.release()) == "session-expired"


def test_i2_another_terminal_can_not_release(server: ServerForTests) -> None:
    visit = prepared(server)
    elsewhere = server.visit("kengo", "kiosk-2")
    elsewhere.proven, elsewhere.attempt_token = visit.proven, visit.attempt_token
    assert refusal(elsewhere.release()) == "session-expired"
    visit.accept(visit.release())


def test_an_order_that_was_never_prepared(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.offer()
    evidence = visit.order().to_bytes()
    visit.proven = ProvenOrder(evidence, visit.answer(evidence))
    assert refusal(visit.release()) == "session-expired"


def test_i9_an_open_alarm_stops_everything_and_closing_it_lets_go_on(server: ServerForTests) -> None:
    visit = prepared(server)
    other = prepared(server, terminal="kiosk-2")
    other.report("", alarm="content hash")
    assert refusal(visit.release()) == "suspended"
    assert refusal(visit.prepare()) == "suspended"
    assert server.visit("misaki").open().refusal.reason == "suspended"
    beat = server.line().heartbeat(MUNICIPALITY)
    assert (beat.admitted, beat.reason, beat.HasField("board")) == (False, "suspended", True)
    close_alarms(server)
    visit.accept(visit.release())


def close_alarms(server: ServerForTests) -> None:
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        for (alarm_id,) in connection.execute(select(alarms.c.alarm_id).where(alarms.c.closed_at.is_(None))).all():
            close_alarm(connection, book, alarm_id, "looked into it", 1)


@pytest.mark.parametrize(
    "tamper",
    [
        {"document_no": "0000000000000000"},
        {"file_hash": bytes(32)},
        {"content_hashes": bytes(32)},
        {"file_length": 1},
        {"kind": "koseki-full"},
        {"pages": 2},
        {"encrypted_key": bytes(60)},
        {"copy": 3},
        {"binding": bytes(32)},
    ],
    ids=lambda tamper: next(iter(tamper)),
)
def test_i1_a_stored_document_that_does_not_answer_its_order_is_an_alarm(
    server: ServerForTests, tamper: dict[str, object]
) -> None:
    visit = prepared(server)
    with server.database.writing() as connection:
        connection.execute(update(prepared_documents).where(prepared_documents.c.line == 0).values(**tamper))
    assert refusal(visit.release()) == "suspended"
    assert issued(server) == 0
    with server.database.reading() as connection:
        state = read_state(connection, MUNICIPALITY)
        assert state is not None
        assert state.open_alarms == 1
        assert connection.execute(select(alarms.c.source)).scalar_one() == "server"


def test_i7_a_ledger_row_that_is_there_already_is_an_alarm_and_nothing_is_added(server: ServerForTests) -> None:
    visit, other = prepared(server), prepared(server, terminal="kiosk-2")
    other.release()
    with server.database.writing() as connection:
        row = connection.execute(select(ledger).limit(1)).mappings().one()
        planted = dict(row) | {"ledger_seq": 99, "order_id": visit.order_id, "document_no": "0000000000000000"}
        connection.execute(insert(ledger).values(planted | {"line": 1, "copy": 0}))
    assert refusal(visit.release()) == "suspended"
    assert issued(server) == 3


def test_i7_releases_that_race_issue_once(server: ServerForTests) -> None:
    visit = prepared(server)
    server.line()
    barrier = threading.Barrier(4)
    answers: list[object] = []

    def race() -> None:
        barrier.wait()
        answers.append([reply.SerializeToString() for reply in visit.release()])

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [answers[0]] * 4
    assert issued(server) == 2
    with server.database.reading() as connection:
        verify(connection, MUNICIPALITY)
        events = list(connection.execute(select(audit_log.c.event)).scalars())
    assert events.count("issued") == 2


def test_i5_the_chain_of_pages_is_in_the_statement(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    (issued_document,) = visit.issue(HOUSEHOLD)
    assert len(set(issued_document.statement.content_hashes)) == 3
