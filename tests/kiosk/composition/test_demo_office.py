"""`KOUFU_DEMO=postoffice make demo`: the day of a post office, as it is played without a display. Here the shorter acts
are played; the whole day takes a minute of processor time and more."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.composition.demo_office import POST_OFFICE
from kiosk.composition.demo_office_act import GOOD
from kiosk.composition.demo_office_site import STAFF_PASSWORD
from tests.support.demo import run_office_demo

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(600)]

ACTS = ("opening", "renewal", "order", "refusals", "closing")
"""Of the post office, in their order."""


@dataclass
class Day:
    out: Path
    said: str

    @property
    def acts(self) -> dict[str, Any]:
        return dict(json.loads((self.out / "summary.json").read_text())["acts"])


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day, once for this module."""
    out = tmp_path_factory.mktemp("office") / "out"
    done = run_office_demo(out, ACTS)
    assert done.returncode == 0, done.stdout + done.stderr
    return Day(out, done.stdout)


def test_the_acts_are_those_of_the_day() -> None:
    assert set(ACTS) < {act.name for act in POST_OFFICE.acts}


def test_every_act_ended_as_it_must(day: Day) -> None:
    assert {name: act["verdict"] for name, act in day.acts.items()} == dict.fromkeys(ACTS, GOOD)


def test_each_act_left_pictures_of_both_windows(day: Day) -> None:
    folders = sorted((day.out / "screens").iterdir())
    assert [folder.name for folder in folders] == [f"post-office-{at}-{name}" for at, name in enumerate(ACTS, start=1)]
    for folder in folders:
        pictures = sorted(folder.iterdir())
        assert pictures[0].name.endswith("-clerk.png")
        assert any(picture.name.endswith("-resident.png") for picture in pictures)
        for picture in pictures:
            with Image.open(picture) as opened:
                assert opened.size in ((1280, 800), (1080, 1920))


def test_every_paper_and_slip_is_there_with_its_picture(day: Day) -> None:
    assert {name: act["papers"] for name, act in day.acts.items()} == {
        "opening": 1,
        "renewal": 1,
        "order": 3,
        "refusals": 2,
        "closing": 1,
    }
    for paper in (day.out / "papers").rglob("*-paper.pdf"):
        assert list(paper.parent.glob(f"{paper.stem}-*.png"))
    for slip in (day.out / "papers").rglob("*-slip.bin"):
        assert slip.with_suffix(".png").stat().st_size


def test_i11_no_password_is_left_behind(day: Day) -> None:
    logs = "".join(log.read_text() for log in (day.out / "site").glob("*.log"))
    assert STAFF_PASSWORD not in day.said + logs + (day.out / "summary.json").read_text()
