"""Imports on every database: what a delivery brings is in force at once and whole; whatever goes wrong, what was in
force stays; changes in the day count for the very next release."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine, event, func, select

from certserver.errors import ConfigurationError
from certserver.intake.changing import Changes
from certserver.intake.findings import Finding, Findings, Rule
from certserver.intake.groups import Batch
from certserver.intake.importing import Import, Outcome, Wish
from certserver.intake.loading import Loader, Surroundings
from certserver.intake.manifest import read_manifest
from certserver.intake.turn import my_turn
from certserver.ledger.audit import verify
from certserver.ledger.state import found_municipality
from certserver.registers.koseki import Koseki
from certserver.registers.model import RegisteredSeal, Withholding
from certserver.registers.numbers import NumberVault
from certserver.registers.repository import read_snapshot
from certserver.registers.snapshot import RegisterSnapshot, Wanted
from certserver.registers.snapshots import (
    SNAPSHOT_TABLES,
    SnapshotState,
    begin_snapshot,
    bring_back,
    retire_snapshot,
    snapshots_of,
)
from certserver.registers.versions import SnapshotKey, read_in_force
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log
from tests.support.deliveries import MADE_AT, Handover, write_delivery, write_manifest
from tests.support.handovers import damage, koseki, numbers, seal, small_town, tax
from tests.support.registers import MIHON, empty_database, make_household, make_resident

pytestmark = pytest.mark.usefixtures("either_database")

EVERYTHING = Wanted(koseki=True, taxes=True, damages=True, numbers=True)
VAULT = NumberVault(bytes(32), bytes)


class At:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 10, 2, tzinfo=UTC)


def here(makes: object) -> Iterator[Batch]:
    """Reads in this process."""
    assert isinstance(makes, list)
    return (batch for make in makes for batch in make())


AS_USUAL = Wish()

SURROUNDINGS = Surroundings(At(), lambda: 0.0, lambda _: None, here)


@pytest.fixture
def database(tmp_path: Path, either_database: None) -> Iterator[Database]:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        found_municipality(connection, MIHON)
    yield database
    database.close()


def take_in(database: Database, folder: Path, wish: Wish = AS_USUAL) -> Outcome:
    """As the command does."""
    findings = Findings()
    manifest = read_manifest(folder, MIHON, findings)
    if manifest is None:
        return Outcome(findings)
    if manifest.content.value == "changes":
        return Changes(database, MIHON, VAULT, At()).run(folder, manifest, wish)
    return Import(database, MIHON, VAULT, SURROUNDINGS).run(folder, manifest, wish)


def everything_of(database: Database, resident_id: str = "kengo") -> RegisterSnapshot | None:
    with database.reading() as connection:
        return read_snapshot(connection, MIHON, resident_id, EVERYTHING, VAULT)


def version(database: Database) -> str:
    found = everything_of(database)
    assert found is not None
    return found.version


def in_force(database: Database) -> int:
    with database.reading() as connection:
        found = read_in_force(connection, MIHON)
    assert found is not None
    return found.number


def rows_of(database: Database, number: int) -> int:
    with database.reading() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table).where(table.c.snapshot == number)) or 0
            for table in SNAPSHOT_TABLES
        )


def later(hours: int) -> datetime:
    return MADE_AT + timedelta(hours=hours)


def test_a_delivery_is_in_force_with_all_it_holds(database: Database, tmp_path: Path) -> None:
    town = small_town()
    outcome = take_in(database, write_delivery(tmp_path / "delivery", town, MIHON))
    assert outcome.snapshot == in_force(database) == 2
    found = everything_of(database)
    assert found is not None
    assert found.household is not None
    assert found.koseki is not None
    assert found.household.orderer == town.residents[0][0]
    assert [one.resident_id for one in found.household.members] == ["kengo", "misaki"]
    assert found.household.seal == town.seals[0]
    assert [one.year for one in found.taxes] == [2026, 2025]
    assert found.taxes[0] == tax()
    assert found.damages == (damage(),)
    assert found.koseki.koseki == koseki()
    assert found.numbers["kengo"] == numbers(1)
    foreign = everything_of(database, "maria")
    assert foreign is not None
    assert foreign.household is not None
    assert foreign.household.orderer == town.residents[2][0]


def test_the_audit_log_says_which_delivery_came_into_force(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "delivery", small_town(), MIHON))
    with database.reading() as connection:
        verify(connection, MIHON)
        events = connection.execute(select(audit_log.c.event, audit_log.c.detail)).all()
    assert [event for event, _ in events] == ["register-switched"]
    assert json.loads(events[0].detail)["what"].startswith("snapshot 2 in force: delivery ")


MISSING = [
    ("residents.csv", "household_id", Rule.HOUSEHOLD, lambda town: town.households.pop()),
    ("seals.csv", "resident_id", Rule.RESIDENT, lambda town: town.seals.append(seal("nobody"))),
    ("taxes.csv", "resident_id", Rule.RESIDENT, lambda town: town.taxes.append(("nobody", tax()))),
    ("damages.csv", "household_id", Rule.HOUSEHOLD, lambda town: town.damages.append(("nowhere", damage()))),
    ("koseki.jsonl", "people[0].resident_id", Rule.RESIDENT, lambda town: town.koseki.append(koseki("k-2", "nobody"))),
]


@pytest.mark.parametrize(("file", "field", "rule", "breaking"), MISSING, ids=[file for file, *_ in MISSING])
def test_a_reference_to_nothing_is_named_and_nothing_changes(
    database: Database, tmp_path: Path, file: str, field: str, rule: Rule, breaking: object
) -> None:
    town = small_town()
    assert callable(breaking)
    breaking(town)
    outcome = take_in(database, write_delivery(tmp_path / "delivery", town, MIHON))
    assert [(one.file, one.field, one.rule) for one in outcome.findings.kept] == [(file, field, rule)]
    assert outcome.findings.kept[0].line > 0
    assert in_force(database) == 1
    assert rows_of(database, 2) == 0


def twice(koseki_id: str, *residents: str, removed: bool = False) -> Koseki:
    """A koseki with these residents in it, all of them recorded or the last one removed."""
    whole = koseki(koseki_id)
    people = tuple(
        replace(whole.people[0], person_id=f"{at}", resident_id=who, removed=removed and at == len(residents))
        for at, who in enumerate(residents, 1)
    )
    return replace(whole, people=people, supplement=())


@pytest.mark.parametrize(
    ("register", "found"),
    [
        ([twice("k-1", "kengo"), twice("k-2", "misaki", "kengo")], [(1, 0), (2, 1)]),
        ([twice("k-1", "kengo", "kengo")], [(1, 0), (1, 1)]),
        ([twice("k-1", "kengo"), twice("k-2", "misaki", "kengo", removed=True)], []),
    ],
    ids=["in two", "twice in one", "removed from one"],
)
def test_whoever_is_recorded_twice_is_a_finding(
    database: Database, tmp_path: Path, register: list[Koseki], found: list[tuple[int, int]]
) -> None:
    town = small_town()
    town.koseki = register
    outcome = take_in(database, write_delivery(tmp_path / "delivery", town, MIHON))
    assert outcome.findings.kept == [
        Finding("koseki.jsonl", line, f"people[{at}].resident_id", Rule.RECORDED_TWICE) for line, at in found
    ]
    assert (outcome.snapshot is None) == bool(found)


def test_changes_may_move_somebody_to_another_koseki_but_not_leave_them_in_both(
    database: Database, tmp_path: Path
) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    own = twice("k-0", "kengo")
    outcome = take_in(database, changes(tmp_path, Handover(koseki=[own])))
    assert outcome.findings.kept == [Finding("koseki.jsonl", 1, "", Rule.RECORDED_TWICE)]
    left = replace(koseki(), people=tuple(replace(person, removed=True) for person in koseki().people))
    outcome = take_in(database, changes(tmp_path, Handover(koseki=[own, left]), hours=2))
    assert not outcome.findings
    found = everything_of(database)
    assert found is not None
    assert found.koseki is not None
    assert found.koseki.koseki.koseki_id == "k-0"


def test_a_head_who_is_not_recorded_is_a_finding(database: Database, tmp_path: Path) -> None:
    town = small_town()
    town.koseki[0] = replace(town.koseki[0], head="見本　太郎")
    outcome = take_in(database, write_delivery(tmp_path / "delivery", town, MIHON))
    assert outcome.findings.kept == [Finding("koseki.jsonl", 1, "head", Rule.HEAD)]


def test_a_dry_run_tells_the_difference_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    before = version(database)
    town = small_town()
    town.residents[1] = (replace(town.residents[1][0], name="辻󠄂　美沙"), 1)
    town.seals.append(seal("maria"))
    town.taxes.pop()
    folder = write_delivery(tmp_path / "second", town, MIHON, made_at=later(24))
    outcome = take_in(database, folder, Wish(dry_run=True))
    told = {one.kind: (one.added, one.changed, one.gone) for one in outcome.differences}
    assert told["residents"] == (0, 1, 0)
    assert told["registered seals"] == (1, 0, 0)
    assert told["tax records"] == (0, 0, 1)
    assert told["households"] == (0, 0, 0)
    assert outcome.snapshot is None
    assert version(database) == before
    assert rows_of(database, 3) == 0


def test_a_delivery_that_loses_an_unusual_share_waits_for_a_word(database: Database, tmp_path: Path) -> None:
    town = small_town()
    for at in range(40):
        town.residents.append((make_resident(f"more-{at}"), at + 2))
    take_in(database, write_delivery(tmp_path / "first", town, MIHON))
    folder = write_delivery(tmp_path / "second", small_town(), MIHON, made_at=later(24))
    refused = take_in(database, folder)
    assert refused.losses
    assert refused.snapshot is None
    assert in_force(database) == 2
    assert take_in(database, folder, Wish(accept_losses=True)).snapshot == in_force(database) == 4


def test_an_older_delivery_never_overtakes_a_newer_one(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    outcome = take_in(database, write_delivery(tmp_path / "second", small_town(), MIHON, made_at=later(-1)))
    assert [one.rule for one in outcome.findings.kept] == [Rule.STALE]
    assert in_force(database) == 2


def test_another_municipality_is_never_loaded(database: Database, tmp_path: Path) -> None:
    outcome = take_in(database, write_delivery(tmp_path / "delivery", small_town(), "131016"))
    assert [one.rule for one in outcome.findings.kept] == [Rule.ANOTHER]


def test_a_file_that_changed_on_the_way_is_refused(database: Database, tmp_path: Path) -> None:
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    path = folder / "households.csv"
    path.write_text(path.read_text().replace("本町一丁目", "本町二丁目"))
    outcome = take_in(database, folder)
    assert outcome.findings.kept == [Finding("households.csv", 0, "", Rule.DIGEST)]
    assert in_force(database) == 1


def test_restoring_keeps_what_was_withheld_since(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    town = small_town()
    town.residents[0] = (replace(town.residents[0][0], withholding=frozenset([Withholding.PROTECTIVE_MEASURE])), 0)
    take_in(database, write_delivery(tmp_path / "second", town, MIHON, made_at=later(24)))
    with database.writing() as connection:
        bring_back(connection, SnapshotKey(MIHON, 2), 0)
    found = everything_of(database)
    assert found is not None
    assert found.household is not None
    assert in_force(database) == 2
    assert found.household.orderer.withholding == {Withholding.PROTECTIVE_MEASURE}


def seal_of(database: Database, resident_id: str = "kengo") -> RegisteredSeal | None:
    found = everything_of(database, resident_id)
    assert found is not None
    assert found.household is not None
    return found.household.seal


@pytest.mark.parametrize("content", ["all", "changes"])
def test_i6_no_delivery_revives_a_seal_that_was_cancelled_here(
    database: Database, tmp_path: Path, content: str
) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    with database.writing() as connection:
        cancel_registered_seal(connection, MIHON, "kengo")
    packed_anew = io.BytesIO()
    Image.open(io.BytesIO(seal().imprint)).save(packed_anew, "PNG", compress_level=1)
    assert packed_anew.getvalue() != seal().imprint
    again = replace(seal(), imprint=packed_anew.getvalue(), name_katakana="ツジ　ケンゴ")
    town = small_town() if content == "all" else Handover()
    town.seals = [again, *town.seals[1:]]
    outcome = take_in(database, write_delivery(tmp_path / "second", town, MIHON, made_at=later(24), content=content))
    assert outcome.snapshot is not None
    assert seal_of(database) == replace(again, cancelled=True)


def test_i6_a_registration_that_changes_took_away_comes_back_with_no_snapshot(
    database: Database, tmp_path: Path
) -> None:
    for hours in (0, 24):
        take_in(database, write_delivery(tmp_path / f"all-{hours}", small_town(), MIHON, made_at=later(hours)))
    take_in(database, changes(tmp_path, Handover(gone={"seals.csv": [("kengo",)]}), hours=30))
    assert seal_of(database) is None
    with database.writing() as connection:
        bring_back(connection, SnapshotKey(MIHON, 2), 0)
    assert seal_of(database) == seal(cancelled=True)


def test_what_a_crash_left_is_cleaned_up(database: Database, tmp_path: Path) -> None:
    with database.writing() as connection:
        key = begin_snapshot(connection, MIHON, 0)
    outcome = take_in(database, write_delivery(tmp_path / "delivery", small_town(), MIHON))
    with database.reading() as connection:
        states = {one.key.number: one.state for one in snapshots_of(connection, MIHON)}
    assert states[key.number] is SnapshotState.RETIRED
    assert outcome.snapshot == 3


def statements_to_clean_up(database: Database) -> int:
    counted: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        counted.append(statement)

    loader = Loader(database, SURROUNDINGS)
    event.listen(Engine, "before_cursor_execute", count)
    try:
        loader.clean_up(MIHON, 0)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
        loader.close()
    return len(counted)


def test_an_import_does_not_ask_more_for_each_one_that_was_ever_given_up(database: Database) -> None:
    asked = []
    for _ in range(2):
        with database.writing() as connection:
            for _ in range(5):
                retire_snapshot(connection, begin_snapshot(connection, MIHON, 0), 0)
        asked.append(statements_to_clean_up(database))
    assert asked[0] == asked[1]


class PowerCut(Exception):
    """The process ends here."""


@pytest.mark.parametrize("batches", range(7))
def test_a_crash_at_any_moment_leaves_the_old_register(database: Database, tmp_path: Path, batches: int) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    before = version(database)
    left = [batches]

    def cut(_seconds: float) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCut

    folder = write_delivery(tmp_path / "second", small_town(), MIHON, made_at=later(24))
    findings = Findings()
    manifest = read_manifest(folder, MIHON, findings)
    assert manifest is not None
    broken = Import(database, MIHON, VAULT, replace(SURROUNDINGS, rest=cut))
    try:
        broken.run(folder, manifest, Wish())
    except PowerCut:
        assert version(database) == before
        assert in_force(database) == 2
        assert take_in(database, folder).snapshot == in_force(database)
        assert rows_of(database, 3) == 0
    else:
        assert in_force(database) == 3


def test_two_imports_at_once_are_one_too_many(database: Database) -> None:
    with (
        my_turn(database, MIHON),
        pytest.raises(ConfigurationError, match="another import"),
        my_turn(database, MIHON),
    ):
        pass
    with my_turn(database, MIHON):
        pass


def changes(tmp_path: Path, handover: Handover, hours: int = 1) -> Path:
    return write_delivery(tmp_path / f"changes-{hours}", handover, MIHON, made_at=later(hours), content="changes")


def test_changes_count_for_the_very_next_release(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    prepared = version(database)
    moved = replace(make_resident(), moved_out=date(2026, 10, 2))
    outcome = take_in(
        database,
        changes(
            tmp_path, Handover(residents=[(moved, 0)], numbers={"kengo": numbers(1)}, seals=[seal(cancelled=True)])
        ),
    )
    assert not outcome.findings
    assert version(database) != prepared
    found = everything_of(database)
    assert found is not None
    assert found.household is not None
    assert found.household.orderer == moved
    assert found.household.seal is not None
    assert found.household.seal.cancelled
    assert found.numbers["kengo"] == numbers(1)


def test_changes_of_every_kind(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    record = replace(tax(2027), total_income=1)
    assessed = replace(damage("d-2"), dwelling="借家")
    noted = replace(koseki(), pending=True)
    handover = Handover(
        households=[make_household("new")],
        residents=[(make_resident("hanako", "new"), 0)],
        taxes=[("kengo", record)],
        damages=[("house", assessed)],
        koseki=[noted],
        gone={
            "taxes.csv": [("kengo", 2025)],
            "damages.csv": [("house", "d-1")],
            "seals.csv": [("kengo",)],
            "residents.csv": [("maria",)],
        },
    )
    outcome = take_in(database, changes(tmp_path, handover))
    assert not outcome.findings
    found = everything_of(database)
    assert found is not None
    assert found.household is not None
    assert found.koseki is not None
    assert found.household.seal is None
    assert [one.year for one in found.taxes] == [2027, 2026]
    assert found.damages == (assessed,)
    assert found.koseki.koseki == noted
    assert everything_of(database, "hanako") is not None
    assert everything_of(database, "maria") is None


def test_changes_are_applied_whole_or_not_at_all(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    before = version(database)
    handover = Handover(seals=[seal(cancelled=True), seal("nobody")], gone={"households.csv": [("alone",)]})
    outcome = take_in(database, changes(tmp_path, handover))
    assert {(one.file, one.rule) for one in outcome.findings.kept} == {
        ("seals.csv", Rule.REFERENCE),
        ("households.csv", Rule.STAYS),
    }
    assert version(database) == before


def test_a_dry_run_of_changes_leaves_nothing(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    before = version(database)
    folder = changes(tmp_path, Handover(seals=[seal(cancelled=True)]))
    assert take_in(database, folder, Wish(dry_run=True)).snapshot is None
    assert version(database) == before


def test_the_same_changes_are_not_applied_twice(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    folder = changes(tmp_path, Handover(seals=[seal(cancelled=True)]))
    assert take_in(database, folder).snapshot == 2
    assert [one.rule for one in take_in(database, folder).findings.kept] == [Rule.STALE]


def test_a_measure_set_by_hand_outlives_an_import(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "first", small_town(), MIHON))
    with database.writing() as connection:
        write_withholding(connection, MIHON, "kengo", frozenset([Withholding.PROTECTIVE_MEASURE]))
    take_in(database, write_delivery(tmp_path / "second", small_town(), MIHON, made_at=later(24)))
    found = everything_of(database)
    assert found is not None
    assert found.household is not None
    assert found.household.orderer.withholding == {Withholding.PROTECTIVE_MEASURE}


def test_a_manifest_that_is_not_one_is_refused(database: Database, tmp_path: Path) -> None:
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    (folder / "manifest.json").write_text("{}")
    assert [one.rule for one in take_in(database, folder).findings.kept] == [Rule.MANIFEST]


@pytest.mark.parametrize("name", ["households.csv", "residents.csv", "measures.csv"])
def test_a_whole_delivery_without_a_needed_file_is_refused(database: Database, tmp_path: Path, name: str) -> None:
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    (folder / name).unlink()
    write_manifest(folder, MIHON)
    assert take_in(database, folder).findings.kept == [Finding(name, 0, "", Rule.LEFT_OUT)]
    assert in_force(database) == 1


@pytest.mark.parametrize("content", ["all", "changes"])
def test_a_delivery_from_the_future_would_be_the_last_one(database: Database, tmp_path: Path, content: str) -> None:
    handover = small_town() if content == "all" else Handover(households=[make_household()])
    folder = write_delivery(tmp_path / "delivery", handover, MIHON, made_at=later(50 * 365 * 24), content=content)
    assert take_in(database, folder).findings.kept == [Finding("manifest.json", 0, "made_at", Rule.AHEAD)]
    assert in_force(database) == 1
    assert take_in(database, write_delivery(tmp_path / "next", small_town(), MIHON)).snapshot == in_force(database)


@pytest.mark.parametrize("text", ["", "[" * 100_000, "{}", "null", '{"files": ' * 5_000, "\ud800", "9" * 10_000])
def test_a_manifest_of_any_text_is_a_finding(database: Database, tmp_path: Path, text: str) -> None:
    folder = write_delivery(tmp_path / "delivery", small_town(), MIHON)
    (folder / "manifest.json").write_text(text, errors="surrogatepass")
    assert take_in(database, folder).findings.kept == [Finding("manifest.json", 0, "", Rule.MANIFEST)]
