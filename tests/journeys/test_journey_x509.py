"""X.509s and PINs at the counter, on both windows: the clerk asks, the server allows, the resident alone types, the
card is written through real simulators; and what happens when the power fails in the middle."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from sqlalchemy import delete

from certserver.identity.subjects import subject_of_x509
from certserver.storage.identity import card_links
from hardware.card.model import Usage
from hardware.card.virtual.memory import FACE_AUTH_LINE
from hardware.card.virtual.persona import PersonaKind
from hardware.card.writing.commands import Beside
from hardware.card.writing.model import Standing as AtIssuer
from hardware.keypad.pin_rules import PinPolicy
from kiosk.counter.pins import PATIENCE_S
from kiosk.counter.x509_pin import scenes as at
from kiosk.flow.touches import PinTyped
from kiosk.simulators.troubles import Trouble, TroubleKind
from tests.support.card_applications import entries_of
from tests.support.card_writing import RENEWABLE
from tests.support.journey_cards import CardClerk, CardCounters, Simulators, simulators
from tests.support.journey_server import Municipality
from tests.support.x509_counter import CHOSEN

USER, SIGN = Usage.USER_AUTH, Usage.SIGNING
DONE = ("終わりました", "Done")
CHANGED = ("新しい暗証番号が使えます", "The new PIN is in force")


class Counters(CardCounters):
    def post(
        self, kind: PersonaKind = PersonaKind.NORMAL, policy: PinPolicy | None = None, days_valid: int = RENEWABLE
    ) -> CardClerk:
        return self._opened(simulators(kind, days_valid=days_valid), hall=False, policy=policy)

    def hall(self, kind: PersonaKind = PersonaKind.NORMAL, lines: int = 4) -> CardClerk:
        return self._opened(simulators(kind, lines), hall=True, policy=None)

    def _opened(
        self, outside: AbstractContextManager[Simulators], *, hall: bool, policy: PinPolicy | None
    ) -> CardClerk:
        clerk = CardClerk(*self.begun(outside, hall=hall), hall=hall, policy=policy)
        clerk.opens()
        return clerk


@pytest.fixture
def counters(municipality: Municipality, tmp_path: Path) -> Iterator[Counters]:
    with ExitStack() as stack:
        yield Counters(stack, municipality, tmp_path)


def test_a_renewal_of_both_x509s_at_the_post_office(counters: Counters) -> None:
    clerk = counters.post()
    bench, before = clerk.outside.bench, {usage: clerk.outside.bench.in_use(usage) for usage in Usage}
    clerk.reads("【模擬】", "[Simulated]")
    clerk.asks_for("renew", "user-auth", "signing")
    clerk.reads("ご本人の確認と同意", "Identity and consent")
    clerk.j.sees("電子証明書を新しくします", "Your certificate will be renewed")
    clerk.j.sees("【模擬】", "[Simulated]")
    clerk.and_the_resident_agree()
    clerk.j.sees("カードを置いてください", "Place your card")
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the first PIN")
    clerk.j.sees("暗証番号を入れてください", "Enter your PIN")
    clerk.reads("ご本人が暗証番号を入れています", "The holder is entering a PIN")
    clerk.reads("2027年1月26日まで", "until 26 January 2027")
    clerk.resident_types("1234")
    clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the second PIN")
    clerk.j.sees("署名用の暗証番号を入れてください", "Enter your signing PIN")
    clerk.resident_types_all()
    clerk.j.sees(*DONE)
    clerk.reads(*DONE)
    for usage in Usage:
        assert bench.standing(usage, before[usage]) is AtIssuer.REVOKED
        assert bench.is_tidy(usage)
        assert bench.answers(usage)
    assert "手続きの控え" in clerk.slip()
    clerk.ends()
    clerk.j.takes_everything()
    assert not clerk.office.faults


def told_of(clerk: CardClerk) -> list[tuple[str, ...]]:
    """What the municipality's audit log says of this clerk's procedures: event, which, how it began or ended."""
    assert clerk.desk.staff is not None, "somebody is signed in"
    entries = entries_of(clerk.office.municipality.server, clerk.office.code)
    mine = [(event, detail) for event, detail in entries if detail.get("officer") == clerk.desk.staff.mark]
    return [
        (event, detail["kind"], detail.get("outcome") or detail.get("what") or detail["reason"])
        for event, detail in mine
        if event.startswith("procedure-") or detail.get("step") == "card procedure"
    ]


def test_i12_who_did_what_to_a_card_stands_in_the_audit_log(counters: Counters) -> None:
    clerk = counters.post()
    clerk.asks_for("change-pin")
    clerk.j.touches("primary")
    clerk.presses("document-student-card", "primary")
    clerk.card_is_put()
    clerk.reads("本人確認になりません", "do not show who came")
    clerk.reads("写真のない書類2点", "two without")
    clerk.presses("document-care-insurance-card", "primary")
    clerk.resident_types_all()
    clerk.j.sees(*CHANGED)
    clerk.j.settles()
    begun, ended = "procedure-begun", "procedure-ended"
    assert told_of(clerk) == [
        ("refused", "pin-change", "not-proven"),
        (begun, "pin-change", "begin"),
        (ended, "pin-change", "done"),
    ]
    noted = {line.case for line in clerk.outside.control.noted()}
    entries = entries_of(clerk.office.municipality.server, clerk.office.code)
    *_, known = (detail["case"] for event, detail in entries if event == begun)
    assert noted <= set(known.split()), "by the number that the card-writing terminal noted"


def test_an_end_that_the_server_was_not_told_waits_on_disk(counters: Counters) -> None:
    clerk = counters.post()
    clerk.asks_for("change-pin")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the PIN")
    clerk.office.wire.goes_away()
    clerk.resident_types_all()
    clerk.j.sees(*CHANGED)
    clerk.j.power_fails()
    clerk.j.takes_card()
    clerk.j.power_returns()
    assert told_of(clerk) == [("procedure-begun", "pin-change", "begin")]
    clerk.office.wire.comes_back()
    again = CardClerk(clerk.j, clerk.outside)
    again.signs_in()
    again.until(lambda: told_of(again) != [], "what waited to be told")
    assert told_of(again) == [("procedure-ended", "pin-change", "done")]


def test_what_was_issued_just_now_is_its_holder_s_at_the_next_procedure(counters: Counters) -> None:
    clerk = counters.post()
    for wish in ("renew", "change-pin", "renew"):
        if clerk.desk.case is None:
            clerk.opens()
        clerk.asks_for(wish)
        clerk.and_the_resident_agree()
        clerk.card_is_put()
        clerk.resident_types_all()
        clerk.ends()
        clerk.j.takes_everything()
    assert [each[1:] for each in told_of(clerk)] == [
        *(("x509-renewal", "begin"), ("x509-renewal", "done")),
        *(("pin-change", "begin"), ("pin-change", "done")),
        *(("x509-renewal", "begin"), ("x509-renewal", "not-here")),
    ], "the last is too early"


def test_whoever_lives_elsewhere_is_told_so_by_the_register(counters: Counters) -> None:
    clerk = counters.post(PersonaKind.EXPIRED)
    server, der = clerk.office.municipality.server, clerk.outside.bench.persona.user_auth_x509
    with server.database.writing() as connection:
        subject = subject_of_x509(connection, server.node.keys.subjects, clerk.office.code, der)
        connection.execute(delete(card_links).where(card_links.c.subject == subject))
    clerk.asks_for("issue")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.reads("お住まいの市区町村でできます", "Please go to your municipality")
    assert "見本市役所" not in clerk.slip()
    assert clerk.outside.control.noted() == (), "nobody was let onto the card"


def test_too_early_for_a_renewal_the_server_tells_the_first_day(counters: Counters) -> None:
    clerk = counters.post(days_valid=5 * 365)
    before = clerk.outside.bench.in_use(USER)
    clerk.asks_for("renew", "user-auth", "signing")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.case.scene, at.NotHere), "the server's word")
    clerk.j.sees("更新できません", "Too early")
    clerk.reads("2031年1月1日", "1 January 2031")
    assert "2031年1月1日" in clerk.slip()
    clerk.ends()
    assert clerk.outside.bench.in_use(USER) == before
    assert not clerk.office.faults


def test_an_issue_a_revocation_and_both_switches_at_the_municipality(counters: Counters) -> None:
    clerk = counters.hall(PersonaKind.CHILD)
    bench = clerk.outside.bench
    clerk.asks_for("issue", "signing")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees("新しい電子証明書が使えます", "The new certificate works")
    assert bench.answers(SIGN, CHOSEN[SIGN])
    clerk.ends()
    clerk.j.takes_everything()

    clerk.opens()
    clerk.asks_for("revoke", "signing")
    clerk.j.sees("元にはもどせません", "This cannot be undone")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees("電子証明書を使えなくしました", "The certificate was stopped")
    assert bench.in_use(SIGN) == b""
    clerk.ends()
    clerk.j.takes_everything()

    clerk.opens()
    clerk.asks_for("face-auth-on")
    clerk.reads("健康保険証の利用登録", "Health insurance card registration")
    clerk.j.sees("健康保険証の登録は、おすみですか", "Registered for insurance?")
    clerk.presses("insurance-not-done")
    clerk.reads("先に、健康保険証の利用登録を", "Register first")
    clerk.presses("all-the-same")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees("顔認証のカードになりました", "Your card now uses face authentication")
    assert bench.card.memory.annotations == [FACE_AUTH_LINE]
    clerk.ends()
    clerk.j.takes_everything()

    clerk.opens()
    clerk.asks_for("face-auth-off")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees("ふつうのマイナンバーカードにもどりました", "Your card has a PIN again")
    assert bench.answers(USER, CHOSEN[USER])
    clerk.ends()
    assert not clerk.office.faults


@pytest.mark.parametrize("usage", Usage)
def test_a_pin_is_changed_and_reset_by_the_other(counters: Counters, usage: Usage) -> None:
    for wish in ("change-pin", "reset-pin"):
        clerk = counters.post()
        clerk.asks_for(wish, usage.value)
        clerk.and_the_resident_agree()
        clerk.card_is_put()
        clerk.resident_types_all()
        clerk.j.sees(*CHANGED)
        assert clerk.outside.bench.answers(usage, CHOSEN[usage])
        clerk.ends()
        assert not clerk.office.faults


def test_who_knows_no_pin_goes_to_the_municipality_and_is_helped_there(counters: Counters) -> None:
    clerk = counters.post()
    clerk.asks_for("reset-pin", "user-auth")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the other PIN")
    clerk.presses("other-unknown")
    clerk.until(lambda: isinstance(clerk.case.scene, at.NotHere), "the terminal's no")
    clerk.reads("市区町村の窓口で、決めなおします", "The municipality sets it anew")
    clerk.j.sees("お住まいの市区町村の窓口", "Your municipality's counter")
    assert "どの暗証番号もわからない" in clerk.slip()

    hall = counters.hall()
    hall.asks_for("reset-pin", "user-auth", "signing")
    hall.and_the_resident_agree("student-card")
    hall.card_is_put()
    hall.resident_types_all()
    hall.j.sees(*CHANGED)
    assert all(hall.outside.bench.answers(usage, CHOSEN[usage]) for usage in Usage)


@pytest.mark.parametrize("wish", ["revoke", "face-auth-on", "face-auth-off"])
def test_what_a_post_office_may_not_do_is_refused_with_where_to_go(counters: Counters, wish: str) -> None:
    clerk = counters.post()
    clerk.asks_for(wish)
    clerk.reads("この手続きは、ここではできません", "This cannot be done here")
    clerk.reads("お住まいの市区町村の窓口", "Your municipality's counter")
    clerk.j.sees("お住まいの市区町村の窓口", "Your municipality's counter")
    slip = clerk.slip()
    assert "お住まいの市区町村の窓口" in slip
    assert "取り扱わない手続き" in slip
    assert "0120-95-0178" in slip
    clerk.presses("back", "comer-proxy")
    clerk.asks_for("renew")
    clerk.reads("ご本人だけができます", "Only the holder can do this")
    clerk.until(lambda: "代理の方の手続き" in clerk.slip(), "the proxy's own slip")
    assert "見本市役所" in clerk.slip()
    clerk.j.sees("見本市役所", "Mihon City Hall")
    clerk.presses("back", "comer-person", "lives-other")
    clerk.asks_for("renew")
    clerk.reads("お住まいの市区町村でできます", "Please go to your municipality")
    clerk.j.sees_not("見本市役所", "Mihon City Hall")
    assert "見本市役所" not in clerk.slip()
    assert clerk.outside.control.noted() == (), "no card was asked for"


def test_a_full_annotation_field_is_minded(counters: Counters) -> None:
    clerk = counters.hall(lines=0)
    clerk.asks_for("face-auth-on")
    clerk.presses("primary")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.reads("カードの追記欄に、空きがありません", "The annotation field is full")
    assert all(clerk.outside.bench.answers(usage) for usage in Usage)


def test_a_weak_pin_is_told_to_the_resident_alone(counters: Counters) -> None:
    clerk = counters.post(policy=PinPolicy(refuses_weak=True))
    clerk.asks_for("change-pin")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types("1234")
    clerk.resident_types("7777")
    clerk.j.sees("この番号は、使えません", "This PIN cannot be used")
    clerk.reads_not("わかりやすい番号", "easy to guess", "使えません", "cannot be used")
    clerk.reads("ご本人が暗証番号を入れています")
    clerk.j.touches("primary")
    clerk.resident_types_all()
    clerk.j.sees(*CHANGED)


def test_the_power_fails_in_the_middle_of_a_renewal(counters: Counters) -> None:
    """The new X.509 is in use, the old one not revoked: the card works, and tomorrow's program puts it right."""
    clerk = counters.post()
    bench, before = clerk.outside.bench, clerk.outside.bench.in_use(USER)
    clerk.outside.control.set_trouble("RevokeX509", Trouble(TroubleKind.SILENT, times=1))
    clerk.asks_for("renew")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees("途中で止まりました", "It stopped midway")
    clerk.j.sees("カードは、新しい電子証明書で使えます", "The card works with the new certificate")
    clerk.reads("発行者か、カード書込端末から、答えがありません", "did not answer")
    assert bench.card.memory.pairs[USER].beside.state is Beside.PREVIOUS
    mark = clerk.case.mark
    clerk.j.power_fails()
    clerk.j.takes_card()
    clerk.j.power_returns()

    clerk.j.arrives()
    again = CardClerk(clerk.j, clerk.outside)
    again.opens()
    again.reads("途中で止まった手続きがあります", "A procedure was cut off")
    again.reads(mark)
    again.presses(f"take-up-{mark}")
    again.j.sees("カードを、もう一度置いてください", "Place your card once more")
    again.card_is_put()
    again.resident_types_all()
    again.j.sees(*DONE)
    assert bench.standing(USER, before) is AtIssuer.REVOKED
    assert bench.is_tidy(USER)
    assert bench.answers(USER)
    again.ends()
    again.opens()
    again.reads("どの手続きですか")


