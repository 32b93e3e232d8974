"""What a whole delivery would change, kind by kind, on every database: nothing where nothing differs, and a word is
wanted before more goes than is usual. The fewest may go of what withholds (I14)."""

from dataclasses import replace
from pathlib import Path

import pytest

from certserver.intake.difference import KINDS, USUAL, WITHHELD, Bound, Difference
from certserver.intake.importing import Outcome, Wish
from certserver.registers.lookups import LOOKUPS
from certserver.registers.snapshots import SNAPSHOT_TABLES
from certserver.storage.engine import Database
from tests.certserver.intake.test_imports import database, in_force, later, take_in
from tests.support.deliveries import Handover, write_delivery
from tests.support.handovers import large_town
from tests.support.registers import MIHON

__all__ = ["database"]

pytestmark = pytest.mark.usefixtures("either_database")

MANY = USUAL.few + 5
"""More of each kind than may go unnoticed."""


def town(many: int = MANY) -> Handover:
    return large_town(many)


def second(database: Database, tmp_path: Path, first: Handover, then: Handover, wish: Wish | None = None) -> Outcome:
    """What comes of one delivery after another."""
    assert take_in(database, write_delivery(tmp_path / "first", first, MIHON)).snapshot == 2
    folder = write_delivery(tmp_path / "second", then, MIHON, made_at=later(24))
    return take_in(database, folder, wish or Wish())


def unusual(outcome: Outcome) -> set[str]:
    return {one.kind for one in outcome.differences if one.unusual}


def test_every_table_of_a_snapshot_is_compared() -> None:
    assert {kind.table for kind in KINDS} == set(SNAPSHOT_TABLES) - {lookup.table for lookup in LOOKUPS}


def test_the_same_delivery_twice_differs_in_nothing(database: Database, tmp_path: Path) -> None:
    outcome = second(database, tmp_path, town(), town())
    assert {one.kind: (one.added, one.changed, one.gone) for one in outcome.differences} == {
        kind.name: (0, 0, 0) for kind in KINDS
    }
    assert all(one.before == one.after >= MANY for one in outcome.differences)
    assert outcome.snapshot == in_force(database) == 3


def test_what_goes_is_counted_once(database: Database, tmp_path: Path) -> None:
    outcome = second(database, tmp_path, town(), town(MANY - 1))
    several = {"people of koseki": 2, "entries of koseki": 3, "people of supplements": 2, "addresses of supplements": 2}
    assert {one.kind: (one.added, one.changed, one.gone) for one in outcome.differences} == {
        kind.name: (0, 0, several.get(kind.name, 1)) for kind in KINDS
    }
    assert not outcome.losses


def without_measures(handover: Handover, going: int) -> Handover:
    lifted = [(replace(one, withholding=frozenset()), at) for one, at in handover.residents[:going]]
    return replace(handover, residents=[*lifted, *handover.residents[going:]])


def without_measures_in_koseki(handover: Handover, going: int) -> Handover:
    lifted = [
        replace(one, people=tuple(replace(person, withholding=frozenset()) for person in one.people))
        for one in handover.koseki[:going]
    ]
    return replace(handover, koseki=[*lifted, *handover.koseki[going:]])


@pytest.mark.parametrize(
    ("kind", "lift"),
    [("withholdings", without_measures), ("withholdings in koseki", without_measures_in_koseki)],
    ids=["of residents", "in koseki"],
)
def test_i14_few_withholdings_may_go_unasked(database: Database, tmp_path: Path, kind: str, lift: object) -> None:
    assert callable(lift)
    outcome = second(database, tmp_path, town(), lift(town(), WITHHELD.few + 1))
    assert unusual(outcome) == {kind}
    assert outcome.snapshot is None
    assert in_force(database) == 2
    folder = write_delivery(tmp_path / "third", lift(town(), WITHHELD.few), MIHON, made_at=later(25))
    assert take_in(database, folder).snapshot == in_force(database)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_the_last_of_a_kind_never_goes_unasked(kind: str) -> None:
    assert Difference(kind, before=1, after=0, added=0, changed=0, gone=1).unusual
    assert not Difference(kind, before=0, after=0, added=0, changed=0, gone=0).unusual


def test_a_kind_that_is_left_out_stops_a_small_town(database: Database, tmp_path: Path) -> None:
    outcome = second(database, tmp_path, town(2), replace(town(2), seals=[]))
    assert unusual(outcome) == {"registered seals"}
    assert outcome.snapshot is None


@pytest.mark.parametrize(("bound", "before", "most"), [(USUAL, 10_000, 200), (USUAL, 50, 20), (WITHHELD, 1_000, 10)])
def test_a_share_may_go_of_a_large_register(bound: Bound, before: int, most: int) -> None:
    assert not Difference("any", before, before - most, 0, 0, most, bound).unusual
    assert Difference("any", before, before - most - 1, 0, 0, most + 1, bound).unusual
