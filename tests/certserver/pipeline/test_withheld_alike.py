"""A refusal for a protective measure can't be told from any other withholding, nor from other refusals of its kind, by
what the server did for it (I14)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from koufu.evidence.order import OrderLine
from tests.support.server import ServerForTests, a_server
from tests.support.server_documents import PlainDocuments
from tests.support.server_visit import RESIDENCE, SEAL


@contextmanager
def statements(server: ServerForTests) -> Iterator[list[str]]:
    """Every statement that reaches the database."""
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(server.database.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(server.database.engine, "before_cursor_execute", see)


def test_i14_measure_hold_and_missing_seal_take_the_same_path(tmp_path: Path) -> None:
    documents = PlainDocuments()
    with a_server(tmp_path, documents=documents) as server:
        paths = {}
        for resident_id in ("yui", "ren", "sora", "umi", "misaki"):
            visit = server.visit(resident_id)
            with statements(server) as offering:
                visit.offer()
            with statements(server) as preparing:
                (reply,) = visit.prepare(visit.order(SEAL))
            paths[resident_id] = (reply.refusal.reason, tuple(offering), tuple(preparing))
        assert documents.made == 0
    assert [paths[name][0] for name in ("yui", "ren", "sora", "umi", "misaki")] == ["withheld"] * 4 + ["no-seal"]
    assert len({path[1:] for path in paths.values()}) == 1


@pytest.mark.parametrize("lines", [(RESIDENCE,), (SEAL, RESIDENCE)])
def test_i14_the_reply_is_the_same_byte_for_byte(tmp_path: Path, lines: tuple[OrderLine, ...]) -> None:
    with a_server(tmp_path) as server:
        replies = set()
        for resident_id in ("yui", "ren", "sora", "umi"):
            visit = server.visit(resident_id)
            offer = visit.offer()
            assert {kind.refusal for kind in offer.kinds} == {"withheld"}
            assert list(offer.members) == []
            (reply,) = visit.prepare(visit.order(*lines))
            replies.add(reply.SerializeToString())
    assert len(replies) == 1
