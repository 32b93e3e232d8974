"""Tokushima, 2023-03: page 2 of 3 of a family register was another person's.

Guard: `require_rendered` in `pipeline/binding.py` holds every page against document number, place, chain of hashes and
the persons of the order, before anything is put away; a mismatch stops the municipality. Each case here passes it by
one thread only; `guards_of_pages.py` names the checks."""

from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.storage.issued import alarms
from certserver.storage.visits import prepared_documents
from tests.incidents.mixed_up import MIXES, Mix, MixedUp
from tests.support.server import a_server
from tests.support.server_visit import HOUSEHOLD, refusal


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.__name__)
def test_a_mixed_up_document_stops_the_municipality(tmp_path: Path, mix: Mix) -> None:
    with a_server(tmp_path, documents=MixedUp(mix)) as server:
        first, second = server.visit("misaki"), server.visit("kengo", "kiosk-2")
        first.offer()
        assert first.prepare(first.order(HOUSEHOLD))[0].HasField("document")
        second.offer()
        assert refusal(second.prepare(second.order(HOUSEHOLD))) == "suspended"
        with server.database.reading() as connection:
            stored = set(connection.execute(select(prepared_documents.c.order_id)).scalars())
            assert connection.execute(select(alarms.c.source)).scalars().all() == ["server"]
        assert stored == {first.order_id}
        assert server.visit("taro").open().refusal.reason == "suspended"
