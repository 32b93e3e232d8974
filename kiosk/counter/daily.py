"""The clerk's day at the desk: what each deed writes into the book, and where it leads. Nothing is done before it
stands there; what does not add up is said and changes nothing."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.counter import scenes as at
from kiosk.counter.change import DeskStep, also, go, says, stay
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import NOTHING, change_for
from kiosk.counter.day.day import Day, NotRecorded, sheets_of
from kiosk.counter.day.nights import MOST_SHEETS, Count
from kiosk.counter.day.record import record
from kiosk.counter.desk import Desk
from kiosk.counter.effects import (
    PrintDeposit,
    PrintOwed,
    PrintSample,
    RefuseSheets,
    ShowSheets,
    TakeMoney,
    WriteDay,
)
from kiosk.counter.form import cleared, filled, money, whole
from kiosk.counter.resident import ResidentStage
from kiosk.counter.rules import DeskRules
from kiosk.counter.touches import Deed

TEXT_MOST = 200
AT_WORK = (ResidentStage.VISIT, ResidentStage.SHEETS, ResidentStage.LOOKS)


def written(desk: Desk, entry: on.Entry, then: at.DeskScene | None = None) -> DeskStep:
    """Writes an entry that adds up, and goes on; says why one does not."""
    after = record(desk.day, entry)
    if isinstance(after, NotRecorded):
        return stay(replace(desk, notice=after.why))
    return go(cleared(desk), then if then is not None else desk.scene, WriteDay(entry, desk.by))


def open_day(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The float by piece, and blank sheets."""
    drawer, sheets = money(desk), whole(desk.entered("sheets"), MOST_SHEETS)
    if drawer is None:
        return says(desk, "pieces")
    if sheets is None:
        return says(desk, "sheets")
    reason = desk.entered("reason").strip()[:TEXT_MOST]
    return counted(desk, on.Opened(desk.entered("date"), drawer, sheets, desk.day.overnight, reason))


def sample_print(desk: Desk, _rules: DeskRules) -> DeskStep:
    """A page marked 見本."""
    return stay(desk, PrintSample(desk.by)) if desk.day.is_open else says(desk, "not-open")


def sample_looked(good: bool) -> Callable[[Desk, DeskRules], DeskStep]:
    """Whether the test print is good."""
    return lambda desk, _rules: written(desk, on.TestLooked(good))


