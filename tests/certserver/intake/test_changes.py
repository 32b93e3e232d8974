"""Deliveries of changes on every database: what is not handed over stays, what is lifted is told, and nobody waits for
what could be done before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, update

from certserver.errors import StorageError
from certserver.intake import changing
from certserver.intake.difference import WITHHELD
from certserver.intake.findings import Finding, Rule
from certserver.intake.importing import Outcome, Wish
from certserver.registers.model import Withholding
from certserver.registers.snapshot import RegisterSnapshot, ResidentNumbers
from certserver.storage.engine import Database
from certserver.storage.registers import residents
from tests.certserver.intake.test_imports import database, everything_of, later, take_in, version
from tests.support.deliveries import Handover, write_delivery, write_manifest
from tests.support.handovers import damage, koseki, large_town, numbers, seal, small_town, tax
from tests.support.registers import MIHON, make_household, make_resident

__all__ = ["database"]

pytestmark = pytest.mark.usefixtures("either_database")

HELD = frozenset([Withholding.PROTECTIVE_MEASURE])


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Database:
    """A register in force with something of every kind, and a measure on everybody."""
    everybody = small_town()
    everybody.residents = [(replace(one, withholding=HELD), at) for one, at in everybody.residents]
    assert take_in(database, write_delivery(tmp_path / "whole", everybody, MIHON)).snapshot == 2
    return database


def change(
    database: Database, tmp_path: Path, handover: Handover, *left_out: str, wish: Wish | None = None, hours: int = 1
) -> Outcome:
    """What comes of changes without some of their files."""
    folder = write_delivery(tmp_path / f"{hours}", handover, MIHON, made_at=later(hours), content="changes")
    for name in left_out:
        (folder / name).unlink()
    write_manifest(folder, MIHON, made_at=later(hours), content="changes")
    return take_in(database, folder, wish or Wish())


def found(database: Database, resident_id: str = "kengo") -> RegisterSnapshot:
    snapshot = everything_of(database, resident_id)
    assert snapshot is not None
    return snapshot


def noted(resident_id: str = "kengo") -> tuple[Any, int]:
    return replace(make_resident(resident_id), remarks="備考"), 0


def test_i14_a_resident_keeps_measures_and_numbers_that_are_not_handed_over(town: Database, tmp_path: Path) -> None:
    assert change(town, tmp_path, Handover(residents=[noted()])).snapshot == 2
    household = found(town).household
    assert household is not None
    assert household.orderer == replace(noted()[0], withholding=HELD)
    assert found(town).numbers["kengo"] == numbers(1)


def test_a_file_that_is_handed_over_says_all_there_is(town: Database, tmp_path: Path) -> None:
    empty: dict[str, list[tuple[Any, ...]]] = {"measures.csv": [], "numbers.csv": []}
    outcome = change(town, tmp_path, Handover(residents=[noted()], gone=empty))
    assert [(one.kind, one.gone) for one in outcome.differences] == [("withholdings", 1)]
    household = found(town).household
    assert household is not None
    assert household.orderer == noted()[0]
    assert found(town).numbers["kengo"] == ResidentNumbers(None, None)


def test_tax_damage_and_koseki_keep_what_is_not_handed_over(town: Database, tmp_path: Path) -> None:
    handover = Handover(
        taxes=[("kengo", replace(tax(), total_income=1, incomes=(), payments=()))],
        damages=[("house", replace(damage(), cause="強風", people=()))],
        koseki=[replace(koseki(), pending=True, supplement=(), supplement_since=None)],
    )
    outcome = change(town, tmp_path, handover, "tax_amounts.csv", "supplements.jsonl")
    assert not outcome.findings
    register = found(town)
    assert register.taxes[0] == replace(tax(), total_income=1)
    assert register.damages == (replace(damage(), cause="強風"),)
    assert register.koseki is not None
    assert register.koseki.koseki.pending
    assert register.koseki.koseki.supplement == koseki().supplement
    assert register.koseki.koseki.supplement_since == koseki().supplement_since


def test_a_new_entry_without_what_belongs_to_it_has_none(town: Database, tmp_path: Path) -> None:
    new = replace(tax(2027), incomes=(), deductions=(), dependants=(), taxes=(), payments=())
    handover = Handover(
        households=[make_household("new")],
        residents=[(make_resident("hanako", "new"), 0)],
        taxes=[("hanako", new)],
        damages=[("new", replace(damage("d-9"), people=()))],
        koseki=[replace(koseki("k-9", "hanako"), supplement=(), supplement_since=None)],
    )
    outcome = change(town, tmp_path, handover, "supplements.jsonl")
    assert not outcome.findings
    register = found(town, "hanako")
    assert register.taxes == (new,)
    assert register.damages == (replace(damage("d-9"), people=()),)
    assert register.koseki is not None
    assert register.koseki.koseki.supplement == ()
    assert register.numbers["hanako"] == ResidentNumbers(None, None)


def test_a_supplement_that_stays_names_nobody_who_went(town: Database, tmp_path: Path) -> None:
    one = replace(koseki(), people=koseki().people[:1], supplement=(), supplement_since=None)
    outcome = change(town, tmp_path, Handover(koseki=[one]), "supplements.jsonl", wish=Wish(accept_losses=True))
    assert outcome.findings.kept == [Finding("koseki.jsonl", 1, "", Rule.SUPPLEMENT)]


def lifted(some: slice) -> Handover:
    freed = [(replace(one, withholding=frozenset()), at) for one, at in held_town().residents[some]]
    return Handover(residents=freed, gone={"measures.csv": []})


def freed_in_koseki(some: slice) -> Handover:
    return Handover(
        koseki=[
            replace(one, people=tuple(replace(person, withholding=frozenset()) for person in one.people))
            for one in held_town().koseki[some]
        ]
    )


def gone(some: slice) -> Handover:
    return Handover(gone={"residents.csv": [(one.resident_id,) for one, _ in held_town().residents[some]]})


def held_town() -> Handover:
    """Thrice as many people as may lose a measure unasked. Nobody in a koseki is linked with them: they may go."""
    town = large_town(3 * WITHHELD.few)
    town.koseki = [
        replace(one, people=tuple(replace(person, resident_id=None) for person in one.people)) for one in town.koseki
    ]
    return town


@pytest.mark.parametrize("lift", [lifted, freed_in_koseki, gone], ids=["residents", "koseki", "gone"])
def test_i14_more_than_a_few_measures_are_lifted_only_when_told(
    database: Database, tmp_path: Path, lift: Callable[[slice], Handover]
) -> None:
    take_in(database, write_delivery(tmp_path / "whole", held_town(), MIHON))
    few, many = slice(WITHHELD.few), slice(WITHHELD.few, 2 * WITHHELD.few + 1)
    refused = change(database, tmp_path, lift(many))
    assert [(one.before, one.gone) for one in refused.differences] == [(3 * WITHHELD.few, WITHHELD.few + 1)]
    assert refused.losses
    assert refused.snapshot is None
    assert change(database, tmp_path, lift(few), hours=2).snapshot == 2
    assert change(database, tmp_path, lift(many), hours=3, wish=Wish(accept_losses=True)).snapshot == 2
    last = change(database, tmp_path, lift(slice(2 * WITHHELD.few + 1, None)), hours=4)
    assert [(one.after, one.unusual) for one in last.differences] == [(0, True)]


def test_a_dry_run_tells_what_would_be_lifted(town: Database, tmp_path: Path) -> None:
    before = version(town)
    handover = Handover(residents=[noted()], gone={"measures.csv": []})
    outcome = change(town, tmp_path, handover, wish=Wish(dry_run=True))
    assert [one.gone for one in outcome.differences] == [1]
    assert outcome.snapshot is None
    assert version(town) == before


@contextmanager
def told_under_the_lock(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Statements of writing transactions."""
    told: list[str] = []
    writing = database.writing
    at_work = [False]

    def see(*about: Any) -> None:
        if at_work[0]:
            told.append(about[2])

    @contextmanager
    def watched() -> Iterator[Connection]:
        with writing() as connection:
            at_work[0] = True
            try:
                yield connection
            finally:
                at_work[0] = False

    monkeypatch.setattr(database, "writing", watched)
    event.listen(database.engine, "before_cursor_execute", see)
    yield told
    event.remove(database.engine, "before_cursor_execute", see)


