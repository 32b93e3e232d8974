"""A koseki is the paper of the municipality that keeps it: why its own residents may not have it, and what people who
live elsewhere are told about their enrolment (利用登録)."""

from pathlib import Path

import pytest

from kiosk.flow import scenes as at
from koufu.evidence.words import RefusalReason
from tests.support.journey_refusals import goes_home, is_refused, names_kind, puts_card_and_pin
from tests.support.journey_server import VILLAGE, Municipality
from tests.support.journey_steps import Journey, Said, a_journey

RESIDENTS = (
    pytest.param(
        "watanabe-kichitaro",
        "koseki-full",
        RefusalReason.NO_KOSEKI_HERE,
        ("見本市に本籍がありません", "No family register in Mihon City"),
        ("本籍のある市区町村にお問い合わせください", "Ask the municipality of your registered domicile"),
        marks=pytest.mark.reaches(RefusalReason.NO_KOSEKI_HERE),
    ),
    pytest.param(
        "watanabe-osamu",
        "koseki-individual",
        RefusalReason.KOSEKI_UNFIT,
        ("この戸籍は、ここでは取れません", "This register is not available here"),
        ("紙で保管している戸籍です。窓口で、お出しします", "It is kept on paper. The counter issues it."),
        marks=pytest.mark.reaches(RefusalReason.KOSEKI_UNFIT),
    ),
    pytest.param(
        "kamiya-rin",
        "koseki-supplement",
        RefusalReason.KOSEKI_PENDING,
        ("戸籍の届けを入力しています", "A notification is being entered"),
        ("届けが戸籍に入るまで、数日かかることがあります", "It can take some days"),
        marks=pytest.mark.reaches(RefusalReason.KOSEKI_PENDING),
    ),
)


@pytest.mark.parametrize(("card", "kind", "reason", "what", "to_do"), RESIDENTS)
def test_a_koseki_that_a_resident_may_not_have(
    j: Journey, card: str, kind: str, reason: RefusalReason, what: Said, to_do: Said
) -> None:
    j.identifies(card)
    names_kind(j, kind)
    j.touches("primary")
    is_refused(j, reason, what, to_do)
    j.reads_slip("戸籍")
    goes_home(j)


@pytest.mark.reaches(RefusalReason.NOT_RECORDED)
def test_who_was_removed_from_the_koseki_that_they_are_enrolled_for(j: Journey) -> None:
    puts_card_and_pin(j, "elsewhere-removed")
    is_refused(
        j,
        RefusalReason.NOT_RECORDED,
        what=("この戸籍にお名前がありません", "You are not in this family register"),
        to_do=("新しい本籍地でお取りください", "ask where that one is kept"),
    )
    j.reads_slip("戸籍を移られたときは、新しい本籍地で", "本人確認の書類")
    goes_home(j)


@pytest.mark.reaches(RefusalReason.ENROLMENT_PENDING)
def test_who_waits_for_the_answer_of_their_municipality(j: Journey) -> None:
    puts_card_and_pin(j, "elsewhere-applied")
    is_refused(
        j,
        RefusalReason.ENROLMENT_PENDING,
        what=("利用登録を確かめています", "Your enrolment is being checked"),
        to_do=("確かめが終わると、取れます", "It can be issued after approval"),
    )
    goes_home(j)


APPLIES = (
    pytest.param(
        "elsewhere",
        RefusalReason.NOT_ENROLLED,
        ("利用登録を申請してください", "Please apply for enrolment"),
        marks=pytest.mark.reaches(RefusalReason.NOT_ENROLLED),
    ),
    pytest.param(
        "elsewhere-declined",
        RefusalReason.ENROLMENT_DECLINED,
        ("利用登録は、できませんでした", "Your enrolment was declined"),
        marks=pytest.mark.reaches(RefusalReason.ENROLMENT_DECLINED),
    ),
    pytest.param(
        "elsewhere-renewed",
        RefusalReason.ENROLMENT_RENEW,
        ("もう一度、利用登録を申請してください", "Please apply for enrolment again"),
        marks=pytest.mark.reaches(RefusalReason.ENROLMENT_RENEW),
    ),
)


@pytest.mark.parametrize(("card", "reason", "what"), APPLIES)
def test_who_is_not_enrolled_can_apply_here_and_now(j: Journey, card: str, reason: RefusalReason, what: Said) -> None:
    puts_card_and_pin(j, card)
    assert j.shows(at.OfferEnrolment), j.story()
    assert j.declined is reason
    j.sees(*what)
    j.sees("申請する", "Apply")
    j.sees("数日かかります", "takes some days")
    j.touches("cancel", "cancel-yes")
    j.takes_everything()
    j.ends_at_start()
    assert j.office.cash.state().inserted == 0


def test_who_is_enrolled_gets_the_koseki_and_no_other_kind(j: Journey) -> None:
    puts_card_and_pin(j, "elsewhere-enrolled")
    names_kind(j, "koseki-individual")
    assert not j.keys("kind-residence")
    j.touches("primary")
    if j.shows(at.ChooseOptions):
        j.touches("primary")
    j.sees("450円", "¥450")
    j.orders()
    j.pays(500)
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)


@pytest.mark.reaches(RefusalReason.NOT_OFFERED)
def test_who_lives_elsewhere_is_offered_no_paper_of_residents(j: Journey) -> None:
    puts_card_and_pin(j, "elsewhere-enrolled")
    j.touches("purpose-pension", "primary")
    is_refused(
        j,
        RefusalReason.NOT_OFFERED,
        what=("この証明書は、ここでは取れません", "This certificate is not available here"),
        to_do=("おそれいりますが、窓口でお取りください", "Please get it at the counter"),
    )
    goes_home(j)


@pytest.mark.reaches(RefusalReason.RESIDENTS_ONLY)
def test_a_post_office_that_serves_residents_alone(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, terminal=VILLAGE) as j:
        puts_card_and_pin(j, "elsewhere-enrolled")
        is_refused(
            j,
            RefusalReason.RESIDENTS_ONLY,
            what=("見本市にお住まいの方だけです", "Only for residents of Mihon City"),
            to_do=("ほかの場所でお取りください", "please use another place"),
        )
        j.reads_slip("この市区町村にお住まいの方だけ")
        goes_home(j)
