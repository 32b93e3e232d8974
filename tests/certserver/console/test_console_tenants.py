"""Two municipalities in one database: nothing of the other shows on any page, and no key of the other's works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.console.app import PAGES
from certserver.demo.neighbour import reiji_profile
from certserver.intake.importing import Wish
from certserver.office.applications.inbox import Wanted as Applications
from certserver.office.applications.inbox import inbox
from certserver.office.deciding import decide
from certserver.office.import_runs import begin_run
from certserver.office.issued.recalls import ask
from certserver.office.issued.wanted import Wanted as Sheets
from certserver.office.people import ask_role
from certserver.office.proposals import waiting
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.settings.content import Content, profile_part
from certserver.office.settings.drafts import begin
from certserver.office.settings.making import Wanted
from certserver.office.terminals.changing import offer_enrolment
from certserver.outlets import Outlet, OutletKind
from tests.support.console import EVERY_ROLE, ConsoleForTests, a_console, beside
from tests.support.console_pages import an_alarm, fill, first_document, shown_paths
from tests.support.enrolments import waits
from tests.support.inbox_applications import sent as applied
from tests.support.ledger_entries import Made, enter

pytestmark = pytest.mark.xdist_group("console")

MARKED = "tonari"
"""Stands in all that the other municipality has."""

DRAFTS = 5
"""More than the municipality at hand has: the last number is the other's alone."""

RECALLS = 4
"""The same of recalls."""


RUNS = 3
"""And of imports."""


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[ConsoleForTests, ConsoleForTests]]:
    with a_console(tmp_path, filled=fill) as console, beside(console) as other:
        other.hire(f"{MARKED}-1", *EVERY_ROLE)
        other.hire(f"{MARKED}-2", OfficeRole.APPROVER)
        applied(other.desk(f"{MARKED}-1"), MARKED, outlet=MARKED)
        an_alarm(other, 9, MARKED)
        ask_role(other.desk(f"{MARKED}-1"), HeldRole(f"{MARKED}-2", OfficeRole.VIEWER, other.today()))
        tonari = Wanted(Content(profile=profile_part(reiji_profile())), MARKED, None, reiji_profile().official_seal)
        for _ in range(DRAFTS):
            begin(other.desk(f"{MARKED}-1"), tonari)
        enter(other.server.database, other.municipality, [Made(terminal=MARKED)] * DRAFTS, other.now(), first=900)
        for _ in range(RECALLS):
            recalled = ask(other.desk(f"{MARKED}-1"), Sheets(terminal=MARKED), MARKED)
            (proposal,) = (
                each for each in waiting(other.desk(f"{MARKED}-2")) if each.about.get("recall") == str(recalled)
            )
            decide(other.desk(f"{MARKED}-2"), proposal.proposal_id, approve=False)
        for _ in range(RUNS):
            begin_run(other.desk(f"{MARKED}-1"), MARKED, Wish())
        offer_enrolment(other.desk(f"{MARKED}-1"), f"{MARKED}-kiosk", Outlet(MARKED, OutletKind.MUNICIPAL))
        yield console, other


def test_nothing_of_the_other_shows(two: tuple[ConsoleForTests, ConsoleForTests]) -> None:
    here, other = two
    side = here.signed_in("aoi", purpose=True)
    for path in (*shown_paths(here), "/ledger?kind=", f"/ledger?kind=&terminal={MARKED[:5]}"):
        page = side.get(path)
        assert MARKED not in page.body, path
        assert other.municipality not in page.body, path
    assert MARKED in other.signed_in(f"{MARKED}-1").get("/people").body


def foreign_application(other: ConsoleForTests) -> str:
    """The number of the one that waits there."""
    return inbox(other.desk(f"{MARKED}-1"), Applications()).entries[0].application_id


def test_no_key_of_the_others_works(two: tuple[ConsoleForTests, ConsoleForTests]) -> None:
    here, other = two
    proposal = waiting(other.desk(f"{MARKED}-1"))[0].proposal_id.hex()
    keys = {"mark": f"{MARKED}-2", "proposal": proposal, "alarm": ("09" * 16), "number": str(DRAFTS)}
    keys |= {"name": MARKED, "recall": str(RECALLS), "document": first_document(other)}
    keys |= {"snapshot": "77", "run": str(RUNS)}
    keys |= {"application": foreign_application(other), "attachment": "1"}
    keys["terminal"] = f"{MARKED}-kiosk"
    keys["enrolment"] = waits(other.desk(f"{MARKED}-1"), 99)
    # These are no keys: every municipality has the same.
    shared = {"kind": "residence", "which": "whole", "side": "0", "paper": "application-form"}
    keys |= shared
    side = here.signed_in("aoi", purpose=True)
    side.get("/")
    fields = {
        "decision": "approve",
        "reason": "x",
        "role": "viewer",
        "since": "2026-04-01",
        "last": "2026-04-02",
        "municipality": other.municipality,
        "part": "1",
        "standing": "voided",
        "why": "x",
        "koseki": "k",
        "x509": "00" * 32,
        "person": "1",
        "event": "take",
        "seen": "9",
        "coming": "person",
    }
    for page in PAGES:
        names = re.findall(r"{(\w+)}", page.path)
        if not set(names) - shared.keys():
            continue
        missing = [name for name in names if name not in keys]
        assert not missing, f"say here what of the other municipality's {page.path} is tried with: {missing}"
        path = page.path.format(**keys)
        if page.show is not None:
            assert side.get(path).status == 404, path
        if page.do is not None:
            assert side.post(path, **fields).status == 404, path
    assert len(waiting(other.desk(f"{MARKED}-1"))) == 1


def test_a_session_of_the_other_is_none_here(two: tuple[ConsoleForTests, ConsoleForTests]) -> None:
    here, other = two
    side = other.signed_in(f"{MARKED}-1")
    side.url = here.url
    for path in shown_paths(here):
        answered = side.get(path)
        assert answered.to.startswith("/sign-in") or path in ("/sign-in", "/enter", "/enter/set"), path
