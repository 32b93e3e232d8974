"""Reports at the console: tables, files, and small numbers that not everybody sees."""

import csv
import io

import pytest
from playwright.sync_api import Browser

from certserver.console.pages.reports import MOST_ROWS
from certserver.office.reports.catalogue import REPORTS
from certserver.office.reports.handing_in import CARD_FIELDS
from certserver.office.reports.making import hand_over_cards
from certserver.office.rights import OfficeRole
from certserver.storage.reports import outlet_days
from tests.support.browser import violations
from tests.support.console import EVERY_ROLE, BrowserSide, ConsoleForTests
from tests.support.server_visit import HOUSEHOLD, SEAL

pytestmark = pytest.mark.xdist_group("console")

FIGURES = [
    ",".join(CARD_FIELDS),
    *(f"992011,population,2023-07-01,2023-01-01,{band},{sex},900" for band in (20, 75) for sex in ("male", "female")),
    *(f"992011,delivered,2026-05-31,,{band},male,600" for band in (20, 75)),
    "992011,delivered,2026-05-31,,20,female,700",
    "992011,delivered,2026-05-31,,75,female,7",
]


@pytest.fixture
def filled(console: ConsoleForTests) -> ConsoleForTests:
    """A visit, and figures of cards."""
    console.server.line().heartbeat(console.municipality)
    visit = console.server.visit("kengo")
    visit.issue(HOUSEHOLD, SEAL)
    visit.report()
    console.hire("aoi", *EVERY_ROLE)
    console.hire("midori", OfficeRole.VIEWER)
    hand_over_cards(console.desk("aoi"), FIGURES)
    return console


def table_of(side: BrowserSide, path: str) -> str:
    answered = side.get(path)
    assert answered.status == 200
    return answered.body


def test_every_report_is_a_page_that_the_list_leads_to(filled: ConsoleForTests) -> None:
    side = filled.signed_in("aoi")
    listed = side.get("/reports").body
    for name in REPORTS:
        assert f'href="/reports/{name}"' in listed
        assert "<caption" in table_of(side, f"/reports/{name}"), name


@pytest.mark.parametrize("name", ["certificates-by-option", "contract-claims", "fees"])
def test_nobody_is_shut_out_of_a_report(name: str, filled: ConsoleForTests, browser: Browser) -> None:
    with filled.window(browser, "aoi", (390, 844)) as page:
        page.goto(f"{filled.url}/reports/{name}?public=yes")
        assert [one["id"] for one in violations(page)] == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_file_of_a_report_is_what_the_page_shows(filled: ConsoleForTests) -> None:
    side = filled.signed_in("aoi")
    page = table_of(side, "/reports/fees?since=2026-06-01&until=2026-06-30")
    assert '<td class="number">400</td>' in page
    sent = side.post("/reports/fees", since="2026-06-01", until="2026-06-30")
    assert sent.headers["content-disposition"] == "attachment; filename*=UTF-8''fees-2026-06-01-2026-06-30.csv"
    assert sent.headers["content-type"] == "text/csv; charset=utf-8"
    (_, line) = list(csv.reader(io.StringIO(sent.body.removeprefix("\ufeff"))))
    assert line == ["2026-06-10", "post-office", "郵便局", "1", "2", "2", "0", "0", "400", "400"]


def test_small_numbers_are_for_whoever_may_see_them(filled: ConsoleForTests) -> None:
    path = "/reports/cards-by-age?until=2026-05-31"
    aoi, midori = filled.signed_in("aoi"), filled.signed_in("midori")
    assert '<td class="number">7</td>' in table_of(aoi, path)
    for side, asked in ((midori, path), (aoi, path + "&public=yes")):
        page = table_of(side, asked)
        assert '<td class="number">7</td>' not in page
        assert "秘匿" in page
    assert 'name="public"' not in table_of(midori, path)
    assert 'name="public"' not in table_of(aoi, "/reports/fees")
    assert ",7," in aoi.post("/reports/cards-by-age", until="2026-05-31").body
    assert ",7," not in midori.post("/reports/cards-by-age", until="2026-05-31").body


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("cards-by-age", "until=2026-05-30"),
        ("cards-by-age", "until=2026-06-30"),
        ("certificates-by-option", "since=2026-04-01&until=2026-05-30"),
        ("certificates-by-option", "since=2026-04-02&until=2026-05-31"),
    ],
)
def test_no_day_follows_from_two_spans_for_whoever_sees_no_small_numbers(
    name: str, days: str, filled: ConsoleForTests
) -> None:
    aoi, midori = filled.signed_in("aoi"), filled.signed_in("midori")
    assert aoi.get(f"/reports/{name}?{days}").status == 200
    answered = midori.get(f"/reports/{name}?{days}")
    assert answered.status == 400
    assert "終わった月" in answered.body
    assert midori.get(f"/reports/{name}").status == 200
    assert midori.post(f"/reports/{name}", **dict(each.split("=") for each in days.split("&"))).status == 400


def test_a_file_of_days_that_are_none_is_not_of_others(filled: ConsoleForTests) -> None:
    answered = filled.signed_in("aoi").post("/reports/cards-by-age", until="2026-13-01", public="yes")
    assert (answered.status, "content-disposition" in answered.headers) == (400, False)


@pytest.mark.parametrize("days", ["since=2026-06-30&until=2026-06-01", "since=yesterday", "until=2026-13-01"])
def test_days_that_are_none_are_said_to_be(filled: ConsoleForTests, days: str) -> None:
    answered = filled.signed_in("aoi").get(f"/reports/fees?{days}")
    assert answered.status == 400
    assert "日付が正しくありません" in answered.body


def test_a_long_report_is_cut_on_the_page_and_whole_in_the_file(filled: ConsoleForTests) -> None:
    rows = [
        {"municipality": filled.municipality, "day": "2026-06-09", "terminal": f"kiosk-{at}", "outlet": f"shop-{at:03}"}
        | {"outlet_kind": "convenience-store"}
        | dict.fromkeys(("orders", "issued", "fee", "captured", "delivered", "spoiled", "not_printed", "sheets"), 1)
        for at in range(MOST_ROWS + 5)
    ]
    with filled.server.database.writing() as connection:
        connection.execute(outlet_days.insert(), rows)
    side = filled.signed_in("aoi")
    page = table_of(side, "/reports/fees?since=2026-06-01&until=2026-06-30")
    assert page.count("<tr>") == MOST_ROWS + 2
    assert "ほかに6行あります" in page
    assert len(side.post("/reports/fees", since="2026-06-01", until="2026-06-30").body.splitlines()) == MOST_ROWS + 7
