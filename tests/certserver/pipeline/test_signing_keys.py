"""Which key signs a visit: the one in force, never one that was revoked, not even on paper that was drawn before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.composition.node import open_node
from certserver.composition.worker import keep_house
from certserver.errors import ConfigurationError
from certserver.ledger.anchors import read_anchors
from certserver.ledger.book import open_book
from certserver.ledger.keys import begin_key, read_keys, revoke_key
from certserver.pipeline.signing_keys import forget_prepared
from certserver.ports import unix
from certserver.storage.issued import ledger
from koufu.evidence.trustlist import Revocation, RevocationReason
from tests.support.server import ServerForTests, a_server
from tests.support.server_documents import PlainDocuments
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as running:
        yield running


def begin(server: ServerForTests, raw: bytes, later: int = 0) -> None:
    at = unix(server.clock.now())
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        begin_key(connection, book, raw, at + later, at)


def revoke(server: ServerForTests, reason: RevocationReason) -> None:
    at, key_id = unix(server.clock.now()), server.municipal_key.key_id
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        revoke_key(connection, book, key_id, Revocation(at, reason), at)
        forget_prepared(connection, MUNICIPALITY)


def key_ids_in_the_ledger(server: ServerForTests) -> list[bytes]:
    with server.database.reading() as connection:
        return list(connection.execute(select(ledger.c.key_id).order_by(ledger.c.ledger_seq)).scalars())


def test_a_running_node_signs_with_the_key_in_force(server: ServerForTests) -> None:
    first = server.municipal_key
    server.visit("kengo").issue()
    begin(server, server.node.keys.store.make().raw_public_key, later=60)
    server.visit("kengo").issue()
    server.clock.advance(60)
    second = server.municipal_key
    assert second.key_id != first.key_id
    server.visit("kengo").issue()
    assert key_ids_in_the_ledger(server) == [first.key_id, first.key_id, second.key_id]
    keep_house(server.node)
    with server.database.reading() as connection:
        keys = [key.raw for key in read_keys(connection, MUNICIPALITY)]
    assert read_anchors(server.home / "audit-heads.log", keys)


def test_without_a_key_nothing_is_issued(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.offer()
    order = visit.order(HOUSEHOLD)
    revoke(server, RevocationReason.LOST)
    (reply,) = visit.prepare(order)
    assert reply.refusal.reason == "suspended"
    keep_house(server.node)
    assert key_ids_in_the_ledger(server) == []


def test_i6_paper_that_waits_is_drawn_anew_when_its_key_was_revoked(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.offer()
    visit.prepare(visit.order(HOUSEHOLD))
    revoke(server, RevocationReason.COMPROMISED)
    begin(server, server.node.keys.store.make().raw_public_key)
    (reply,) = visit.release()
    assert reply.prepare_again
    assert key_ids_in_the_ledger(server) == []


def test_i8_a_node_without_the_key_that_comes_next_serves_nothing(server: ServerForTests) -> None:
    begin(server, bytes(range(32)), later=3600)
    with pytest.raises(ConfigurationError, match=r"can't read .*\.key"):
        open_node(server.home, PlainDocuments(), server.clock)
