"""Loading beside the register in force: transactions are short and far enough from each other, and others write and
read meanwhile."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event

from certserver.intake.findings import Findings
from certserver.intake.importing import Import, Wish
from certserver.intake.manifest import read_manifest
from certserver.registers.model import Withholding
from certserver.registers.snapshots import SNAPSHOT_TABLES
from certserver.registers.withholding import write_withholding
from certserver.storage.engine import Database
from tests.certserver.intake.test_imports import SURROUNDINGS, VAULT, database, later, take_in
from tests.support.deliveries import write_delivery
from tests.support.handovers import small_town
from tests.support.register_changes import read_household
from tests.support.registers import MIHON

__all__ = ["database"]

pytestmark = pytest.mark.usefixtures("either_database")

_TABLES = {table.name for table in SNAPSHOT_TABLES}


class Ticking:
    """Seconds that pass with every look at them, every insertion and every rest; and from when to when transactions
    stood that wrote rows of a snapshot."""

    def __init__(self, database: Database) -> None:
        self.seconds = 0.0
        self.held: list[tuple[float, float]] = []
        self._began, self._loads = 0.0, False
        event.listen(database.engine, "begin", self._begin)
        event.listen(database.engine, "before_cursor_execute", self._execute)
        event.listen(database.engine, "commit", self._commit)

    def elapsed(self) -> float:
        self.seconds += 0.25
        return self.seconds

    def rest(self, seconds: float) -> None:
        assert seconds >= 0
        self.seconds += seconds

    def _begin(self, *_: object) -> None:
        self._began, self._loads = self.seconds, False

    def _execute(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT"):
            self.seconds += 1.0
            self._loads |= statement.split()[2] in _TABLES

    def _commit(self, *_: object) -> None:
        if self._loads:
            self.held.append((self._began, self.seconds))


def test_the_lock_is_free_for_as_long_as_it_was_held(database: Database, tmp_path: Path) -> None:
    ticking = Ticking(database)
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    manifest = read_manifest(folder, MIHON, Findings())
    assert manifest is not None
    surroundings = replace(SURROUNDINGS, elapsed=ticking.elapsed, rest=ticking.rest)
    Import(database, MIHON, VAULT, surroundings).run(folder, manifest, Wish())
    assert len(ticking.held) > 3
    for (began, ended), (begins, _) in pairwise(ticking.held):
        assert begins - ended >= ended - began


def test_others_read_and_write_in_every_rest(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    held: list[frozenset[Withholding]] = []

    def others(_seconds: float) -> None:
        wanted = frozenset() if held and held[-1] else frozenset([Withholding.ISSUANCE_HOLD])
        with database.writing() as connection:
            write_withholding(connection, MIHON, "kengo", wanted)
        with database.reading() as connection:
            found = read_household(connection, MIHON, "kengo")
        assert found is not None
        held.append(found.orderer.withholding)

    folder = write_delivery(tmp_path / "second", small_town(), MIHON, made_at=later(24))
    manifest = read_manifest(folder, MIHON, Findings())
    assert manifest is not None
    outcome = Import(database, MIHON, VAULT, replace(SURROUNDINGS, rest=others)).run(folder, manifest, Wish())
    assert outcome.snapshot == 3
    assert held
    with database.reading() as connection:
        found = read_household(connection, MIHON, "kengo")
    assert found is not None
    assert found.orderer.withholding == held[-1]


def test_statistics_are_there_for_the_comparison_and_never_hold_the_switch_up(
    database: Database, tmp_path: Path
) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    transactions: list[list[str]] = [[]]

    def execute(*told: object) -> None:
        transactions[-1].append(str(told[2]))

    def commit(_connection: object) -> None:
        transactions.append([])

    event.listen(database.engine, "before_cursor_execute", execute)
    event.listen(database.engine, "commit", commit)
    take_in(database, write_delivery(tmp_path / "second", small_town(), MIHON, made_at=later(24)))

    def those_with(statement: str) -> list[int]:
        return [at for at, one in enumerate(transactions) if any(statement in text for text in one)]

    analyzed, compared = those_with("ANALYZE"), those_with("LEFT OUTER JOIN residents AS")
    (switched,) = those_with("UPDATE registers_in_force")
    assert len(analyzed) == len(SNAPSHOT_TABLES)
    assert max(analyzed) < min(compared) < switched
