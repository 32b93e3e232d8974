"""Who comes into the console, how, for how long, and what a stranger learns."""

import http.client
import json
import re
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.console import serving
from certserver.console.cookies import SESSION, VISIT
from certserver.ledger.book import open_book
from certserver.office.people import add_person
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.roles import enter_role
from certserver.staff.backoff import FIRST_WAIT_S
from certserver.staff.codes import STEP_S, code_at
from tests.support.card_applications import entries_of, verified
from tests.support.console import BrowserSide, ConsoleForTests, a_console, beside
from tests.support.passkey_answers import READABLE, UNREADABLE
from tests.support.staff import PASSWORD

pytestmark = pytest.mark.xdist_group("console")

OTHER = "another long phrase of hers"


@pytest.fixture
def aoi(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", OfficeRole.CONFIGURER)
    return console


def tries(side: BrowserSide, mark: str = "aoi", password: str = PASSWORD, code: str = "") -> tuple[int, str]:
    """Status, and what the page says was wrong."""
    answered = side.post("/sign-in", mark=mark, password=password, code=code, to="/account")
    _, found, rest = answered.body.partition('role="alert"')
    return answered.status, rest.partition("<span>")[2].partition("</span>")[0] if found else answered.to


def test_password_and_code_begin_a_session_under_a_token_of_its_own(aoi: ConsoleForTests) -> None:
    side = aoi.stranger()
    visited = side.cookies[VISIT]
    assert tries(side, code=aoi.code("aoi")) == (303, "/account")
    assert VISIT not in side.cookies
    assert side.cookies[SESSION] != visited
    assert "見本　aoi" in side.get("/account").body
    assert side.get("/sign-in").to == "/"
    side.get("/")
    assert side.post("/sign-out").went == ("/sign-in", "signed-out")
    assert SESSION not in side.cookies
    assert ("staff-signed-in", {"officer": "aoi", "what": "password"}) in entries_of(aoi.server)
    assert PASSWORD not in repr(entries_of(aoi.server))
    verified(aoi.server)


def test_a_session_is_worth_nothing_after_its_end_nor_elsewhere(aoi: ConsoleForTests) -> None:
    side = aoi.signed_in("aoi")
    stolen = BrowserSide(aoi.url, dict(side.cookies))
    with beside(aoi) as other:
        assert BrowserSide(other.url, dict(side.cookies)).get("/").to == "/sign-in"
    side.post("/sign-out")
    assert stolen.get("/account").to == "/sign-in?to=/account"


def test_whatever_was_wrong_the_answer_is_the_same(aoi: ConsoleForTests) -> None:
    aoi.hire("midori", OfficeRole.VIEWER)
    wrong = {
        tries(aoi.stranger(), mark="nobody", code=aoi.code("aoi")),
        tries(aoi.stranger(), password="not hers at all", code=aoi.code("aoi")),
        tries(aoi.stranger(), code="000000"),
        tries(aoi.stranger(), mark="midori", code=aoi.code("aoi")),
    }
    assert wrong == {(403, "入力内容が正しくありません。")}
    refused = [detail for event, detail in entries_of(aoi.server) if event == "refused"]
    assert [detail.get("officer") for detail in refused] == [None, "aoi", "aoi", "midori"]


def test_a_code_counts_once(aoi: ConsoleForTests) -> None:
    assert tries(aoi.stranger(), code=aoi.code("aoi"))[0] == 303
    assert tries(aoi.stranger(), code=aoi.code("aoi"))[0] == 403
    aoi.server.clock.advance(STEP_S)
    assert tries(aoi.stranger(), code=aoi.code("aoi"))[0] == 303


def test_who_fails_waits_though_the_next_try_is_right(aoi: ConsoleForTests) -> None:
    for _ in range(3):
        assert tries(aoi.stranger(), code="000000")[0] == 403
    status, why = tries(aoi.stranger(), code=aoi.code("aoi"))
    assert (status, "15秒" in why) == (403, True)
    aoi.server.clock.advance(FIRST_WAIT_S)
    assert tries(aoi.stranger(), code=aoi.code("aoi"))[0] == 303


def waits_noted(aoi: ConsoleForTests) -> list[str | int]:
    """Of each entry about a wait what it says besides, or nothing."""
    refused = (detail for event, detail in entries_of(aoi.server) if event == "refused")
    return [detail.get("what", "") for detail in refused if detail["reason"] == "wait"]


def test_whoever_tries_on_while_they_wait_neither_takes_the_lock_nor_lengthens_the_log(aoi: ConsoleForTests) -> None:
    for _ in range(3):
        tries(aoi.stranger(), code="000000")
    assert "15秒" in tries(aoi.stranger(), code="000000")[1]
    assert waits_noted(aoi) == [""]
    # Somebody who issues holds the municipality's lock: whoever has to wait is told so all the same.
    with aoi.server.database.writing() as connection, open_book(connection, aoi.municipality):
        for _ in range(5):
            assert "15秒" in tries(aoi.stranger(), code="000000")[1]
    assert waits_noted(aoi) == [""]
    aoi.server.clock.advance(FIRST_WAIT_S)
    assert tries(aoi.stranger(), code=aoi.code("aoi"))[0] == 303
    assert waits_noted(aoi) == ["", "6 tries in a wait that is over"]
    verified(aoi.server)


def test_an_address_that_waits_is_noted_once_whomever_it_tries(aoi: ConsoleForTests) -> None:
    for number in range(10):
        tries(aoi.stranger(), mark=f"nobody-{number}")
    for number in range(5):
        assert "15秒" in tries(aoi.stranger(), mark=f"somebody-{number}")[1]
    assert waits_noted(aoi) == [""]


def test_an_answer_that_no_authenticator_gives_is_refused_and_counted(aoi: ConsoleForTests) -> None:
    side = aoi.stranger()
    told = {
        case: side.post("/sign-in/passkey", answer=answer, to="/").status
        for case, answer in {**UNREADABLE, "nobody's": READABLE}.items()
    }
    assert set(told.values()) == {403}, told
    tried = [detail for event, detail in entries_of(aoi.server) if event == "refused"]
    assert tried == [{"reason": "wrong-credentials", "step": "console passkey"}] * len(told)
    side.post("/sign-in/passkey", answer=READABLE, to="/")
    assert "15秒" in json.loads(side.post("/sign-in/passkey", answer=READABLE, to="/").body)["why"]


def test_whoever_holds_no_role_today_does_not_come_in(console: ConsoleForTests) -> None:
    console.hire("clerk-1")
    status, why = tries(console.stranger(), mark="clerk-1", code=console.code("clerk-1"))
    assert (status, "役割がありません" in why) == (403, True)


@pytest.mark.parametrize(("at_once", "times", "alive"), [(899, 3, True), (900, 1, False), (899, 41, False)])
def test_a_session_ends_untouched_and_after_its_longest_time(
    at_once: int, times: int, alive: bool, aoi: ConsoleForTests
) -> None:
    side = aoi.signed_in("aoi")
    statuses = []
    for _ in range(times):
        aoi.server.clock.advance(at_once)
        statuses.append(side.get("/account").status)
    assert (statuses[-1] == 200) is alive


def test_another_password_ends_what_the_old_one_opened(aoi: ConsoleForTests) -> None:
    here, elsewhere = aoi.signed_in("aoi"), aoi.signed_in("aoi")
    here.get("/account")
    fields = {"former": PASSWORD, "one_time_code": aoi.code("aoi"), "password": OTHER, "password_again": OTHER}
    assert here.post("/account/password", **{**fields, "password_again": "else"}).status == 422
    assert here.post("/account/password", **{**fields, "password": "aoi", "password_again": "aoi"}).status == 422
    assert here.post("/account/password", **{**fields, "former": "not hers"}).status == 422
    assert here.post("/account/password", **fields).went == ("/account", "password-changed")
    assert here.get("/account").status == 200
    assert elsewhere.get("/account").status == 303
    aoi.server.clock.advance(STEP_S)
    assert tries(aoi.stranger(), code=aoi.code("aoi"))[0] == 403
    assert tries(aoi.stranger(), password=OTHER, code=aoi.code("aoi"))[0] == 303


@pytest.mark.parametrize(("sent", "ways"), [({}, (True, 1)), ({"alone": "yes"}, (False, 0))])
def test_another_password_can_be_the_only_way_in(
    sent: dict[str, str], ways: tuple[bool, int], aoi: ConsoleForTests
) -> None:
    aoi.give_other_ways("aoi")
    here = aoi.signed_in("aoi")
    here.get("/account")
    fields = {"former": PASSWORD, "one_time_code": aoi.code("aoi"), "password": OTHER, "password_again": OTHER}
    assert here.post("/account/password", **fields, **sent).status == 303
    assert aoi.other_ways("aoi") == ways


def test_somebody_ends_their_other_sessions(aoi: ConsoleForTests) -> None:
    here, elsewhere = aoi.signed_in("aoi"), aoi.signed_in("aoi")
    here.get("/account")
    assert here.post("/account/sessions/end").went == ("/account", "sessions-ended")
    assert (here.get("/").status, elsewhere.get("/").status) == (200, 303)


def test_a_reset_at_the_command_line_ends_sessions_at_the_console(aoi: ConsoleForTests, tmp_path: Path) -> None:
    side = aoi.signed_in("aoi")
    file = tmp_path / "password"
    file.write_text(OTHER)
    assert main(["staff", "reset", "--home", str(aoi.server.home), "aoi", "--password-file", str(file)]) == 0
    assert side.get("/").to == "/sign-in"


def test_a_form_that_is_not_the_consoles_own_does_nothing(aoi: ConsoleForTests) -> None:
    side = aoi.signed_in("aoi")
    side.get("/account")
    token = side.form_token
    for fields in ({}, {"form-token": "0" * 64}, {"form-token": aoi.stranger().form_token}):
        assert side.ask("POST", "/sign-out", fields).status == 403
    for origin in ("cross-site", "same-site"):
        assert side.ask("POST", "/sign-out", {"form-token": token}, {"Sec-Fetch-Site": origin}).status == 403
    assert side.get("/").status == 200
    assert side.ask("POST", "/sign-out", {"form-token": token}, {"Sec-Fetch-Site": "same-origin"}).status == 303


def test_nobody_is_sent_on_to_elsewhere(aoi: ConsoleForTests) -> None:
    for to in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        side = aoi.stranger()
        side.ask("GET", f"/sign-in?to={to}")
        aoi.server.clock.advance(STEP_S)
        answered = side.post("/sign-in", mark="aoi", password=PASSWORD, code=aoi.code("aoi"), to=to)
        assert (answered.status, answered.to) == (303, "/")
        side.get("/account")
        spoken = side.post("/language", language="en", back=to)
        assert (spoken.status, spoken.to) == (303, "/")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"x" * 70_000, 413), (b"\xff\xfe", 400), (b"&" * 60_000, 400), (b"a=%ff", 400), (b"a=b", 403)],
    ids=["too-long", "no-ascii", "too-many", "no-utf-8", "not-our-form"],
)
def test_what_is_no_form_is_not_read(body: bytes, status: int, aoi: ConsoleForTests) -> None:
    connection = http.client.HTTPConnection(urlsplit(aoi.url).netloc, timeout=20)
    connection.request("POST", "/sign-in", body)
    assert connection.getresponse().status == status
    connection.close()