def everything() -> Handover:
    """As the register of `town` has it."""
    handover = small_town()
    handover.residents = [(replace(one, withholding=HELD), at) for one, at in handover.residents]
    return handover


def test_what_the_register_holds_costs_nobody_a_wait(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "MOST_CHANGES", 1)
    before = version(town)
    with told_under_the_lock(town, monkeypatch) as told:
        assert change(town, tmp_path, everything()).snapshot == 2
        assert told
        tables = ("households", "residents", "registered_seals", "tax_records", "damages", "koseki", "supplement")
        assert not [one for one in told if any(table in one for table in tables)]
    assert version(town) == before
    handover = everything()
    handover.seals[0] = replace(handover.seals[0], cancelled=True)
    assert change(town, tmp_path, handover, hours=2).snapshot == 2
    household = found(town).household
    assert household is not None
    assert household.seal is not None
    assert household.seal.cancelled


def test_more_than_so_many_changes_are_refused_before_anybody_waits(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "MOST_CHANGES", 2)
    before = version(town)
    handover = Handover(households=[make_household("new"), make_household("newer"), make_household("newest")])
    with told_under_the_lock(town, monkeypatch) as told:
        outcome = change(town, tmp_path, handover)
        assert not told
    assert outcome.findings.kept == [Finding("manifest.json", 0, "", Rule.TOO_MANY, 2)]
    assert version(town) == before


def test_a_stale_delivery_is_refused_before_anybody_waits(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with told_under_the_lock(town, monkeypatch) as told:
        outcome = change(town, tmp_path, Handover(seals=[seal("nobody")]), hours=0)
        assert not told
    assert [one.rule for one in outcome.findings.kept] == [Rule.STALE]


def test_numbers_that_do_not_open_are_a_fault_and_no_reference(town: Database, tmp_path: Path) -> None:
    with town.writing() as connection:
        moved = update(residents).where(residents.c.resident_id == "kengo").values(individual_number=bytes(40))
        connection.execute(moved)
    with pytest.raises(StorageError, match="does not open"):
        change(town, tmp_path, Handover(residents=[noted()], numbers={"kengo": numbers(3)}))
