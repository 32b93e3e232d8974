"""A clerk takes the money and hands the sheets over: the fee is held until the resident has said that they are right,
and whatever happens before that, all of it goes back and the document is void (I7)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.pipeline.sheet_status import SheetState, sheet_status
from hardware.sensors.model import Place
from kiosk.counter.day.counts import counts
from kiosk.flow import scenes as at
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.statement import Statement
from tests.support.journey_day import FLOAT, opens, orders, shows
from tests.support.journey_desk import Clerk
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey


@pytest.fixture
def clerk(municipality: Municipality, tmp_path: Path) -> Iterator[Clerk]:
    municipality.forgets_failed_sign_ins()
    with a_journey(municipality, tmp_path, separate=True) as j:
        clerk = Clerk(j)
        opens(clerk)
        yield clerk


def said_of(j: Journey) -> tuple[SheetState, ...]:
    """What whoever holds the sheets is told of them at the server, once it has been told."""
    j.settles()
    rows = j.office.issued_since(j.ledger_before)
    with j.office.municipality.server.database.reading() as connection:
        found = [
            sheet_status(connection, row.document_no, Statement.from_bytes(row.statement).content_hashes[0])
            for row in rows
        ]
    return tuple(each.state for each in found if each is not None)


def gives_back(clerk: Clerk, yen: int) -> None:
    """All that the resident gave goes back into their hand: the book has no fee, the drawer its float."""
    clerk.until(lambda: clerk.desk.day.due == yen, "the money to go back")
    clerk.reads("お返しするお金", "Money to give back")
    clerk.presses("primary")
    day = clerk.desk.day
    assert (day.fees, day.held, day.due, day.taken) == (0, 0, 0, day.paid_out)
    assert day.drawer == counts(FLOAT)


def destroys(clerk: Clerk) -> None:
    """Two destroy what came out."""
    clerk.reads("二人で廃棄してください", "destroy them, two of you")
    clerk.presses("primary")
    clerk.reads("用紙を取り出して廃棄する", "Take sheets out and destroy them")
    second = clerk.hires()
    clerk.shows_password(second)
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.day.destroyed == 1, "the sheet to be destroyed")
    day = clerk.desk.day
    assert (day.out, day.handed, day.blank) == (0, 0, 99)


def test_i7_the_fee_is_held_until_the_resident_has_said_that_the_sheets_are_right(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)
    day = clerk.desk.day
    assert (day.held, day.fees, day.out) == (200, 0, 1)
    assert said_of(j) == (SheetState.ISSUED,)
    assert not j.kiosk.journal.waiting()
    j.touches("sheets-right")
    clerk.until(lambda: clerk.desk.day.fees == 200, "the fee to be kept")
    assert clerk.desk.day.lying[0].right
    clerk.reads("「まちがいありません」と答えました", "they are right")
    clerk.presses("primary")
    assert (clerk.desk.day.handed, clerk.desk.day.held, clerk.desk.day.due) == (1, 0, 0)
    assert said_of(j) == (SheetState.ISSUED,)


def test_i7_sheets_that_are_not_right_give_every_yen_back_and_are_void(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)
    j.touches("sheets-wrong")
    j.sees("証明書はお渡ししません", "The sheets are not handed over")
    assert j.declined is DeclineReason.SHEETS_NOT_RIGHT
    gives_back(clerk, 200)
    destroys(clerk)
    assert said_of(j) == (SheetState.SPOILED,)
    j.waits(70)
    assert j.shows(at.Start)
    assert not clerk.office.faults


@pytest.mark.parametrize("looked", [True, False], ids=["after-it-was-shown", "before"])
def test_i7_a_resident_who_leaves_before_they_have_said_anything_pays_nothing(clerk: Clerk, looked: bool) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    if looked:
        shows(clerk)
    else:
        j.takes(*Place)
    clerk.reads("ご本人がいない", "The resident is gone")
    clerk.presses("resident-gone")
    gives_back(clerk, 200)
    destroys(clerk)
    assert said_of(j) == (SheetState.SPOILED,)


def test_i7_nobody_at_either_window_for_long_is_nobody_s_word(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)
    j.waits(300)
    assert not clerk.desk.signed_in
    assert clerk.desk.day.held == 200
    j.waits(350)
    assert said_of(j) == (SheetState.SPOILED,)
    clerk.signs_in()
    gives_back(clerk, 200)
    destroys(clerk)


def test_i7_behind_a_locked_desk_the_resident_s_word_counts(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)
    clerk.presses("lock")
    j.touches("sheets-right")
    clerk.until(lambda: clerk.desk.day.fees == 200, "the fee to be kept")
    clerk.signs_in()
    clerk.reads("「まちがいありません」と答えました", "they are right")
    clerk.presses("primary")
    assert clerk.desk.day.handed == 1


@pytest.mark.parametrize("looked", [True, False], ids=["after-it-was-shown", "before"])
def test_i7_a_power_cut_before_the_resident_s_word_gives_the_fee_back(clerk: Clerk, looked: bool) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    if looked:
        shows(clerk)
    else:
        j.sees("証明書が出ました")
        j.takes(*Place)
    j.power_fails()
    j.power_returns()
    again = Clerk(j)
    again.until(lambda: again.desk.day.due == 200, "the money to go back")
    again.signs_in()
    gives_back(again, 200)
    destroys(again)
    assert said_of(j) == (SheetState.SPOILED,)


@pytest.mark.parametrize("booked", [True, False], ids=["before-the-fee-is-kept", "before-it-is-in-the-book"])
def test_i7_a_power_cut_after_the_resident_s_word_keeps_what_they_said(clerk: Clerk, booked: bool) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)
    book = j.kiosk.right_of_book

    def slow(documents: tuple[str, ...]) -> None:
        if booked:
            book(documents)
        j.office.time.wait(60)

    j.kiosk.right_of_book = slow
    j.touches("sheets-right")
    j.power_fails()
    before = j.kiosk.day.book.day
    assert (before.held, before.fees, before.lying[0].right) == (200, 0, booked)
    j.power_returns()
    again = Clerk(j)
    again.until(lambda: again.desk.day.fees == 200, "the fee to be kept")
    again.signs_in()
    again.reads("「まちがいありません」と答えました", "they are right")
    again.presses("primary")
    day = again.desk.day
    assert (day.handed, day.due, day.held, day.taken) == (1, 0, 0, 200)
    assert said_of(j) == (SheetState.ISSUED,)


def test_i7_a_word_that_can_not_be_written_down_keeps_nothing(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)

    def full(_documents: tuple[str, ...]) -> None:
        raise OSError("the disk is full")

    j.kiosk.right_of_book = full
    j.touches("sheets-right")
    gives_back(clerk, 200)
    destroys(clerk)
    assert said_of(j) == (SheetState.SPOILED,)


def test_i7_of_two_documents_the_whole_one_is_asked_about_and_the_jammed_one_is_paid_back(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100, 100, 100, lines=2)
    clerk.until(lambda: clerk.desk.day.out == 1, "the first to be out")
    j.office.printer.jam_on_sheet(1)
    shows(clerk)
    assert clerk.desk.day.held == 400
    j.touches("sheets-right")
    j.sees("つまりました")
    clerk.until(lambda: clerk.desk.day.due == 200, "what was not printed to go back")
    clerk.presses("primary")
    clerk.reads("「まちがいありません」と答えました", "they are right")
    clerk.presses("primary")
    day = clerk.desk.day
    assert (day.fees, day.handed, day.held, day.due) == (200, 1, 0, 0)
    assert sorted(each.value for each in said_of(j)) == ["issued", "spoiled"]


def test_i7_money_of_a_resident_who_is_gone_is_owed_on_a_slip_until_two_hand_it_over(clerk: Clerk) -> None:
    j = clerk.j
    orders(clerk, 100, 100)
    shows(clerk)
    clerk.presses("resident-gone")
    clerk.until(lambda: clerk.desk.day.due == 200, "the money to be due")
    clerk.presses("resident-gone")
    j.reads_slip("お返しできなかったお金", "200円")
    day = clerk.desk.day
    assert ([each.yen for each in day.owed], day.due, day.fees, day.taken) == ([200], 0, 0, 200)
    destroys(clerk)
    assert clerk.desk.day.open_ends() == ()
    # They come back: two hand it over.
    clerk.presses("tab-supplies", "owed-1")
    clerk.reads("お返しできなかったお金を渡す", "Give what is owed")
    j.waits(30)
    clerk.shows_password(clerk.hires())
    clerk.presses("primary")
    clerk.until(lambda: not clerk.desk.day.owed, "it to be handed over")
    assert clerk.desk.day.drawer == counts(FLOAT)
    assert clerk.desk.day.claimed == 200
