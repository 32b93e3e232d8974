"""The clerk's drawer as a cash device: what it promises, and that the book says it before anybody hears of it."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.cash.model import CashEvent, CashProblem, MoneyIn, Payout, PayoutCount
from hardware.errors import CashError, PayoutUnclear
from kiosk.actions.counter.counted_pages import CountedPages, SheetsUncounted
from kiosk.actions.counter.day_book import DayBook, Shelf
from kiosk.actions.counter.drawer import DrawerCash
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import counts, one_each
from kiosk.counter.day.day import Day, NotRecorded
from printers.model import Printed, PrintFailed, PrintJob, Progress
from printers.virtual import VirtualPagePrinter
from tests.support.cash_bench import is_certain
from tests.support.printer_clocks import JumpingClock

FLOAT = counts({1000: 2, 500: 4, 100: 20})


def a_book(folder: Path, *, is_open: bool = True) -> DayBook:
    book = DayBook(Shelf(folder / "day.json"), threading.Lock(), lambda: datetime(2026, 11, 30, 9, tzinfo=UTC))
    if is_open and not book.day.is_open:
        book.write(on.Opened("2026-11-30", FLOAT, 100), "K1")
    return book


@pytest.fixture
def book(tmp_path: Path) -> DayBook:
    return a_book(tmp_path)


@pytest.fixture
def drawer(book: DayBook) -> DrawerCash:
    return DrawerCash(book, lambda: "K1")


def given(drawer: DrawerCash, *pieces: int) -> None:
    assert isinstance(drawer.take(one_each(pieces)), Day)


def test_nothing_is_taken_that_nobody_asked_for(drawer: DrawerCash) -> None:
    assert drawer.status().ready
    assert drawer.status().accepted == ()
    assert drawer.take(one_each([100])) == NotRecorded("not-asked")
    assert drawer.status().held == 0


def test_every_piece_is_told_with_the_sum_once_it_stands_in_the_book(drawer: DrawerCash, book: DayBook) -> None:
    heard: list[tuple[CashEvent, int]] = []
    drawer.accept(600, lambda event: heard.append((event, book.day.held)))
    given(drawer, 100, 100)
    given(drawer, 500)
    assert heard == [(MoneyIn(100, 100), 200), (MoneyIn(100, 200), 200), (MoneyIn(500, 700), 700)]


def test_no_more_is_taken_than_the_fee_wants(drawer: DrawerCash) -> None:
    drawer.accept(300, lambda _: None)
    given(drawer, 1000)
    assert drawer.take(one_each([100])) == NotRecorded("not-asked")
    assert drawer.inhibit() == 1000


def test_change_fee_and_what_goes_back_are_ordered_of_the_clerk(drawer: DrawerCash, book: DayBook) -> None:
    drawer.accept(300, lambda _: None)
    given(drawer, 1000)
    assert drawer.give_change(300) == Payout(700, 700)
    assert drawer.capture(300) == Payout(0, 0)
    assert (book.day.due, book.day.fees, drawer.status().held) == (700, 300, 0)
    assert drawer.payouts() == PayoutCount(2, Payout(0, 0))


def test_less_than_the_fee_is_never_kept(drawer: DrawerCash) -> None:
    drawer.accept(600, lambda _: None)
    given(drawer, 500)
    with pytest.raises(CashError):
        drawer.capture(600)
    with pytest.raises(CashError):
        drawer.give_change(600)
    assert drawer.give_back() == Payout(500, 500)


def test_money_of_an_unfinished_sale_is_held_also_over_a_power_cut(drawer: DrawerCash, tmp_path: Path) -> None:
    drawer.accept(600, lambda _: None)
    given(drawer, 500)
    again = DrawerCash(a_book(tmp_path), lambda: "K1")
    assert again.status().held == 500
    with pytest.raises(CashError):
        again.accept(600, lambda _: None)
    assert again.give_back() == Payout(500, 500)


def test_who_still_gets_change_gets_it_before_another_pays(drawer: DrawerCash, book: DayBook) -> None:
    drawer.accept(300, lambda _: None)
    given(drawer, 1000)
    drawer.give_change(300)
    drawer.capture(300)
    drawer.accept(300, lambda _: None)
    assert drawer.take(one_each([500])) == NotRecorded("due")
    book.write(on.PaidOut(counts({500: 1, 100: 2})), "K1")
    given(drawer, 500)


def test_before_the_day_is_open_the_drawer_takes_nothing(tmp_path: Path) -> None:
    drawer = DrawerCash(a_book(tmp_path, is_open=False), lambda: "K1")
    assert drawer.status().problems == {CashProblem.OFFLINE}
    assert drawer.give_back() == Payout(0, 0)
    with pytest.raises(CashError):
        drawer.accept(300, lambda _: None)


def test_what_can_t_be_written_was_not_taken_and_is_not_paid(drawer: DrawerCash, book: DayBook, tmp_path: Path) -> None:
    drawer.accept(300, lambda _: None)
    given(drawer, 1000)
    (tmp_path / "day.json.new").mkdir()
    with pytest.raises(PayoutUnclear):
        drawer.give_change(300)
    assert not is_certain(drawer.payouts())
    with pytest.raises(CashError):
        drawer.capture(300)
    assert book.day.held == 1000
    (tmp_path / "day.json.new").rmdir()
    assert drawer.give_back() == Payout(1000, 1000)
    assert is_certain(drawer.payouts())


def test_what_was_at_the_printer_when_the_terminal_stopped_is_looked_for_after_its_start(book: DayBook) -> None:
    book.write(on.PrintBegun("D1", 2), "K1")
    pages = CountedPages(VirtualPagePrinter(JumpingClock(), sheets_available=50), book, lambda: "", lambda: "")
    pages.after_start()
    assert [(each.document, each.failed) for each in book.day.unsettled] == [("D1", True)]
    assert isinstance(book.write(on.Destroyed("D1", 1, "K2"), "K1"), Day)


def test_what_comes_of_a_document_that_is_not_in_the_book_is_a_fault(book: DayBook) -> None:
    printer = VirtualPagePrinter(JumpingClock(), sheets_available=50)
    pages = CountedPages(printer, book, lambda: "D1", lambda: "K1")

    def settled_by_another(_: Progress) -> None:
        book.write(on.PrintSettled("D1", whole=False), "K1")
        book.write(on.Destroyed("D1", 0, "K2"), "K1")

    with pytest.raises(SheetsUncounted):
        pages.print(PrintJob("a", b"%PDF", 1), settled_by_another, lambda: False)


def test_sheets_are_counted_by_what_the_device_says(book: DayBook) -> None:
    printer = VirtualPagePrinter(JumpingClock(), sheets_available=50)
    pages = CountedPages(printer, book, lambda: "D1", lambda: "K1")
    job = PrintJob("a", b"%PDF", 2)
    assert isinstance(pages.print(job, lambda _: None, lambda: False), Printed)
    assert (book.day.out, book.day.blank) == (2, 98)
    printer.jam_on_sheet(1)
    assert isinstance(pages.print(job, lambda _: None, lambda: False), PrintFailed)
    assert [(each.document, each.failed) for each in book.day.unsettled] == [("D1", True)]
    assert isinstance(pages.print(job, lambda _: None, lambda: False), PrintFailed)
    assert len(book.day.unsettled) == 1


@pytest.mark.parametrize("counted", [False, True], ids=["before-the-day", "once-it-is-counted"])
def test_no_sheet_comes_out_that_could_not_stand_in_the_book(tmp_path: Path, counted: bool) -> None:
    book = a_book(tmp_path, is_open=counted)
    if counted:
        assert isinstance(book.write(on.CountedCash(FLOAT), "K1"), Day)
    before, printer = book.day, VirtualPagePrinter(JumpingClock(), sheets_available=50)
    pages = CountedPages(printer, book, lambda: "", lambda: "K1")
    settled = pages.print(PrintJob("a", b"%PDF", 1), lambda _: None, lambda: False)
    assert isinstance(settled, PrintFailed)
    assert settled.unsent
    assert not printer.delivered
    assert book.day == before
