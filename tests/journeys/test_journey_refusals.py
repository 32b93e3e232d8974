"""Residents who can't have what they came for: told before any money, with the window that can help. A
protective measure reads exactly like any other hold (I14)."""

from pathlib import Path

import pytest

from certserver.demo.people import MUNICIPALITY
from kiosk.flow import scenes as at
from kiosk.flow.values.service import OutOfService
from koufu.evidence.directory import Directory, DirectoryEntry
from koufu.evidence.words import RefusalReason
from koufu.v1 import issuance_pb2 as wire
from tests.support import journey_people as people
from tests.support.journey_refusals import AT_THE_COUNTER, COUNTER, HOLD, goes_home, names_kind
from tests.support.journey_screen import words
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, Said, a_journey
from tests.support.trust_lists import a_signatory, a_trust_list


def asks(j: Journey, card: str, purpose: str = "pension") -> None:
    """Goes as far as the terminal lets this person go: to the refusal."""
    j.arrives()
    j.puts_card(card)
    j.types_pin()
    if j.shows(at.ChoosePurpose):
        j.touches(f"purpose-{purpose}", "primary")
    if j.shows(at.ChooseOptions):
        j.touches("primary")
    if j.shows(at.Confirm):
        j.touches("primary")


def without_money(j: Journey) -> None:
    assert j.office.cash.state().inserted == 0, "money was asked for before the refusal"
    goes_home(j)


@pytest.mark.reaches(RefusalReason.UNDER_AGE)
@pytest.mark.parametrize("card", ["ono-riko", "tsuji-haruto"])
def test_a_child_under_15(j: Journey, card: str) -> None:
    asks(j, card)
    j.is_told(
        what=("15歳になるまで、ここで取れません", "From age 15 only"),
        money=None,
        to_do=("窓口でお取りください", "Please use the counter"),
    )
    assert j.declined is RefusalReason.UNDER_AGE
    j.sees(*COUNTER)
    j.sees("000-000-0000¶お問い合わせマイナンバー総合フリーダイヤル（無料）0120-95-0178", "0120-95-0178")
    j.reads_slip("15歳未満の方", "親権者の方が", "平日")
    goes_home(j)


GONE: tuple[tuple[str, RefusalReason, Said, Said], ...] = (
    (
        "hayashi-takumi",
        RefusalReason.MOVE_OUT_PLANNED,
        ("引っ越しの届けが出ています", "A move has been reported"),
        ("窓口でお取りください", "please use the counter"),
    ),
    (
        "harada-jun",
        RefusalReason.MOVED_OUT,
        ("見本市に住所がありません", "No address in Mihon City"),
        ("いまお住まいの市区町村で、お取りください", "Get it in the municipality where you live now"),
    ),
    ("nishimura-shozo", RefusalReason.DECEASED, HOLD, AT_THE_COUNTER),
)


@pytest.mark.parametrize(
    ("card", "reason", "what", "to_do"),
    [pytest.param(*row, id=row[0], marks=pytest.mark.reaches(row[1])) for row in GONE],
)
def test_somebody_who_moves_or_is_gone(j: Journey, card: str, reason: RefusalReason, what: Said, to_do: Said) -> None:
    asks(j, card)
    j.is_told(what=what, money=None, to_do=to_do)
    assert j.declined is reason
    j.sees(*COUNTER)
    j.reads_slip("見本市役所", "平日")
    without_money(j)


SEALS: tuple[tuple[str, RefusalReason, Said], ...] = (
    ("okada-mika", RefusalReason.NO_SEAL, ("印鑑の登録がありません", "No seal is registered")),
    ("fujita-emi", RefusalReason.SEAL_CANCELLED, ("印鑑の登録がなくなっています", "Your seal is no longer registered")),
)


@pytest.mark.parametrize(
    ("card", "reason", "what"),
    [pytest.param(*row, id=row[0], marks=pytest.mark.reaches(row[1])) for row in SEALS],
)
def test_who_wants_the_paper_of_a_seal_that_is_not_registered(
    j: Journey, card: str, reason: RefusalReason, what: Said
) -> None:
    j.identifies(card)
    names_kind(j, "seal-registration")
    j.touches("primary")
    j.is_told(what=what, money=None, to_do=("印鑑の登録は、窓口でできます", "You can register a seal at the counter"))
    assert j.declined is reason
    j.sees(*COUNTER)
    j.reads_slip("印鑑の登録が", "登録する印鑑", "平日")
    without_money(j)


@pytest.mark.parametrize("card", ["okada-mika", "fujita-emi"])
def test_no_registered_seal_is_told_where_it_is_chosen(j: Journey, card: str) -> None:
    j.identifies(card)
    j.touches("by-name")
    j.sees("印鑑の登録がありません", "No seal")
    j.touches("kind-residence", "primary", "primary")
    j.orders()
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.delivered == 1


@pytest.mark.reaches(RefusalReason.CHARACTER_MISSING)
def test_a_character_that_no_font_has_is_refused_before_money(j: Journey) -> None:
    asks(j, "tsuji-akira")
    j.is_told(
        what=("この機械では印刷できません", "This machine cannot print it"),
        money=None,
        to_do=("ほかの字に変えて印刷することは、しません。窓口でお取りください", "Please use the counter"),
    )
    assert j.declined is RefusalReason.CHARACTER_MISSING
    j.reads_slip("お名前などの文字を、この機械では印刷できません", "平日")
    without_money(j)


