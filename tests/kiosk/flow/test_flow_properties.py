"""Any events in any order: what must hold, holds (I1, I2, I7, I11, I13)."""

from dataclasses import fields, is_dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.card.model import CardFacts, CardKind, SlotEvent
from hardware.cash.model import Payout
from hardware.sensors.model import (
    DoorChanged,
    PersonChanged,
    Place,
    PlaceChanged,
    Power,
    PowerChanged,
    SensorsChanged,
)
from kiosk.flow import events as on
from kiosk.flow.change import left, unread
from kiosk.flow.documents import AcceptedDocument, Outcome, WaitingDocument
from kiosk.flow.effects import (
    AcceptMoney,
    AnyTimer,
    CheckDocuments,
    Effect,
    NoteRight,
    OpenVisit,
    PrintDocument,
    PrintSlip,
    Release,
    ReportOutcome,
    ReturnMoney,
    ServerCall,
    SettleMoney,
    ShutDown,
    StartTimer,
    StopTimer,
    Timer,
    VerifyPin,
)
from kiosk.flow.events import Event, JournalSeen, NotWritten, RecoveryWaits
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import EnterPin, Fault, Start
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Machine, Terminal
from kiosk.flow.step import step
from kiosk.flow.touches import (
    CopiesChanged,
    Key,
    KindChosen,
    LineChanged,
    LineRemoved,
    MatterChosen,
    MemberToggled,
    OptionSet,
    PinTyped,
    Pressed,
    PurposeChosen,
    ScopeChosen,
)
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import FaultKind, MoneyOutcome
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope
from printers.model import Printed, PrinterProblem, PrintFailed
from tests.support.kiosk_journey import (
    Fires,
    Step,
    Walk,
    chosen,
    identified,
    paid,
    printed,
    printing,
    proven,
    to_pay,
)
from tests.support.kiosk_samples import (
    CASH_READY,
    EVERY,
    FACTS,
    OFFER,
    ORDER_ID,
    OTHER_X509,
    PRINTER_EMPTY,
    PRINTER_JAMMED,
    PRINTER_READY,
    RESIDENCE_DOCUMENT,
    SEAL_DOCUMENT,
    WINDOW,
    open_terminal,
)
from tests.support.kiosk_stages import RECEIPT, report

RULES = SiteRules()
BY_HAND = SiteRules(by_hand=True)
FAULT_SLIP = FaultSlip(report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, owed=100))
DOCUMENTS = st.lists(
    st.sampled_from((RESIDENCE_DOCUMENT, SEAL_DOCUMENT)), max_size=2, unique_by=lambda each: each.line
).map(tuple)

TOUCHES = st.one_of(
    st.sampled_from(Key).map(Pressed),
    st.integers(0, 4).map(PinTyped),
    st.sampled_from(("pension", "bank", "employer", "immigration", "passport", "nothing")).map(PurposeChosen),
    st.sampled_from(CertificateKind).map(KindChosen),
    st.sampled_from(Scope).map(ScopeChosen),
    st.sampled_from(("m-1", "m-2", "k-1", "nobody")).map(MemberToggled),
    st.sampled_from(("2025", "2024", "d1", "nothing")).map(MatterChosen),
    st.builds(OptionSet, st.sampled_from(Option), st.booleans()),
    st.builds(CopiesChanged, st.integers(-1, 5), st.sampled_from((-1, 1))),
    st.integers(-1, 5).map(LineChanged),
    st.integers(-1, 5).map(LineRemoved),
)

HOUSE = st.one_of(
    st.sampled_from(SlotEvent).map(on.SlotChanged),
    st.builds(PlaceChanged, st.sampled_from(Place), st.booleans()),
    st.booleans().map(PersonChanged),
    st.booleans().map(DoorChanged),
    st.booleans().map(SensorsChanged),
    st.sampled_from(Power).map(PowerChanged),
    st.sampled_from(
        (
            on.HeartbeatFailed(),
            on.HeartbeatAnswered(None, None),
            on.CashSeen(CASH_READY),
            on.CounterTook(),
            on.CounterFreed(),
            JournalSeen(False),
            JournalSeen(True),
            RecoveryWaits(),
            on.StaysUp(),
        )
    ),
    st.builds(on.PrintersSeen, st.sampled_from((PRINTER_READY, PRINTER_JAMMED, PRINTER_EMPTY)), st.just(PRINTER_READY)),
)

