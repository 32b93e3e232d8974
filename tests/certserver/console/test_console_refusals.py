"""What an officer is told when something can't be done: each time a page, in the language of whoever asked."""

import ast
import html
import http.client
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import delete
from structlog.testing import capture_logs

from certserver.console.cookies import LANGUAGE, SAID
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.texts import Language, catalogue
from certserver.console.visit import Visit
from certserver.objections import ENGLISH, Objection
from certserver.office.rights import OfficeRole
from certserver.storage.issued import municipality_state
from certserver.storage.office import office_sessions
from koufu.evidence.words import CertificateKind
from tests.support.console import BrowserSide, ConsoleForTests, a_console
from tests.support.setting_drafts import proposed, with_kind
from tests.support.staff import SINCE

pytestmark = pytest.mark.xdist_group("console")

GAPS = re.compile(r"{\w+}")

AT_THE_COMMAND_LINE = frozenset(
    {
        *("alarms.close", "alarms._named", "cards.x509_der", "keys.rotate", "keys.revoke"),
        *(
            "people.create_administrator",
            "posted_notices.posted_notice",
            "settings.approving.set_at_once",
            "settings.drafts._state",
            "settings.opening.open_beside",
            "terminals.changing.admit",
        ),
        *("reports.handing_in._next", "reports.handing_in._rows", "reports.handing_in._take"),
        *("reports.making.make_report", "reports.rate_rows.set_rate"),
    }
)
"""Functions of use cases in which nobody but an operator meets a fault of settings."""


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", *OfficeRole)
    console.hire("midori", OfficeRole.APPROVER)
    return console


def heading(body: str) -> str:
    return html.unescape(re.findall(r"<h1>(.*?)</h1>", body)[0])


def test_every_objection_is_told_in_both_languages_and_at_the_command_line() -> None:
    assert ENGLISH.keys() == set(Objection)
    for language in Language:
        texts = catalogue(language)
        told = {key.removeprefix("objection."): text for key, text in texts.items() if key.startswith("objection.")}
        assert told.keys() == {each.value for each in Objection}
        for each in Objection:
            # A text may leave a value out, but can't ask for one that nobody gives.
            assert set(GAPS.findall(told[each.value])) <= set(GAPS.findall(ENGLISH[each])), each


def test_every_said_word_has_a_text_and_no_text_is_left_over() -> None:
    for language in Language:
        told = {key.removeprefix("said.") for key in catalogue(language) if key.startswith("said.")}
        assert told == {each.value for each in Said}


def test_no_use_case_of_the_console_refuses_in_english_alone(root: Path) -> None:
    office = root / "certserver" / "office"
    found = set()
    for path in sorted((*office.rglob("*.py"), *(root / "certserver" / "console").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                raised = (ast.unparse(each.exc) for each in ast.walk(node) if isinstance(each, ast.Raise) and each.exc)
                if any(each.startswith("ConfigurationError(") for each in raised):
                    found.add(".".join((*path.relative_to(office).with_suffix("").parts, node.name)))
    assert found == AT_THE_COMMAND_LINE


@pytest.mark.parametrize("language", Language, ids=[each.value for each in Language])
def test_a_refusal_of_a_use_case_is_told_in_the_language_of_the_page(
    language: Language, office: ConsoleForTests
) -> None:
    desk = office.desk("aoi")
    proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=300))
    side = office.signed_in("aoi")
    side.cookies[LANGUAGE] = language.value
    side.get("/people")
    texts = catalogue(language)
    told = {"role": "approver", "last": "soon"}
    held = texts["objection.role-held"].format(mark="midori", role=texts["role.approver"], day=SINCE)
    for action, expected in (("role", held), ("role-end", texts["objection.no-day"])):
        since = str(office.today() if action == "role" else SINCE)
        answered = side.post(f"/people/midori/{action}", **told, since=since)
        assert answered.status == 409
        assert expected in answered.body
    own = side.post("/settings/drafts/1/approve", seen="x")
    assert own.status == 403
    assert texts["objection.asked-by-oneself"].format(mark="aoi") in own.body


