"""Rows of the table of `kiosk.flow.step`: what devices, server and timers tell, by phase of the visit. What does not
depend on the scene was done before."""

from collections.abc import Callable
from dataclasses import replace

from hardware.card.model import SlotEvent
from hardware.sensors.model import PersonChanged, Place, PlaceChanged
from kiosk.flow import (
    at_counter,
    beginning,
    cashless,
    elsewhere,
    ending,
    enrol,
    identify,
    looking,
    money,
    number,
    pay,
    printing,
    receipts,
    rest,
)
from kiosk.flow import events as on
from kiosk.flow import scenes as at
from kiosk.flow.change import Step, go, left, lying, stay, visit_of
from kiosk.flow.effects import Timer
from kiosk.flow.events import SceneEvent
from kiosk.flow.pace import CHOOSING
from kiosk.flow.rules import SiteRules
from kiosk.flow.slips import EnrolmentSlip, FaultSlip, GuidanceSlip, Receipt
from kiosk.flow.state import Abandoned, BrokenBy, Terminal
from kiosk.flow.values.trouble import DeclineReason, FaultKind


def happened(state: Terminal, event: SceneEvent, rules: SiteRules) -> Step:  # noqa: C901 - one line for each phase
    """What an event means in this phase of the visit; nothing, where it changes nothing. Closed: no scene is
    forgotten."""
    scene = state.scene
    if number.is_wanted(state):
        return number.happened(scene, state, event)
    if isinstance(scene, CHOOSING):
        return _choosing(state, event)
    match scene:
        case at.Start() | at.AtCounter() | at.Closed() | at.TakeBelongings():
            return _between_visits(scene, state, event)
        case at.AwaitCard() | at.ReadingCard() | at.EnterPin() | at.CheckingPin() | at.ProvingOrder():
            return _identifying(scene, state, event, rules)
        case at.ProvingEnrolment():
            return _enrolling(state, event, rules)
        case at.TakeCard() | at.Preparing():
            return _preparing(scene, state, event, rules)
        case at.Releasing() if visit_of(state).changing:
            return _changing(state, event)
        case at.Present() | at.AskingDebit():
            return _debiting(state, event)
        case at.Pay() | at.Releasing() | at.ReturningMoney():
            return _paying(scene, state, event, rules)
        case at.Printing():
            return _printing(state, event, rules)
        case at.LookAtSheets():
            return _looking(scene, state, event)
        case at.TakeSheets() | at.Declined() | at.Fault() | at.Enrolled():
            return _at_the_end(scene, state, event)
        case at.ChooseWhere() | at.ChooseMunicipality() | at.ChooseMeans():
            # They wait for a touch alone.
            return stay(state)
        case at.PlugIn() | at.TellingNumber():
            # Scenes of a visit for the number alone.
            return stay(state)


def _between_visits(
    scene: at.Start | at.AtCounter | at.Closed | at.TakeBelongings, state: Terminal, event: SceneEvent
) -> Step:
    match scene, event:
        case at.Start(), on.SlotChanged(SlotEvent.INSERTED) if state.asks_where:
            return elsewhere.ask(state)
        case at.Start(), on.SlotChanged(SlotEvent.INSERTED):
            return beginning.begin_with_card(state)
        case at.Start(), on.TimerFired() | PersonChanged(present=False):
            return rest.start_over(state)
        case ((at.Start() | at.Closed()), on.CounterTook()):
            return at_counter.taken(state)
        case at.AtCounter(), on.CounterFreed():
            return at_counter.given_back(state)
        case at.TakeBelongings(), on.TimerFired():
            return ending.abandon(state)
        case _:
            return stay(state)


