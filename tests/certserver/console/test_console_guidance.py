"""What is said where something can't be had, and what is opened at whose place: from their forms to a terminal, to a
counter and to the notice that is posted."""

import re

import pytest
from pydantic import ValidationError

from certserver.applications.commissions import Instrument
from certserver.applications.places import Place, Procedure
from certserver.console.pages.settings.refusals import REASONS
from certserver.office.rights import OfficeRole
from certserver.office.settings.drafts import drafts
from certserver.office.settings.refusal_parts import LONGEST_EN, LONGEST_JA, RefusalTextPart
from certserver.pipeline.card_applications.commissions import read_commissions
from certserver.rules.settings import OWN_REASONS
from koufu.evidence.words import RefusalReason, told_as
from tests.support.console import BrowserSide, ConsoleForTests
from tests.support.forms_as_sent import form_as_sent
from tests.support.server_settings import POST_OFFICE

TEXTS = "/settings/refusals"
OFFICES = "/settings/post-offices/list"

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", OfficeRole.CONFIGURER)
    console.hire("midori", OfficeRole.APPROVER)
    return console


def filled_in(side: BrowserSide, path: str, typed: dict[str, str]) -> list[tuple[str, str]]:
    stands = form_as_sent(side.get(path).body, path)
    return [(name, value) for name, value in stands if name not in typed] + list(typed.items())


def in_force(office: ConsoleForTests, path: str, typed: dict[str, str], effective: str = "") -> None:
    """Typed by one, approved by the other."""
    side, other = office.signed_in("aoi"), office.signed_in("midori")
    assert side.ask("POST", path, filled_in(side, path, typed)).said == "draft-kept"
    draft = f"/settings/drafts/{drafts(office.desk('aoi'))[0].number}"
    side.get(draft)
    assert side.post(f"{draft}/when", why="窓口の案内のため", effective=effective).status == 303
    assert side.post(f"{draft}/propose").status == 303
    other.get(draft)
    seen = drafts(office.desk("aoi"))[0].fingerprint
    assert other.post(f"{draft}/approve", seen=seen).said == "draft-approved"


def board_texts(office: ConsoleForTests) -> dict[str, tuple[str, str, str]]:
    """What a terminal is told now."""
    board = office.server.line().heartbeat(office.municipality).board
    return {each.reason: (each.text, each.text_en, each.counter) for each in board.refusal_texts}


def test_a_text_goes_from_its_form_to_terminals_at_its_second(office: ConsoleForTests) -> None:
    said = ("保護者の方が、窓口でお取りください。", "A parent asks at the counter.", "3番窓口へ。")
    typed = dict(zip(("text-under-age", "text_en-under-age", "counter-under-age"), said, strict=True))
    in_force(office, TEXTS, typed, effective="2026-06-10T11:00:00")
    assert board_texts(office) == {}
    office.server.clock.advance(3600)
    assert board_texts(office) == {"under-age": said}
    assert said[0] in office.signed_in("midori").get("/settings").body


def test_what_is_withheld_has_no_words_of_its_own() -> None:
    assert {told_as(reason) for reason in RefusalReason} & {RefusalReason.WITHHELD, RefusalReason.DECEASED} == set()
    assert all(told_as(reason) is reason for reason in OWN_REASONS)
    assert set(REASONS) == OWN_REASONS
    for reason in set(RefusalReason) - OWN_REASONS:
        with pytest.raises(ValidationError):
            RefusalTextPart(reason=reason, text="窓口へ。", text_en="Ask.")


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ({"text-under-age": "窓口へ。"}, ["text_en-under-age"]),
        ({"text-closed": "見" * (LONGEST_JA + 1), "text_en-closed": "x"}, ["text-closed"]),
        ({"text-closed": "見", "text_en-closed": "x" * (LONGEST_EN + 1)}, ["text_en-closed"]),
        ({"counter-no-seal": "{name}様"}, ["counter-no-seal"]),
        ({"counter-no-seal": "二行\n目"}, ["counter-no-seal"]),
    ],
    ids=["one-language", "long", "long-english", "gap", "two-lines"],
)
def test_a_text_that_no_screen_can_show_is_told_at_its_field(
    typed: dict[str, str], places: list[str], office: ConsoleForTests
) -> None:
    side = office.signed_in("aoi")
    answered = side.ask("POST", TEXTS, filled_in(side, TEXTS, typed))
    assert answered.status == 422
    for place in places:
        assert f'<li><a href="#{place}">' in answered.body
        assert f'id="{place}-wrong"' in answered.body
    # What is wrong stands open, and nothing but that.
    (opened,) = re.findall(r"<details open>(.*?)</details>", answered.body, re.DOTALL)
    assert all(f'id="{place}"' in opened for place in places)
    assert drafts(office.desk("aoi")) == ()


