"""Scenario files: what they may hold, and that each one that comes with koufu can be played from its words."""

from importlib import resources
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.demo.bench.scenario import SCREENS, read_scenario
from kiosk.errors import ConfigurationError

SHIPPED = sorted(
    Path(str(each)) for each in resources.files("kiosk.demo.bench.scenarios").iterdir() if each.name.endswith(".toml")
)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "scenario.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_comes_with_koufu_can_be_read(file: Path) -> None:
    assert read_scenario(file).step


def test_every_screen_has_a_name_of_its_own() -> None:
    assert {"start", "await-card", "enter-pin", "pay", "printing", "fault", "closed"} <= set(SCREENS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no scenario"),
        ("[[step]]\nsee = 'sesame'\n", "there is no screen sesame"),
        ("[[step]]\nsee = 'pay'\nhaving = { gold = 1 }\n", "has no gold"),
        ("[[step]]\nsee = 'pay'\nsleep = 5\n", "sleep"),
        ("[[step]]\nsee = 'pay'\nscreenshot = '../pay'\n", "screenshot"),
        ("[[step]\n", "no scenario"),
    ],
)
def test_what_is_wrong_with_a_scenario_is_said_before_it_begins(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        read_scenario(written(tmp_path, text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        read_scenario(tmp_path / "nowhere.toml")


def test_without_a_display_a_bench_wants_a_scenario(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert main(["--virtual", "--out", str(tmp_path / "out")]) == 2
    assert "--scenario" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_program_wants_a_command_or_the_bench(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "--virtual" in capsys.readouterr().err