def _identifying(  # noqa: C901 - a table
    scene: at.AwaitCard | at.ReadingCard | at.EnterPin | at.CheckingPin | at.ProvingOrder,
    state: Terminal,
    event: SceneEvent,
    rules: SiteRules,
) -> Step:
    match scene, event:
        case at.AwaitCard(), on.SlotChanged(SlotEvent.INSERTED):
            return identify.read_card(state)
        case at.AwaitCard(), _:
            return stay(state)
        case _, on.SlotChanged(SlotEvent.REMOVED | SlotEvent.READER_LOST):
            return identify.card_taken(state)
        case _, on.CardFailed():
            return identify.card_failed(state, event)
        case at.ReadingCard(), on.CardRead(facts=facts):
            return identify.card_read(state, facts)
        case at.CheckingPin(), on.PinRight():
            return identify.pin_right(state, event)
        case at.CheckingPin(), on.PinWrong():
            return identify.pin_wrong(state, event)
        case at.CheckingPin(), on.ChallengeAnswered() if visit_of(state).session:
            return identify.challenge_answered(state)
        case at.CheckingPin(), on.Offered() if visit_of(state).verified:
            return identify.offered(state, event)
        case ((at.CheckingPin() | at.ProvingOrder()), on.PinForgotten()):
            return identify.ask_pin(state, again=True)
        case ((at.ReadingCard() | at.CheckingPin()), on.SessionOpened()):
            return identify.session_opened(state, event)
        case ((at.ReadingCard() | at.CheckingPin()), on.Refused()):
            return identify.session_refused(state, event, rules)
        case ((at.ReadingCard() | at.CheckingPin()), on.ServerFailed()):
            return identify.session_failed(state, rules)
        case ((at.ReadingCard() | at.CheckingPin()), on.TimerFired(timer=Timer.RETRY)):
            return identify.reopen(state)
        case at.ProvingOrder(), on.OrderProven():
            return pay.order_proven(state, event)
        case ((at.ReadingCard() | at.CheckingPin() | at.ProvingOrder()), on.TimerFired(timer=Timer.SCENE)):
            return ending.decline(state, DeclineReason.CARD_UNREADABLE)
        case _:
            return stay(state)


def _choosing(state: Terminal, event: SceneEvent) -> Step:
    match event:
        case on.SlotChanged(SlotEvent.REMOVED | SlotEvent.READER_LOST) | PersonChanged(present=False):
            return identify.card_forgets(state)
        case _:
            return stay(state)


def _preparing(scene: at.TakeCard | at.Preparing, state: Terminal, event: SceneEvent, rules: SiteRules) -> Step:
    match scene, event:
        case _, on.SlotChanged() | PlaceChanged(place=Place.CARD_SLOT):
            return pay.toward_pay(state)
        case _, on.Prepared():
            return pay.prepared(state, event)
        case _, on.PrintersSeen():
            return pay.printers_seen(state, event)
        case _, on.Refused():
            return pay.prepare_refused(state, event)
        case _, on.ServerFailed():
            return pay.prepare_failed(state, rules)
        case _, on.TimerFired(timer=Timer.RETRY):
            return pay.ask_again(state)
        case at.TakeCard(), on.TimerFired(timer=Timer.SCENE):
            return ending.finish(state, Abandoned())
        case at.Preparing(), on.TimerFired(timer=Timer.SCENE):
            return ending.decline(state, DeclineReason.SERVER_AWAY)
        case _:
            return stay(state)


def _debiting(state: Terminal, event: SceneEvent) -> Step:
    match event:
        case on.DebitInDoubt():
            return cashless.in_doubt(state)
        case on.Debited():
            return cashless.debited(state, event)
        case on.NotDebited():
            return cashless.not_debited(state, event)
        case on.DebitUnclear() | on.TimerFired(timer=Timer.SCENE):
            return cashless.unclear(state)
        case _:
            return stay(state)


def _paying(  # noqa: C901 - a table
    scene: at.Pay | at.Releasing | at.ReturningMoney, state: Terminal, event: SceneEvent, rules: SiteRules
) -> Step:
    match scene, event:
        case _, on.MoneyTaken():
            return pay.money_taken(state, event)
        case at.Pay(), on.SlotsOpen(accepted=accepted):
            return go(state, replace(scene, accepted=accepted))
        case at.Pay(), on.CashSeen():
            return pay.cash_seen(state, scene, event)
        case ((at.Pay() | at.Releasing()), on.CashStopped()):
            return pay.cash_stopped(state, event)
        case at.Releasing(), on.MoneySecured():
            return pay.money_secured(state, event)
        case at.Releasing(), on.Released():
            return pay.released(state)
        case at.Releasing(), on.RegisterMoved():
            return pay.register_moved(state, rules)
        case at.Releasing(), on.Prepared():
            return pay.prepared_again(state, event)
        case at.Releasing(), on.PrintersSeen() if not visit_of(state).released:
            return pay.printers_seen(state, event)
        case at.Releasing(), on.Refused():
            return pay.prepare_refused(state, event)
        case at.Releasing(), on.ServerFailed(call=call):
            return pay.release_failed(state, call, rules)
        case at.Releasing(), on.TimerFired(timer=Timer.RETRY):
            return pay.ask_again(state)
        case at.Releasing(), on.DocumentsAccepted():
            return printing.accepted(state, event)
        case at.Releasing(), on.DocumentsRejected():
            return pay.rejected(state, event)
        case at.Releasing(), on.TimerFired(timer=Timer.SCENE):
            return ending.finish(state, BrokenBy(FaultKind.SERVER_AWAY))
        case at.ReturningMoney(), on.ChangeGiven():
            return printing.change_given(state, event)
        case at.ReturningMoney(), on.MoneyReturned() | on.MoneySettled():
            return ending.money_settled(state, event)
        case at.ReturningMoney(), on.TimerFired(timer=Timer.SCENE) | on.MoneyUnclear():
            return ending.money_stuck(state)
        case _:
            return stay(state)


