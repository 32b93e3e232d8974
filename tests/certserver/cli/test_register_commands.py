"""`koufu-server registered-seal` and `withholding`: what they change counts at once, and is in the audit log without a
name."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.cli.main import main
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.ledger.audit import verify
from certserver.registers.model import RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_status
from certserver.registers.writing import write_registered_seal
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log
from tests.support.registers import MIHON, enter_household, make_seal

pytestmark = pytest.mark.xdist_group("server-commands")

MEASURE = ("--kind", "protective-measure")
HOLD = ("--kind", "issuance-hold")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    assert main(["init", str(made)]) == 0
    return made


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
