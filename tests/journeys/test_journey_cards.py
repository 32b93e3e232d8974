"""Cards that can't be served: each is declined in plain words, before a PIN is asked for wherever that can be
known."""

from pathlib import Path

import pytest

from hardware.card.model import Usage
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.files import LockReply, Manner
from hardware.card.virtual.persona import PersonaKind
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.words import RefusalReason
from tests.support import journey_people as people
from tests.support.cards import seeded
from tests.support.journey_server import NO_KOSEKI, Municipality
from tests.support.journey_steps import Journey, Said, a_journey

COUNTER = ("見本市役所 1階 市民課", "Mihon City Hall")


def was_never_asked_for_a_pin(j: Journey) -> None:
    assert not any("EnterPin" in screen for screen in j.told)


def goes_home(j: Journey) -> None:
    """Takes card and slip; the next one may come, and nothing was issued or taken."""
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0
    assert j.office.cash.state().inserted == 0


def test_a_driving_licence(j: Journey) -> None:
    j.arrives()
    j.puts_card("driving-licence")
    j.is_told(
        what=("このカードは使えません", "This card cannot be used"),
        money=None,
        to_do=("マイナンバーカードで、もう一度はじめてください", "Please start again with a My Number Card"),
    )
    assert j.declined is DeclineReason.FOREIGN_CARD
    was_never_asked_for_a_pin(j)
    goes_home(j)


def test_a_wrong_pin_then_the_right_one(j: Journey) -> None:
    j.arrives()
    j.puts_card("tsuji-kengo")
    j.sees("入れられるのはあと3回", "3 tries left")
    j.types_pin("9999")
    j.sees("暗証番号がちがいます。あと2回入れられます。", "That PIN is not right. 2 tries left.")
    j.types_pin("9999")
    j.sees("つぎにまちがえると、使えなくなります。", "One more wrong PIN locks it.")
    j.types_pin("1234")
    j.sees("何に使いますか")
    j.chooses()
    j.orders()
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.delivered == 1
    assert j.card("tsuji-kengo").tries_left == 3


@pytest.mark.parametrize("lock_reply", LockReply)
def test_three_wrong_pins_lock_it(j: Journey, lock_reply: LockReply) -> None:
    j.arrives()
    j.puts_card("tsuji-misaki", Manner(lock_reply=lock_reply))
    for _ in range(3):
        j.types_pin("9999")
    j.is_told(
        what=("暗証番号が止まっています", "The PIN of this card is locked"),
        money=None,
        to_do=("窓口で、暗証番号を新しくできます", "You can set a new PIN at the counter"),
    )
    j.sees(*COUNTER)
    assert j.declined is DeclineReason.PIN_LOCKED
    j.reads_slip("暗証番号が止まっています", "見本市役所", "平日")
    goes_home(j)
    j.puts_card("tsuji-misaki", Manner(lock_reply=lock_reply))
    j.sees("暗証番号が止まっています")
    goes_home(j)


@pytest.mark.parametrize("lock_reply", LockReply)
def test_a_locked_card(j: Journey, lock_reply: LockReply) -> None:
    j.arrives()
    j.puts_card("matsui-kenji", Manner(lock_reply=lock_reply))
    j.is_told(
        what=("暗証番号が止まっています", "The PIN of this card is locked"),
        money=None,
        to_do=("窓口で、暗証番号を新しくできます", "You can set a new PIN at the counter"),
    )
    assert j.declined is DeclineReason.PIN_LOCKED
    was_never_asked_for_a_pin(j)
    goes_home(j)


