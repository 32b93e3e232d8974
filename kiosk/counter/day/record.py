"""An entry is written down only where it adds up with what stands there: `record(day, entry)` gives the next day, or
why not. Nothing is ever taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.counter.day import entries as on
from kiosk.counter.day.day import Day, Lying, NotRecorded, Stage, Unsettled, sheets_of
from kiosk.counter.day.nights import MOST_SHEETS, closed, counted_cash, counted_things, opened
from kiosk.counter.day.queue import appointed, appointment_off, appointment_passed, called, served, ticketed

Recorded = Day | NotRecorded


def record(day: Day, entry: on.Entry) -> Recorded:
    """The day with this entry, or why it can't be."""
    stages, how = _ROWS[type(entry)]
    if day.stage not in stages:
        return NotRecorded("not-open" if day.stage is Stage.NONE else "open" if Stage.NONE in stages else "counted")
    done = how(day, entry)
    before = 0 if isinstance(entry, on.Opened) else day.entries
    return done if isinstance(done, NotRecorded) else replace(done, entries=before + 1)


def _test_looked(day: Day, entry: on.TestLooked) -> Recorded:
    if not day.test_out:
        return NotRecorded("no-test")
    return replace(day, test_out=False, test_good=entry.good)


def _money_taken(day: Day, entry: on.MoneyTaken) -> Recorded:
    if not entry.pieces:
        return NotRecorded("nothing")
    if day.due:
        return NotRecorded("due")
    yen = entry.pieces.total
    return replace(day, drawer=day.drawer.plus(entry.pieces), held=day.held + yen, taken=day.taken + yen)


def _payout_ordered(day: Day, entry: on.PayoutOrdered) -> Recorded:
    if not 0 <= entry.yen <= day.held:
        return NotRecorded("held")
    return replace(
        day, held=day.held - entry.yen, due=day.due + entry.yen, payouts=day.payouts + 1, last_payout=entry.yen
    )


def _paid_out(day: Day, entry: on.PaidOut) -> Recorded:
    left = day.drawer.minus(entry.pieces)
    if left is None:
        return NotRecorded("drawer")
    if entry.pieces.total != day.due or not day.due:
        return NotRecorded("due")
    return replace(day, drawer=left, due=0, paid_out=day.paid_out + entry.pieces.total)


def _unclaimed(day: Day, entry: on.Unclaimed) -> Recorded:
    if not day.due:
        return NotRecorded("nothing")
    if entry.number != day.next_owed:
        return NotRecorded("number")
    owed = (*day.owed, on.Owed(entry.number, day.due))
    return replace(day, due=0, owed=owed, next_owed=day.next_owed + 1)


def _claimed(day: Day, entry: on.Claimed) -> Recorded:
    if not entry.second:
        return NotRecorded("second")
    found = next((each for each in day.owed if each.number == entry.number), None)
    left = day.drawer.minus(entry.pieces)
    if found is None or left is None:
        return NotRecorded("number" if found is None else "drawer")
    if entry.pieces.total != found.yen:
        return NotRecorded("due")
    others = tuple(each for each in day.owed if each is not found)
    return replace(day, drawer=left, owed=others, claimed=day.claimed + found.yen)


def _fee_kept(day: Day, entry: on.FeeKept) -> Recorded:
    if not 0 <= entry.yen <= day.held:
        return NotRecorded("held")
    return replace(day, held=day.held - entry.yen, fees=day.fees + entry.yen)


def _cash_moved(day: Day, entry: on.CashMoved) -> Recorded:
    if not entry.pieces:
        return NotRecorded("nothing")
    if entry.reason is on.CashReason.REFILL:
        return replace(day, drawer=day.drawer.plus(entry.pieces), moved=day.moved + entry.pieces.total)
    left = day.drawer.minus(entry.pieces)
    if left is None:
        return NotRecorded("drawer")
    return replace(day, drawer=left, moved=day.moved - entry.pieces.total)


def _sheets_added(day: Day, entry: on.SheetsAdded) -> Recorded:
    if not 0 < entry.sheets <= MOST_SHEETS:
        return NotRecorded("sheets")
    return replace(day, blank=day.blank + entry.sheets, sheets_added=day.sheets_added + entry.sheets)


def _print_begun(day: Day, entry: on.PrintBegun) -> Recorded:
    if not 0 < entry.sheets <= MOST_SHEETS or any(each.document == entry.document for each in day.unsettled):
        return NotRecorded("sheets")
    return replace(day, unsettled=(*day.unsettled, Unsettled(entry.document, entry.sheets, ordered=entry.ordered)))


def _print_settled(day: Day, entry: on.PrintSettled) -> Recorded:
    found = _unsettled(day, entry.document)
    if found is None:
        return NotRecorded("document")
    others = tuple(each for each in day.unsettled if each is not found)
    if entry.whole:
        # What the device says came out was there, whatever was thought to be in the tray.
        used = replace(day, unsettled=others, blank=day.blank - found.sheets)
        if entry.document == on.SAMPLE:
            return replace(used, tests=day.tests + found.sheets, test_out=True, test_good=False)
        return replace(used, lying=_lying_too(day, found))
    if entry.unfed:
        return replace(day, unsettled=others)
    return replace(day, unsettled=(*others, replace(found, failed=True)))