ATTEMPTS = st.integers(0, 3)
PAYOUTS = st.builds(Payout, st.integers(0, 1000), st.integers(0, 1000))
SETTLED = st.one_of(
    st.builds(Printed, st.integers(0, 2)), st.builds(PrintFailed, st.integers(0, 2), st.sampled_from(PrinterProblem))
)
CARDS = st.sampled_from((FACTS, CardFacts(CardKind.STANDARD, 3, OTHER_X509), CardFacts(CardKind.FOREIGN, None, None)))
ANSWERS = st.one_of(
    st.builds(on.VisitOpened, ATTEMPTS, st.just("4Q7-K2M")),
    st.builds(on.CardRead, ATTEMPTS, CARDS),
    st.builds(on.PinRight, ATTEMPTS, st.none()),
    st.builds(on.PinWrong, ATTEMPTS, st.integers(0, 2)),
    st.builds(on.PinForgotten, ATTEMPTS),
    st.builds(on.ChallengeAnswered, ATTEMPTS),
    st.builds(on.OrderProven, ATTEMPTS, st.just(ORDER_ID)),
    st.builds(on.CardFailed, ATTEMPTS, st.sampled_from(on.CardProblem)),
    st.builds(on.SessionOpened, ATTEMPTS),
    st.builds(on.Offered, ATTEMPTS, st.sampled_from((OFFER, EVERY))),
    st.builds(on.Prepared, ATTEMPTS, DOCUMENTS),
    st.builds(on.Released, ATTEMPTS),
    st.builds(NotWritten, ATTEMPTS),
    st.builds(on.RegisterMoved, ATTEMPTS),
    st.builds(on.Refused, ATTEMPTS, st.sampled_from(RefusalReason), st.none(), st.just(WINDOW)),
    st.builds(on.ServerFailed, ATTEMPTS, st.sampled_from(ServerCall)),
    st.builds(on.DocumentsAccepted, ATTEMPTS, DOCUMENTS.map(lambda each: tuple(AcceptedDocument(one) for one in each))),
    st.builds(on.DocumentsRejected, ATTEMPTS, st.sampled_from((None, "proof"))),
    st.builds(on.SheetProgress, ATTEMPTS, st.integers(1, 2), st.integers(1, 2)),
    st.builds(on.DocumentSettled, ATTEMPTS, SETTLED),
    st.builds(on.SheetsShown, ATTEMPTS),
    st.builds(on.SheetsRefused, ATTEMPTS),
    st.builds(on.RightNoted, ATTEMPTS),
    st.builds(on.SlipSettled, ATTEMPTS, st.sampled_from((RECEIPT, FAULT_SLIP)), st.booleans()),
    st.builds(on.SlotsOpen, ATTEMPTS, st.just(CASH_READY.accepted)),
    st.builds(on.MoneyTaken, ATTEMPTS, st.integers(0, 1000)),
    st.builds(on.CashStopped, ATTEMPTS, st.integers(0, 1000)),
    st.builds(on.MoneySecured, ATTEMPTS, st.integers(0, 1000)),
    st.builds(on.MoneyReturned, ATTEMPTS, PAYOUTS),
    st.builds(on.MoneySettled, ATTEMPTS, st.sampled_from((0, 200)), PAYOUTS),
    st.builds(on.ChangeGiven, ATTEMPTS, PAYOUTS),
    st.builds(on.MoneyUnclear, ATTEMPTS),
)

EFFECTS: tuple[Effect, ...] = (CheckDocuments(1, ()), ReturnMoney(1), SettleMoney(1, 0), VerifyPin(1), OpenVisit(1))
BROKEN = st.sampled_from(EFFECTS).map(on.EffectFailed)
ANYTHING = st.one_of(TOUCHES, HOUSE, ANSWERS, ANSWERS, BROKEN, st.sampled_from(Timer).map(Fires))

