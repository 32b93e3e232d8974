"""The account of a clerk's day: whatever happens, in whatever order, every yen, sheet and paper is accounted for."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import DENOMINATIONS, NOTHING, Counts, change_for, counts, one_each
from kiosk.counter.day.day import Day, Stage
from kiosk.counter.day.entries import CashReason, CustodyKind, Entry, Kept, Service, Whither
from kiosk.counter.day.record import NotRecorded, record
from kiosk.counter.kinds import CaseKind

FLOAT = counts({1000: 10, 500: 10, 100: 30, 50: 10, 10: 50})
OPENED = on.Opened("2026-11-30", FLOAT, 200)
SHEET = "7K2M-QX4D-9RTB-C1"


def run(*entries: Entry, day: Day | None = None) -> Day:
    at = day if day is not None else Day()
    for entry in entries:
        after = record(at, entry)
        assert isinstance(after, Day), (entry, after)
        at = after
    return at


def why_not(day: Day, entry: Entry) -> str:
    after = record(day, entry)
    assert isinstance(after, NotRecorded)
    return after.why


PIECES = st.dictionaries(st.sampled_from(DENOMINATIONS), st.integers(0, 6), max_size=4).map(counts)
SHEETS = st.integers(0, 6)
DOCUMENTS = st.sampled_from(["d1", "d2", "d3", on.SAMPLE])
NUMBERS = st.integers(1, 6)
KINDS = st.sampled_from(CustodyKind)
SECONDS = st.sampled_from(["", "K2"])
ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    st.builds(on.Opened, st.just("2026-11-30"), PIECES, st.integers(0, 40)),
    st.builds(on.TestLooked, st.booleans()),
    st.builds(on.Ticketed, NUMBERS, st.sampled_from(Service)),
    st.builds(on.Called, NUMBERS),
    st.builds(on.Served, NUMBERS, st.booleans()),
    st.builds(on.MoneyTaken, PIECES),
    st.builds(on.PayoutOrdered, st.sampled_from([0, 10, 100, 200, 500, 1000])),
    st.builds(on.PaidOut, PIECES),
    st.builds(on.FeeKept, st.sampled_from([0, 200, 300, 1000])),
    st.builds(on.CashMoved, PIECES, st.sampled_from(CashReason)),
    st.builds(on.SheetsAdded, SHEETS),
    st.builds(on.PrintBegun, DOCUMENTS, SHEETS),
    st.builds(on.PrintSettled, DOCUMENTS, st.booleans(), st.booleans()),
    st.builds(on.HandedOver, st.lists(DOCUMENTS, max_size=2).map(tuple), st.booleans()),
    st.builds(on.Destroyed, DOCUMENTS, SHEETS, SECONDS),
    st.builds(on.NotTaken, st.lists(DOCUMENTS, max_size=2).map(tuple), SECONDS),
    st.builds(on.TakenIn, st.builds(Kept, NUMBERS, KINDS, st.just("C-1"))),
    st.builds(on.GivenOut, NUMBERS, st.sampled_from(Whither), SECONDS),
    st.builds(on.CaseAside, st.integers(1, 3), st.sampled_from(CaseKind), st.just("#1")),
    st.builds(on.CaseBack, st.integers(1, 3), st.booleans()),
    st.builds(on.CountedCash, PIECES, st.sampled_from(["", "found under the drawer"]), st.sampled_from(["", "K2"])),
    st.builds(
        on.CountedThings,
        *(st.integers(0, 60), st.integers(0, 4)),
        *(st.sampled_from(["", "miscounted"]), st.sampled_from(["", "K2"])),
    ),
)


class Ledger:
    """What an accountant would write beside it, knowing only what was recorded."""

    def __init__(self) -> None:
        self.drawer_yen = self.taken = self.paid = self.fees = 0
        self.put_in = self.printed = self.handed = self.destroyed = 0
        self.at_printer: dict[str, int] = {}
        self.lying: dict[str, int] = {}
        self.custody: set[int] = set()

    def sees(self, entry: Entry) -> None:  # noqa: C901 - a table
        match entry:
            case on.Opened(_, drawer, sheets, _):
                self.__init__()  # type: ignore[misc]
                self.drawer_yen, self.put_in = drawer.total, sheets
            case on.MoneyTaken(pieces):
                self.drawer_yen += pieces.total
                self.taken += pieces.total
            case on.PaidOut(pieces):
                self.drawer_yen -= pieces.total
                self.paid += pieces.total
            case on.FeeKept(yen):
                self.fees += yen
            case on.CashMoved(pieces, reason):
                self.drawer_yen += pieces.total if reason is CashReason.REFILL else -pieces.total
            case on.SheetsAdded(sheets):
                self.put_in += sheets
            case on.PrintBegun(document, sheets):
                self.at_printer[document] = sheets
            case on.PrintSettled(document, True, _):
                sheets = self.at_printer.pop(document)
                self.printed += sheets
                if document != on.SAMPLE:
                    self.lying[document] = self.lying.get(document, 0) + sheets
            case on.PrintSettled(document, False, True):
                self.at_printer.pop(document)
            case on.HandedOver(documents, _):
                self.handed += sum(self.lying.pop(each) for each in set(documents))
            case on.Destroyed(document, sheets, _):
                self.at_printer.pop(document)
                self.printed += sheets
                self.destroyed += sheets
            case on.NotTaken(documents, _):
                self.destroyed += sum(self.lying.pop(each) for each in set(documents))
            case on.TakenIn(kept):
                self.custody.add(kept.number)
            case on.GivenOut(number, _, _):
                self.custody.remove(number)
            case _:
                pass


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ENTRIES, max_size=60), PIECES)
def test_whatever_happens_every_yen_sheet_and_paper_is_accounted_for(happenings: list[Entry], opening: Counts) -> None:
    day, ledger = Day(), Ledger()
    for entry in (on.Opened("2026-11-30", opening, 50), *happenings):
        after = record(day, entry)
        if isinstance(after, NotRecorded):
            continue
        day = after
        ledger.sees(entry)
        assert day.drawer.total == ledger.drawer_yen
        assert ledger.taken == day.fees + day.held + day.due + day.paid_out
        assert ledger.put_in == day.blank + ledger.printed
        assert {each.document: each.sheets for each in day.lying} == ledger.lying
        assert ledger.printed == day.out + day.handed + day.destroyed + day.tests
        assert (day.handed, day.destroyed, day.fees) == (ledger.handed, ledger.destroyed, ledger.fees)
        assert {each.number for each in day.custody} == ledger.custody
        assert {each.document for each in day.unsettled} == set(ledger.at_printer)
    if day.stage is Stage.COUNTED:
        assert not day.open_ends()
        assert day.cash is not None
        assert not day.difference or day.cash.reason


@given(PIECES, st.integers(0, 3000))
def test_change_is_made_of_what_is_in_the_drawer_or_not_at_all(drawer: Counts, yen: int) -> None:
    made = change_for(yen, drawer)
    if made is not None:
        assert made.total == yen
        assert drawer.minus(made) is not None
    else:
        assert not _sums(drawer) & {yen}


def _sums(drawer: Counts) -> set[int]:
    sums = {0}
    for denomination, pieces in drawer:
        sums = {each + denomination * count for each in sums for count in range(pieces + 1)}
    return sums


def test_a_common_order_adds_up_by_the_piece() -> None:
    day = run(OPENED, on.MoneyTaken(one_each([1000])), on.FeeKept(200), on.PayoutOrdered(800))
    assert why_not(day, on.PaidOut(counts({100: 7}))) == "due"
    assert why_not(day, on.MoneyTaken(one_each([100]))) == "due"
    day = run(on.PaidOut(counts({500: 1, 100: 3})), day=day)
    assert (day.drawer.of(1000), day.drawer.of(500), day.drawer.of(100)) == (11, 9, 27)
    assert day.fees == 200


def test_nothing_leaves_the_drawer_that_is_not_in_it() -> None:
    day = run(on.Opened("2026-11-30", counts({1000: 1}), 10), on.MoneyTaken(one_each([1000])), on.PayoutOrdered(800))
    assert why_not(day, on.PaidOut(counts({500: 1, 100: 3}))) == "drawer"
    assert why_not(day, on.CashMoved(counts({1000: 3}), CashReason.SKIMMED)) == "drawer"


def test_a_test_print_is_looked_at_before_the_day_can_be_closed() -> None:
    day = run(OPENED, on.PrintBegun(on.SAMPLE, 1), on.PrintSettled(on.SAMPLE, whole=True))
    assert day.open_ends() == ("test",)
    assert why_not(day, on.CountedCash(FLOAT)) == "test"
    day = run(on.TestLooked(good=True), day=day)
    assert (day.blank, day.tests, day.test_good, day.open_ends()) == (199, 1, True, ())


def test_a_jammed_document_stays_open_until_two_people_have_destroyed_it() -> None:
    day = run(OPENED, on.PrintBegun(SHEET, 2), on.PrintSettled(SHEET, whole=False))
    assert day.open_ends() == ("unsettled",)
    assert why_not(day, on.Destroyed(SHEET, 2, "")) == "second"
    assert why_not(day, on.Destroyed(SHEET, 3, "K2")) == "sheets"
    assert why_not(day, on.CountedCash(FLOAT)) == "unsettled"
    day = run(on.Destroyed(SHEET, 1, "K2"), day=day)
    assert (day.blank, day.destroyed, day.open_ends()) == (199, 1, ())


def test_a_document_that_still_prints_is_not_destroyed_and_comes_into_the_account() -> None:
    day = run(OPENED, on.PrintBegun(SHEET, 2))
    assert why_not(day, on.Destroyed(SHEET, 2, "K2")) == "printing"
    day = run(on.PrintSettled(SHEET, whole=True), day=day)
    assert (day.out, day.blank, day.destroyed) == (2, 198, 0)


def test_sheets_that_the_resident_does_not_take_are_destroyed_by_two() -> None:
    day = run(OPENED, on.PrintBegun(SHEET, 2), on.PrintSettled(SHEET, whole=True))
    assert why_not(day, on.HandedOver((), by_hand=True)) == "out"
    assert why_not(day, on.HandedOver((SHEET, "another"), by_hand=True)) == "out"
    assert why_not(day, on.Destroyed("anything", 2, "K2")) == "document"
    assert why_not(day, on.NotTaken((SHEET,), "")) == "second"
    assert why_not(day, on.NotTaken(("anything",), "K2")) == "out"
    day = run(on.NotTaken((SHEET,), "K2"), day=day)
    assert (day.handed, day.destroyed, day.out) == (0, 2, 0)
    assert why_not(day, on.HandedOver((SHEET,), by_hand=True)) == "out"


def test_numbers_are_given_called_and_served_in_turn() -> None:
    day = run(OPENED, on.Ticketed(1, Service.CERTIFICATE), on.Ticketed(2, Service.X509_PIN, "10:30"), on.Called(2))
    assert why_not(day, on.Ticketed(2, Service.OTHER)) == "number"
    assert why_not(day, on.Called(1)) == "called"
    assert why_not(day, on.Served(1)) == "number"
    day = run(on.Served(2), on.Called(1), on.Served(1, came=False), day=day)
    assert not day.waiting
    assert why_not(day, on.Called(1)) == "number"


def test_what_is_in_custody_stays_on_the_list_over_the_night() -> None:
    day = run(OPENED, on.TakenIn(Kept(1, CustodyKind.SEALED_PIN_FORM, "C-1")))
    day = run(on.TakenIn(Kept(2, CustodyKind.RETURNED_CARD, "C-2")), on.CountedCash(FLOAT), day=day)
    assert why_not(day, on.CountedThings(200, 1)) == "reason"
    day = run(on.CountedThings(200, 2), on.Closed(FLOAT, NOTHING), day=day)
    assert day.stage is Stage.NONE
    assert why_not(day, on.Opened("2026-12-01", FLOAT, 200)) == "custody"
    day = run(on.Opened("2026-12-01", FLOAT, 200, day.custody), day=day)
    assert why_not(day, on.GivenOut(1, Whither.MUNICIPALITY, "")) == "second"
    day = run(on.GivenOut(1, Whither.MUNICIPALITY, "K2"), day=day)
    assert [each.number for each in day.custody] == [2]
    assert why_not(day, on.TakenIn(Kept(1, CustodyKind.RETURNED_CARD, "C-3"))) == "number"


def test_what_is_put_aside_is_on_the_book_until_it_is_back() -> None:
    first, second = on.CaseAside(1, CaseKind.HAND_OVER, "7C1E-93F0"), on.CaseAside(2, CaseKind.X509_PIN, "4Q7-K2M")
    day = run(OPENED, first, second)
    assert why_not(day, on.CaseAside(2, CaseKind.HAND_OVER, "again")) == "number"
    day = run(on.CaseBack(1), day=day)
    assert day.aside == (second,)
    assert why_not(day, on.CaseBack(1, lost=True)) == "number"
    # An open case keeps nobody from closing the day; it is named there.
    day = run(on.CountedCash(FLOAT), on.CountedThings(200, 0), day=day)
    day = run(on.Closed(FLOAT, NOTHING, ("4Q7-K2M",)), day=day)
    assert day.aside == ()


def test_a_difference_wants_a_reason_two_who_counted_and_all_that_was_counted_goes_somewhere() -> None:
    short = FLOAT.minus(counts({100: 1}))
    assert short is not None
    day = run(OPENED)
    assert why_not(day, on.CountedCash(short)) == "reason"
    assert why_not(day, on.CountedCash(short, "a coin is missing")) == "second"
    day = run(on.CountedCash(short, "a coin is missing", "K2"), day=day)
    assert why_not(day, on.CountedThings(199, 0, "a sheet is missing")) == "second"
    day = run(on.CountedThings(200, 0), day=day)
    assert day.difference == -100
    assert why_not(day, on.Closed(FLOAT, NOTHING)) == "deposit"
    stays = counts({1000: 5})
    deposit = short.minus(stays)
    assert deposit is not None
    assert run(on.Closed(stays, deposit, ("C-1",)), day=day).last_deposit == deposit


def test_nothing_happens_before_the_day_is_open_and_no_money_moves_once_it_is_counted() -> None:
    assert why_not(Day(), on.MoneyTaken(one_each([100]))) == "not-open"
    assert why_not(run(OPENED), OPENED) == "open"
    counted = run(OPENED, on.CountedCash(FLOAT))
    assert why_not(counted, on.MoneyTaken(one_each([100]))) == "counted"
    assert why_not(counted, on.Closed(FLOAT, NOTHING)) == "things"


@pytest.mark.parametrize("pieces", [((3, 1),), ((100, 0),), ((100, -1),), ((100, 1), (500, 1)), ((100, 1), (100, 1))])
def test_counts_are_of_notes_and_coins(pieces: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match=r"notes|denomination"):
        Counts(pieces)
    assert replace(Counts(), pieces=((100, 1),)).total == 100
