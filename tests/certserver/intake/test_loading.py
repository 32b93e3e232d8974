"""Loading beside the register in force: transactions are short, with a rest as long as each between them, and others
write and read meanwhile."""

from dataclasses import replace
from pathlib import Path

import pytest

from certserver.intake.findings import Findings
from certserver.intake.importing import Import, Wish
from certserver.intake.manifest import read_manifest
from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from certserver.storage.engine import Database
from tests.certserver.intake.test_imports import SURROUNDINGS, VAULT, database, later, take_in
from tests.support.deliveries import write_delivery
from tests.support.handovers import small_town
from tests.support.register_changes import read_household
from tests.support.registers import MIHON

__all__ = ["database"]

pytestmark = pytest.mark.usefixtures("either_database")


class Ticking:
    """Seconds that pass with every look at them, and all the rests that were taken."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.rests: list[float] = []

    def elapsed(self) -> float:
        self.seconds += 0.25
        return self.seconds


def test_it_rests_as_long_as_it_held_the_lock(database: Database, tmp_path: Path) -> None:
    ticking = Ticking()
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    manifest = read_manifest(folder, MIHON, Findings())
    assert manifest is not None
    surroundings = replace(SURROUNDINGS, elapsed=ticking.elapsed, rest=ticking.rests.append)
    Import(database, MIHON, VAULT, surroundings).run(folder, manifest, Wish())
    assert ticking.rests
    assert set(ticking.rests) == {0.25}


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
