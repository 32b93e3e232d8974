"""Munakata, 2023-06-28: a terminal printed the sheet of the person before; a fix of 2019 had never reached it.

Guard on the server's side (the terminal has its own, see `tests/kiosk`): what was stored of a visit goes with its
outcome (`move_order` in `pipeline/orders.py` deletes documents and keys), belongs to one session, terminal and attempt
as long as it is there (`_same_attempt`, `read_session`), and a node below the municipality's minimum build serves
nothing (`served` in `pipeline/admission.py`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from certserver.storage.admission import node_rules
from certserver.storage.visits import prepared_documents
from koufu.evidence.errors import StatementMismatch
from koufu.evidence.order import Order
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, refusal


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def test_after_the_outcome_nothing_of_the_visit_can_be_fetched(server: ServerForTests) -> None:
    first = server.visit("kengo")
    first.issue(RESIDENCE)
    first.report()
    with server.database.reading() as connection:
        assert connection.execute(select(prepared_documents)).first() is None
    assert refusal(first.prepare()) == "session-expired"
    assert refusal(first.release()) == "session-expired"


def test_the_next_person_at_the_terminal_can_not_reach_an_order_that_was_left(server: ServerForTests) -> None:
    first, second = server.visit("kengo"), server.visit("taro")
    first.offer()
    first.prepare(first.order(RESIDENCE))
    second.offer()
    assert first.proven is not None
    left = Order.from_bytes(first.proven.evidence)
    second.proven = first.proven
    assert refusal(second.prepare()) == "session-expired"
    assert refusal(second.release()) == "session-expired"
    assert refusal(second.prepare(left)) == "session-expired"


def test_a_document_of_the_person_before_answers_no_order_of_the_next(server: ServerForTests) -> None:
    first, second = server.visit("kengo"), server.visit("taro")
    first.offer()
    first.prepare(first.order(RESIDENCE))
    left_over = first.release()
    second.offer()
    second.prepare(second.order(RESIDENCE))
    with pytest.raises(StatementMismatch):
        second.accept(left_over)


def test_a_terminal_without_the_fix_serves_nobody(server: ServerForTests) -> None:
    with server.database.writing() as connection:
        connection.execute(update(node_rules).values(minimum_terminal_build="99.0.0"))
    assert server.line().heartbeat(MUNICIPALITY).reason == "build"
    assert server.visit("kengo").open().refusal.reason == "terminal-not-admitted"