OPENED = {
    "office-0": POST_OFFICE.name,
    "called-0": "見本本町郵便局",
    "place-0": "post-office-x509",
    "since-0": "2026-07-01",
    "procedures-0": "x509-renewal",
    "resolution-0": "議案第12号",
    "resolution_day-0": "2026-03-20",
    "contract-0": "契約第3号",
    "contract_day-0": "2026-04-01",
}


def test_a_post_office_is_designated_by_two_and_its_notice_printed(office: ConsoleForTests) -> None:
    in_force(office, OFFICES, OPENED)
    with office.server.database.reading() as connection:
        (standing,) = read_commissions(connection, office.municipality, office.now())
    assert (standing.office, standing.shown) == (POST_OFFICE.name, "見本本町郵便局")
    assert standing.place is Place.POST_OFFICE_X509
    assert standing.procedures == {Procedure.X509_RENEWAL}
    assert standing.missing(office.today().replace(month=7)) == (Instrument.NOTICE_POSTED,)
    side = office.signed_in("midori")
    page = side.get("/settings/post-offices").body
    assert "電子証明書の更新" in page
    # Officers read it beside the outlet wherever that stands.
    assert "見本本町郵便局" in office.signed_in("aoi").get("/settings/kinds/residence").body
    asked = f"/settings/post-offices/notice.pdf?office={POST_OFFICE.name}&place=post-office-x509"
    assert asked.replace("&", "&amp;") in page
    answered = side.get(asked)
    assert (answered.status, answered.headers["content-type"]) == (200, "application/pdf")
    assert answered.body.startswith("%PDF")
    assert side.get(asked.replace("x509", "intake")).status == 409
    assert side.get(asked.replace("post-office-x509", "moon")).status == 404


def test_no_notice_shows_a_name_for_machines(office: ConsoleForTests) -> None:
    in_force(office, OFFICES, {**OPENED, "called-0": ""})
    side = office.signed_in("midori")
    page = side.get("/settings/post-offices").body
    assert "notice.pdf" not in page
    assert "名称を入力すると" in page
    answered = side.get(f"/settings/post-offices/notice.pdf?office={POST_OFFICE.name}&place=post-office-x509")
    assert answered.status == 409
    assert "住民に示す名称ではありません" in answered.body


def test_no_notice_without_resolution_and_contract(office: ConsoleForTests) -> None:
    in_force(office, OFFICES, {**OPENED, "contract-0": "", "contract_day-0": ""})
    side = office.signed_in("midori")
    assert "契約・指定" in side.get("/settings/post-offices").body
    answered = side.get(f"/settings/post-offices/notice.pdf?office={POST_OFFICE.name}&place=post-office-x509")
    assert answered.status == 409
    assert "まだ掲示できません" in answered.body


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"procedures-0": "card-delivery"}, "procedures-0"),
        ({"until-0": "2026-06-01"}, "until-0"),
        ({"since-0": "soon"}, "since-0"),
        ({"place-0": "municipal-counter"}, "procedures-0"),
        ({"contract_day-0": ""}, "contract_day-0"),
        ({"resolution-0": ""}, "resolution-0"),
    ],
)
def test_what_cannot_be_opened_is_told_at_its_field(typed: dict[str, str], place: str, office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    answered = side.ask("POST", OFFICES, filled_in(side, OFFICES, {**OPENED, **typed}))
    assert answered.status == 422
    assert f'<li><a href="#{place}">' in answered.body
    assert f'id="{place}-wrong"' in answered.body
    assert drafts(office.desk("aoi")) == ()
