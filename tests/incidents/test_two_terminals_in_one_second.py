"""Kawasaki, 2023-05-02 07:31: two shops asked within one second; a key made of the time let the later request write
over the earlier, and a family register of another person came out. Adachi and Takamatsu: simultaneous requests
likewise.

Guard: every key is random (`entropy` in `pipeline/sessions.py` and `pipeline/prepare.py`) and inserted, never written
over; the clock of these tests stands still, so anything made of it would collide. A document is bound to its proven
order by its key and by a MAC (`open_documents` in `pipeline/binding.py`): a row that another one wrote over, whole or
in part, is an alarm, not a document."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, update

from certserver.storage.issued import ledger
from certserver.storage.visits import prepared_documents
from tests.support.server import ServerForTests, a_server
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, Visit, refusal


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def test_in_the_same_instant_everybody_gets_their_own(server: ServerForTests) -> None:
    people = [("kengo", "kiosk-1"), ("taro", "kiosk-2"), ("misaki", "kiosk-1"), ("noboru", "kiosk-2")] * 3
    visits = [(server.visit(person, terminal), person) for person, terminal in people if person != "noboru"]

    def issue(each: tuple[Visit, str]) -> tuple[str, bytes]:
        return each[1], each[0].issue(RESIDENCE)[0].file

    with ThreadPoolExecutor(len(visits)) as pool:
        for person, file in pool.map(issue, visits):
            assert person.encode() in file
            assert not [other for other, _ in people if other != person and other.encode() in file]
    with server.database.reading() as connection:
        numbers = list(connection.execute(select(ledger.c.document_no)).scalars())
    assert len(set(numbers)) == len(numbers) == len(visits)


@pytest.mark.parametrize("spared", [set(), {"document_no", "encrypted_key", "binding"}], ids=["whole", "content"])
def test_a_document_written_over_by_another_is_an_alarm(server: ServerForTests, spared: set[str]) -> None:
    first, second = server.visit("kengo"), server.visit("taro", "kiosk-2")
    for visit in (first, second):
        visit.offer()
        visit.prepare(visit.order(HOUSEHOLD))
    with server.database.writing() as connection:
        of_second = prepared_documents.c.order_id == second.order_id
        row = connection.execute(select(prepared_documents).where(of_second)).mappings().one()
        later = {name: value for name, value in row.items() if name not in {"municipality", "order_id", *spared}}
        of_first = prepared_documents.c.order_id == first.order_id
        connection.execute(prepared_documents.delete().where(of_second))
        connection.execute(update(prepared_documents).where(of_first).values(**later))
    assert refusal(first.release()) == "suspended"
    with server.database.reading() as connection:
        assert connection.execute(select(ledger)).first() is None
