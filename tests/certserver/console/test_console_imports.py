"""An import of the registers, from a delivery with an error to one that is in force, in a real browser and through the
command's own process."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from certserver.intake.importing import Wish
from certserver.intake.turn import my_turn
from certserver.office.import_runs import Ended, begin_run, runs
from certserver.office.rights import OfficeRole
from tests.support.browser import follow
from tests.support.console import ConsoleForTests
from tests.support.deliveries import MADE_AT, Handover, write_delivery
from tests.support.handovers import seal, small_town

pytestmark = pytest.mark.xdist_group("console")

WRONG, RIGHT = "2026-10-02", "2026-10-01"


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    """aoi keeps the registers; a whole delivery is there, and changes with the seal of nobody."""
    console.hire("aoi", OfficeRole.REGISTRAR)
    console.hire("sora", OfficeRole.VIEWER)
    folder = console.server.home / "deliveries"
    folder.mkdir()
    write_delivery(folder / RIGHT, small_town(), console.municipality)
    nobody = Handover(seals=[seal("nobody")])
    made_at = MADE_AT + timedelta(days=1)
    write_delivery(folder / WRONG, nobody, console.municipality, made_at=made_at, content="changes")
    (folder / "not-yet").mkdir()
    return console


def begin(office: ConsoleForTests, page: Page, delivery: str, how: str) -> None:
    """Begins an import, and opens what came of it."""
    page.goto(f"{office.url}/registers/imports")
    page.select_option("#delivery", delivery)
    page.check(f"#how-{how}")
    follow(page, "text=開始する")
    page.wait_for_selector("text=取り込みを始めました")
    office.imports.wait()
    page.reload()
    follow(page, "section[aria-labelledby=runs] tbody a >> nth=0")


def test_an_error_is_told_by_its_line_and_the_right_delivery_is_taken_in(
    office: ConsoleForTests, browser: Browser
) -> None:
    with office.window(browser, "aoi") as page:
        follow(page, ".wide-menu >> text=台帳の取り込み")
        assert page.locator("#delivery option").all_inner_texts() == [WRONG, RIGHT]
        begin(office, page, RIGHT, "dry-run")
        assert "台帳は変えていません" in page.inner_text("main")
        assert "住民\t14\t3\t" in page.inner_text("section[aria-labelledby=differences]")
        begin(office, page, RIGHT, "take-in")
        assert "使用中の台帳です" in page.inner_text("main")
        begin(office, page, WRONG, "take-in")
        row = page.locator("section[aria-labelledby=findings] tbody tr").first.inner_text().split("\t")
        assert (row[0], row[1], row[3]) == ("seals.csv", "2", "参照先がありません（世帯、住民など）。")
        assert "nobody" not in page.content()
    ended = [(each.ended, each.begun_by) for each in runs(office.desk("aoi"))]
    assert [each for each, _ in ended] == [Ended.REFUSED, Ended.TAKEN, Ended.UNCHANGED]
    assert {by for _, by in ended} == {"aoi"}


def test_nothing_else_can_be_begun(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/registers/imports")
    for name in ("not-yet", "", "../home", "/etc", f"{RIGHT}/../{RIGHT}"):
        assert side.post("/registers/imports/start", delivery=name, how="take-in").status == 422, name
    with my_turn(office.server.database, office.municipality):
        asked = side.post("/registers/imports/start", delivery=RIGHT, how="take-in")
    assert (asked.status, "別の取り込みが実行中" in asked.body) == (422, True)
    assert runs(office.desk("aoi")) == ()
    for number in ("1", "x", "9" * 40):
        assert side.get(f"/registers/imports/{number}").status == 404
    looks = office.signed_in("sora")
    assert RIGHT not in looks.get("/registers/imports").body
    assert looks.post("/registers/imports/start", delivery=RIGHT).status == 403


def test_an_import_that_died_in_the_middle_is_told_as_broken_off(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    begin_run(desk, RIGHT, Wish())
    begin_run(desk, RIGHT, Wish())
    assert [each.ended for each in runs(desk)] == [None, Ended.BROKEN_OFF]
    assert "途中で中断しました" in office.signed_in("sora").get("/registers/imports/1").body
