"""Loading beside the register in force: transactions are short and far enough from each other, and others
write and read meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from certserver.intake.findings import Findings
from certserver.intake.importing import Import, Wish
from certserver.intake.manifest import read_manifest
from certserver.registers.model import Withholding
from certserver.registers.repository import read_household
from certserver.registers.withholding import write_withholding
from certserver.storage.engine import Database
from tests.certserver.intake.test_imports import SURROUNDINGS, VAULT, database, later, take_in
from tests.support.deliveries import write_delivery
from tests.support.handovers import small_town
from tests.support.registers import MIHON

__all__ = ["database"]

pytestmark = pytest.mark.usefixtures("either_database")


class Ticking:
    """Seconds that pass with every look at them and in every rest; and from when to when transactions stood."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.held: list[tuple[float, float]] = []
        self._began = 0.0

    def elapsed(self) -> float:
        self.seconds += 0.25
        return self.seconds

    def rest(self, seconds: float) -> None:
        assert seconds >= 0
        self.seconds += seconds

    def begin(self, _connection: Connection) -> None:
        self._began = self.seconds

    def commit(self, _connection: Connection) -> None:
        if self.seconds > self._began:
            self.held.append((self._began, self.seconds))


@pytest.fixture
def ticking() -> Iterator[Ticking]:
    ticking = Ticking()
    # Of every engine, and before any is made: a database on PostgreSQL has three.
    event.listen(Engine, "begin", ticking.begin)
    event.listen(Engine, "commit", ticking.commit)
    yield ticking
    event.remove(Engine, "begin", ticking.begin)
    event.remove(Engine, "commit", ticking.commit)


def test_the_lock_is_free_for_as_long_as_it_was_held(ticking: Ticking, database: Database, tmp_path: Path) -> None:
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    manifest = read_manifest(folder, MIHON, Findings())
    assert manifest is not None
    surroundings = replace(SURROUNDINGS, elapsed=ticking.elapsed, rest=ticking.rest)
    Import(database, MIHON, VAULT, surroundings).run(folder, manifest, Wish())
    assert len(ticking.held) > 3
    for (began, ended), (begins, _) in pairwise(ticking.held):
        assert begins - ended >= ended - began > 0


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
