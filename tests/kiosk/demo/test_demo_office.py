"""`KOUFU_DEMO=postoffice make demo`: the whole day of a post office's counter and of the municipality's own, played
once without a display at the real windows, with a server and simulators as processes of their own. Each test looks
into what the day left behind."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hardware.card.virtual.folder import CardFolder
from kiosk.demo.office.play import VENUES
from kiosk.demo.office.proxy import NEW_PINS
from kiosk.demo.office.site import STAFF_PASSWORD
from kiosk.demo.playing.act import GOOD, words_on
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.stage.site import MAIN_CARD
from tests.support.demo import run_office_demo

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(600)]

ACTS = [act.name for venue in VENUES for act in venue.acts]
FOLDERS = [f"{venue.name}-{number}-{act.name}" for venue in VENUES for number, act in enumerate(venue.acts, start=1)]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an application, as the municipality's server keeps it."""

    event: str
    actor: str
    reason: str | None


@dataclass
class Day:
    out: Path
    said: str

    @property
    def acts(self) -> dict[str, Any]:
        return dict(json.loads((self.out / "summary.json").read_text())["acts"])

    def steps(self, act: str) -> list[str]:
        return [step["name"] for step in self.acts[act]["steps"]]

    def slips(self, act: str) -> str:
        """All words on the slips of an act."""
        folder = self.out / "papers" / f"{self.acts[act]['at']}-{act}"
        return words_on([Came(slip.read_bytes(), slip=True) for slip in sorted(folder.glob("*-slip.bin"))])

    def applications(self) -> dict[str, list[Step]]:
        """Every step of each, by where it was taken in and the order of its coming."""
        with closing(sqlite3.connect(self.out / "site" / "server" / "koufu.db")) as database:
            rows = database.execute(
                "SELECT application, event, actor, reason FROM application_moves ORDER BY application, version"
            ).fetchall()
        found: dict[str, list[Step]] = {}
        for application, event, actor, reason in rows:
            found.setdefault(application, []).append(Step(event, actor, reason))
        return found

    def application_of(self, *events: str) -> list[Step]:
        """The steps of the one application that all of these happened to."""
        (found,) = (steps for steps in self.applications().values() if set(events) <= {step.event for step in steps})
        return found


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day, once for this module."""
    out = tmp_path_factory.mktemp("office") / "out"
    done = run_office_demo(out)
    assert done.returncode == 0, done.stdout + done.stderr
    return Day(out, done.stdout)


def test_every_act_of_the_day_ended_as_it_must(day: Day) -> None:
    """Each act's own verdict says more: every yen, sheet and paper of both counters is accounted for."""
    assert {name: act["verdict"] for name, act in day.acts.items()} == dict.fromkeys(ACTS, GOOD)


def test_a_wearer_of_a_hijab_has_her_photo_back_once_and_her_card_by_mail(day: Day) -> None:
    """From the counter to the door: officers at the command line, and every party outside over gRPC."""
    steps = day.application_of("return")
    told = [(step.event, step.actor, step.reason) for step in steps if step.event not in ("open", "tell", "attach")]
    officer, maker, mail = "rei-makoto", "simulated-card-maker", "simulated-mail"
    assert told == [
        *(("check-identity", "mihon-hana", None), ("capture", "mihon-hana", None), ("send", "mihon-hana", None)),
        *(("take", officer, None), ("return", officer, "photo")),
        *(("capture", "mihon-hana", None), ("send", "mihon-hana", None)),
        *(("take", officer, None), ("approve", officer, None)),
        *(("order-card", "server", None), ("accept", maker, None), ("ship-to-municipality", maker, None)),
        *(("set-up", officer, None), ("mail-out", officer, None)),
        *(("announce", mail, None), ("deliver", mail, None)),
    ]
    assert day.steps("hijab").count("photo-decided") == 2
    assert day.slips("hijab").count("受付票") == 2


def test_the_power_fails_in_the_middle_of_a_renewal_and_the_rest_is_done(day: Day) -> None:
    """Program and simulators are gone at once; the next program finds the case, and the card is renewed in it."""
    steps = day.steps("renewal")
    assert steps.index("pin-typed") < steps.index("power-cut") < steps.index("cut-off") < steps.index("renewed")
    folder = CardFolder(day.out / "site" / "cards")
    (issued,) = folder.issued()
    before = folder.card(MAIN_CARD.name).user_auth
    assert before is not None
    assert issued.leaf.public_bytes != before.x509.public_bytes
    revoked = json.loads((day.out / "site" / "cards" / "authority.json").read_text())["revoked"]["user-auth-1"]
    assert [line["serial"] for line in revoked] == [f"{before.x509.serial_number:x}"]
    assert json.loads((day.out / "site" / "card-cases.json").read_text()).get("cases", []) == []
    # The next act: a certificate with the renewed card.
    assert day.acts["order"]["papers"] == 3


def test_a_proxy_of_somebody_of_78_is_sent_on_by_the_post_office_and_served_at_the_municipality(day: Day) -> None:
    steps = [step.event for step in day.application_of("admit-taker")]
    assert steps[-5:] == ["admit-taker", "compare-card", "activate", "reserve", "deliver"]
    assert "made-card" in steps, "the simulated card maker named what the card bears"
    assert "lacking" in day.steps("proxy")
    assert "市役所" in day.slips("refusals")


def test_a_baby_s_express_card_is_refused_at_the_post_office_and_asked_for_at_the_municipality(day: Day) -> None:
    assert day.steps("refusals").count("not-here") == 2
    steps = [step.event for step in day.applications()[_waiting(day)]]
    assert steps[-1] == "send"
    assert "no-photo" in day.steps("express")
    assert "目安" in day.slips("express")


def _waiting(day: Day) -> str:
    (found,) = (key for key, steps in day.applications().items() if not {"deliver"} & {step.event for step in steps})
    return found


def test_a_mishap_is_handed_over_and_a_jammed_sheet_destroyed_before_two(day: Day) -> None:
    steps = day.steps("mishap")
    for before, after in (
        ("held", "colleague"),
        ("colleague", "taken-over"),
        ("jam-told", "two"),
        ("two", "destroyed"),
    ):
        assert steps.index(before) < steps.index(after)
    assert "差0円" in day.slips("closing")
    assert "差0円" in day.slips("hall-closing")


def test_each_act_left_pictures_of_both_windows(day: Day) -> None:
    folders = sorted((day.out / "screens").iterdir())
    assert [folder.name for folder in folders] == sorted(FOLDERS)
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
        "hijab": 2,
        "renewal": 1,
        "order": 3,
        "refusals": 2,
        "mishap": 2,
        "closing": 1,
        "waits": 2,
        "proxy": 1,
        "express": 1,
        "hall-closing": 1,
    }
    for paper in (day.out / "papers").rglob("*-paper.pdf"):
        assert list(paper.parent.glob(f"{paper.stem}-*.png"))
    for slip in (day.out / "papers").rglob("*-slip.bin"):
        assert slip.with_suffix(".png").stat().st_size


def test_i11_no_password_and_no_pin_of_a_sealed_form_is_left_behind(day: Day) -> None:
    logs = "".join(log.read_text() for log in (day.out / "site").glob("*.log"))
    said = day.said + logs + (day.out / "summary.json").read_text()
    assert not [each for each in (STAFF_PASSWORD, NEW_PINS["signing"]) if each in said]
