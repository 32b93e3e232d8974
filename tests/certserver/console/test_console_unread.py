"""A stored setting that this build can't read: officers see which and set it anew, terminals are told, nothing is
issued by a guess, and all other settings go on."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, insert, select, update

from certserver.console.texts import Language, catalogue
from certserver.office.rights import OfficeRole
from certserver.office.settings.drafts import drafts, stands
from certserver.storage.settings import (
    closure_settings,
    fee_settings,
    profiles,
    purpose_settings,
    setting_drafts,
)
from koufu.evidence.numbers import printed
from koufu.evidence.words import CertificateKind
from koufu.v1 import issuance_pb2 as wire
from tests.support.console import BrowserSide, ConsoleForTests
from tests.support.setting_drafts import approved, proposed, settled, with_kind

RESIDENCE, SEAL = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION
TEXTS = catalogue(Language.JAPANESE)
PAGES = (
    *("/", "/settings", "/settings/calendar", "/settings/closures", "/settings/purposes", "/settings/refusals"),
    *("/settings/post-offices", "/settings/post-offices/list", "/settings/profile", "/settings/drafts", "/audit"),
    *(f"/settings/kinds/{kind.value}" for kind in (RESIDENCE, SEAL)),
)

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", OfficeRole.CONFIGURER, OfficeRole.AUDITOR)
    console.hire("midori", OfficeRole.APPROVER)
    return console


def a_fee_on_a_ground_nobody_knows(office: ConsoleForTests) -> None:
    values = {"kind": SEAL.value, "effective_at": office.now(), "ground": "income", "from_age": 0, "fee": 1}
    office.server.configure(lambda connection: connection.execute(insert(fee_settings).values(_own(office, values))))


def _own(office: ConsoleForTests, values: Mapping[str, object]) -> dict[str, object]:
    return {"municipality": office.municipality, **values}


def heard(office: ConsoleForTests) -> wire.HeartbeatReply:
    office.server.refresh_crl()
    return office.server.line().heartbeat(office.municipality)


def offered(office: ConsoleForTests) -> set[str]:
    return {row.kind for row in heard(office).board.rows}


def put_back(office: ConsoleForTests) -> None:
    """By the key of the settings' page, a reason, and a second person."""
    side = office.signed_in("aoi")
    side.get("/settings")
    path = side.post("/settings/put-back").to
    side.get(path)
    assert side.post(f"{path}/when", why="読み取れない設定のため").status == 303
    assert side.post(f"{path}/propose").status == 303
    approved(office.desk("midori"), drafts(office.desk("aoi"))[0].number)


def all_pages(side: BrowserSide) -> dict[str, int]:
    return {page: side.get(page).status for page in PAGES}