def begin_order(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The resident orders on their window, the clerk guides."""
    return go(cleared(desk), at.Guiding()) if desk.day.is_open else says(desk, "not-open")


def leave_order(desk: Desk, rules: DeskRules) -> DeskStep:
    """Back to the desk, unless the clerk still owes the resident something."""
    day = desk.day
    owes = "held" if day.held else "due" if day.due else "out" if rules.separate and desk.out else ""
    if owes:
        return says(desk, owes)
    return go(cleared(desk), at.Home(at.Tab.ORDER))


def take_money(desk: Desk, _rules: DeskRules) -> DeskStep:
    """What the resident gave, by piece."""
    pieces = money(desk)
    if pieces is None or not pieces:
        return says(desk, "pieces")
    if desk.asked is None:
        return says(desk, "not-asked")
    return stay(cleared(desk), TakeMoney(pieces))


def give_change(desk: Desk, _rules: DeskRules) -> DeskStep:
    """What the clerk hands over: as suggested, or as counted."""
    pieces = money(desk)
    if pieces is None:
        return says(desk, "pieces")
    suggested = change_for(desk.day.due, desk.day.drawer)
    if not pieces and suggested is not None:
        pieces = suggested
    return written(desk, on.PaidOut(pieces))


def ask_resident(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The resident is asked on their window whether the sheets are right."""
    if desk.resident.stage is not ResidentStage.SHEETS:
        return says(desk, "nothing")
    return stay(desk, ShowSheets(desk.resident.attempt))


def resident_gone(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Nobody is there any more: what is due to them stays in the drawer, owed under a number that is on a slip, and of
    sheets nobody says that they are right."""
    if desk.day.due:
        owed = on.Owed(desk.day.next_owed, desk.day.due)
        step = written(desk, on.Unclaimed(owed.number))
        return also(step, PrintOwed(owed, desk.by)) if step[1] else step
    if desk.resident.stage not in (ResidentStage.SHEETS, ResidentStage.LOOKS):
        return says(desk, "nothing")
    return stay(desk, RefuseSheets(desk.resident.attempt))


def hand_over(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The sheets go to the resident, who has said that they are right."""
    documents = tuple(each.document for each in desk.sheets_of_order if each.right)
    if not documents:
        return says(desk, "not-agreed")
    return written(desk, on.HandedOver(documents, by_hand=True), at.Home(at.Tab.ORDER))


def not_taken(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Sheets that the resident does not take are destroyed by two: those that are right only where no others are, and
    none while the resident is still asked about them."""
    if desk.resident.stage in (ResidentStage.SHEETS, ResidentStage.LOOKS):
        return says(desk, "not-agreed")
    lying = desk.sheets_of_order
    chosen = tuple(each for each in lying if not each.right) or lying
    if not chosen:
        return says(desk, "nothing")
    documents = tuple(each.document for each in chosen)
    return go(cleared(desk), at.BeforeTwo(at.DestroyNotTaken(documents, sheets_of(chosen))))


def add_sheets(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Blank sheets into the tray."""
    sheets = whole(desk.entered("sheets"), MOST_SHEETS)
    return says(desk, "sheets") if not sheets else written(desk, on.SheetsAdded(sheets))


def move_cash(desk: Desk, _rules: DeskRules) -> DeskStep:
    """From the safe into the drawer, or back."""
    pieces = money(desk)
    reasons = {each.value: each for each in on.CashReason}
    reason = reasons.get(desk.entered("reason"))
    if pieces is None or not pieces:
        return says(desk, "pieces")
    return says(desk, "which") if reason is None else written(desk, on.CashMoved(pieces, reason))


def take_in(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Something comes into custody."""
    kinds = {each.value: each for each in on.CustodyKind}
    kind, about = kinds.get(desk.entered("kind")), desk.entered("about").strip()
    if kind is None:
        return says(desk, "which")
    if not about or len(about) > TEXT_MOST:
        return says(desk, "about")
    return written(desk, on.TakenIn(on.Kept(desk.day.next_custody, kind, about)))


def begin_close(desk: Desk, _rules: DeskRules) -> DeskStep:
    """To the counting, once nothing is open any more."""
    if not desk.day.is_open:
        return go(cleared(desk), at.Closing(at.ClosingStep.THINGS)) if desk.day.cash else says(desk, "not-open")
    if desk.resident.stage in AT_WORK:
        return says(desk, "visit")
    ends = desk.day.open_ends()
    return says(desk, ends[0]) if ends else go(cleared(desk), at.Closing())


def count_cash(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The drawer as it was counted. Whoever is at work on the resident's window ends first: nothing is printed any
    more from here on."""
    if desk.resident.stage in AT_WORK:
        return says(desk, "visit")
    drawer = money(desk)
    if drawer is None:
        return says(desk, "pieces")
    return counted(desk, on.CountedCash(drawer, desk.entered("reason").strip()[:TEXT_MOST]))


def count_things(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Blank sheets and what is in custody, as counted."""
    sheets, custody = whole(desk.entered("sheets"), MOST_SHEETS), whole(desk.entered("custody"), 9999)
    if sheets is None or custody is None:
        return says(desk, "sheets" if sheets is None else "custody-count")
    return counted(desk, on.CountedThings(sheets, custody, desk.entered("reason").strip()[:TEXT_MOST]))


def counted(desk: Desk, entry: Count) -> DeskStep:
    """A count is written down, and the day goes on; one that differs is counted by a second person too."""
    if record(desk.day, entry) == NotRecorded("second"):
        return go(replace(desk, notice=""), at.BeforeTwo(at.CountDiffers(entry)))
    if isinstance(entry, on.Opened):
        return written(desk, entry, at.Home())
    if isinstance(entry, on.CountedCash):
        return written(desk, entry, at.Closing(at.ClosingStep.THINGS))
    step = written(desk, entry, at.Closing(at.ClosingStep.DEPOSIT))
    if not step[1] or desk.day.cash is None:
        return step
    # As much stays as the day began with, as far as these very pieces are there.
    stays = change_for(desk.day.opened_with.total, desk.day.cash.drawer) or NOTHING
    return cleared(step[0], filled(stays)), step[1]


def lost_case(desk: Desk, number: int) -> DeskStep:
    """A case that this terminal had when it stopped: whoever reads that begins it anew."""
    here = {each.aside for each in desk.held}
    there = any(each.number == number for each in desk.day.aside) and number not in here
    return written(desk, on.CaseBack(number, lost=True)) if there else stay(desk)


def close_day(desk: Desk, _rules: DeskRules) -> DeskStep:
    """What stays for tomorrow, the rest to the bank; on paper first. Who was expected and did not come is written
    before the last entry."""
    stays = money(desk)
    if stays is None or desk.day.cash is None:
        return says(desk, "pieces")
    deposit = desk.day.cash.drawer.minus(stays)
    if deposit is None:
        return says(desk, "drawer")
    outside = tuple(each.case.mark for each in desk.held if each.case.unsent and not each.aside)
    still_open = (*(each.mark for each in desk.day.aside), *outside)
    entry = on.Closed(stays, deposit, still_open)
    passed = tuple(on.AppointmentPassed(each.number) for each in desk.day.expected)
    closing, effects = written(replace(desk, day=_after(desk.day, passed)), entry, at.Home())
    before = replace(closing, day=desk.day)
    if not effects:
        return before, ()
    deposit_slip = PrintDeposit(desk.day, stays, deposit, still_open, desk.by)
    return before, (deposit_slip, *(WriteDay(each, desk.by) for each in passed), *effects)


def _after(day: Day, entries: tuple[on.AppointmentPassed, ...]) -> Day:
    for each in entries:
        after = record(day, each)
        day = day if isinstance(after, NotRecorded) else after
    return day


def back(desk: Desk, _rules: DeskRules) -> DeskStep:
    """One page back; what was typed there is dropped."""
    match desk.scene:
        case at.BeforeTwo(at.GiveOut()):
            return go(cleared(desk), at.Home(at.Tab.CUSTODY))
        case at.BeforeTwo(at.CountDiffers(on.Opened())):
            return go(desk, at.Home())
        case at.BeforeTwo(at.PayOwed()):
            return go(cleared(desk), at.Home(at.Tab.SUPPLIES))
        case at.BeforeTwo(at.CountDiffers(count)):
            cash = isinstance(count, on.CountedCash)
            return go(desk, at.Closing(at.ClosingStep.CASH if cash else at.ClosingStep.THINGS))
        case at.BeforeTwo():
            return go(cleared(desk), at.Guiding() if desk.out else at.Home(at.Tab.SUPPLIES))
        case _:
            return go(cleared(desk), at.Home())


_HOME = (at.Home,)
ROWS: dict[Deed, tuple[tuple[type, ...], Callable[[Desk, DeskRules], DeskStep]]] = {
    Deed.OPEN_DAY: (_HOME, open_day),
    Deed.TEST_PRINT: (_HOME, sample_print),
    Deed.TEST_GOOD: (_HOME, sample_looked(good=True)),
    Deed.TEST_BAD: (_HOME, sample_looked(good=False)),
    Deed.BEGIN_ORDER: (_HOME, begin_order),
    Deed.LEAVE_ORDER: ((at.Guiding,), leave_order),
    Deed.TAKE_MONEY: ((at.Guiding,), take_money),
    Deed.GIVE_CHANGE: ((at.Guiding,), give_change),
    Deed.ASK_RESIDENT: ((at.Guiding,), ask_resident),
    Deed.RESIDENT_GONE: ((at.Guiding,), resident_gone),
    Deed.HAND_OVER: ((at.Guiding,), hand_over),
    Deed.NOT_TAKEN: ((at.Guiding,), not_taken),
    Deed.ADD_SHEETS: (_HOME, add_sheets),
    Deed.MOVE_CASH: (_HOME, move_cash),
    Deed.TAKE_IN: (_HOME, take_in),
    Deed.BEGIN_CLOSE: (_HOME, begin_close),
    Deed.COUNT_CASH: ((at.Closing,), count_cash),
    Deed.COUNT_THINGS: ((at.Closing,), count_things),
    Deed.CLOSE_DAY: ((at.Closing,), close_day),
    Deed.BACK: ((at.BeforeTwo, at.Closing), back),
}
"""Where each deed is done, and how."""
