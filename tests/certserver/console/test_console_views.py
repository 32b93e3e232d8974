"""Personal data at the console: nobody sees any who has not said for what, and every view is in the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.errors import ConfigurationError, NoSuchEntry, StorageError
from certserver.objections import Objected, Objection
from certserver.office.rights import OfficeRole, Right
from certserver.office.signing_in.sessions import PURPOSE_S
from certserver.office.views import note_view
from tests.support.card_applications import entries_of
from tests.support.console import BrowserSide, ConsoleForTests, a_console

pytestmark = pytest.mark.xdist_group("console")

SECRET = "見本県見本市一丁目"


def shown(visit: Visit) -> Answer:
    number, desk = visit.named["number"], visit.desk
    with desk.changing() as (_, book):
        note_view(desk, book, "enrolment", number, visit.purpose)
    return Shown("refused", {"why": "not-so", "detail": f"{SECRET} {number}"})


FAULTS = {
    "bug": RuntimeError(SECRET),
    "database": StorageError(SECRET),
    "entry": NoSuchEntry(SECRET),
    "objection": Objected(Objection.NO_INSTANT, typed=SECRET),
    "setting": ConfigurationError(SECRET),
}


def out_of_order(visit: Visit) -> Answer:
    raise FAULTS[visit.named["fault"]]


BROKEN = PageRoute("/broken/{fault}", out_of_order)
PRIVATE = PageRoute("/private/{number}", shown, right=Right.KEEP_REGISTERS, personal=True)


@pytest.fixture
def console(tmp_path: Path) -> Iterator[ConsoleForTests]:
    with a_console(tmp_path, BROKEN, PRIVATE) as made:
        made.hire("aoi", OfficeRole.REGISTRAR)
        made.hire("ren", OfficeRole.VIEWER)
        yield made


def views(console: ConsoleForTests) -> list[dict[str, str]]:
    return [detail for event, detail in entries_of(console.server) if event == "viewed"]


def tell(side: BrowserSide, reason: str = "inquiry", reference: str = "2026-17") -> tuple[int, str]:
    answered = side.post("/purpose", reason=reason, reference=reference, to="/private/7")
    return answered.status, answered.to


def test_i12_a_purpose_is_told_before_anything_shows_and_each_view_is_noted(console: ConsoleForTests) -> None:
    side = console.signed_in("aoi")
    asked = side.get("/private/7")
    assert SECRET not in asked.body
    assert "閲覧の目的" in asked.body
    assert views(console) == []
    assert tell(side) == (303, "/private/7")
    assert SECRET in side.get("/private/7").body
    assert SECRET in side.get("/private/8").body
    noted = {"officer": "aoi", "what": "enrolment", "reason": "inquiry 2026-17"}
    assert views(console) == [{**noted, "about": "7"}, {**noted, "about": "8"}]


def test_a_purpose_stands_for_half_an_hour_and_one_session(console: ConsoleForTests) -> None:
    side = console.signed_in("aoi")
    side.get("/private/7")
    tell(side)
    assert SECRET not in console.signed_in("aoi").get("/private/7").body
    for _ in range(3):
        console.server.clock.advance(PURPOSE_S // 3)
        side.get("/")
    assert SECRET not in side.get("/private/7").body


@pytest.mark.parametrize(
    ("reason", "reference"), [("inquiry", ""), ("inquiry", "見本　葵"), ("curiosity", "1"), ("", "1")]
)
def test_a_purpose_is_a_reason_and_no_name(reason: str, reference: str, console: ConsoleForTests) -> None:
    side = console.signed_in("aoi")
    side.get("/private/7")
    assert tell(side, reason, reference)[0] == 422
    assert SECRET not in side.get("/private/7").body


def test_a_purpose_opens_nothing_that_no_role_opens(console: ConsoleForTests) -> None:
    side = console.signed_in("ren")
    side.get("/")
    tell(side)
    assert side.get("/private/7").status == 403
    assert views(console) == []


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [("database", 503, False), ("setting", 409, False), ("objection", 409, True), ("entry", 404, False)],
)
def test_what_went_wrong_is_told_as_far_as_it_is_the_officers_business(
    fault: str, status: int, told: bool, console: ConsoleForTests
) -> None:
    answered = console.signed_in("aoi").get(f"/broken/{fault}")
    assert (answered.status, SECRET in answered.body) == (status, told)
    assert "<h1>" in answered.body


def test_without_its_database_the_console_says_that_it_is_out_of_order(console: ConsoleForTests) -> None:
    side = console.signed_in("aoi")
    with console.server.database.writing() as connection:
        connection.execute(text("ALTER TABLE office_sessions RENAME TO elsewhere"))
    assert side.get("/").status == 503


def test_a_fault_says_nothing_of_itself_and_is_guarded_like_any_page(console: ConsoleForTests) -> None:
    answered = console.signed_in("aoi").get("/broken/bug")
    assert (answered.status, SECRET in answered.body) == (500, False)
    assert answered.headers["content-security-policy"].startswith("default-src 'none'")
    assert answered.headers["cache-control"] == "no-store"


def test_what_is_long_is_not_even_read_when_a_stranger_sends_it(console: ConsoleForTests) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert console.stranger().ask("POST", "/settings/seal", {"no": "form with files"}, kind).to == "/sign-in"
    no_form = (b"\xff", {"Content-Type": "application/x-www-form-urlencoded"})
    assert console.stranger().send("/settings/purposes", *no_form).to == "/sign-in"
    console.hire("sora", OfficeRole.CONFIGURER)
    assert console.signed_in("sora").send("/settings/purposes", *no_form).status == 400
    assert console.signed_in("sora").ask("POST", "/settings/seal", {"no": "form with files"}, kind).status == 400
