"""What depends on the day and the hour: cards and addresses of today, kinds that are closed at this outlet now, an
offer that changes while it is read."""

from datetime import timedelta
from pathlib import Path

import pytest

from certserver.demo.people import MUNICIPALITY
from certserver.office.settings.draft_rows import Draft
from certserver.pipeline.setting_rows import add_fee
from certserver.ports import unix
from certserver.rules.settings import FeeRow
from koufu.evidence.words import CertificateKind, RefusalReason
from tests.support import journey_people as people
from tests.support.journey_refusals import goes_home, is_refused, names_kind, today_at
from tests.support.journey_server import BRANCH, SHOP, Municipality
from tests.support.journey_steps import Journey, Said, a_journey
from tests.support.office import approvers_desk, drafters_desk
from tests.support.setting_drafts import approved, proposed, with_kind

FEE_CHANGES = today_at(7) + timedelta(days=1)
TOMORROW: Said = ("あしたから取れます", "Usable from tomorrow")
IF_URGENT: Said = ("お急ぎのときは、窓口でお取りください", "If it is urgent, use the counter")


@pytest.mark.reaches(RefusalReason.NEXT_DAY)
@pytest.mark.parametrize("card", [people.LINKED_TODAY, people.PIN_RESET_TODAY, people.MOVED_IN_TODAY])
def test_a_card_a_pin_or_an_address_of_today_serves_from_tomorrow(
    municipality: Municipality, tmp_path: Path, card: str
) -> None:
    (tmp_path / "today").mkdir()
    with a_journey(municipality, tmp_path / "today") as j:
        j.arrives()
        j.puts_card(card)
        j.waits_while_it_works()
        if card == people.MOVED_IN_TODAY:
            j.types_pin()
        is_refused(j, RefusalReason.NEXT_DAY, TOMORROW, IF_URGENT)
        j.reads_slip("次の日から取れます")
        goes_home(j)
    (tmp_path / "tomorrow").mkdir()
    with a_journey(municipality, tmp_path / "tomorrow", opens=today_at(0) + timedelta(days=1)) as j:
        j.identifies(card)
        j.chooses("employer")
        j.orders()
        j.pays(100, 100)
        j.sees("証明書をお取りください")
        j.takes_everything()
        j.touches("primary")
        j.ends_at_start()
        assert (j.issued, j.delivered) == (1, 1)


CLOSED: Said = ("いまは取れない時間です", "Closed at this hour")
SEE_HOURS: Said = ("取れる時間は、はじめの画面に出ています", "The start screen shows the hours")


@pytest.mark.reaches(RefusalReason.CLOSED)
@pytest.mark.parametrize(
    ("terminal", "hour", "card", "kind", "name"),
    [
        (SHOP, 18, "tsuji-kengo", "koseki-full", ("戸籍全部事項証明書は、いま時間外です", "closed now")),
        (BRANCH, 10, "tsuji-misaki", "seal-registration", ("印鑑登録証明書は、いま時間外です", "closed now")),
    ],
    ids=["hours-of-a-kind-at-shops", "closure-of-a-kind-at-an-outlet"],
)
def test_a_kind_that_is_closed_at_this_outlet(
    municipality: Municipality, tmp_path: Path, terminal: str, hour: int, card: str, kind: str, name: Said
) -> None:
    with a_journey(municipality, tmp_path, terminal=terminal, opens=today_at(hour)) as j:
        j.identifies(card)
        names_kind(j, kind)
        j.sees("いまは時間外です", "Closed now")
        j.touches("primary")
        is_refused(j, RefusalReason.CLOSED, CLOSED, SEE_HOURS)
        j.sees(*name)
        goes_home(j)


@pytest.mark.parametrize(("terminal", "hour"), [(SHOP, 18), (BRANCH, 10)])
def test_the_other_kinds_are_open_there(municipality: Municipality, tmp_path: Path, terminal: str, hour: int) -> None:
    with a_journey(municipality, tmp_path, terminal=terminal, opens=today_at(hour)) as j:
        j.identifies("tsuji-misaki")
        j.chooses("employer")
        j.orders()
        j.pays(100, 100)
        j.sees("証明書をお取りください")
        j.takes_everything()
        j.touches("primary")
        j.ends_at_start()
        assert j.delivered == 1


@pytest.mark.reaches(RefusalReason.CLOSED)
def test_at_night_nobody_is_asked_for_a_pin(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, terminal=SHOP, opens=today_at(23, 30)) as j:
        j.arrives()
        j.puts_card("tsuji-kengo")
        is_refused(j, RefusalReason.CLOSED, CLOSED, SEE_HOURS)
        assert not any("EnterPin" in screen for screen in j.told)
        goes_home(j)


@pytest.mark.reaches(RefusalReason.OFFER_CHANGED)
def test_a_fee_that_the_municipality_changes_while_it_is_read(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, opens=FEE_CHANGES) as j:
        j.identifies("tsuji-kengo")
        names_kind(j, "residence-items")
        j.touches("primary", "primary")
        j.sees("200円", "¥200")
        dearer = FeeRow(CertificateKind.RESIDENCE_ITEMS, unix(j.office.now()), 250)
        municipality.server.configure(lambda connection: add_fee(connection, MUNICIPALITY, dearer))
        j.touches("primary")
        j.is_told(
            what=("内容が変わりました", "Something has changed"),
            money=None,
            to_do=("もう一度、はじめからお願いします", "Please start again"),
        )
        assert j.declined is RefusalReason.OFFER_CHANGED
        goes_home(j)


@pytest.mark.reaches(RefusalReason.OFFER_CHANGED)
def test_a_fee_that_one_officer_drafts_and_another_approves(municipality: Municipality, tmp_path: Path) -> None:
    drafter, approver = drafters_desk(municipality.server), approvers_desk(municipality.server)
    with a_journey(municipality, tmp_path, opens=FEE_CHANGES) as j:
        j.identifies("tsuji-kengo")
        names_kind(j, "residence")
        j.touches("primary", "primary")
        j.sees("200円", "¥200")
        dearer = with_kind(drafter, CertificateKind.RESIDENCE, fee=300)
        rises_at = unix(j.office.now()) + 10
        waiting = proposed(drafter, dearer, rises_at)
        j.sees("200円", "¥200")
        assert isinstance(approved(approver, waiting.number), Draft)
        j.waits(10)
        j.touches("primary")
        assert j.declined is RefusalReason.OFFER_CHANGED
        goes_home(j)
        j.identifies("tsuji-kengo")
        names_kind(j, "residence")
        j.touches("primary", "primary")
        j.sees("300円", "¥300")
        j.orders()
        j.pays(100, 100, 100)
        j.sees("証明書をお取りください")
        j.takes_everything()
        j.touches("primary")
        j.ends_at_start()
        assert j.delivered == 1


@pytest.mark.reaches(RefusalReason.SESSION_EXPIRED)
def test_somebody_who_takes_a_quarter_of_an_hour(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    j.touches("purpose-pension", "primary")
    for _ in range(16):
        j.waits(30)
        j.touches("show-domicile")
        j.waits(30)
        j.touches("leave-domicile")
    j.touches("primary", "primary")
    j.sees("暗証番号を入れてください")
    j.types_pin()
    j.is_told(
        what=("時間が過ぎました", "Time has run out"),
        money=None,
        to_do=("もう一度、はじめからお願いします", "Please start again"),
    )
    assert j.declined is RefusalReason.SESSION_EXPIRED
    goes_home(j)