RESTING = {"Start", "AtCounter", "Closed", "TakeBelongings"}
"""Scenes without a visit."""

COMMON = (*identified(), *chosen(), *proven(), *to_pay(), *paid(600), *printing(change=400))
PREFIXES = st.integers(0, len(COMMON)).map(lambda length: COMMON[:length])


class Witness:
    """Watches effects from outside and says when something happened that must never happen."""

    def __init__(self, rules: SiteRules) -> None:
        self.rules = rules
        self.asked: set[int] = set()
        self.right: set[int] = set()
        self.open_attempt = 0
        self.accepted: set[tuple[int, WaitingDocument]] = set()
        self.printed: set[tuple[int, WaitingDocument]] = set()
        self.armed: dict[AnyTimer, int] = {}
        self.paid_back: set[int] = set()
        self.whole: dict[int, int] = {}

    def hear(self, event: Event) -> None:
        if isinstance(event, on.RightNoted) and event.attempt in self.asked:
            self.right.add(event.attempt)
        if isinstance(event, on.DocumentsAccepted):
            self.accepted |= {(event.attempt, each.document) for each in event.documents}

    def see(self, before: Terminal, effects: tuple[Effect, ...], after: Terminal) -> None:
        for effect in effects:
            self._one(before, effect, after)
        assert dict(after.armed) == self.armed
        attempts = {effect.attempt for effect in effects if hasattr(effect, "attempt")}
        assert attempts <= {before.attempts, after.attempts}

    def _one(self, before: Terminal, effect: Effect, after: Terminal) -> None:  # noqa: C901 - a table
        match effect:
            case OpenVisit(attempt):
                assert attempt > self.open_attempt
                assert not left(before) - {Belonging.CARD}
                if before.visit is None:
                    assert not unread(after)
                    assert not after.out_of_service
                self.open_attempt = attempt
            case PrintDocument(attempt, accepted, _):
                job = (attempt, accepted.document)
                assert job in self.accepted
                assert job not in self.printed
                self.printed.add(job)
            case Release(_, fee):
                assert fee.held >= fee.fee
                if before.visit is None or before.visit.fee_held is None:
                    assert after.power is Power.MAINS
            case AcceptMoney():
                assert not before.card_present or before.visit is None
                assert Belonging.CARD not in left(after)
                assert after.power is Power.MAINS
            case ShutDown():
                assert after.power is Power.LOW
                assert before.machine is Machine.UP
            case NoteRight(attempt):
                self.asked.add(attempt)
            case SettleMoney(attempt) if self.rules.by_hand and attempt not in self.right:
                raise AssertionError("a fee is kept of which the resident has not said that the sheets are right")
            case ReportOutcome(attempt, deliveries):
                delivered = [each.sheets for each in deliveries if each.outcome is Outcome.DELIVERED]
                assert not delivered or attempt in self.right or not self.rules.by_hand
                self.whole[attempt] = sum(delivered)
            case PrintSlip(attempt, FaultSlip(report)) if attempt and not report.restarted:
                assert report.sheets_out == self.whole.get(attempt, 0), "the server has others as delivered"
            case ReturnMoney(attempt) | SettleMoney(attempt):
                assert attempt not in self.paid_back
                self.paid_back.add(attempt)
            case StartTimer(timer, seconds, run):
                assert seconds > 0
                self.armed[timer] = run
            case StopTimer(timer):
                self.armed.pop(timer, None)
            case _:
                pass


