"""`KOUFU_DEMO=faults make demo`: a resident meets eight faults, played once without a display at the real window, with
a server as a process of its own and a kiosk that is killed. Each test looks into what that left behind."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.demo.faults.play import SHOPS
from kiosk.demo.playing.act import GOOD, words_on
from kiosk.demo.playing.act_tray import Came
from tests.support.demo import run_faults_demo

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(600)]

ACTS = [act.name for shop in SHOPS for act in shop.acts]


@dataclass
class Faults:
    out: Path
    said: str

    @property
    def acts(self) -> dict[str, Any]:
        return dict(json.loads((self.out / "summary.json").read_text())["acts"])

    def slips(self, act: str) -> str:
        """All words on the slips of an act."""
        folder = self.out / "papers" / f"{self.acts[act]['at']}-{act}"
        return words_on([Came(slip.read_bytes(), slip=True) for slip in sorted(folder.glob("*-slip.bin"))])


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    """All eight, once for this module."""
    out = tmp_path_factory.mktemp("faults") / "out"
    done = run_faults_demo(out)
    assert done.returncode == 0, done.stdout + done.stderr
    return Faults(out, done.stdout)


def test_i7_after_each_of_the_eight_every_yen_sheet_and_document_is_where_it_must_be(faults: Faults) -> None:
    """Each act's own verdict looks into the cash device, the trays, the journal and the ledger."""
    assert sorted(ACTS) == [
        "card-left",
        "card-pulled",
        "jam",
        "note-stuck",
        "paper-empty",
        "power-cut",
        "server-lost",
        "sheet-left",
    ]
    assert {name: act["verdict"] for name, act in faults.acts.items()} == dict.fromkeys(ACTS, GOOD)


def test_each_fault_is_pictured_in_japanese_in_english_and_in_large_type(faults: Faults) -> None:
    for name, act in faults.acts.items():
        (told,) = (faults.out / "screens").glob(f"{act['at']}-*-{name}/*-{name}.png")
        others = [faults.out / "screens" / "otherwise" / f"{name}-{how}.png" for how in ("english", "large")]
        pictures = [told, *others]
        assert len({picture.read_bytes() for picture in pictures}) == len(pictures)
        for picture in pictures:
            with Image.open(picture) as opened:
                assert opened.size == (1080, 1920)


def test_the_kiosk_was_killed_while_it_printed_and_nothing_of_it_was_printed_afterwards(faults: Faults) -> None:
    before = sorted((faults.out / "before-the-power-cut" / "screens").iterdir())
    assert before[-1].stem.endswith("printing")
    assert faults.acts["power-cut"]["papers"] == 0


def test_slips_say_what_about_the_money(faults: Faults) -> None:
    assert "200円を、返却口にお返ししました" in faults.slips("jam")
    assert "つまったお金は、係員がお返しします" in faults.slips("note-stuck")
    assert "1000円を、返却口に" in faults.slips("server-lost").replace(",", "")
    assert "お金は、いただいていません" in faults.slips("paper-empty")


def test_i11_no_pin_is_left_behind(faults: Faults) -> None:
    logs = "".join(log.read_text() for log in (faults.out / "site").glob("*.log"))
    assert '"1234"' not in faults.said + logs