@pytest.mark.reaches(RefusalReason.FACE_AUTH_CARD)
def test_a_face_authentication_card_is_told_so_before_any_pin(j: Journey) -> None:
    j.arrives()
    j.puts_card("ishii-toshio")
    j.is_told(
        what=("顔認証マイナンバーカードです", "A face-authentication card"),
        money=None,
        to_do=("このカードをお持ちください。暗証番号のあるカードに、もどすこともできます", "Bring this card"),
    )
    j.sees("カードがこわれているわけではありません", "The card is not broken")
    j.sees("マイナンバー総合フリーダイヤル（無料）", "My Number helpline (free)")
    j.sees("0120-95-0178", "0120-95-0178")
    j.sees(*COUNTER)
    j.sees("カードを、お取りください。ご案内の紙も", "Take your card. Take the slip, too")
    assert j.declined is DeclineReason.FACE_AUTH
    was_never_asked_for_a_pin(j)
    j.reads_slip("顔認証マイナンバーカードです", "見本市役所", "平日", "マイナンバーカード")
    goes_home(j)


def test_locked_or_face_authentication_says_both_when_nobody_knows_the_card(j: Journey) -> None:
    j.arrives()
    j.puts_card("no-pin-unknown")
    j.is_told(
        what=(
            "暗証番号が止まっているか、暗証番号のない顔認証カードです",
            "The PIN is locked, or it is a face-authentication card without a PIN",
        ),
        money=None,
        to_do=("窓口で、暗証番号を新しくできます", "You can set a new PIN at the counter"),
    )
    assert j.declined is DeclineReason.LOCKED_OR_FACE_AUTH
    was_never_asked_for_a_pin(j)
    goes_home(j)


def test_locked_or_face_authentication_says_both_when_the_server_is_away(j: Journey) -> None:
    j.arrives()
    j.office.wire.goes_away("OpenSession")
    j.puts_card("no-pin-unknown")
    j.sees("カードの表に「顔認証」と書いてあるか、ごらんください", "Look for 顔認証 on the face of the card")
    assert j.declined is DeclineReason.LOCKED_OR_FACE_AUTH
    j.office.wire.comes_back()
    goes_home(j)


X509S: tuple[tuple[str, RefusalReason, Said, Said], ...] = (
    (
        "endo-kazuya",
        RefusalReason.X509_EXPIRED,
        ("電子証明書の期限が切れています", "The digital ID on the card has expired"),
        ("窓口で、新しくできます", "You can renew it at the counter"),
    ),
    (
        "aoki-nozomi",
        RefusalReason.X509_REVOKED,
        ("電子証明書が使えなくなっています", "The digital ID on the card is not valid"),
        ("窓口で、新しくできます", "You can renew it at the counter"),
    ),
    (
        people.ON_HOLD,
        RefusalReason.X509_ON_HOLD,
        ("電子証明書が一時停止中です", "The digital ID on the card is suspended"),
        ("カードが見つかったときは、窓口で再開できます", "If you have found it, go to the counter"),
    ),
    (
        "of-another-authority",
        RefusalReason.X509_UNTRUSTED,
        ("カードを確かめられませんでした", "The card could not be verified"),
        ("それでもできないときは、窓口でお取りください", "If it fails again, please use the counter"),
    ),
)


@pytest.mark.parametrize(
    ("card", "reason", "what", "to_do"),
    [pytest.param(*row, id=row[0], marks=pytest.mark.reaches(row[1])) for row in X509S],
)
def test_an_x509_that_does_not_do(j: Journey, card: str, reason: RefusalReason, what: Said, to_do: Said) -> None:
    j.arrives()
    j.puts_card(card)
    j.is_told(what=what, money=None, to_do=to_do)
    j.sees(*COUNTER)
    assert j.declined is reason
    was_never_asked_for_a_pin(j)
    j.reads_slip("電子証明書", "見本市役所", "平日")
    goes_home(j)


@pytest.mark.reaches(RefusalReason.REVOCATION_STALE)
def test_a_card_of_an_issuer_of_whom_no_list_has_come(j: Journey) -> None:
    j.arrives()
    j.puts_card(people.UNLISTED)
    j.is_told(
        what=("ただいま証明書を取れません", "No certificates at the moment"),
        money=None,
        to_do=("お客さまのカードに、問題はありません。しばらくしてから", "Nothing is wrong with your card"),
    )
    j.sees(*COUNTER)
    assert j.declined is RefusalReason.REVOCATION_STALE
    was_never_asked_for_a_pin(j)
    j.reads_slip("電子証明書を確かめる情報が届いていない", "見本市役所")
    goes_home(j)