def _changing(state: Terminal, event: SceneEvent) -> Step:
    match event:
        case on.ChangeGiven():
            return printing.change_given(state, event)
        case on.CashStopped():
            return pay.cash_stopped(state, event)
        case on.MoneyUnclear():
            return printing.begin(money.unclear(state))
        case on.TimerFired(timer=Timer.SCENE):
            return printing.begin(state)
        case _:
            return stay(state)


def _printing(state: Terminal, event: SceneEvent, rules: SiteRules) -> Step:
    match event:
        case on.SheetProgress():
            return printing.progress(state, event)
        case on.DocumentSettled(settled=settled):
            return printing.settled(state, settled, rules)
        case on.DocumentsRejected():
            return printing.rejected(state, event, rules)
        case _:
            return _paid(state, event, lambda: printing.stuck(state, rules))


def _looking(scene: at.LookAtSheets, state: Terminal, event: SceneEvent) -> Step:
    match event:
        case on.SheetsShown() if not scene.right:
            return looking.shown(state, scene)
        case on.SheetsRefused():
            return looking.refused(state)
        case on.RightNoted():
            return looking.noted(state, scene)
        case _:
            return _paid(state, event, lambda: looking.refused(state))


def _paid(state: Terminal, event: SceneEvent, too_long: Callable[[], Step]) -> Step:
    """What money tells once it was paid: while the sheets come out, and while they are looked at. `too_long` is for a
    scene that never ended though no money is being settled."""
    match event:
        case on.ChangeGiven():
            return printing.change_given(state, event)
        case on.MoneySettled() if visit_of(state).settling:
            return ending.money_settled(state, event)
        case on.MoneyUnclear() if visit_of(state).settling:
            return ending.money_stuck(state)
        case on.MoneyUnclear():
            return stay(money.unclear(state))
        case on.TimerFired(timer=Timer.SCENE):
            return ending.money_stuck(state) if visit_of(state).settling else too_long()
        case _:
            return stay(state)


def _enrolling(state: Terminal, event: SceneEvent, rules: SiteRules) -> Step:
    match event:
        case on.SlotChanged(SlotEvent.REMOVED | SlotEvent.READER_LOST):
            return identify.card_taken(state)
        case on.CardFailed():
            return identify.card_failed(state, event)
        case on.PinForgotten():
            return identify.ask_pin(state, again=True)
        case on.EnrolmentProven():
            return enrol.proven(state)
        case on.EnrolmentTaken():
            return enrol.numbered(state, event)
        case on.Refused():
            return enrol.refused(state, event)
        case on.ServerFailed():
            return enrol.failed(state, rules)
        case on.TimerFired(timer=Timer.RETRY):
            return enrol.again(state)
        case on.TimerFired(timer=Timer.SCENE):
            return ending.decline(state, DeclineReason.SERVER_AWAY)
        case _:
            return stay(state)


def _at_the_end(
    scene: at.TakeSheets | at.Declined | at.Fault | at.Enrolled, state: Terminal, event: SceneEvent
) -> Step:
    match scene, event:
        case at.Declined(), on.SlipSettled(slip=GuidanceSlip(), printed=printed):
            return go(state, replace(scene, slip=printed))
        case at.Enrolled(), on.SlipSettled(slip=EnrolmentSlip(), printed=printed):
            return go(state, replace(scene, slip=printed))
        case at.TakeSheets(), on.SlipSettled(slip=Receipt() as receipt, printed=printed):
            return receipts.settled(state, scene, receipt, printed)
        case at.Fault(), on.SlipSettled(slip=FaultSlip(), printed=printed):
            return go(state, replace(scene, slip=at.SlipState.OUT if printed else at.SlipState.FAILED))
        case at.Declined(), on.SlotChanged(SlotEvent.INSERTED):
            return beginning.another_card(state)
        case _, on.TimerFired(timer=Timer.SCENE):
            return ending.abandon(state) if left(state) else ending.end(state)
        case at.TakeSheets(), _:
            return go(state, replace(scene, waiting=lying(state)))
        case _:
            return stay(state)