@pytest.mark.parametrize("control", ["%00", "%1B", "%7F"])
def test_a_control_character_is_refused_on_a_page(control: str, aoi: ConsoleForTests) -> None:
    for side in (aoi.stranger(), aoi.signed_in("aoi")):
        for path in (f"/people/{control}", f"/sign-in?to={control}", f"/sign-in?{control}=to", f"/nowhere{control}"):
            answered = side.get(path)
            assert (answered.status, "制御文字" in answered.body) == (400, True), path
        fields = {"form-token": side.form_token, "mark": f"aoi{unquote(control)}", "code": "A" * 24}
        answered = side.ask("POST", "/enter", fields)
        assert (answered.status, "制御文字" in answered.body) == (400, True)
    assert [event for event, _ in entries_of(aoi.server) if event == "refused"] == []


def test_a_text_of_several_lines_is_read(aoi: ConsoleForTests) -> None:
    side = aoi.signed_in("aoi")
    side.get("/account")
    answered = side.ask("POST", "/account/sessions/end", {"form-token": side.form_token, "note": "a\r\n\tb"})
    assert answered.status == 303


@pytest.fixture
def founded(tmp_path: Path) -> Iterator[ConsoleForTests]:
    """A console of a home that nobody has a way into but by `admin create`."""
    with a_console(tmp_path) as made:
        yield made


