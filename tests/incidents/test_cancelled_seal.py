"""Niigata, Saitama, Kumamoto, 2020-12 to 2023-05: seal registration certificates of seals that were already cancelled:
the cancellation had not reached the copy that the certificate was made of.

Guard: there is no copy. Prepare reads the register, and release reads its status again under the lock that appends to
the ledger (`read_status` and `still_eligible` in `pipeline/release.py`). Without that reading the second and third test
issue; without the version (I3) the last one does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.registers.writing import cancel_registered_seal, write_registered_seal, write_resident
from certserver.storage.issued import ledger
from tests.support.register_changes import read_household
from tests.support.registers import make_seal
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, SEAL, Visit, refusal


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def prepared(server: ServerForTests) -> Visit:
    visit = server.visit("kengo")
    visit.offer()
    assert visit.prepare(visit.order(SEAL))[0].HasField("document")
    return visit


def issued(server: ServerForTests) -> int:
    with server.database.reading() as connection:
        return len(connection.execute(select(ledger)).all())


def test_cancelled_before_the_order(server: ServerForTests) -> None:
    visit = server.visit("taro")
    assert visit.offer().kinds[1].refusal == "seal-cancelled"
    assert refusal(visit.prepare(visit.order(SEAL))) == "seal-cancelled"


def test_cancelled_between_order_and_payment(server: ServerForTests) -> None:
    visit = prepared(server)
    with server.database.writing() as connection:
        cancel_registered_seal(connection, MUNICIPALITY, "kengo")
    assert refusal(visit.release()) == "seal-cancelled"
    assert issued(server) == 0


def test_cancelled_together_with_a_move_inside_the_city(server: ServerForTests) -> None:
    """Cancellation and change of household fell on one day, and one of them was lost."""
    visit = prepared(server)
    with server.database.writing() as connection:
        snapshot = read_household(connection, MUNICIPALITY, "kengo")
        assert snapshot is not None
        write_resident(connection, MUNICIPALITY, replace(snapshot.orderer, household_id="other"))
        cancel_registered_seal(connection, MUNICIPALITY, "kengo")
    assert refusal(visit.release()) == "seal-cancelled"
    assert issued(server) == 0


def test_registered_anew_between_order_and_payment_is_printed_anew(server: ServerForTests) -> None:
    visit = prepared(server)
    with server.database.writing() as connection:
        cancel_registered_seal(connection, MUNICIPALITY, "kengo")
        write_registered_seal(connection, MUNICIPALITY, make_seal("kengo", b"another imprint", date(2026, 7, 1)))
    assert visit.release()[0].prepare_again
    assert issued(server) == 0
    visit.prepare()
    visit.accept(visit.release())


def test_other_documents_do_not_wait_for_a_seal(server: ServerForTests) -> None:
    server.visit("taro").issue(RESIDENCE)
