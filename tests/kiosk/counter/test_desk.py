"""The clerk's desk: who may see it, and how cases are opened, put aside, taken up and closed."""

import pytest

from kiosk.counter import scenes as at
from kiosk.counter.case import FieldTyped, Resumed
from kiosk.counter.day.counts import NOTHING
from kiosk.counter.day.day import Day, NotRecorded
from kiosk.counter.day.entries import (
    Appointed,
    Appointment,
    AppointmentPassed,
    Closed,
    CountedCash,
    CountedThings,
    Entry,
    HandedOver,
    Opened,
    PrintBegun,
    PrintSettled,
    Service,
    TakenIn,
)
from kiosk.counter.day.record import record
from kiosk.counter.desk import Desk
from kiosk.counter.effects import (
    DeskTimer,
    EraseCase,
    FreeTerminal,
    KeepSession,
    LockSession,
    SignInByCard,
    SignInByPassword,
    SignOut,
    TakeTerminal,
    WriteDay,
)
from kiosk.counter.events import DayMoved, NotSignedIn, ResidentTouched, SessionEnded, SignedIn
from kiosk.counter.kinds import CaseKind
from kiosk.counter.resident import ResidentStage
from kiosk.counter.rules import DeskRules
from kiosk.counter.scenes import SignInProblem, SignInWay
from kiosk.counter.touches import (
    CaseChosen,
    CaseTakenUp,
    Deed,
    DeskKey,
    DeskPressed,
    DocumentChosen,
    Done,
    SecretTyped,
    TabChosen,
    WayChosen,
)
from kiosk.flow.touches import PinTyped
from tests.kiosk.counter.desk_walk import AKI, BEN, Busy, DeskWalk, Finished, Sealed, Work

LOCK, HOLD, SIGN_IN = (DeskPressed(key) for key in (DeskKey.LOCK, DeskKey.HOLD, DeskKey.SIGN_IN))
BEGIN = CaseChosen(CaseKind.X509_PIN)


def at_work() -> DeskWalk:
    return DeskWalk().go(DayMoved(OPENED)).sees(ResidentStage.FREE).signs_in()


def test_no_case_begins_outside_an_open_day() -> None:
    walk = DeskWalk().sees(ResidentStage.FREE).signs_in().go(TabChosen(at.Tab.CASES), BEGIN)
    assert (walk.desk.scene, walk.desk.notice, walk.desk.case) == (at.Home(at.Tab.CASES), "not-open", None)
    walk.go(DayMoved(OPENED), BEGIN)
    assert walk.desk.scene == at.AwaitTerminal(CaseKind.X509_PIN)


def in_case() -> DeskWalk:
    return at_work().go(BEGIN).sees(ResidentStage.COUNTER)


def test_a_password_and_a_code_go_to_the_server_once_all_is_there() -> None:
    walk = DeskWalk().go(FieldTyped("mark", " K0127 "), SecretTyped(9), SIGN_IN)
    assert not walk.effects
    walk.go(FieldTyped("code", "123456"), SIGN_IN, SIGN_IN)
    assert walk.effects == [SignInByPassword(1, "K0127", "123456")]


def test_nothing_typed_for_one_way_is_kept_for_the_other() -> None:
    walk = DeskWalk().go(FieldTyped("mark", "K0127"), SecretTyped(9), WayChosen(SignInWay.CARD))
    assert walk.desk.scene == at.SignIn(way=SignInWay.CARD, round=1)
    walk.go(SIGN_IN)
    assert not walk.wanted(SignInByCard)
    walk.go(SecretTyped(4), SIGN_IN)
    assert walk.wanted(SignInByCard)


def test_who_is_refused_begins_anew_and_is_not_told_which_part_was_wrong() -> None:
    walk = DeskWalk().go(FieldTyped("mark", "K0127"), SecretTyped(9), FieldTyped("code", "123456"), SIGN_IN)
    walk.go(NotSignedIn(1, SignInProblem.REFUSED))
    assert walk.desk.scene == at.SignIn(mark="K0127", problem=SignInProblem.REFUSED, round=1)
    assert walk.desk.staff is None


