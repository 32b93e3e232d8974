"""`koufu-server console` and `admin create`, as an operator types them."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from certserver.cli.main import main
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.ledger.alarms import raise_alarm
from certserver.ledger.book import open_book
from tests.support.console import BrowserSide
from tests.support.homes import a_home

pytestmark = pytest.mark.xdist_group("server-commands")


@contextmanager
def serving(home: Path, *options: str) -> Iterator[BrowserSide]:
    """The console as a process of its own; it says nothing when it stops, and stops well."""
    command = [sys.executable, "-m", "certserver.cli.main", "console", "--home", str(home), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield BrowserSide(f"http://localhost:{json.loads(running.stdout.readline())['port']}")
        finally:
            running.send_signal(signal.SIGTERM)
        said = running.stderr.read() if running.stderr is not None else ""
    assert (running.returncode, said) == (0, "")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = a_home(tmp_path)
    for mark in ("aoi", "midori"):
        assert main(["admin", "create", mark, "--home", str(made), "--name", f"見本　{mark}"]) == 0
    return made


def test_the_console_of_a_home_is_served_and_no_door_of_a_demonstration_is_there(home: Path) -> None:
    with serving(home) as side:
        assert side.get("/").to == "/sign-in"
        assert "992011" in side.get("/sign-in").body
        assert side.get("/demo").status == 404


def test_behind_a_proxy_it_is_where_the_browser_says(home: Path) -> None:
    with serving(home, "--host", "kanri.city.example.jp", "--proxy", "127.0.0.1") as side:
        by_proxy = {"Host": "kanri.city.example.jp", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        page = side.ask("GET", "/sign-in", headers=by_proxy)
        assert page.headers["strict-transport-security"].startswith("max-age=")
        told = side.ask("POST", "/sign-in/passkey-options", {"form-token": side.form_token}, by_proxy)
        assert json.loads(told.body)["rpId"] == "kanri.city.example.jp"
        assert side.get("/sign-in").status == 421


def test_in_a_demonstration_anybody_here_comes_in_as_whom_they_like(home: Path) -> None:
    with serving(home, "--demo") as side:
        assert "見本　aoi" in side.get("/demo").body
        assert side.post("/demo", mark="nobody").status == 404
        assert side.post("/demo", mark="midori").to == "/"
        assert "見本　midori" in side.get("/").body


def test_a_demonstration_puts_officers_into_a_home_that_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = a_home(tmp_path, demo=True)
    with serving(made, "--demo") as side:
        assert "見本　葵" in side.get("/demo").body
    # Something waits for each of them; so many applications for the card officer.
    capsys.readouterr()
    assert main(["application", "list", "--home", str(made), "--open"]) == 0
    listed = capsys.readouterr().out
    assert [listed.count(each) for each in ("sent-to-municipality", "under-review", "returned", "express")] == [
        4,
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("options", [("--listen", "0.0.0.0"), ("--proxy", "192.0.2.10")])
def test_a_demonstration_is_for_this_machine_alone(
    options: tuple[str, str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["console", "--demo", "--home", str(home), "--port", "0", *options]) == 1
    assert "for this machine alone" in capsys.readouterr().err


def test_a_demonstration_is_of_a_fictional_municipality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "home"
    assert main(["init", str(made), "--municipality", "131016"]) == 0
    assert main(["console", "--demo", "--home", str(made), "--port", "0"]) == 1
    assert "fictional" in capsys.readouterr().err


def test_an_alarm_is_closed_at_the_command_line_beside_an_approver(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings(home)
    database = open_storage(home, settings)
    with database.writing() as connection, open_book(connection, settings.municipality) as book:
        raise_alarm(connection, book, bytes(16), "kiosk-1", "the page differs", 1_790_000_000)
    database.close()
    closing = ("alarm", "close", "--home", str(home), "--reason", "looked into")
    for second, why in (((), "--second"), (("--second", "ren"), "approver"), (("--second", "operator"), "approver")):
        assert main([*closing, *second]) == 1
        assert why in capsys.readouterr().err
    assert main([*closing, "--second", "midori"]) == 0


@pytest.mark.parametrize(
    ("mark", "name", "why"), [("A B", "葵", "no mark"), ("ren", " ", "1 to 64"), ("ren", "蓮", "already")]
)
def test_no_administrator_is_made_of_nobody_nor_beside_two(
    mark: str, name: str, why: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if why != "already":
        home = a_home(tmp_path / "other")
    assert main(["admin", "create", mark, "--home", str(home), "--name", name]) == 1
    assert why in capsys.readouterr().err