@pytest.mark.reaches(RefusalReason.TOO_LONG)
def test_a_name_that_fits_no_form_is_refused_before_money(j: Journey) -> None:
    asks(j, people.TOO_LONG)
    j.is_told(
        what=("この機械では印刷できません", "This machine cannot print it"),
        money=None,
        to_do=("内容をけずって印刷することは、しません。窓口でお取りください", "We never shorten what is printed"),
    )
    assert j.declined is RefusalReason.TOO_LONG
    j.sees(*COUNTER)
    j.reads_slip("けずって印刷することはしません", "平日")
    without_money(j)


WITHHELD = ("mori-sayaka", "mori-kazue", "ueda-hiroshi")
"""The protected person, somebody of the same household, and an ordinary hold."""


@pytest.mark.reaches(RefusalReason.WITHHELD)
@pytest.mark.parametrize("kind", ["residence", "residence-items", "koseki-supplement", "income-tax"])
def test_i14_a_protective_measure_reads_like_any_other_hold(
    municipality: Municipality, tmp_path: Path, kind: str
) -> None:
    read: set[tuple[object, ...]] = set()
    for card in WITHHELD:
        (tmp_path / card).mkdir()
        with a_journey(municipality, tmp_path / card) as j:
            j.arrives()
            j.puts_card(card)
            j.types_pin()
            j.waits_while_it_works()
            if j.shows(at.ChoosePurpose):
                names_kind(j, kind)
                j.touches("primary")
            assert j.declined is RefusalReason.WITHHELD, j.story()
            j.is_told(what=HOLD, money=None, to_do=AT_THE_COUNTER)
            screens = tuple(line.split(maxsplit=1)[1] for line in j.told)
            slips = tuple(j.office.slips)
            read.add((words(j.kiosk.state, j.office.now()), screens, slips, tuple(j.office.wire.calls)))
            goes_home(j)
    assert len(read) == 1


def test_a_municipality_that_the_directory_does_not_name(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, code="992020") as j:
        j.ends_closed(
            OutOfService.NOT_SERVED,
            says=("この機械に登録のない市区町村です", "This machine does not serve your municipality"),
        )
        j.puts_card("tsuji-kengo")
        assert j.shows(at.Closed)


@pytest.mark.reaches(RefusalReason.MUNICIPALITY_UNKNOWN)
def test_a_municipality_that_leaves_the_directory_after_it_was_chosen(j: Journey, municipality: Municipality) -> None:
    names_another_for(j, municipality, seconds=20)
    j.arrives()
    j.touches("primary", "koseki-elsewhere", "municipality-992020")
    j.sees("マイナンバーカードを置いてください")
    j.office.wire.comes_back()
    j.waits(25)
    j.puts_card("tsuji-kengo")
    j.is_told(
        what=("お住まいの市区町村の証明書は取れません", "Your municipality is not served here"),
        money=None,
        to_do=("お住まいの市区町村の窓口で、お取りください", "go to the counter of the municipality where you live"),
    )
    assert j.declined is RefusalReason.MUNICIPALITY_UNKNOWN
    without_money(j)


def names_another_for(j: Journey, municipality: Municipality, seconds: int) -> None:
    """For so long the signed directory has 例示市 too, that serves people for their koseki."""
    node, now = municipality.server.node, int(j.office.now().timestamp())
    entries = tuple(
        DirectoryEntry(
            municipality=code,
            name=name,
            name_kana=kana,
            name_en=name_en,
            prefecture="見本県",
            prefecture_en="Mihon Prefecture",
            koseki=True,
            address=node.settings.public_address,
        )
        for code, name, kana, name_en in (
            (MUNICIPALITY, "見本市", "みほんし", "Mihon City"),
            ("992020", "例示市", "れいじし", "Reiji City"),
        )
    )
    evidence, signature = node.keys.centre.sign_directory(Directory(entries, now - 3600, now + seconds))
    key = municipality.server.municipal_key.raw_public_key
    signatories = (a_signatory(MUNICIPALITY, key), a_signatory("992020"))
    trust_list = a_trust_list(*signatories, number=now, issued_at=now - 3600, expires_at=now + seconds)
    trust, trust_signature = node.keys.centre.sign_trust_list(trust_list)
    reply = wire.GetDirectoryReply(
        evidence=evidence, signature=signature, trust_list=trust, trust_list_signature=trust_signature
    ).SerializeToString()
    j.office.wire.tampers(lambda method, answers: [reply] if method == "GetDirectory" else answers)


@pytest.mark.reaches(RefusalReason.TERMINAL_NOT_ADMITTED)
def test_a_municipality_that_knows_no_such_terminal(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path) as j:
        j.arrives()
        municipality.withdraw_terminal()
        try:
            j.puts_card("tsuji-kengo")
            j.is_told(
                what=("この機械は、いま使えません", "This machine is not available now"),
                money=None,
                to_do=("お客さまのカードに、問題はありません。窓口でお取りください", "Nothing is wrong with your card"),
            )
            assert j.declined is RefusalReason.TERMINAL_NOT_ADMITTED
            j.takes_everything()
            j.touches("primary")
            j.waits(60)
            j.ends_closed(OutOfService.NOT_ADMITTED, says=("この機械を点検しています", "This machine is being checked"))
        finally:
            municipality.admit_terminal()
        j.ends_at_start()