def test_one_kind_is_not_issued_until_an_officer_sets_it_anew(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    before = offered(office)
    a_fee_on_a_ground_nobody_knows(office)

    assert set(all_pages(side).values()) == {200}
    page = side.get("/settings").body
    assert TEXTS["settings.unread-title"] in page
    assert 'href="/settings/kinds/seal-registration">手数料：印鑑登録証明書' in page
    assert TEXTS["settings.unread.kind"] in page
    assert "income" in page
    assert TEXTS["home.settings"].format(n=1) in side.get("/").body
    reply = heard(office)
    assert (reply.admitted, {row.kind for row in reply.board.rows}) == (True, before - {SEAL.value})
    # What has nothing to do with it is set as ever.
    settled(office.desk("aoi"), office.desk("midori"), with_kind(office.desk("aoi"), RESIDENCE, fee=350))
    assert next(row.fee for row in heard(office).board.rows if row.kind == RESIDENCE.value) == 350

    side.get("/settings/kinds/seal-registration")
    told = {"offered": "yes", "fee": "250", "max_copies": "5", "choice": "scope self"}
    told |= {"outlet-0": "*", "opens-0": "06:30", "closes-0": "23:00"}
    told |= {"form-token": side.form_token, "revision": str(stands(office.desk("aoi")).revision)}
    path = side.ask("POST", "/settings/kinds/seal-registration", told).to
    side.get(path)
    assert side.post(f"{path}/when", why="読み取れない設定のため").status == 303
    assert side.post(f"{path}/propose").status == 303
    office.server.clock.advance(1)
    approved(office.desk("midori"), drafts(office.desk("aoi"))[0].number)
    assert offered(office) == before
    assert TEXTS["settings.unread-title"] not in side.get("/settings").body


def test_what_could_be_read_last_comes_back_by_two_persons(office: ConsoleForTests) -> None:
    before = heard(office).board
    a_fee_on_a_ground_nobody_knows(office)
    office.server.clock.advance(1)
    put_back(office)
    assert heard(office).board.rows == before.rows


@pytest.mark.parametrize("broken", ["closures", "profile"])
def test_nothing_is_issued_while_what_counts_for_all_of_it_can_not_be_read(
    broken: str, office: ConsoleForTests
) -> None:
    before = heard(office).board

    def change(connection: Connection) -> None:
        if broken == "closures":
            values = _own(office, {"effective_at": office.now(), "closures": '[{"since": "soon"}]'})
            connection.execute(insert(closure_settings).values(values))
            return
        newest = connection.execute(select(profiles).order_by(profiles.c.effective_at.desc())).first()
        assert newest is not None
        values = {"effective_at": office.now(), "profile": '{"name": "見本市"}', "official_seal": newest.official_seal}
        connection.execute(insert(profiles).values(_own(office, values)))

    office.server.configure(change)
    side = office.signed_in("aoi")
    assert set(all_pages(side).values()) == {200}
    home = side.get("/").body
    assert TEXTS["home.halted"] in home
    assert TEXTS["home.serves"] not in home
    assert TEXTS[f"settings.unread.{broken}"] in side.get("/settings").body
    reply = heard(office)
    assert (reply.admitted, reply.reason, reply.HasField("board")) == (False, "settings", False)
    refused = office.server.newcomer().open()
    assert refused.refusal.reason == "terminal-not-admitted"

    office.server.clock.advance(1)
    put_back(office)
    assert heard(office).board == before
    assert office.server.visit("kengo").offer().kinds
    assert TEXTS["home.serves"] in side.get("/").body


def test_a_profile_that_can_not_be_read_is_typed_anew_over_the_last_that_could(office: ConsoleForTests) -> None:
    def change(connection: Connection) -> None:
        values = {"effective_at": office.now(), "profile": "{}", "official_seal": b""}
        connection.execute(insert(profiles).values(_own(office, values)))

    last = stands(office.desk("aoi")).profile(office.now())
    assert last is not None
    office.server.configure(change)
    assert f'value="{last.mayor_name}"' in office.signed_in("aoi").get("/settings/profile").body


def test_a_profile_that_is_refused_by_now_goes_on_and_is_told(office: ConsoleForTests) -> None:
    def change(connection: Connection) -> None:
        for row in connection.execute(select(profiles)).all():
            told = row.profile.replace("みほんし", "ミホンシ")
            connection.execute(update(profiles).where(profiles.c.effective_at == row.effective_at).values(profile=told))

    office.server.configure(change)
    side = office.signed_in("aoi")
    assert set(all_pages(side).values()) == {200}
    assert TEXTS["settings.unread-refused"] in side.get("/settings").body
    assert heard(office).admitted
    assert 'value="ミホンシ"' in side.get("/settings/profile").body


def test_what_counted_for_a_document_says_what_of_it_is_not_shown(office: ConsoleForTests) -> None:
    office.hire("sora", OfficeRole.AUDITOR)
    heard(office)
    (issued, *_) = office.server.visit("kengo").issue()

    def change(connection: Connection) -> None:
        connection.execute(update(fee_settings).where(fee_settings.c.kind == RESIDENCE.value).values(ground="income"))

    office.server.configure(change)
    page = office.signed_in("sora", purpose=True).get(f"/settings/then?number={printed(issued.statement.document_no)}")
    assert page.status == 200
    assert TEXTS["settings.unread-then"] in page.body
    assert "手数料：住民票の写し" in page.body


def test_no_question_is_asked_by_a_guess(office: ConsoleForTests) -> None:
    heard(office)
    assert office.server.visit("kengo").offer().purposes

    def change(connection: Connection) -> None:
        values = {"effective_at": office.now(), "purposes": '[{"code": "pension"}]'}
        connection.execute(insert(purpose_settings).values(_own(office, values)))

    office.server.configure(change)
    heard(office)
    offer = office.server.visit("kengo").offer()
    assert offer.kinds
    assert not offer.purposes


def test_a_draft_that_can_not_be_read_is_dropped_and_stays_as_it_was_stored(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    draft = proposed(desk, with_kind(desk, RESIDENCE, fee=350))
    with office.server.database.writing() as connection:
        connection.execute(update(setting_drafts).values(content='{"fees": 350}'))
    side = office.signed_in("aoi")
    assert set(all_pages(side).values()) == {200}
    path = f"/settings/drafts/{draft.number}"
    assert TEXTS["settings.hindered.unread"] in side.get(path).body
    assert side.post(f"{path}/when", why="改定のため").status == 409
    other = office.signed_in("midori")
    other.get(path)
    assert other.post(f"{path}/approve", seen=drafts(desk)[0].fingerprint).went == (path, "kept-unread")
    assert side.post(f"{path}/drop").went == (path, "draft-dropped")
    with office.server.database.reading() as connection:
        assert connection.scalar(select(setting_drafts.c.content)) == '{"fees": 350}'