def walk_with_witness(
    prefix: tuple[Step, ...], happenings: list[Event | Fires], rules: SiteRules = RULES
) -> tuple[Terminal, Witness]:
    state, witness = open_terminal(), Witness(rules)
    for each in [one.does for one in prefix] + happenings:
        if isinstance(each, Fires):
            run = dict(state.armed).get(each.timer)
            if run is None:
                continue
            event: Event = on.TimerFired(each.timer, run)
            del witness.armed[each.timer]
        else:
            event = each
        witness.hear(event)
        after, effects = step(state, event, rules)
        witness.see(state, effects, after)
        state = after
    return state, witness


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PREFIXES, st.lists(ANYTHING, max_size=40))
def test_nothing_that_must_never_happen_happens(prefix: tuple[Step, ...], happenings: list[Event | Fires]) -> None:
    state, _ = walk_with_witness(prefix, happenings)
    told_of_a_restart = isinstance(state.scene, Fault) and state.scene.report.restarted
    assert (state.visit is None) == (state.scene.__class__.__name__ in RESTING or told_of_a_restart)
    if isinstance(state.scene, Start):
        # A card of which the sensor knows may be one that the reader will tell of in a moment.
        assert not left(state) - ({Belonging.CARD} if unread(state) else frozenset())
        assert not state.out_of_service
        assert not left(state) or step(state, Pressed(Key.START), RULES)[0].visit is None


AT_THE_COUNTER = st.sampled_from(
    (
        on.SheetsShown(1),
        Pressed(Key.SHEETS_RIGHT),
        Pressed(Key.SHEETS_WRONG),
        on.RightNoted(1),
        NotWritten(1),
        JournalSeen(False),
        on.DocumentsRejected(1, "proof"),
        on.DocumentSettled(1, PrintFailed(1, PrinterProblem.JAM)),
        on.MoneyReturned(1, Payout(600, 600)),
        on.MoneySettled(1, 200, Payout(400, 400)),
    )
)
WHOLE_PRINTED = (*COMMON, printed())
TWO = (RESIDENCE_DOCUMENT, replace(RESIDENCE_DOCUMENT, copy=1, document_no="3C4D5E6F7G8H9J0L"))
ONE_OF_TWO = (
    *(*identified(), *chosen(), Step(CopiesChanged(0, 1)), *proven()),
    *(*to_pay(*TWO), *paid(400), *printing(*TWO), printed()),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from((COMMON, WHOLE_PRINTED, ONE_OF_TWO)),
    st.lists(AT_THE_COUNTER, max_size=6),
    st.lists(ANYTHING, max_size=30),
)
def test_i7_where_a_clerk_hands_over_nothing_is_kept_before_the_resident_s_word(
    prefix: tuple[Step, ...], there: list[Event], happenings: list[Event | Fires]
) -> None:
    walk_with_witness(prefix, [*there, *happenings], BY_HAND)


@settings(max_examples=150, deadline=None)
@given(PREFIXES, ANSWERS)
def test_i2_an_answer_of_another_attempt_changes_nothing(prefix: tuple[Step, ...], answer: Event) -> None:
    state = Walk().go(*prefix).state
    current = state.visit.attempt if state.visit is not None else None
    if not isinstance(answer, on.VisitEvent) or answer.attempt == current:
        return
    if isinstance(answer, on.SlipSettled) and answer.attempt == state.owing:
        return
    assert step(state, answer, RULES) == (state, ())


@settings(max_examples=150, deadline=None)
@given(PREFIXES, st.lists(ANYTHING, max_size=25))
def test_nothing_of_a_visit_outlives_it(prefix: tuple[Step, ...], happenings: list[Event | Fires]) -> None:
    state, _ = walk_with_witness(prefix, happenings)
    if state.visit is None or state.scene.__class__.__name__ in {"TakeSheets", "Declined", "Fault"}:
        held = _values(state)
        assert not any(each in held for each in (FACTS, OFFER, EVERY, ORDER_ID, *EVERY.members))


def test_i11_the_flow_knows_how_many_digits_and_nothing_else_of_a_pin() -> None:
    assert [field.name for field in fields(PinTyped)] == ["digits"]
    assert [field.name for field in fields(VerifyPin)] == ["attempt"]
    pad = EnterPin(FACTS, 3, digits=4)
    assert not any("pin" in field.name for field in fields(pad))


def _values(value: object) -> list[object]:
    found = [value]
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            found += _values(getattr(value, field.name))
    elif isinstance(value, tuple | frozenset | set | list):
        for each in value:
            found += _values(each)
    return found