def test_the_first_administrator_comes_in_once_by_what_the_command_prints(
    founded: ConsoleForTests, capsys: pytest.CaptureFixture[str]
) -> None:
    founded.server.clock.set(SystemClock().now())
    home = ("--home", str(founded.server.home))
    assert main(["admin", "create", *home, "aoi", "--name", "見本　葵"]) == 0
    _, code, _, link = (line.strip() for line in capsys.readouterr().out.splitlines())
    assert code not in link
    side = BrowserSide(founded.url)
    page = side.get(f"{link.removeprefix('http://localhost:8090')}&code={code}").body
    assert (_value(page, "mark"), _value(page, "code"), code in page) == ("aoi", "", False)
    opened = side.post("/enter", mark="aoi", code=code)
    assert opened.status == 200
    hidden = {name: _hidden(opened.body, name) for name in ("closed", "mark", "code")}
    chosen = {**hidden, "password": OTHER, "password_again": OTHER}
    wrong = side.post("/enter/finish", **chosen, one_time_code="000000")
    assert (wrong.status, _secret(wrong.body)) == (422, _secret(opened.body))
    first = _code(_secret(opened.body), founded)
    assert side.post("/enter/finish", **chosen, one_time_code=first).went == ("/", "entered")
    assert "設定の担当者、承認者" in side.get("/").body
    again = BrowserSide(founded.url)
    again.get("/enter")
    assert again.post("/enter", mark="aoi", code=code).status == 403
    assert main(["admin", "create", *home, "midori", "--name", "見本　みどり"]) == 0
    assert main(["admin", "create", *home, "ren", "--name", "見本　蓮"]) == 1
    assert "administrators already" in capsys.readouterr().err


