"""Outcome reports close their order for good, and are taken even while nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.errors import BadRequest, TerminalNotAdmitted
from certserver.pipeline.purge import purge
from certserver.storage.issued import alarms, audit_log, outcomes, settlements
from certserver.storage.visits import orders, prepared_documents
from koufu.v1 import issuance_pb2 as wire
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL, Visit, refusal

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def issued(server: ServerForTests) -> Visit:
    visit = server.visit("kengo")
    visit.issue(HOUSEHOLD, SEAL)
    return visit


def told(server: ServerForTests) -> list[tuple[str, int]]:
    with server.database.reading() as connection:
        rows = connection.execute(select(outcomes.c.outcome, outcomes.c.sheets_printed)).all()
    return sorted((row.outcome, row.sheets_printed) for row in rows)


def test_a_report_erases_bytes_and_keys_and_fences_the_order(server: ServerForTests) -> None:
    visit = issued(server)
    visit.report()
    assert told(server) == [("delivered", 1), ("delivered", 3)]
    with server.database.reading() as connection:
        assert connection.execute(select(prepared_documents)).first() is None
        assert connection.execute(select(orders.c.state)).scalar_one() == "closed"
    assert refusal(visit.release()) == "session-expired"
    assert refusal(visit.prepare()) == "session-expired"


def test_a_report_may_come_again_and_the_first_counts(server: ServerForTests) -> None:
    visit = issued(server)
    visit.report()
    visit.report()
    visit.report("spoiled")
    assert told(server) == [("delivered", 1), ("delivered", 3)]
    with server.database.reading() as connection:
        assert connection.execute(select(settlements.c.captured)).scalars().all() == [400]


def test_a_report_after_its_order_ran_out_is_still_taken(server: ServerForTests) -> None:
    visit = issued(server)
    server.clock.advance(3600)
    purge(server.node.parts)
    visit.report("spoiled")
    assert told(server) == [("spoiled", 1), ("spoiled", 3)]


def test_i7_more_than_the_fees_can_not_be_captured(server: ServerForTests) -> None:
    visit = issued(server)
    with pytest.raises(BadRequest, match="captured"):
        visit.report(captured=401)
    visit.report(captured=400)


def test_a_document_of_another_order_can_not_be_reported(server: ServerForTests) -> None:
    first, second = issued(server), issued(server)
    first.documents = second.documents
    with pytest.raises(BadRequest, match="was not issued"):
        first.report()
    assert told(server) == []


def test_i2_another_attempt_or_terminal_can_not_report(server: ServerForTests) -> None:
    visit = issued(server)
    with pytest.raises(BadRequest, match="another attempt"):
        visit.report(token=bytes(16))
    elsewhere = server.visit("kengo", "kiosk-2")
    elsewhere.proven, elsewhere.attempt_token = visit.proven, visit.attempt_token
    with pytest.raises(BadRequest, match="another attempt"):
        elsewhere.report()


def test_an_unknown_terminal_can_not_report(server: ServerForTests) -> None:
    visit = issued(server)
    visit.municipality = "131016"
    with pytest.raises(TerminalNotAdmitted, match="not admitted"):
        visit.report()


def test_i9_an_alarm_is_raised_whatever_else_is_wrong_and_reports_go_on(server: ServerForTests) -> None:
    visit, other = issued(server), issued(server)
    visit.report("spoiled", alarm="proof")
    other.report("delivered", alarm="辻󠄂　健吾 was on the page")
    with server.database.reading() as connection:
        raised = connection.execute(select(alarms.c.source, alarms.c.what).order_by(alarms.c.what)).all()
        log = repr(connection.execute(select(audit_log.c.detail)).all())
    assert [tuple(row) for row in raised] == [("kiosk-1", "proof"), ("kiosk-1", "unnamed")]
    assert "健吾" not in log
    assert len(told(server)) == 4


def test_i9_an_alarm_counts_even_from_a_report_that_is_turned_away(server: ServerForTests) -> None:
    visit = issued(server)
    with pytest.raises(BadRequest, match="another attempt"):
        visit.report(alarm="proof", token=bytes(16))
    with server.database.reading() as connection:
        assert connection.execute(select(alarms.c.what)).scalars().all() == ["proof"]


def test_words_that_are_no_outcome(server: ServerForTests) -> None:
    visit = issued(server)
    with pytest.raises(BadRequest, match="delivered, spoiled or not-printed"):
        visit.report("lost", captured=0)
    with pytest.raises(BadRequest, match="delivered, spoiled or not-printed"):
        visit.line.report_outcome(
            wire.ReportOutcomeRequest(
                municipality=MUNICIPALITY,
                order_id=visit.order_id,
                attempt_token=visit.attempt_token,
                documents=[wire.DocumentOutcome(document_no="no number", outcome="delivered")],
            )
        )


def test_purge_forgets_what_ran_out_and_nothing_else(server: ServerForTests) -> None:
    old = server.visit("kengo")
    old.offer()
    old.prepare(old.order(RESIDENCE))
    server.clock.advance(600)
    young = server.visit("kengo")
    young.offer()
    young.prepare(young.order(RESIDENCE))
    server.clock.advance(300)
    purge(server.node.parts)
    with server.database.reading() as connection:
        kept = connection.execute(select(prepared_documents.c.order_id)).scalars().all()
    assert kept == [young.order_id]
    young.accept(young.release())
    assert refusal(old.release()) == "session-expired"
