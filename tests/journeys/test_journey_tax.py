"""Papers of a fiscal year, and of a damage: each year says beside it whether it can be had, and what to do where it
can't; what costs nothing is printed without a question about money."""

import pytest

from kiosk.flow import scenes as at
from koufu.evidence.words import RefusalReason
from tests.support.journey_refusals import goes_home, is_refused, names_kind
from tests.support.journey_steps import Journey
from tests.support.sheets import text_of


@pytest.mark.reaches(RefusalReason.UNDECLARED)
def test_who_declared_nothing_is_told_at_the_year(j: Journey) -> None:
    j.identifies("katsuragi-yui")
    names_kind(j, "income-tax")
    j.touches("primary")
    j.sees("何年度のものですか", "Which fiscal year")
    j.sees("所得の申告がありません", "No income")
    j.touches("matter-2026")
    j.sees("申告をすると取れます", "Possible after a declaration")
    j.touches("primary")
    is_refused(
        j,
        RefusalReason.UNDECLARED,
        what=("所得の申告がありません", "No income was declared"),
        to_do=("税の窓口で、申告してください", "Please declare at the tax counter"),
        bring=("収入のわかる書類を、お持ちください", "Bring papers that show your income"),
    )
    j.reads_slip("申告をすると取れます", "収入のわかる書類")
    goes_home(j)


def test_another_year_of_the_same_person_can_be_had(j: Journey) -> None:
    j.identifies("katsuragi-yui")
    names_kind(j, "income-tax")
    j.touches("primary", "matter-2025", "primary")
    j.sees("この内容で申し込みますか")
    j.touches("primary")
    j.sees("カードをお取りください")
    j.takes_card()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)
    assert "令和７年度" in text_of(j.office.documents[0]) or "令和7年度" in text_of(j.office.documents[0])


@pytest.mark.reaches(RefusalReason.TAXED)
def test_a_year_with_tax_gives_no_certificate_of_non_taxation(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    names_kind(j, "non-taxation")
    j.sees("課税されている年度です", "That year is taxed")
    j.touches("primary")
    is_refused(
        j,
        RefusalReason.TAXED,
        what=("非課税証明書は取れません", "No certificate of non-taxation"),
        to_do=("かわりに、「所得・課税証明書」をお取りください", "Please order the income and tax certificate instead"),
    )
    j.reads_slip("所得・課税証明書をお取りください")
    goes_home(j)


@pytest.mark.reaches(RefusalReason.NO_TAX_HERE)
def test_who_lived_elsewhere_on_1_january_is_told_at_the_year(j: Journey) -> None:
    j.identifies("watanabe-chieko")
    names_kind(j, "tax-payment")
    j.touches("primary", "matter-2026")
    j.sees("1月1日の住所で決まります", "Where you lived on 1 January")
    j.touches("primary")
    is_refused(
        j,
        RefusalReason.NO_TAX_HERE,
        what=("この年度の税の登録がありません", "No tax entry for that year"),
        to_do=("1月1日に住所があった市区町村で、お取りください", "Ask the municipality where you lived on 1 January"),
    )
    goes_home(j)


@pytest.mark.reaches(RefusalReason.NO_DAMAGE)
def test_without_a_damage_there_is_none_to_certify(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    names_kind(j, "disaster-victim")
    j.sees("被害の判定がありません", "No damage")
    j.touches("primary")
    is_refused(
        j,
        RefusalReason.NO_DAMAGE,
        what=("被害の判定がありません", "No damage was assessed"),
        to_do=("窓口で申請してください", "If you have not applied yet, please do"),
        bring=("被害の写真があれば、お持ちください", "Bring photographs of the damage"),
    )
    goes_home(j)


def test_a_disaster_victim_pays_nothing_and_is_asked_for_nothing(j: Journey) -> None:
    j.identifies("yamazaki-daisuke")
    names_kind(j, "disaster-victim")
    j.touches("primary")
    j.sees("令和8年7月見本台風", "Typhoon Mihon")
    if j.shows(at.ChooseMatter):
        j.touches("primary")
    j.sees("この内容で申し込みますか", "Is this what you want?")
    j.sees("0円", "¥0")
    j.touches("primary")
    j.sees("カードをお取りください", "Take your card")
    j.takes_card()
    j.sees("証明書をお取りください", "Take your sheet")
    assert not any("Pay" in screen for screen in j.told)
    j.sees_not("おつり", "Change")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered, j.office.cash.state().inserted) == (1, 1, 0)
    assert "一部損壊" in text_of(j.office.documents[0])


def test_several_kinds_are_one_basket_and_one_payment(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    j.chooses("pension")
    for kind in ("koseki-full", "income-tax"):
        j.touches("add-line")
        names_kind(j, kind)
        j.touches("primary")
        if j.shows(at.ChooseMatter):
            j.touches("matter-2026", "primary")
        if j.shows(at.ChooseOptions):
            j.touches("primary")
        j.sees("この内容で申し込みますか")
    j.sees("950円", "¥950")
    j.orders()
    j.pays(1000)
    j.sees("証明書を4枚お取りください", "Take your 4 sheets")
    assert j.office.wire.calls.count("Prepare") == 1
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (3, 3)
    assert j.office.cash.state().handed_out == 50
    j.reads_slip("住民票の写し", "戸籍全部事項証明書", "所得・課税証明書", "950")