@pytest.mark.parametrize("answers", [14, 22, 26, 34])
def test_a_card_is_pulled_in_the_middle_and_put_back(counters: Counters, answers: int) -> None:
    clerk = counters.post()
    clerk.asks_for("renew")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the PIN")
    clerk.j.leaves_after(answers)
    clerk.resident_types_all()
    clerk.j.sees("途中で止まりました", "It stopped midway")
    clerk.reads("カードが読み取り台から離れたか、電源が切れました", "The card left the reader")
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees(*DONE)
    assert clerk.outside.bench.is_tidy(USER)
    assert clerk.outside.bench.answers(USER)


def test_an_issuer_that_refuses_leaves_the_card_as_it_was(counters: Counters) -> None:
    clerk = counters.post()
    before = clerk.outside.bench.in_use(USER)
    clerk.outside.control.set_trouble("Certify", Trouble(TroubleKind.REFUSE, "resident-record", times=1))
    clerk.asks_for("renew")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.reads("発行者が、受けつけませんでした", "The issuer refused")
    clerk.reads("resident-record")
    clerk.presses("undo")
    clerk.resident_types_all()
    clerk.j.sees("何も変わっていません", "Nothing has changed")
    assert clerk.outside.bench.in_use(USER) == before
    assert clerk.outside.bench.is_tidy(USER)