def _lying_too(day: Day, out: Unsettled) -> tuple[Lying, ...]:
    before = sum(each.sheets for each in day.lying if each.document == out.document)
    others = tuple(each for each in day.lying if each.document != out.document)
    return (*others, Lying(out.document, before + out.sheets, ordered=out.ordered))


def _found_right(day: Day, entry: on.FoundRight) -> Recorded:
    if _without(day, entry.documents) is None:
        return NotRecorded("out")
    lying = (replace(each, right=True) if each.document in entry.documents else each for each in day.lying)
    return replace(day, lying=tuple(lying))


def _handed_over(day: Day, entry: on.HandedOver) -> Recorded:
    left = _without(day, entry.documents)
    if left is None:
        return NotRecorded("out")
    if entry.by_hand and any(each.ordered and not each.right for each in day.lying if each not in left):
        return NotRecorded("not-agreed")
    return replace(day, lying=left, handed=day.handed + day.out - sheets_of(left))


def _without(day: Day, documents: tuple[str, ...]) -> tuple[Lying, ...] | None:
    """What lies there besides these; None where not each of them does."""
    there = {each.document for each in day.lying}
    if not documents or not there.issuperset(documents):
        return None
    return tuple(each for each in day.lying if each.document not in documents)


def _destroyed(day: Day, entry: on.Destroyed) -> Recorded:
    if not entry.second:
        return NotRecorded("second")
    found = _unsettled(day, entry.document)
    if found is None:
        return NotRecorded("document")
    if not found.failed:
        return NotRecorded("printing")
    if not 0 <= entry.sheets <= found.sheets:
        return NotRecorded("sheets")
    others = tuple(each for each in day.unsettled if each is not found)
    return replace(day, unsettled=others, blank=day.blank - entry.sheets, destroyed=day.destroyed + entry.sheets)


def _not_taken(day: Day, entry: on.NotTaken) -> Recorded:
    if not entry.second:
        return NotRecorded("second")
    left = _without(day, entry.documents)
    if left is None:
        return NotRecorded("out")
    return replace(day, lying=left, destroyed=day.destroyed + day.out - sheets_of(left))


def _taken_in(day: Day, entry: on.TakenIn) -> Recorded:
    if entry.kept.number != day.next_custody:
        return NotRecorded("number")
    # What was counted before it came is counted again.
    return replace(day, custody=(*day.custody, entry.kept), next_custody=day.next_custody + 1, things=None)


def _given_out(day: Day, entry: on.GivenOut) -> Recorded:
    if not entry.second:
        return NotRecorded("second")
    others = tuple(each for each in day.custody if each.number != entry.number)
    return NotRecorded("number") if len(others) == len(day.custody) else replace(day, custody=others)


def _case_aside(day: Day, entry: on.CaseAside) -> Recorded:
    if entry.number != day.next_aside:
        return NotRecorded("number")
    return replace(day, aside=(*day.aside, entry), next_aside=day.next_aside + 1)


def _case_back(day: Day, entry: on.CaseBack) -> Recorded:
    others = tuple(each for each in day.aside if each.number != entry.number)
    return NotRecorded("number") if len(others) == len(day.aside) else replace(day, aside=others)


def _unsettled(day: Day, document: str) -> Unsettled | None:
    return next((each for each in day.unsettled if each.document == document), None)


_OPEN, _COUNTED, _ANY = (Stage.OPEN,), (Stage.COUNTED,), (Stage.OPEN, Stage.COUNTED)

_ROWS: dict[type, tuple[tuple[Stage, ...], Callable[[Day, Any], Recorded]]] = {
    on.Opened: ((Stage.NONE,), opened),
    on.TestLooked: (_OPEN, _test_looked),
    on.Ticketed: (_OPEN, ticketed),
    on.Called: (_OPEN, called),
    on.Served: (_OPEN, served),
    on.Appointed: (_OPEN, appointed),
    on.AppointmentOff: (_OPEN, appointment_off),
    on.AppointmentPassed: (_COUNTED, appointment_passed),
    on.MoneyTaken: (_OPEN, _money_taken),
    on.PayoutOrdered: (_OPEN, _payout_ordered),
    on.PaidOut: (_OPEN, _paid_out),
    on.Unclaimed: (_OPEN, _unclaimed),
    on.Claimed: (_OPEN, _claimed),
    on.FeeKept: (_OPEN, _fee_kept),
    on.CashMoved: (_OPEN, _cash_moved),
    on.SheetsAdded: (_OPEN, _sheets_added),
    on.PrintBegun: (_OPEN, _print_begun),
    on.PrintSettled: (_ANY, _print_settled),
    on.FoundRight: (_OPEN, _found_right),
    on.HandedOver: (_OPEN, _handed_over),
    on.Destroyed: (_OPEN, _destroyed),
    on.NotTaken: (_OPEN, _not_taken),
    on.TakenIn: (_ANY, _taken_in),
    on.GivenOut: (_OPEN, _given_out),
    on.CaseAside: (_ANY, _case_aside),
    on.CaseBack: (_ANY, _case_back),
    on.CountedCash: (_OPEN, counted_cash),
    on.CountedThings: (_COUNTED, counted_things),
    on.Closed: (_COUNTED, closed),
}
"""In which stages each entry may stand, and what it does."""
