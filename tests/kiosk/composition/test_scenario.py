"""Scenario files: what they may hold, and that each one that comes with koufu can be played from its words."""

from importlib import resources
from pathlib import Path

import pytest

from kiosk.composition.scenario import SCREENS, read_scenario
from kiosk.errors import ConfigurationError

SHIPPED = sorted(
    Path(str(each)) for each in resources.files("kiosk.composition.scenarios").iterdir() if each.name.endswith(".toml")
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