def test_a_newcomer_without_a_role_sets_all_and_signs_in_once_they_hold_one(aoi: ConsoleForTests) -> None:
    code = add_person(aoi.desk("aoi"), "ren", "見本　蓮")
    side = aoi.stranger()
    opened = side.post("/enter", mark="ren", code=code)
    hidden = {name: _hidden(opened.body, name) for name in ("closed", "mark", "code")}
    chosen = {**hidden, "password": OTHER, "password_again": OTHER}
    first = _code(_secret(opened.body), aoi)
    assert side.post("/enter/finish", **chosen, one_time_code="000000").status == 422
    done = side.post("/enter/finish", **chosen, one_time_code=first)
    assert done.to == "/enter/set"
    page = side.follow(done).body
    assert ("役割がまだない" in page, 'role="alert"' in page, SESSION in side.cookies) == (True, False, False)
    refused = {"reason": "wrong-credentials", "step": "console way in", "officer": "ren"}
    assert [detail for event, detail in entries_of(aoi.server) if event == "refused"] == [refused]
    with aoi.server.database.writing() as connection:
        enter_role(connection, aoi.municipality, HeldRole("ren", OfficeRole.VIEWER, aoi.today()))
    aoi.server.clock.advance(STEP_S)
    again = _code(_secret(opened.body), aoi)
    assert tries(aoi.stranger(), mark="ren", password=OTHER, code=again) == (303, "/account")


def _value(page: str, name: str) -> str:
    return str(re.findall(rf'<input [^>]*name="{name}"[^>]* value="([^"]*)"', page)[0])


def _hidden(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def _secret(page: str) -> str:
    return page.partition("<code>")[2].partition("</code>")[0].replace(" ", "")


def _code(secret: str, console: ConsoleForTests) -> str:
    return code_at(b32decode(secret), console.now())


def test_a_refused_sign_in_is_answered_at_the_end_of_a_half_second(aoi: ConsoleForTests) -> None:
    side = aoi.stranger()
    aoi.ticks.step = 0.3
    aoi.pauses.clear()
    assert tries(side)[0] == 403
    assert len(aoi.pauses) == 1
    # What passed since it arrived and what is still waited for are whole halves of a second.
    assert 0 < aoi.pauses[0] <= serving.REFUSAL_S
    assert side.get("/sign-in").status == 200
    assert len(aoi.pauses) == 1
