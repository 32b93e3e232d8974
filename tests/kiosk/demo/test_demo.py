"""`make demo` as a newcomer runs it: what it leaves behind, and that it fails when a sheet can't be read back."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.demo.stage.tray import clear
from kiosk.errors import ConfigurationError
from tests.support.demo import WITHIN_S, run_demo, run_demo_without_backs

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(600)]


@dataclass
class Demonstration:
    out: Path
    said: str

    @property
    def summary(self) -> dict[str, Any]:
        return dict(json.loads((self.out / "summary.json").read_text()))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration without a display, once for this module."""
    out = tmp_path_factory.mktemp("demo") / "out"
    done = run_demo("--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return Demonstration(out, done.stdout)


def said_by(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def is_blank(picture: Path) -> bool:
    """Nothing is on it, or hardly anything."""
    with Image.open(picture) as opened:
        histogram = opened.convert("L").histogram()
    return max(histogram) > 0.999 * sum(histogram)


def test_it_leaves_what_the_readme_says(shown: Demonstration) -> None:
    left = {path.name for path in shown.out.iterdir()}
    assert left == {"certificate.pdf", "raster", "receipt.bin", "receipt.png", "screens", "site", "summary.json"}


def test_the_certificate_has_two_sides_and_the_residents_name(shown: Demonstration) -> None:
    certificate = str(shown.out / "certificate.pdf")
    assert re.search(r"^Pages:\s+2$", said_by("pdfinfo", certificate), re.MULTILINE)
    assert re.search("辻\U000e0102\\s健吾", said_by("pdftotext", certificate, "-"))
    sides = sorted((shown.out / "raster" / "certificate").glob("*.png"))
    assert len(sides) == 2
    assert not any(is_blank(side) for side in sides)


def test_there_is_a_picture_of_each_step_in_order(shown: Demonstration) -> None:
    steps = shown.summary["steps"]
    pictures = sorted((shown.out / "screens").iterdir())
    assert [picture.stem for picture in pictures] == [f"{at:02d}-{step['name']}" for at, step in enumerate(steps, 1)]
    assert [picture.stem for picture in pictures if is_blank(picture)] == []
    names = [step["name"] for step in steps]
    assert (names[0], names[-1]) == ("start", "start-again")
    assert {"put-card", "pin", "purpose", "options", "confirm", "take-card", "pay", "take-sheets"} < set(names)
    assert all(isinstance(step["ms"], int) and step["ms"] >= 0 for step in steps)


def test_neighbouring_screens_differ(shown: Demonstration) -> None:
    pictures = [picture.read_bytes() for picture in sorted((shown.out / "screens").iterdir())]
    assert all(one != other for one, other in pairwise(pictures))


def test_the_sheet_was_read_back_as_issued(shown: Demonstration) -> None:
    summary = shown.summary
    assert summary["sheet_check"]["content"]["answer"] == "as-issued"
    assert summary["sheet_check"]["document_no"] == summary["document_no"]
    assert summary["document_no"] in shown.said


def test_the_receipt_is_of_this_visit(shown: Demonstration) -> None:
    assert "領収".encode("cp932") in (shown.out / "receipt.bin").read_bytes()
    assert not is_blank(shown.out / "receipt.png")


def test_i11_no_pin_is_left_behind(shown: Demonstration) -> None:
    assert not re.search(r"(?<!\d)1234(?!\d)", shown.said + (shown.out / "site" / "server.log").read_text())


def test_sheets_without_backs_fail_it(shown: Demonstration, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_demo_without_backs(shown.out / "site", out)
    assert done.returncode == 1, done.stdout + done.stderr
    verdict = json.loads((out / "summary.json").read_text())["sheet_check"]
    assert verdict["content"]["answer"] != "as-issued"
    assert verdict["content"]["reasons"]


def test_a_folder_with_other_things_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "certificate.pdf").write_bytes(b"an earlier one")
    (tmp_path / "thesis.odt").write_bytes(b"years of work")
    with pytest.raises(ConfigurationError, match="thesis"):
        clear(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_visit_after_visit_leaves_no_timer_file_thread_or_item_behind(shown: Demonstration, tmp_path: Path) -> None:
    """A brief `make soak` at the demonstration's own site: 24 visits in one kiosk process."""
    command = [sys.executable, "-m", "tests.soak", "--brief", "--sessions", "24", "--every", "3"]
    places = ["--site", str(shown.out / "site"), "--out", str(tmp_path / "soak")]
    done = subprocess.run([*command, *places], capture_output=True, text=True, check=False, timeout=WITHIN_S)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len((tmp_path / "soak" / "rows.jsonl").read_text().splitlines()) == 8
    assert "From a touch to the painted screen" in done.stdout
    last = json.loads((tmp_path / "soak" / "rows.jsonl").read_text().splitlines()[-1])
    assert (last["heaps"], last["server_heaps"]) == (0, 0), "glibc made heaps for threads: none of them is ever full"
