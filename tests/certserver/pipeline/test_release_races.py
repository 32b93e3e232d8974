"""A change of the register in the day and a release at the same time: one of them is first, and a change that was first
is in force (I6)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, func, select

from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal
from certserver.storage.issued import ledger
from tests.support.register_changes import write_move_out
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, SEAL, refusal

pytestmark = pytest.mark.usefixtures("either_database")

MEASURE = frozenset({Withholding.PROTECTIVE_MEASURE})
CHANGES: dict[str, Callable[[Connection], None]] = {
    "seal-cancelled": lambda connection: cancel_registered_seal(connection, MUNICIPALITY, "kengo"),
    "withheld": lambda connection: write_withholding(connection, MUNICIPALITY, "misaki", MEASURE),
    "move-out-planned": lambda connection: write_move_out(connection, MUNICIPALITY, "misaki", planned=date(2026, 7, 1)),
}
"""What is changed about the household of whoever orders, by the reason it is then refused for."""

ROUNDS = 3


@pytest.mark.parametrize("reason", CHANGES)
def test_i6_a_change_that_was_first_is_in_force(tmp_path: Path, reason: str) -> None:
    for round_no in range(ROUNDS):
        folder = tmp_path / str(round_no)
        folder.mkdir()
        with a_server(folder) as server:
            _race(server, reason)


def _race(server: ServerForTests, reason: str) -> None:
    visit = server.visit("kengo")
    visit.offer()
    visit.prepare(visit.order(RESIDENCE, SEAL))
    start = Barrier(2)
    before_the_change: list[int] = []

    def change() -> None:
        start.wait()
        with server.database.writing() as connection:
            CHANGES[reason](connection)
            # Under the lock of the register: whatever is issued later comes after the change.
            before_the_change.append(_issued(connection))

    changing = Thread(target=change)
    changing.start()
    start.wait()
    reply = visit.release()
    changing.join()
    with server.database.reading() as connection:
        assert _issued(connection) == before_the_change[0], "nothing is issued after the change"
    if before_the_change == [0]:
        assert refusal(reply) == reason


def _issued(connection: Connection) -> int:
    return int(connection.scalar(select(func.count()).select_from(ledger)) or 0)
