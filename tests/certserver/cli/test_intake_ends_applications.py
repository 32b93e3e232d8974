"""`koufu-server import` beside a server that takes card applications in: who moved, died or is called otherwise has
none from then on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.registers.model import Household, RegisterDate, Resident
from tests.support.card_applications import an_application_server, at_counter
from tests.support.deliveries import Handover, write_delivery
from tests.support.register_changes import read_household, resident_now
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


def resident(server: ServerForTests, resident_id: str) -> Resident:
    with server.database.writing() as connection:
        return resident_now(connection, MUNICIPALITY, resident_id)


def imported(server: ServerForTests, folder: Path, handover: Handover) -> int:
    made_at = SystemClock().now() - timedelta(minutes=1)
    write_delivery(folder, handover, MUNICIPALITY, made_at=made_at, content="changes")
    return main(["import", str(folder), "--home", str(server.home)])


def test_a_delivery_of_changes_ends_the_applications_of_those_it_changed(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kengo, taro = at_counter(server), at_counter(server)
    assert kengo.taken_in("kengo") == "sent-to-municipality"
    assert taro.open("taro") == "draft"
    renamed = replace(resident(server, "kengo"), name="別名　健吾")
    assert imported(server, tmp_path / "changes", Handover(residents=[(renamed, 1)])) == 0
    assert "ended by it, since somebody moved, died or is called otherwise: 1." in capsys.readouterr().out
    standing = kengo.show().shown.standing
    assert (standing.state, standing.reason) == ("invalidated", "name-changed")
    assert taro.show().shown.standing.state == "draft"


def test_a_household_that_moved_ends_those_of_its_members(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kengo, taro = at_counter(server), at_counter(server)
    kengo.open("kengo")
    taro.open("taro")
    with server.database.reading() as connection:
        here = read_household(connection, MUNICIPALITY, "kengo")
    assert here is not None
    moved = Household(here.orderer.household_id, "見本県見本市新町2番", here.householder)
    assert imported(server, tmp_path / "changes", Handover(households=[moved])) == 0
    assert ": 1." in capsys.readouterr().out
    assert kengo.show().shown.standing.reason == "address-changed"
    assert taro.show().shown.standing.state == "draft"


def test_a_dry_run_and_a_change_of_something_else_end_none(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kengo = at_counter(server)
    kengo.open("kengo")
    other = replace(resident(server, "kengo"), notified_on=RegisterDate(date(2020, 4, 1)))
    dead = replace(resident(server, "kengo"), died=date(2026, 6, 9))
    made_at = SystemClock().now() - timedelta(minutes=1)
    folder = write_delivery(
        tmp_path / "dry", Handover(residents=[(dead, 1)]), MUNICIPALITY, made_at=made_at, content="changes"
    )
    assert main(["import", str(folder), "--home", str(server.home), "--dry-run"]) == 0
    assert imported(server, tmp_path / "other", Handover(residents=[(other, 1)])) == 0
    assert "applications" not in capsys.readouterr().out
    assert kengo.show().shown.standing.state == "draft"
