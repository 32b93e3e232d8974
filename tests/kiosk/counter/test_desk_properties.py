"""Any events in any order: the desk never raises, nobody does anything before signing in, what is written always adds
up, and the terminal is never kept without a use for it."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.card.model import SlotEvent
from kiosk.counter import scenes as at
from kiosk.counter import touches as touch
from kiosk.counter.case import FieldTyped
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import counts
from kiosk.counter.day.day import Day
from kiosk.counter.day.record import record
from kiosk.counter.desk import Desk
from kiosk.counter.effects import (
    DeskEffect,
    DeskTimer,
    FreeTerminal,
    PrintSample,
    PrintTicket,
    TakeMoney,
    TakeTerminal,
    WriteDay,
)
from kiosk.counter.events import (
    DayMoved,
    DeskEffectFailed,
    DeskEvent,
    DeskOpened,
    MoneyAsked,
    NotSecond,
    NotSignedIn,
    NotWritten,
    SecondStands,
    SessionEnded,
    SignedIn,
    TerminalSeen,
)
from kiosk.counter.handling import needs_terminal
from kiosk.counter.kinds import CaseKind
from kiosk.counter.resident import ResidentSeen, ResidentStage
from kiosk.counter.rules import DeskRules
from kiosk.counter.scenes import SignInProblem, SignInWay
from kiosk.counter.step import step
from kiosk.flow.effects import StartTimer
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped
from tests.kiosk.counter.desk_walk import AKI, BEN, PACKAGES, Busy, Finished, Sealed

FLOAT = counts({1000: 10, 100: 30})
NAMES = st.sampled_from(
    [
        "mark",
        "code",
        "sheets",
        "custody",
        "reason",
        "about",
        "at",
        "day",
        "ticket",
        "appointment",
        "document",
        "yen-1000",
        "yen-100",
    ]
)
TEXTS = st.sampled_from(["", "1", "2", "10", "100", "123456", "930", "K0304", "9999999", "x", "A-0007"])
TOUCHES: st.SearchStrategy[DeskEvent] = st.one_of(
    st.builds(touch.DeskPressed, st.sampled_from(touch.DeskKey)),
    st.builds(touch.Done, st.sampled_from(touch.Deed)),
    st.builds(FieldTyped, NAMES, TEXTS),
    st.builds(
        touch.Picked,
        st.sampled_from(["service", "kind", "whither", "reason", "turn", "ticket", "appointment"]),
        st.sampled_from(
            [
                "certificate",
                "sealed-pin-form",
                "returned-card",
                "municipality",
                "refill",
                "skimmed",
                "cannot-wait",
                "1",
                "nonsense",
            ]
        ),
    ),
    st.builds(touch.TabChosen, st.sampled_from(at.Tab)),
    st.builds(touch.WayChosen, st.sampled_from(SignInWay)),
    st.builds(touch.SecretTyped, st.integers(0, 12)),
    st.builds(touch.CaseChosen, st.sampled_from(CaseKind)),
    st.builds(touch.CaseTakenUp, st.integers(1, 3)),
    st.builds(touch.DocumentChosen, st.sampled_from(["D1", on.SAMPLE])),
    st.builds(touch.KeptChosen, st.integers(1, 3)),
)
FAILING: tuple[DeskEffect, ...] = (PrintSample("K"), TakeMoney(FLOAT), TakeTerminal())
HAPPENINGS: st.SearchStrategy[DeskEvent] = st.one_of(
    st.sampled_from(ResidentStage).map(lambda stage: TerminalSeen(ResidentSeen(stage))),
    st.builds(SignedIn, st.integers(1, 4), st.sampled_from([AKI, BEN])),
    st.builds(NotSignedIn, st.integers(1, 4), st.sampled_from(SignInProblem)),
    st.builds(SecondStands, st.integers(1, 6), st.just("K0304")),
    st.builds(NotSecond, st.integers(1, 6), st.sampled_from(SignInProblem)),
    st.sampled_from(
        [SessionEnded(), NotWritten("disk"), MoneyAsked(400), MoneyAsked(None), Busy(), Finished(), Sealed()]
    ),
    st.sampled_from([PinTyped(2), SlotChanged(SlotEvent.INSERTED), SlotChanged(SlotEvent.REMOVED), DeskOpened()]),
    st.sampled_from(FAILING).map(DeskEffectFailed),
    st.sampled_from(DeskTimer).map(lambda timer: TimerFired(timer, -1)),
)
ELSEWHERE: st.SearchStrategy[on.Entry] = st.sampled_from(
    [
        on.MoneyTaken(counts({1000: 1})),
        on.FeeKept(400),
        on.PayoutOrdered(600),
        on.PrintBegun("D1", 2, ordered=True),
        on.FoundRight(("D1",)),
        on.PrintSettled("D1", whole=True),
        on.PrintSettled("D1", whole=False),
        on.PrintBegun(on.SAMPLE, 1),
        on.PrintSettled(on.SAMPLE, whole=True),
    ]
)
"""What drawer and printer write by themselves."""

OPEN = record(Day(), on.Opened("2026-11-30", FLOAT, 50))
RULES = st.builds(DeskRules, separate=st.booleans())


class Office:
    """The desk with a book that does what it is told, as the actions do."""

    def __init__(self, rules: DeskRules, *, is_open: bool) -> None:
        assert isinstance(OPEN, Day)
        self.rules = rules
        self.book = OPEN if is_open else Day()
        self.desk = Desk(day=self.book)
        self.terminal_taken = False

    def happens(self, event: DeskEvent) -> None:
        if isinstance(event, TimerFired):
            run = dict(self.desk.armed).get(event.timer)
            if run is None:
                return
            event = replace(event, run=run)
        before = self.desk
        self.desk, effects = step(before, event, self.rules, PACKAGES)
        for effect in effects:
            self.does(before, effect)
        if needs_terminal(before) and not needs_terminal(self.desk):
            assert FreeTerminal() in effects
        timers = {each.timer for each in effects if isinstance(each, StartTimer)}
        assert timers <= {timer for timer, _ in self.desk.armed}

    def does(self, before: Desk, effect: DeskEffect) -> None:
        if isinstance(effect, WriteDay | PrintTicket | PrintSample | TakeMoney | TakeTerminal):
            assert before.staff is not None or self.desk.staff is not None
        if isinstance(effect, WriteDay):
            if isinstance(effect.entry, on.HandedOver) and effect.entry.by_hand:
                self.handed_over(before, effect.entry)
            self.writes(effect.entry)

    def handed_over(self, before: Desk, entry: on.HandedOver) -> None:
        """Sheets of an order only after the resident has said that they are right; a case only its own."""
        if isinstance(before.scene, at.Guiding):
            right = {each.document for each in before.day.lying if each.right}
            assert right.issuperset(entry.documents)
        else:
            assert before.case is not None
            assert not {each.document for each in before.sheets_of_order} & set(entry.documents)

    def writes(self, entry: on.Entry) -> None:
        after = record(self.book, entry)
        assert isinstance(after, Day), (entry, after)
        self.book = after
        self.happens(DayMoved(after))

    def elsewhere(self, entry: on.Entry) -> None:
        after = record(self.book, entry)
        if isinstance(after, Day):
            self.book = after
            self.happens(DayMoved(after))


def signed_in(office: Office) -> None:
    for event in (FieldTyped("mark", "K0127"), touch.SecretTyped(9), FieldTyped("code", "123456")):
        office.happens(event)
    office.happens(touch.DeskPressed(touch.DeskKey.SIGN_IN))
    office.happens(SignedIn(office.desk.attempts, AKI))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES, st.booleans(), st.lists(st.one_of(TOUCHES, TOUCHES, HAPPENINGS, ELSEWHERE), max_size=60))
def test_whatever_happens_at_the_desk_what_must_never_happen_does_not(
    rules: DeskRules, is_open: bool, happenings: list[DeskEvent | on.Entry]
) -> None:
    office = Office(rules, is_open=is_open)
    signed_in(office)
    for each in happenings:
        if isinstance(each, on.Entry):
            office.elsewhere(each)
        else:
            office.happens(each)
    assert office.desk.day == office.book


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TOUCHES, ELSEWHERE), max_size=40))
def test_nobody_does_anything_before_signing_in(happenings: list[DeskEvent | on.Entry]) -> None:
    office = Office(DeskRules(), is_open=True)
    for each in happenings:
        if isinstance(each, on.Entry):
            office.elsewhere(each)
        else:
            office.happens(each)
        assert not office.desk.signed_in
        assert office.desk.case is None
