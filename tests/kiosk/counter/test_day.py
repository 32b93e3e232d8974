"""The account of a clerk's day: whatever happens, in whatever order, every yen, sheet and paper is accounted for."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import DENOMINATIONS, NOTHING, Counts, change_for, counts, one_each
from kiosk.counter.day.day import Day, NotRecorded, Stage
from kiosk.counter.day.entries import CashReason, CustodyKind, Entry, Kept, Service, Whither
from kiosk.counter.day.record import record
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
SERVICES = st.sampled_from(Service)
TIMES = st.sampled_from(["09:00", "10:30"])
SECONDS = st.sampled_from(["", "K2"])
ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    st.builds(on.Opened, st.just("2026-11-30"), PIECES, st.integers(0, 40)),
    st.builds(on.Unclaimed, st.integers(1, 3)),
    st.builds(on.Claimed, st.integers(1, 3), PIECES, SECONDS),
    st.builds(on.FoundRight, st.lists(DOCUMENTS, max_size=2).map(tuple)),
    st.builds(on.TestLooked, st.booleans()),
    st.builds(on.Ticketed, NUMBERS, SERVICES, st.integers(0, 3)),
    st.builds(on.Called, NUMBERS, TIMES, st.sampled_from([None, *on.TurnReason])),
    st.builds(
        on.Appointed,
        st.builds(on.Appointment, NUMBERS, st.sampled_from(["2026-11-30", "2026-12-02"]), TIMES, SERVICES),
    ),
    st.builds(on.AppointmentOff, NUMBERS),
    st.builds(on.AppointmentPassed, NUMBERS),
    st.builds(on.Served, NUMBERS, st.booleans()),
    st.builds(on.MoneyTaken, PIECES),
    st.builds(on.PayoutOrdered, st.sampled_from([0, 10, 100, 200, 500, 1000])),
    st.builds(on.PaidOut, PIECES),
    st.builds(on.FeeKept, st.sampled_from([0, 200, 300, 1000])),
    st.builds(on.CashMoved, PIECES, st.sampled_from(CashReason)),
    st.builds(on.SheetsAdded, SHEETS),
    st.builds(on.PrintBegun, DOCUMENTS, SHEETS, st.booleans()),
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
        self.drawer_yen = self.taken = self.paid = self.fees = self.claimed = 0
        self.ordered: set[str] = set()
        self.right: set[str] = set()
        self.put_in = self.printed = self.handed = self.destroyed = 0
        self.at_printer: dict[str, int] = {}
        self.lying: dict[str, int] = {}
        self.custody: set[int] = set()

    def sees(self, entry: Entry) -> None:  # noqa: C901 - a table
        match entry:
            case on.Opened(_, drawer, sheets):
                self.__init__()  # type: ignore[misc]
                self.drawer_yen, self.put_in = drawer.total, sheets
            case on.MoneyTaken(pieces):
                self.drawer_yen += pieces.total
                self.taken += pieces.total
            case on.PaidOut(pieces):
                self.drawer_yen -= pieces.total
                self.paid += pieces.total
            case on.Claimed(_, pieces):
                self.drawer_yen -= pieces.total
                self.claimed += pieces.total
            case on.FeeKept(yen):
                self.fees += yen
            case on.CashMoved(pieces, reason):
                self.drawer_yen += pieces.total if reason is CashReason.REFILL else -pieces.total
            case on.SheetsAdded(sheets):
                self.put_in += sheets
            case on.PrintBegun(document, sheets, ordered):
                self.at_printer[document] = sheets
                self.ordered.discard(document)
                self.right.discard(document)
                if ordered:
                    self.ordered.add(document)
            case on.FoundRight(documents):
                self.right |= set(documents)
            case on.PrintSettled(document, True, _):
                sheets = self.at_printer.pop(document)
                self.printed += sheets
                if document != on.SAMPLE:
                    self.lying[document] = self.lying.get(document, 0) + sheets
            case on.PrintSettled(document, False, True):
                self.at_printer.pop(document)
            case on.HandedOver(documents, by_hand):
                assert not by_hand or set(documents) & self.ordered <= self.right
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
        owed = sum(each.yen for each in day.owed)
        assert day.drawer.total == ledger.drawer_yen
        assert ledger.taken + ledger.claimed == day.fees + day.held + day.due + day.paid_out + owed + day.claimed
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


class Nights:
    """What an accountant of the whole office would write, who sees the drawer, the tray and the bank over many days."""

    def __init__(self) -> None:
        self.yen = self.sheets = self.unexplained_yen = self.unexplained_sheets = 0
        self.banked = self.gone = 0

    def sees(self, before: Day, entry: Entry, after: Day) -> None:
        match entry:
            case on.Opened(_, drawer, sheets):
                self.unexplained_yen += drawer.total - self.yen
                self.unexplained_sheets += sheets - self.sheets
                self.yen, self.sheets = drawer.total, sheets
            case on.CountedCash(drawer):
                self.unexplained_yen += drawer.total - before.drawer.total
                self.yen = drawer.total
            case on.CountedThings(sheets):
                self.unexplained_sheets += sheets - self.sheets
                self.sheets = sheets
            case on.Closed(stays, deposit):
                self.banked += deposit.total
                self.yen -= deposit.total
                assert (after.overnight.drawer, after.overnight.sheets) == (stays, self.sheets)
            case _:
                self.yen += after.drawer.total - before.drawer.total
                self.sheets += after.blank - before.blank


def closing(day: Day, data: st.DataObject) -> list[Entry]:
    """Somebody sees to all that keeps the day from being closed, counts right or wrong, and closes."""
    entries: list[Entry] = []
    if day.held:
        entries.append(on.PayoutOrdered(day.held))
    if day.held or day.due:
        entries.append(on.Unclaimed(day.next_owed))
    lying = tuple(each.document for each in day.lying)
    entries += [on.NotTaken(lying, "K2")] if lying else []
    for each in day.unsettled:
        entries += [] if each.failed else [on.PrintSettled(each.document, whole=False)]
        entries.append(on.Destroyed(each.document, 0, "K2"))
    entries += [on.TestLooked(good=True)] if day.test_out else []
    entries += [on.Served(day.called.number)] if day.called is not None else []
    counted = data.draw(st.one_of(st.just(day.drawer), PIECES))
    sheets = data.draw(st.sampled_from([day.blank, 7]))
    stays = data.draw(st.sampled_from([counted, NOTHING]))
    deposit = counted.minus(stays)
    assert deposit is not None
    return [
        *entries,
        on.CountedCash(counted, "miscounted", "K2"),
        on.CountedThings(max(sheets, 0), len(day.custody), "miscounted", "K2"),
        *(on.AppointmentPassed(each.number) for each in day.expected),
        on.Closed(stays, deposit),
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_over_several_days_and_nights_every_yen_and_sheet_is_accounted_for(data: st.DataObject) -> None:
    day, nights = Day(), Nights()
    explained = [0, 0]
    for number in range(1, 4):
        drawer = data.draw(st.sampled_from([day.overnight.drawer or FLOAT, FLOAT]))
        sheets = data.draw(st.sampled_from([day.overnight.sheets or 50, 50]))
        opening = on.Opened(f"2026-12-0{number}", drawer, sheets, day.overnight)
        happenings = data.draw(st.lists(ENTRIES.filter(lambda each: not isinstance(each, on.CountedCash)), max_size=15))
        of_the_day: list[Entry] = []
        before = day
        for entry in (opening, replace(opening, reason="counted twice", second="K2"), *happenings):
            after = record(day, entry)
            if isinstance(after, NotRecorded):
                continue
            nights.sees(day, entry, after)
            of_the_day.append(entry)
            day = after
        if number > 1 and day.appeared != (0, 0):
            assert day.opening is not None
            assert day.opening.second
        if number > 1:
            explained = [explained[0] + day.appeared[0], explained[1] + day.appeared[1]]
        else:
            explained = [drawer.total, sheets]
        assert day.opening is not None
        assert day.opening.before == before.overnight
        for entry in closing(day, data):
            after = record(day, entry)
            assert isinstance(after, Day), (entry, after)
            nights.sees(day, entry, after)
            of_the_day.append(entry)
            if isinstance(entry, on.CountedCash):
                explained[0] += after.difference
            if isinstance(entry, on.CountedThings):
                explained[1] += entry.sheets - day.blank
            day = after
        # A restart reads the day again from its own entries alone, and comes to the same.
        assert run(*of_the_day) == day
        assert (nights.unexplained_yen, nights.unexplained_sheets) == tuple(explained)
        assert (nights.yen, nights.sheets) == ((day.overnight.drawer or NOTHING).total, day.overnight.sheets)


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


def test_i7_sheets_of_an_order_go_into_the_resident_s_hand_only_once_they_said_that_they_are_right() -> None:
    day = run(OPENED, on.PrintBegun(SHEET, 2, ordered=True), on.PrintSettled(SHEET, whole=True))
    by_hand = on.HandedOver((SHEET,), by_hand=True)
    assert why_not(day, by_hand) == "not-agreed"
    assert why_not(day, on.FoundRight(("anything",))) == "out"
    assert run(on.FoundRight((SHEET,)), by_hand, day=day).handed == 2
    # From the tray, and at the end of a case, nobody is asked.
    assert run(on.HandedOver((SHEET,), by_hand=False), day=day).handed == 2
    of_case = run(OPENED, on.PrintBegun(SHEET, 2), on.PrintSettled(SHEET, whole=True))
    assert run(by_hand, day=of_case).handed == 2


def test_numbers_are_given_called_and_served_in_turn() -> None:
    day = run(OPENED, on.Ticketed(1, Service.CERTIFICATE), on.Ticketed(2, Service.X509_PIN))
    assert why_not(day, on.Ticketed(2, Service.OTHER)) == "number"
    assert why_not(day, on.Called(2, "09:10")) == "turn"
    day = run(on.Called(2, "09:10", on.TurnReason.CANNOT_WAIT), day=day)
    assert why_not(day, on.Called(1, "09:11")) == "called"
    assert why_not(day, on.Served(1)) == "number"
    day = run(on.Served(2), on.Called(1, "09:20"), on.Served(1, came=False), day=day)
    assert not day.waiting
    assert why_not(day, on.Called(1, "09:21")) == "number"


def appointment(number: int, day: str, at: str, service: Service = Service.X509_PIN) -> on.Appointed:
    return on.Appointed(on.Appointment(number, day, at, service))


def test_an_appointment_goes_first_once_its_time_has_come_and_not_before() -> None:
    day = run(OPENED, appointment(1, "2026-11-30", "10:30"), appointment(2, "2026-11-30", "10:15"))
    assert [each.number for each in day.appointments] == [2, 1]
    day = run(on.Ticketed(1, Service.X509_PIN, appointment=1), on.Ticketed(2, Service.CERTIFICATE), day=day)
    day = run(on.Ticketed(3, Service.X509_PIN, appointment=2), on.Ticketed(4, Service.OTHER), day=day)
    assert day.appointments == ()
    order = [(now, turn.number) for now in ("10:00", "10:15", "10:30") if (turn := day.turn(now)) is not None]
    assert order == [("10:00", 2), ("10:15", 3), ("10:30", 3)]
    assert why_not(day, on.Called(3, "10:14")) == "turn"
    day = run(on.Called(3, "10:15"), on.Served(3), on.Called(1, "10:30"), on.Served(1), day=day)
    day = run(on.Called(2, "10:31"), on.Served(2), on.Called(4, "10:40"), on.Served(4), day=day)
    assert not day.waiting
    # Nobody else waits: whoever came early need not wait for the clock.
    early = run(OPENED, appointment(1, "2026-11-30", "10:30"), on.Ticketed(1, Service.X509_PIN, appointment=1))
    assert isinstance(record(early, on.Called(1, "09:10")), Day)


def test_an_appointment_is_for_today_or_later_and_is_kept_over_the_nights() -> None:
    assert why_not(run(OPENED), appointment(1, "2026-11-29", "10:00")) == "day"
    assert why_not(run(OPENED), appointment(1, "2026-11-31", "10:00")) == "day"
    assert why_not(run(OPENED), appointment(2, "2026-12-01", "10:00")) == "number"
    day = run(OPENED, appointment(1, "2026-11-30", "16:00"), appointment(2, "2026-12-02", "10:00"))
    day = run(appointment(3, "2026-12-01", "11:00"), on.AppointmentOff(3), day=day)
    assert why_not(day, on.Ticketed(1, Service.X509_PIN, appointment=2)) == "appointment"
    assert why_not(day, on.AppointmentOff(3)) == "appointment"
    assert why_not(day, on.AppointmentPassed(1)) == "counted"
    day = run(on.CountedCash(FLOAT), on.CountedThings(200, 0), day=day)
    # Whoever was expected on that day did not come, which stands in the book; of later days nothing is said yet.
    assert why_not(day, on.Closed(FLOAT, NOTHING)) == "appointment"
    assert why_not(day, on.AppointmentPassed(2)) == "appointment"
    day = run(on.AppointmentPassed(1), on.Closed(FLOAT, NOTHING), day=day)
    assert [each.number for each in day.overnight.appointments] == [2]
    day = run(on.Opened("2026-12-02", FLOAT, 200, day.overnight), day=day)
    assert why_not(day, appointment(3, "2026-12-02", "12:00")) == "number"
    day = run(on.Ticketed(1, Service.X509_PIN, appointment=2), appointment(4, "2026-12-02", "12:00"), day=day)
    assert [(each.number, each.at) for each in day.waiting] == [(1, "10:00")]


def test_what_is_in_custody_stays_on_the_list_over_the_night() -> None:
    day = run(OPENED, on.TakenIn(Kept(1, CustodyKind.SEALED_PIN_FORM, "C-1")))
    day = run(on.TakenIn(Kept(2, CustodyKind.RETURNED_CARD, "C-2")), on.CountedCash(FLOAT), day=day)
    assert why_not(day, on.CountedThings(200, 1)) == "reason"
    day = run(on.CountedThings(200, 2), on.Closed(FLOAT, NOTHING), day=day)
    assert day.stage is Stage.NONE
    assert why_not(day, on.Opened("2026-12-01", FLOAT, 200)) == "before"
    day = run(on.Opened("2026-12-01", FLOAT, 200, day.overnight), day=day)
    assert why_not(day, on.GivenOut(1, Whither.MUNICIPALITY, "")) == "second"
    day = run(on.GivenOut(1, Whither.MUNICIPALITY, "K2"), day=day)
    assert [each.number for each in day.custody] == [2]
    assert why_not(day, on.TakenIn(Kept(1, CustodyKind.RETURNED_CARD, "C-3"))) == "number"


def test_what_comes_into_custody_after_the_count_is_counted_again() -> None:
    day = run(OPENED, on.CountedCash(FLOAT), on.CountedThings(200, 0))
    day = run(on.TakenIn(Kept(1, CustodyKind.SEALED_PIN_FORM, "C-1")), day=day)
    assert why_not(day, on.Closed(FLOAT, NOTHING)) == "things"
    day = run(on.CountedThings(200, 1), on.Closed(FLOAT, NOTHING), day=day)
    assert [each.about for each in day.overnight.custody] == ["C-1"]


def test_float_and_sheets_that_differ_from_what_was_left_want_a_reason_and_two_who_counted() -> None:
    night = run(OPENED, on.CountedCash(FLOAT), on.CountedThings(200, 0), on.Closed(FLOAT, NOTHING))
    short = FLOAT.minus(counts({1000: 3, 500: 2}))
    assert short is not None
    opening = on.Opened("2026-12-01", short, 200, night.overnight)
    assert why_not(night, opening) == "reason"
    assert why_not(night, replace(opening, reason="it is gone")) == "second"
    day = run(replace(opening, reason="it is gone", second="K2"), day=night)
    assert day.appeared == (-4_000, 0)
    assert why_not(night, on.Opened("2026-12-01", FLOAT, 199, night.overnight)) == "reason"
    fewer = run(on.Opened("2026-12-01", FLOAT, 199, night.overnight, "one is torn", "K2"), day=night)
    assert fewer.appeared == (0, -1)
    # The same sum in other pieces is no difference, as at the close.
    other = counts({5000: 2, 500: 10, 100: 30, 50: 10, 10: 50})
    assert run(on.Opened("2026-12-01", other, 200, night.overnight), day=night).appeared == (0, 0)
    # Before the very first day there is nothing to differ from.
    assert run(OPENED).appeared == (0, 0)


def test_i7_what_can_not_be_given_back_is_owed_over_the_night_until_two_have_given_it() -> None:
    day = run(OPENED, on.MoneyTaken(one_each([500])), on.PayoutOrdered(500))
    assert why_not(day, on.Unclaimed(2)) == "number"
    day = run(on.Unclaimed(1), day=day)
    assert (day.due, day.owed, day.drawer.total) == (0, (on.Owed(1, 500),), FLOAT.total + 500)
    assert day.open_ends() == ()
    assert why_not(day, on.Unclaimed(2)) == "nothing"
    stays = day.drawer
    day = run(on.CountedCash(stays), on.CountedThings(200, 0), on.Closed(stays, NOTHING), day=day)
    day = run(on.Opened("2026-12-01", stays, 200, day.overnight), day=day)
    assert why_not(day, on.Claimed(1, counts({500: 1}), "")) == "second"
    assert why_not(day, on.Claimed(1, counts({100: 4}), "K2")) == "due"
    assert why_not(day, on.Claimed(2, counts({500: 1}), "K2")) == "number"
    day = run(on.Claimed(1, counts({500: 1}), "K2"), day=day)
    assert (day.owed, day.claimed, day.drawer.total) == ((), 500, FLOAT.total)
    assert day.next_owed == 2


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