def test_a_case_is_put_aside_and_taken_up_again(counters: Counters) -> None:
    clerk = counters.post()
    clerk.asks_for("renew")
    clerk.and_the_resident_agree()
    clerk.presses("hold")
    clerk.until(lambda: clerk.desk.case is None, "the desk to be free")
    clerk.j.arrives()
    held = clerk.desk.held[0].case.number
    clerk.presses("tab-cases", f"held-{held}")
    clerk.until(lambda: clerk.desk.case is not None, "the case to come back")
    clerk.j.sees("カードを置いてください", "Place your card")
    clerk.card_is_put()
    clerk.resident_types_all()
    clerk.j.sees(*DONE)


def test_a_desk_that_is_locked_keeps_nothing_that_was_typed(counters: Counters) -> None:
    clerk = counters.post()
    clerk.asks_for("renew", "signing")
    clerk.and_the_resident_agree()
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the PIN")
    for sign in "ABC12":
        clerk.kiosk.touched(PinTyped(clerk.signing_pad.press(sign)))
    clerk.j.settles()
    clerk.presses("lock")
    clerk.j.sees_not("署名用の暗証番号を入れてください")
    clerk.j.waits(PATIENCE_S + 1)
    assert clerk.signing_pad.count == 0
    clerk.signs_in()
    clerk.reads("長いあいだ操作がなかったので", "Nobody typed for long")
    clerk.presses("primary")
    clerk.resident_types_all()
    clerk.j.sees(*DONE)
    assert clerk.outside.bench.answers(SIGN)
