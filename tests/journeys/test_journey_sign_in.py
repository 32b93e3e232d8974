"""A clerk signs in at the counter, through the real server; who may not, does not, and learns no more than that."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.card.virtual.card import VirtualCard
from kiosk.counter.scenes import SignIn
from tests.support.journey_desk import Clerk
from tests.support.journey_server import Municipality
from tests.support.journey_steps import PIN, a_journey
from tests.support.staff import give_card

TITLE = ("窓口の画面", "Clerk's desk")
REFUSED = ("サインインできませんでした", "You could not be signed in")


@pytest.fixture
def clerk(municipality: Municipality, tmp_path: Path) -> Iterator[Clerk]:
    municipality.forgets_failed_sign_ins()
    with a_journey(municipality, tmp_path, separate=False) as j:
        j.arrives()
        yield Clerk(j)


def test_a_clerk_signs_in_by_password_and_code_and_sees_their_own_role(clerk: Clerk) -> None:
    clerk.reads(*TITLE)
    clerk.signs_in()
    clerk.reads("窓口担当者", "Counter clerk")
    clerk.reads(clerk.me)
    assert not clerk.office.faults


def test_a_clerk_signs_in_by_a_staff_card_and_its_pin(clerk: Clerk) -> None:
    server = clerk.office.municipality.server
    persona = clerk.office.municipality.persona("nobody-knows")
    give_card(server, clerk.me, persona)
    clerk.lays_card(VirtualCard(persona, os.urandom))
    clerk.presses("way-card")
    clerk.types_secret(PIN)
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.signed_in, "the card's person to be signed in")
    clerk.reads(clerk.me)


@pytest.mark.parametrize("pin", ["9999", "12", "abcd"])
def test_a_staff_card_with_a_wrong_pin_signs_nobody_in(clerk: Clerk, pin: str) -> None:
    clerk.lays_card(VirtualCard(clerk.office.municipality.persona("tsuji-kengo"), os.urandom))
    clerk.presses("way-card")
    clerk.types_secret(pin)
    clerk.presses("primary")
    clerk.reads("暗証番号が違います", "PIN is wrong")
    assert not clerk.desk.signed_in


def test_a_residents_card_signs_nobody_in(clerk: Clerk) -> None:
    clerk.lays_card(VirtualCard(clerk.office.municipality.persona("tsuji-kengo"), os.urandom))
    clerk.presses("way-card")
    clerk.types_secret(PIN)
    clerk.presses("primary")
    clerk.reads(*REFUSED)


def test_without_a_card_it_says_so(clerk: Clerk) -> None:
    clerk.presses("way-card")
    clerk.types_secret(PIN)
    clerk.presses("primary")
    clerk.reads("職員カードを読めませんでした", "could not be read")


@pytest.mark.parametrize(
    ("mark", "password", "code"),
    [("", "wrong", None), ("nobody", "correct horse battery staple", None), ("", "x", "000000")],
    ids=["password", "nobody", "both"],
)
def test_whatever_was_wrong_the_answer_is_the_same(clerk: Clerk, mark: str, password: str, code: str | None) -> None:
    clerk.shows_password(mark or clerk.me, password, code)
    clerk.presses("primary")
    clerk.reads(*REFUSED)
    scene = clerk.desk.scene
    assert isinstance(scene, SignIn)
    assert (scene.code, scene.characters, clerk.pad.erase_last()) == ("", 0, 0)


def test_who_tries_too_often_is_told_to_wait(clerk: Clerk) -> None:
    for _ in range(5):
        clerk.shows_password(clerk.me, "wrong")
        clerk.presses("primary")
        clerk.until(lambda: not (isinstance(clerk.desk.scene, SignIn) and clerk.desk.scene.busy), "an answer")
    clerk.reads("待ってからお試しください", "Please wait")


def test_a_server_that_is_away_signs_nobody_in(clerk: Clerk) -> None:
    clerk.shows_password(clerk.me)
    clerk.office.wire.goes_away()
    clerk.presses("primary")
    clerk.reads("サーバーにつながりません", "does not answer")
    clerk.office.wire.comes_back()


def test_a_desk_that_nobody_touches_locks_itself_and_its_session_has_ended(clerk: Clerk) -> None:
    clerk.signs_in()
    clerk.j.waits(185)
    clerk.reads("ロック中です", "The desk is locked")
    assert "SignOut" in clerk.office.wire.calls
    clerk.signs_in()
    clerk.reads("今日の業務")


def test_the_server_hears_that_somebody_is_at_work(clerk: Clerk) -> None:
    clerk.signs_in()
    for _ in range(3):
        clerk.j.waits(100)
        clerk.presses("tab-cases")
    assert clerk.office.wire.calls.count("Extend") >= 2
    assert clerk.desk.signed_in


def test_a_session_that_the_server_ended_locks_the_desk(clerk: Clerk) -> None:
    clerk.signs_in()
    clerk.office.wire.tampers(lambda called, answers: [b"\x12\x0c\n\nno-session"] if called == "Extend" else answers)
    clerk.j.waits(100)
    clerk.presses("tab-cases")
    clerk.j.waits(25)
    clerk.reads("有効時間が終わりました", "session has ended")


def test_nothing_that_opens_a_session_stands_in_what_can_be_logged(clerk: Clerk) -> None:
    clerk.shows_password(clerk.me, "planted-password-7")
    assert "planted-password-7" not in repr(clerk.desk)
    clerk.presses("primary")
    clerk.reads(*REFUSED)
    assert not any("planted" in each for each in clerk.office.faults)
