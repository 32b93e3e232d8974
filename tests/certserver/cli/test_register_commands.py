"""`koufu-server registered-seal` and `withholding`: what they change counts at once, and is in the audit log without a
name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.cli.main import main
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.ledger.audit import verify
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_status
from certserver.registers.writing import write_registered_seal
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log
from tests.support.homes import a_home
from tests.support.koseki import make_koseki
from tests.support.registers import MIHON, enter_household, make_seal

pytestmark = pytest.mark.xdist_group("server-commands")

MEASURE = ("--kind", "protective-measure")
HOLD = ("--kind", "issuance-hold")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return a_home(tmp_path)


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    database = open_storage(home, load_settings(home))
    with database.writing() as connection:
        enter_household(connection, "house", "kengo", "misaki")
        write_registered_seal(connection, MIHON, make_seal("kengo"))
    yield database
    database.close()


def run(home: Path, *arguments: str, resident: str = "kengo") -> int:
    return main([*arguments, "--resident", resident, "--home", str(home)])


def status(database: Database) -> StatusNow:
    with database.reading() as connection:
        found = read_status(connection, MIHON, "kengo")
    assert found is not None
    return found


def noted(database: Database) -> list[dict[str, str]]:
    """What the audit log, which must verify, holds of changes of the register."""
    with database.reading() as connection:
        verify(connection, MIHON)
        rows = connection.execute(select(audit_log.c.event, audit_log.c.detail).order_by(audit_log.c.audit_seq)).all()
    return [json.loads(row.detail) for row in rows if row.event == "register-changed"]


def test_i6_a_seal_is_cancelled_and_its_household_has_another_version(home: Path, database: Database) -> None:
    before = status(database)
    assert run(home, "registered-seal", "cancel") == 0
    after = status(database)
    assert (before.seal, after.seal) == (RegisteredSealStatus.REGISTERED, RegisteredSealStatus.CANCELLED)
    assert after.version != before.version


def test_withholdings_are_set_and_lifted_one_by_one(home: Path, database: Database) -> None:
    seen = [status(database)]
    for arguments in (("set", *MEASURE), ("set", *HOLD), ("lift", *MEASURE)):
        assert run(home, "withholding", *arguments) == 0
        seen.append(status(database))
    assert [now.members[0].withholding for now in seen] == [
        frozenset(),
        {Withholding.PROTECTIVE_MEASURE},
        set(Withholding),
        {Withholding.ISSUANCE_HOLD},
    ]
    assert len({now.version for now in seen}) == 4


def test_i12_every_change_is_in_the_audit_log_under_a_hash_that_stays(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "withholding", "set", *MEASURE) == 0
    assert run(home, "registered-seal", "cancel") == 0
    first, second = noted(database)
    assert (first["what"], second["what"]) == ("protective-measure set", "registered seal cancelled")
    assert first["resident"] == second["resident"]
    assert first["resident"] in capsys.readouterr().out
    assert "kengo" not in json.dumps([first, second])


PERSON = ("--koseki", "koseki", "--person", "p0")


def run_on_person(home: Path, what: str, *whom: str) -> int:
    return main(["withholding", what, *MEASURE, *whom, "--home", str(home)])


def test_i6_a_cancelled_seal_is_revived_by_a_command_alone(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "registered-seal", "revive") == 1
    assert "not cancelled here" in capsys.readouterr().err
    assert run(home, "registered-seal", "cancel") == 0
    with database.writing() as connection:
        write_registered_seal(connection, MIHON, make_seal("kengo"))
    cancelled = status(database)
    assert run(home, "registered-seal", "revive") == 0
    now = status(database)
    assert (cancelled.seal, now.seal) == (RegisteredSealStatus.CANCELLED, RegisteredSealStatus.REGISTERED)
    assert [one["what"] for one in noted(database)] == ["registered seal cancelled", "registered seal revived"]


def test_i6_what_the_core_system_cancelled_is_not_revived_here(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "registered-seal", "cancel") == 0
    with database.writing() as connection:
        write_registered_seal(connection, MIHON, replace(make_seal("kengo"), cancelled=True))
    assert run(home, "registered-seal", "revive") == 1
    assert "core system" in capsys.readouterr().err
    with database.writing() as connection:
        write_registered_seal(connection, MIHON, make_seal("kengo"))
    assert status(database).seal is RegisteredSealStatus.CANCELLED, "nothing was taken back"


def test_i14_a_person_of_a_koseki_is_withheld_and_let_go(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.writing() as connection:
        write_koseki(connection, MIHON, make_koseki("koseki", "kengo", None))
    assert run_on_person(home, "set", *PERSON) == 0
    assert status(database).members[0].withholding == {Withholding.PROTECTIVE_MEASURE}
    assert run_on_person(home, "set", *PERSON) == 1
    assert "already in force for this person" in capsys.readouterr().err
    assert run(home, "withholding", "lift", *MEASURE) == 1
    assert "it stands on the same person in a koseki" in capsys.readouterr().err
    assert run(home, "withholding", "set", *MEASURE) == 0
    assert run_on_person(home, "lift", *PERSON) == 0
    assert "It stays in force: it stands on the same person as a resident" in capsys.readouterr().out
    assert run(home, "withholding", "lift", *MEASURE) == 0
    assert status(database).members[0].withholding == frozenset()
    first, second, third, _ = noted(database)
    assert (first["what"], third["what"]) == ("protective-measure set", "protective-measure lifted")
    assert first["person"] == third["person"] != second["resident"]


@pytest.mark.parametrize(
    ("whom", "told"),
    [
        (("--koseki", "koseki"), "both --koseki and --person"),
        (("--resident", "kengo", "--person", "p0"), "both --koseki and --person"),
        (("--koseki", "koseki", "--person", "nobody"), "no such person in a koseki"),
    ],
)
def test_a_person_is_named_whole(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str], whom: tuple[str, ...], told: str
) -> None:
    assert run_on_person(home, "set", *whom) == 1
    assert told in capsys.readouterr().err
    assert noted(database) == []


@pytest.mark.parametrize(
    ("before", "arguments", "told"),
    [
        ((), ("withholding", "lift", *HOLD), "not in force"),
        (("withholding", "set", *HOLD), ("withholding", "set", *HOLD), "already in force"),
        (("registered-seal", "cancel"), ("registered-seal", "cancel"), "cancelled already"),
    ],
)
def test_what_is_so_already_is_told_and_not_noted(
    home: Path,
    database: Database,
    capsys: pytest.CaptureFixture[str],
    before: tuple[str, ...],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    if before:
        assert run(home, *before) == 0
    version, length = status(database).version, len(noted(database))
    assert run(home, *arguments) == 1
    assert told in capsys.readouterr().err
    assert (status(database).version, len(noted(database))) == (version, length)


@pytest.mark.parametrize(("resident", "told"), [("misaki", "no registered seal"), ("nobody", "no such resident")])
def test_who_is_not_there_is_told(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str], resident: str, told: str
) -> None:
    assert run(home, "registered-seal", "cancel", resident=resident) == 1
    assert told in capsys.readouterr().err
    assert noted(database) == []
