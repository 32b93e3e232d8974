"""How long a delivery of changes holds the write lock: `python -m tests.benchmarks.register_changes` prints, for both
databases and each kind of entry, milliseconds for as many as one delivery may change."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from certserver.intake.changing import MOST_CHANGES, Changes
from certserver.intake.findings import Findings
from certserver.intake.importing import Import, Wish
from certserver.intake.loading import Surroundings
from certserver.intake.manifest import read_manifest
from certserver.ledger.state import found_municipality
from certserver.registers.model import Withholding
from certserver.registers.numbers import NumberVault
from certserver.storage.engine import Database
from tests.support.databases import Kind, on
from tests.support.deliveries import MADE_AT, Handover, write_delivery
from tests.support.handovers import large_town
from tests.support.registers import MIHON, empty_database

VAULT = NumberVault(bytes(32), bytes)


class Later:
    """A clock after all deliveries."""

    def now(self) -> datetime:
        return datetime(2027, 1, 1, tzinfo=UTC)


class Timed(Database):
    """Says how long its last writing transaction lasted."""

    held_s = 0.0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """As it is, with a look at the clock."""
        with super().writing() as connection:
            began = time.perf_counter()
            yield connection
        self.held_s = time.perf_counter() - began


def main() -> int:
    """Measures and prints."""
    for kind in Kind:
        with on(kind), tempfile.TemporaryDirectory() as folder:
            for name, seconds in _measure(Path(folder)):
                print(f"{kind.value:12}{name:10}{seconds * 1000:>8.0f} ms for {MOST_CHANGES}")
    return 0


def _measure(folder: Path) -> Iterator[tuple[str, float]]:
    plain = empty_database(folder)
    database = Timed(plain.engine)
    town = large_town(MOST_CHANGES)
    with database.writing() as connection:
        found_municipality(connection, MIHON)
    whole = write_delivery(folder / "whole", town, MIHON)
    manifest = read_manifest(whole, MIHON, Findings())
    assert manifest is not None
    surroundings = Surroundings(
        Later(), time.monotonic, time.sleep, lambda makes: (one for make in makes for one in make())
    )
    Import(database, MIHON, VAULT, surroundings).run(whole, manifest, Wish())
    for hours, (name, handover) in enumerate(_changed(town), 1):
        made_at = MADE_AT + timedelta(hours=hours)
        changes = write_delivery(folder / name, handover, MIHON, made_at=made_at, content="changes")
        manifest = read_manifest(changes, MIHON, Findings())
        assert manifest is not None
        outcome = Changes(database, MIHON, VAULT, Later()).run(changes, manifest, Wish(accept_losses=True))
        assert outcome.snapshot is not None
        yield name, database.held_s
    plain.close()


def _changed(town: Handover) -> Iterator[tuple[str, Handover]]:
    """Everything of one kind changed, in every table that it has."""
    held = frozenset([Withholding.ISSUANCE_HOLD])
    residents = [(replace(one, remarks="変更", withholding=held), at) for one, at in town.residents]
    yield "residents", Handover(residents=residents, numbers=town.numbers)
    yield "seals", Handover(seals=[replace(one, cancelled=True) for one in town.seals])
    yield "taxes", Handover(taxes=[(key, replace(one, total_income=1)) for key, one in town.taxes])
    yield "damages", Handover(damages=[(key, replace(one, cause="変更")) for key, one in town.damages])
    yield (
        "koseki",
        Handover(
            koseki=[
                replace(
                    one,
                    domicile="変更",
                    people=tuple(replace(person, mother="変更", withholding=held) for person in one.people),
                    supplement=tuple(replace(person, overseas_voter="変更") for person in one.supplement),
                )
                for one in town.koseki
            ]
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