def test_a_mark_that_cannot_be_is_told_at_its_field_and_what_was_typed_stays(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/people")
    answered = side.post("/people", mark="midori", name="見本　緑")
    assert answered.status == 422
    assert 'value="midori"' in answered.body
    assert 'value="見本　緑"' in answered.body
    assert re.search(r'id="mark"[^>]*aria-invalid="true" aria-describedby="mark-hint mark-wrong"', answered.body)
    assert "すでに使われたことがあります" in answered.body
    assert re.search(r'id="name"[^>]*aria-invalid="true"', side.post("/people", mark="nao", name=" ").body)


def test_what_only_an_operator_mends_is_not_read_out_to_officers(office: ConsoleForTests) -> None:
    side = office.signed_in("midori")
    with office.server.database.writing() as connection:
        connection.execute(delete(municipality_state))
    answered = side.get("/settings")
    assert answered.status == 409
    assert "database" not in answered.body
    assert "サーバーの管理者" in answered.body


def test_whoever_asks_too_often_reads_so(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.cookies[LANGUAGE] = Language.ENGLISH.value
    office.ticks.step = 0.0
    answers = [side.get("/alarms") for _ in range(120)]
    # One came before.
    assert [each.status for each in answers] == [200] * 119 + [429]
    assert heading(answers[-1].body) == catalogue(Language.ENGLISH)["refused.too-often"]
    assert answers[-1].headers["retry-after"] == "10"
    office.ticks.step = 60.0
    assert side.get("/alarms").status == 200


def test_verifying_all_of_the_log_waits_for_its_turn(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/audit")
    office.ticks.step = 0.0
    assert [side.post("/audit/verify").status for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "why"),
    [
        ("POST", "/sign-in", b"x" * 70_000, 413, "too-large"),
        ("POST", "/sign-in", b"\xff\xfe", 400, "bad-request"),
        ("GET", "/alarms/00", b"", 405, "not-this-way"),
    ],
)
def test_the_frame_refuses_with_a_page(
    method: str, path: str, body: bytes, status: int, why: str, office: ConsoleForTests
) -> None:
    for language in Language:
        connection = http.client.HTTPConnection(urlsplit(office.url).netloc, timeout=20)
        connection.request(method, path, body, {"Cookie": f"{LANGUAGE}={language.value}"})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        assert answer.status == status
        assert heading(page) == catalogue(language)[f"refused.{why}"]
        assert f'<html lang="{language.value}">' in page


def test_a_database_that_fails_is_told_on_a_page(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    with office.server.database.writing() as connection:
        office_sessions.drop(connection)
    answered = side.get("/")
    assert (answered.status, answered.headers["retry-after"]) == (503, "60")
    assert heading(answered.body) == catalogue(Language.JAPANESE)["refused.out-of-order"]


@pytest.mark.parametrize("language", Language, ids=[each.value for each in Language])
def test_a_page_that_breaks_gives_a_number_that_the_log_knows_and_stops_no_other(
    language: Language, tmp_path: Path
) -> None:
    def breaks(_visit: Visit) -> Answer:
        raise KeyError("見本　葵")

    texts = catalogue(language)
    pages = (PageRoute("/breaks", breaks), PageRoute("/unwritten", lambda _visit: Shown("no-such-template")))
    with a_console(tmp_path, *pages) as console, capture_logs() as logged:
        console.hire("aoi", OfficeRole.VIEWER)
        side = console.signed_in("aoi")
        side.cookies[LANGUAGE] = language.value
        for page in pages:
            answered = side.get(page.path)
            assert (answered.status, heading(answered.body)) == (500, texts["refused.broken"])
            assert "見本　葵" not in answered.body
            (noted,) = (each for each in logged if each["page"] == page.path)
            assert texts["refused.incident"].format(incident=noted["incident"]) in answered.body
            assert "見本　葵" not in str(noted)
            assert 'href="/settings"' in answered.body, "the menu leads on"
            assert side.get("/account").status == 200


def test_what_was_done_is_said_once_and_in_no_address(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/people/midori")
    answered = side.post("/people/midori/reset")
    assert answered.went == ("/people/midori", "asked")
    asked = catalogue(Language.JAPANESE)["said.asked"]
    assert asked in side.get("/people/midori").body
    assert asked not in side.get("/people/midori").body
    assert asked not in side.get("/people/midori?said=asked").body
    side.cookies[SAID] = "<b>nothing</b>"
    assert "nothing" not in side.get("/").body


def test_nothing_done_does_not_look_like_a_success(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    for said in Said:
        side.cookies[SAID] = said.value
        (notice,) = re.findall(r'<p class="(notice[^"]*)" role="status">', side.get("/account").body)
        assert ("good" in notice) is said.done, said


def test_another_language_stays_with_the_draft(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=300))
    side = office.signed_in("aoi")
    page = "/settings/kinds/seal-registration?draft=1"
    assert f'name="back" value="{page}"' in side.get(page).body
    assert side.post("/language", language="en", back=page).to == page
    assert "goes into draft 1" in side.get(page).body


def test_an_ended_session_comes_back_to_its_draft(office: ConsoleForTests) -> None:
    page = "/settings/kinds/seal-registration?draft=1"
    to = BrowserSide(office.url).get(page).to
    assert to == "/sign-in?to=/settings/kinds/seal-registration%3Fdraft%3D1"
    assert f'value="{page}"' in BrowserSide(office.url).get(to).body