@pytest.mark.reaches(RefusalReason.X509_UNKNOWN)
def test_a_card_that_nobody_knows_where_no_koseki_is_offered(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, opens=NO_KOSEKI) as j:
        j.arrives()
        j.puts_card("nobody-knows")
        j.is_told(
            what=("このカードは登録がありません", "This card is not registered yet"),
            money=None,
            to_do=("窓口での手続きが要ります", "please have it linked at the counter"),
        )
        j.sees(*COUNTER)
        assert j.declined is RefusalReason.X509_UNKNOWN
        was_never_asked_for_a_pin(j)
        j.reads_slip("市の登録とつながっていません", "マイナンバーカードと、その暗証番号")
        goes_home(j)


@pytest.mark.reaches(RefusalReason.CHALLENGE_FAILED)
def test_a_card_that_shows_somebodys_x509_without_the_key_to_it(j: Journey) -> None:
    j.arrives()
    j.puts_card(people.CLONED)
    j.sees("暗証番号を入れてください")
    j.types_pin()
    j.is_told(
        what=("カードを確かめられませんでした", "The card could not be verified"),
        money=None,
        to_do=("それでもできないときは、窓口でお取りください", "If it fails again, please use the counter"),
    )
    assert j.declined is RefusalReason.CHALLENGE_FAILED
    j.reads_slip("ご本人を確かめられませんでした", "見本市役所")
    goes_home(j)


def test_another_card_after_it_was_taken_too_early(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    j.chooses()
    j.takes_card()
    j.touches("primary")
    j.sees("同じカードを、もう一度置いてください", "Place the same card once more")
    j.puts_card("tsuji-misaki")
    j.is_told(
        what=("はじめのカードとちがうカードです", "This is not the same card"),
        money=None,
        to_do=("もう一度、はじめからお願いします", "Please start again"),
    )
    assert j.declined is DeclineReason.OTHER_CARD
    goes_home(j)


def test_another_card_that_shows_its_x509_only_after_the_pin(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    j.chooses()
    j.takes_card()
    j.touches("primary")
    j.puts_card("tsuji-kengo-phone")
    j.types_pin()
    j.sees("はじめのカードとちがうカードです", "This is not the same card")
    goes_home(j)


def test_a_declined_person_may_put_another_card_at_once(j: Journey) -> None:
    j.arrives()
    j.puts_card("driving-licence")
    j.sees("このカードは使えません")
    j.takes_card()
    j.puts_card("tsuji-kengo")
    j.sees("暗証番号を入れてください")
    j.touches("cancel", "cancel-yes")
    j.takes_everything()
    j.ends_at_start()


def test_a_telephone_s_x509_ends_with_the_card_s(j: Journey, municipality: Municipality) -> None:
    server = municipality.server
    card, phone = server.card("tsuji-misaki"), server.authority.issue(PersonaKind.ANDROID)
    server.link(phone, "tsuji-misaki", of_card=card)
    j.arrives()
    j.puts(VirtualCard(phone, seeded()))
    j.types_pin()
    j.sees("何に使いますか")
    j.touches("cancel", "cancel-yes")
    j.takes_card()
    j.ends_at_start()
    assert card.user_auth is not None
    server.authority.authority.issuer(Usage.USER_AUTH).revoke(card.user_auth.x509, server.clock.now())
    server.refresh_crl()
    j.puts(VirtualCard(phone, seeded()))
    j.types_pin()
    j.sees("電子証明書が使えなくなっています", "The digital ID")
    assert j.declined is RefusalReason.X509_REVOKED
    j.says_what_to_do()
    goes_home(j)
