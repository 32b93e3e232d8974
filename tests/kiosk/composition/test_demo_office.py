"""`KOUFU_DEMO=postoffice make demo`: the day of a post office, as it is played without a display."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.composition.demo_office import VENUES
from kiosk.composition.demo_office_act import GOOD
from kiosk.composition.demo_office_site import STAFF_PASSWORD
from tests.support.demo import run_demo

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(600)]

ACTS = [f"{venue.name}-{number}-{act.name}" for venue in VENUES for number, act in enumerate(venue.acts, start=1)]


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
    done = run_demo("--out", str(out), environment={"KOUFU_DEMO": "postoffice"})
    assert done.returncode == 0, done.stdout + done.stderr
    return Day(out, done.stdout)


def test_every_act_ended_as_it_must(day: Day) -> None:
    assert {name: act["verdict"] for name, act in day.acts.items()} == {
        act.name: GOOD for venue in VENUES for act in venue.acts
    }


def test_each_act_left_pictures_of_both_windows(day: Day) -> None:
    assert sorted(path.name for path in (day.out / "screens").iterdir()) == sorted(ACTS)
    for name in ACTS:
        pictures = sorted((day.out / "screens" / name).iterdir())
        assert pictures[0].name.endswith("-clerk.png")
        assert any(picture.name.endswith("-resident.png") for picture in pictures)
        for picture in pictures:
            with Image.open(picture) as opened:
                assert opened.size in ((1280, 800), (1080, 1920))


def test_every_paper_and_slip_is_there_with_its_picture(day: Day) -> None:
    for act in day.acts.values():
        assert act["papers"] >= 0
    for paper in (day.out / "papers").rglob("*-paper.pdf"):
        assert list(paper.parent.glob(f"{paper.stem}-*.png"))
    for slip in (day.out / "papers").rglob("*-slip.bin"):
        assert slip.with_suffix(".png").stat().st_size


def test_i11_no_password_is_left_behind(day: Day) -> None:
    logs = "".join(log.read_text() for log in (day.out / "site").glob("*.log"))
    assert STAFF_PASSWORD not in day.said + logs + (day.out / "summary.json").read_text()