@pytest.mark.parametrize("attempt", [0, 2])
def test_a_late_answer_of_another_attempt_signs_nobody_in(attempt: int) -> None:
    walk = DeskWalk().go(FieldTyped("mark", "K0127"), SecretTyped(9), FieldTyped("code", "123456"), SIGN_IN)
    walk.go(SignedIn(attempt, AKI))
    assert walk.desk.staff is None


def test_nobody_does_anything_before_signing_in() -> None:
    walk = DeskWalk().sees(ResidentStage.FREE).go(BEGIN, TabChosen(at.Tab.CASES), LOCK, CaseTakenUp(1))
    assert isinstance(walk.desk.scene, at.SignIn)
    assert not walk.wanted(TakeTerminal)


def test_the_desk_locks_itself_when_neither_window_is_touched() -> None:
    walk = at_work()
    walk.fires(DeskTimer.UNTOUCHED)
    assert isinstance(walk.desk.scene, at.SignIn)
    assert walk.desk.staff == AKI
    assert walk.wanted(LockSession)
    assert dict(walk.desk.armed) == {}


@pytest.mark.parametrize(
    "touch", [TabChosen(at.Tab.CASES), PinTyped(1), FieldTyped("a", "b"), ResidentTouched()], ids=repr
)
def test_every_touch_on_either_window_gives_the_time_anew(touch: PinTyped | ResidentTouched) -> None:
    walk = at_work()
    before = dict(walk.desk.armed)[DeskTimer.UNTOUCHED]
    assert dict(walk.go(touch).desk.armed)[DeskTimer.UNTOUCHED] != before


def test_the_server_hears_now_and_then_that_somebody_is_at_work() -> None:
    walk = at_work().fires(DeskTimer.KEEP)
    assert walk.wanted(KeepSession)
    assert DeskTimer.KEEP in dict(walk.desk.armed)


def test_a_session_that_the_server_ended_locks_the_desk_and_says_so() -> None:
    walk = in_case().go(SessionEnded())
    assert walk.desk.scene == at.SignIn(problem=SignInProblem.ENDED, round=1)
    walk.signs_in()
    assert isinstance(walk.desk.scene, at.InCase)


def test_a_case_begins_once_the_terminal_is_had() -> None:
    walk = at_work().go(BEGIN)
    assert walk.desk.scene == at.AwaitTerminal(CaseKind.X509_PIN)
    assert walk.desk.case is None
    walk.sees(ResidentStage.COUNTER)
    assert isinstance(walk.desk.scene, at.InCase)
    assert walk.wanted(Work) == [Work(1)]
    assert walk.desk.shows_resident


def test_a_case_waits_for_the_resident_who_is_still_there() -> None:
    walk = at_work().sees(ResidentStage.VISIT).go(BEGIN)
    walk.sees(ResidentStage.DONE)
    assert len(walk.wanted(TakeTerminal)) == 1
    walk.sees(ResidentStage.FREE)
    assert len(walk.wanted(TakeTerminal)) == 2


def test_a_terminal_that_comes_too_late_goes_back() -> None:
    walk = at_work().sees(ResidentStage.VISIT).go(BEGIN, DeskPressed(DeskKey.DISMISS))
    assert isinstance(walk.desk.scene, at.Home)
    walk.sees(ResidentStage.COUNTER)
    assert walk.wanted(FreeTerminal)
    assert walk.desk.case is None


def test_a_kind_that_nobody_handles_is_not_opened() -> None:
    walk = at_work().go(CaseChosen(CaseKind.CARD_APPLICATION)).sees(ResidentStage.COUNTER)
    assert walk.desk.case is None
    assert walk.wanted(FreeTerminal)


def test_what_is_typed_in_either_window_goes_to_the_case() -> None:
    walk = in_case().go(FieldTyped("phone", "090"), PinTyped(2))
    assert walk.small.heard == (FieldTyped("phone", "090"), PinTyped(2))


