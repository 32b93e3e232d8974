"""`koufu-server import` and `snapshots`: in the order in which an operator runs them, with what they say."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from certserver.cli.main import main
from tests.support.deliveries import MADE_AT, Handover, write_delivery
from tests.support.handovers import seal, small_town
from tests.support.homes import a_home
from tests.support.registers import MIHON

pytestmark = pytest.mark.xdist_group("server-commands")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_home(tmp_path_factory.mktemp("server"))


def test_deliveries_come_in_and_go_back(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments, "--home", str(home)])
        told = capsys.readouterr()
        return status, told.out, told.err

    first = str(write_delivery(tmp_path / "first", small_town(), MIHON))
    town = small_town()
    town.seals.append(seal("maria"))
    second = str(write_delivery(tmp_path / "second", town, MIHON, made_at=MADE_AT + timedelta(days=1)))
    later = MADE_AT + timedelta(days=2)
    cancelled = Handover(seals=[seal(cancelled=True)])
    changes = str(write_delivery(tmp_path / "changes", cancelled, MIHON, made_at=later, content="changes"))
    nobody = Handover(seals=[seal("nobody")])
    wrong = str(write_delivery(tmp_path / "wrong", nobody, MIHON, made_at=later + timedelta(1), content="changes"))

    assert run("import", first)[:2] == (0, FIRST)
    status, out, _ = run("import", second, "--dry-run")
    assert status == 0
    assert "registered seals" in out
    assert "added 1, changed 0, gone 0" in out
    assert "dry run" in out
    assert run("import", second)[0] == 0
    assert run("import", changes)[1] == "In force: snapshot 4.\n"
    status, _, err = run("import", wrong)
    assert status == 1
    assert err.startswith("seals.csv:2: it refers to an entry that is not there")
    assert "Nothing was changed: 1 errors" in err
    assert run("snapshots", "restore", "2")[0] == 0
    assert run("snapshots", "drop", "4")[0] == 0
    assert run("snapshots", "drop", "2")[0] == 1
    out = run("snapshots", "list")[1]
    assert [line.split()[:2] for line in out.splitlines()] == [["1", "ready"], ["2", "in"]]
    assert run("audit", "verify")[0] == 0


def test_a_dry_run_says_whether_the_import_would_stop(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        status = main([*arguments, "--home", str(home)])
        return status, capsys.readouterr().out

    whole = str(write_delivery(tmp_path / "whole", small_town(), MIHON, made_at=MADE_AT + timedelta(days=5)))
    assert run("import", whole)[0] == 0
    town = small_town()
    lost = replace(town, residents=[(replace(one, withholding=frozenset()), at) for one, at in town.residents])
    lifted = Handover(residents=lost.residents, gone={"measures.csv": []})
    for at, (content, handover) in enumerate((("all", lost), ("changes", lifted))):
        made_at = MADE_AT + timedelta(days=6 + at)
        folder = str(write_delivery(tmp_path / content, handover, MIHON, made_at=made_at, content=content))
        status, out = run("import", folder, "--dry-run")
        assert status == 1
        assert "gone 1   MORE GO THAN IS USUAL" in out
        assert "this was a dry run, and more would go than is usual" in out
        assert "nothing was found wrong" not in out
        assert run("import", folder)[0] == 1
        assert run("import", folder, "--dry-run", "--accept-losses")[0] == 0


FIRST = """\
households                        0 ->          2   added 2, changed 0, gone 0
residents                         0 ->          3   added 3, changed 0, gone 0
withholdings                      0 ->          1   added 1, changed 0, gone 0
registered seals                  0 ->          2   added 2, changed 0, gone 0
tax records                       0 ->          3   added 3, changed 0, gone 0
damages                           0 ->          1   added 1, changed 0, gone 0
koseki                            0 ->          1   added 1, changed 0, gone 0
people of koseki                  0 ->          2   added 2, changed 0, gone 0
withholdings in koseki            0 ->          1   added 1, changed 0, gone 0
entries of koseki                 0 ->          3   added 3, changed 0, gone 0
people of supplements             0 ->          2   added 2, changed 0, gone 0
addresses of supplements          0 ->          2   added 2, changed 0, gone 0
In force: snapshot 2.
"""
