"""Yokohama, 2023-03-27: under load a print request ran into its timeout; the handler let go of the lock alone and did
not cancel the request, so the next person got the file of the one before.

Guard: a timeout closes the order in the database, and every later step compares order, attempt token and state
(`OrderRow.belongs_to`, `_again` in `pipeline/prepare.py`, `_get_ready` in `pipeline/release.py`). Without it the first
two tests find documents or keys in the wrong hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.storage.issued import ledger
from tests.support.server import ServerForTests, a_server
from tests.support.server_documents import PlainDocuments
from tests.support.server_visit import RESIDENCE, refusal


@pytest.fixture
def documents() -> PlainDocuments:
    return PlainDocuments()


@pytest.fixture
def server(tmp_path: Path, documents: PlainDocuments) -> Iterator[ServerForTests]:
    with a_server(tmp_path, documents=documents) as made:
        yield made


def test_a_late_document_finds_its_order_closed_and_no_other(server: ServerForTests, documents: PlainDocuments) -> None:
    slow, next_one = server.visit("kengo"), server.visit("taro")
    slow.offer()
    next_one.offer()

    def time_runs_out(_made: int) -> None:
        documents.meanwhile = lambda _made: None
        slow.report("")
        next_one.prepare(next_one.order(RESIDENCE))

    documents.meanwhile = time_runs_out
    assert refusal(slow.prepare(slow.order(RESIDENCE))) == "session-expired"
    (issued,) = next_one.accept(next_one.release())
    assert b"taro" in issued.file
    assert b"kengo" not in issued.file


def test_a_late_release_of_a_closed_order_is_refused(server: ServerForTests) -> None:
    slow, next_one = server.visit("kengo"), server.visit("taro")
    for visit in (slow, next_one):
        visit.offer()
        visit.prepare(visit.order(RESIDENCE))
    slow.report("")
    assert refusal(slow.release()) == "session-expired"
    next_one.accept(next_one.release())
    with server.database.reading() as connection:
        assert list(connection.execute(select(ledger.c.order_id)).scalars()) == [next_one.order_id]


def test_time_alone_closes_an_order_on_the_server_too(server: ServerForTests) -> None:
    slow = server.visit("kengo")
    slow.offer()
    slow.prepare(slow.order(RESIDENCE))
    server.clock.advance(900)
    assert refusal(slow.release()) == "session-expired"
    assert refusal(slow.prepare()) == "session-expired"