def test_a_case_that_is_over_is_erased_and_the_terminal_goes_back() -> None:
    walk = in_case().go(Finished())
    assert walk.desk.case is None
    assert walk.wanted(EraseCase) == [EraseCase(1)]
    assert walk.wanted(FreeTerminal)
    assert DeskTimer.CASE not in dict(walk.desk.armed)


def test_a_case_is_put_aside_and_taken_up_again_by_somebody_else() -> None:
    walk = in_case().go(FieldTyped("phone", "090"), HOLD)
    assert [each.by for each in walk.desk.held] == [AKI.mark]
    assert not walk.desk.shows_resident
    walk.go(DeskPressed(DeskKey.SIGN_OUT)).signs_in(BEN).sees(ResidentStage.FREE)
    walk.go(CaseTakenUp(1)).sees(ResidentStage.COUNTER)
    assert walk.small.heard == (FieldTyped("phone", "090"), Resumed(BEN))
    assert walk.desk.case is not None
    assert walk.desk.case.by == BEN.mark
    assert not walk.wanted(EraseCase)


def test_a_case_that_can_t_be_left_alone_is_not_put_aside() -> None:
    walk = in_case().go(Busy(), HOLD)
    assert walk.desk.case is not None
    assert not walk.wanted(FreeTerminal)


@pytest.mark.parametrize("is_open", [True, False])
def test_what_a_case_gives_into_custody_comes_onto_the_list_one_after_the_other(is_open: bool) -> None:
    opened = record(Day(), Opened("2026-11-30", NOTHING, 10))
    assert isinstance(opened, Day)
    walk = in_case().go(DayMoved(opened if is_open else Day())).go(Sealed())
    day: Day | NotRecorded = opened
    if not is_open:
        walk.go(DayMoved(opened))
    for number in (1, 2):
        (*_, last) = walk.wanted(WriteDay)
        assert isinstance(last, WriteDay)
        assert isinstance(last.entry, TakenIn)
        assert last.entry.kept.number == number
        assert isinstance(day, Day)
        day = record(day, last.entry)
        assert isinstance(day, Day)
        walk.go(DayMoved(day))
    assert len(walk.wanted(WriteDay)) == 2
    assert walk.desk.unlisted == ()


def test_behind_the_lock_the_resident_sees_nothing_of_the_case_and_the_case_still_hears() -> None:
    walk = in_case().go(LOCK)
    assert not walk.desk.shows_resident
    walk.go(FieldTyped("phone", "090"), PinTyped(1))
    walk.go(Busy())
    assert walk.small.heard == (Busy(),)


def test_whoever_takes_over_a_locked_desk_finds_the_case_put_aside() -> None:
    walk = in_case().go(LOCK).signs_in(BEN)
    assert isinstance(walk.desk.scene, at.Home)
    assert [each.by for each in walk.desk.held] == [AKI.mark]
    assert walk.desk.staff == BEN


def test_a_case_left_behind_the_lock_for_long_gives_the_terminal_back() -> None:
    walk = in_case().go(LOCK).fires(DeskTimer.LOCKED)
    assert walk.desk.case is None
    assert len(walk.desk.held) == 1
    assert walk.wanted(FreeTerminal)
    assert isinstance(walk.desk.scene, at.SignIn)


def test_signing_out_puts_the_open_case_aside_and_ends_the_session() -> None:
    walk = at_work().go(DeskPressed(DeskKey.SIGN_OUT))
    assert walk.desk.staff is None
    assert walk.wanted(SignOut)


def test_nothing_typed_at_the_sign_in_stands_in_a_repr() -> None:
    walk = DeskWalk().go(FieldTyped("mark", "K0127"), FieldTyped("code", "123456"))
    assert "123456" not in repr(walk.desk)
    assert "123456" not in repr(FieldTyped("code", "123456"))
    assert Desk() == DeskWalk().desk


def written(day: Day, *entries: Entry) -> Day:
    for entry in entries:
        after = record(day, entry)
        assert isinstance(after, Day), (entry, after)
        day = after
    return day


