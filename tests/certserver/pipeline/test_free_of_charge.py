"""An order that costs nothing goes the whole way: prepared, released, reported."""

from pathlib import Path

from sqlalchemy import select

from certserver.pipeline.setting_rows import add_fee
from certserver.ports import unix
from certserver.rules.settings import FeeRow
from certserver.storage.issued import ledger, settlements
from koufu.evidence.words import CertificateKind
from tests.support.server import a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE


def test_an_order_without_a_fee_is_issued_and_settled(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        free = FeeRow(CertificateKind.RESIDENCE, unix(server.clock.now()), 0)
        server.configure(lambda connection: add_fee(connection, MUNICIPALITY, free))
        visit = server.visit("kengo")
        (issued,) = visit.issue(RESIDENCE)
        assert issued.file
        visit.report()
        with server.database.reading() as connection:
            assert connection.execute(select(ledger.c.fee)).scalars().all() == [0]
            assert connection.execute(select(settlements.c.captured)).scalars().all() == [0]
