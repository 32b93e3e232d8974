"""Whole visits at the use cases: from the card's X.509 to the reported sheet."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.ledger.audit import verify
from certserver.pipeline.purge import purge
from certserver.storage.issued import audit_log, ledger, outcomes, settlements
from certserver.storage.visits import orders, prepared_documents, sessions
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def test_every_ordered_copy_is_issued_once(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    issued = visit.issue(HOUSEHOLD, replace(SEAL, copies=3), RESIDENCE)
    statements = [document.statement for document in issued]
    assert [(each.line, each.copy) for each in statements] == [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0)]
    assert len({each.document_no for each in statements}) == 5
    assert [len(each.content_hashes) for each in statements] == [3, 1, 1, 1, 1]
    assert {document.file for document in issued if b"kengo" in document.file} == {each.file for each in issued}
    visit.report()
    with server.database.reading() as connection:
        entered = connection.execute(select(ledger).order_by(ledger.c.ledger_seq)).all()
        reported = connection.execute(select(outcomes)).all()
        captured = connection.execute(select(settlements.c.captured)).scalar_one()
    assert [entry.ledger_seq for entry in entered] == [1, 2, 3, 4, 5]
    assert [entry.document_no for entry in entered] == [each.document_no for each in statements]
    assert {entry.fee for entry in entered} == {200}
    assert len(reported) == 5
    assert captured == 1000


def test_chosen_members_are_shown_and_nobody_else(server: ServerForTests) -> None:
    visit = server.visit("misaki")
    offer = visit.offer()
    haru = next(member.reference for member in offer.members if member.name.endswith("haru"))
    line = OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, frozenset({Option.DOMICILE}), 1, (haru,))
    visit.prepare(visit.order(line))
    (issued,) = visit.accept(visit.release())
    assert b"haru" in issued.file
    assert b"misaki" not in issued.file


def test_the_offer_says_what_this_resident_can_have(server: ServerForTests) -> None:
    offer = server.visit("misaki").offer()
    told = {kind.kind: kind.refusal for kind in offer.kinds}
    assert told == {"residence": "", "seal-registration": "no-seal"}
    assert offer.purposes[0].code == "bank"
    assert server.visit("taro").offer().kinds[1].refusal == "seal-cancelled"


def test_nothing_of_a_visit_is_left_but_ledger_and_log(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.issue()
    visit.report()
    with server.database.reading() as connection:
        assert connection.execute(select(prepared_documents)).first() is None
    server.clock.advance(86_400 + 900)
    purge(server.node.parts)
    with server.database.reading() as connection:
        for table in (sessions, orders, prepared_documents):
            assert connection.execute(select(table)).first() is None, table.name
        assert connection.execute(select(ledger)).first() is not None
        verify(connection, MUNICIPALITY)


def test_i11_no_personal_data_in_log_ledger_or_errors(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.issue(HOUSEHOLD)
    visit.report()
    assert visit.persona.user_auth is not None
    serial = visit.persona.user_auth.x509.serial_number
    with server.database.reading() as connection:
        kept = repr(connection.execute(select(audit_log)).all()) + repr(connection.execute(select(ledger)).all())
    for secret in ("見本　kengo", "kengo", "本町", f"{serial:x}", str(serial)):
        assert secret not in kept


def test_i4_keys_are_random_and_never_repeat(server: ServerForTests) -> None:
    numbers: set[str] = set()
    session_ids: set[bytes] = set()
    for _ in range(5):
        visit = server.visit("kengo")
        visit.issue(replace(RESIDENCE, copies=2))
        numbers.update(document.document_no for document in visit.documents)
        session_ids.add(visit.session_id)
    assert len(numbers) == 10
    assert len(session_ids) == 5
    ours = os.urandom(16)
    assert all(len(session_id) == len(ours) for session_id in session_ids)