OPENED = written(Day(), Opened("2026-11-30", NOTHING, 10))
ORDERED = written(OPENED, PrintBegun("D1", 2), PrintSettled("D1", whole=True))


def test_at_the_close_whoever_did_not_come_leaves_an_entry_before_the_last_one() -> None:
    today, later = (
        Appointment(1, "2026-11-30", "16:00", Service.OTHER),
        Appointment(2, "2026-12-02", "9:00", Service.OTHER),
    )
    counted = written(OPENED, Appointed(today), Appointed(later), CountedCash(NOTHING), CountedThings(10, 0))
    walk = at_work().go(DayMoved(counted), Done(Deed.BEGIN_CLOSE), Done(Deed.CLOSE_DAY))
    entries = [each.entry for each in walk.wanted(WriteDay) if isinstance(each, WriteDay)]
    assert entries == [AppointmentPassed(1), Closed(NOTHING, NOTHING)]
    assert [each.number for each in written(counted, *entries).overnight.appointments] == [2]


def handed_over(walk: DeskWalk) -> list[HandedOver]:
    entries = [each.entry for each in walk.wanted(WriteDay) if isinstance(each, WriteDay)]
    return [entry for entry in entries if isinstance(entry, HandedOver)]


def test_a_case_hands_over_what_came_out_in_it_and_nothing_of_an_order() -> None:
    walk = at_work().go(DayMoved(ORDERED), BEGIN).sees(ResidentStage.COUNTER)
    walk.go(DayMoved(written(ORDERED, PrintBegun("P1", 1), PrintSettled("P1", whole=True))), Finished())
    assert handed_over(walk) == [HandedOver(("P1",), by_hand=True)]


def test_a_case_without_a_sheet_of_its_own_hands_nothing_over() -> None:
    walk = at_work().go(DayMoved(ORDERED), BEGIN).sees(ResidentStage.COUNTER).go(Finished())
    assert not handed_over(walk)
    assert walk.desk.out == 2


def test_sheets_of_a_case_that_was_put_aside_are_handed_over_with_its_end_and_with_no_other() -> None:
    walk = in_case().go(DayMoved(OPENED))
    walk.go(DayMoved(written(OPENED, PrintBegun("P1", 1), PrintSettled("P1", whole=True))), HOLD)
    assert walk.desk.out == 0
    walk.sees(ResidentStage.FREE).go(BEGIN).sees(ResidentStage.COUNTER).go(Finished())
    assert not handed_over(walk)
    walk.sees(ResidentStage.FREE).go(CaseTakenUp(1)).sees(ResidentStage.COUNTER).go(Finished())
    assert handed_over(walk) == [HandedOver(("P1",), by_hand=True)]


def test_a_document_that_still_prints_can_t_be_chosen_to_be_destroyed() -> None:
    begun = written(OPENED, PrintBegun("D1", 2))
    walk = at_work().go(DayMoved(begun), TabChosen(at.Tab.SUPPLIES), DocumentChosen("D1"))
    assert (walk.desk.scene, walk.desk.notice) == (at.Home(at.Tab.SUPPLIES), "printing")
    walk.go(DayMoved(written(begun, PrintSettled("D1", whole=False))), DocumentChosen("D1"))
    assert walk.desk.scene == at.BeforeTwo(at.DestroySheets("D1", 2))


def test_whoever_unlocks_the_desk_comes_back_to_sheets_that_nobody_said_are_right() -> None:
    walk = DeskWalk(rules=DeskRules(separate=True)).sees(ResidentStage.FREE).signs_in()
    walk.go(DayMoved(OPENED)).go(DayMoved(ORDERED))
    assert walk.desk.scene == at.Guiding()
    walk.fires(DeskTimer.UNTOUCHED).signs_in(BEN)
    assert walk.desk.scene == at.Guiding()
    walk.go(Done(Deed.LEAVE_ORDER))
    assert (walk.desk.scene, walk.desk.notice) == (at.Guiding(), "out")
