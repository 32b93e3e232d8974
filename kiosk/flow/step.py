"""One step of the terminal: `step(state, event, rules) -> (state, effects)`. Everything that decides which scene
follows which is in the tables of this file; the phases only say how.

What is done before the tables, for every event: one of another attempt is dropped (I2), a timer that was stopped or
started anew is dropped, what the surroundings told is noted, keys that work everywhere are done (`overlay`). After
them: without a visit the scene follows from what lies around (`ending.at_rest`), and timers and lamp from the scene
(`pace.keep_time`).

    scene            event                              next scene, most of it
    ---------------  ---------------------------------  ------------------------------------------------------------
    Closed           (all reasons solved)               Start
    Start            はじめる / card / clerk's key      AwaitCard / ReadingCard / Assisted
    Assisted         終わる, nobody for a while / card  Start / ReadingCard
    AwaitCard        card                               ReadingCard
    ReadingCard      facts                              (session is opened) | Declined
                     session open                       EnterPin | Declined
    EnterPin         決定 with four digits              CheckingPin
    CheckingPin      wrong                              EnterPin(wrong) | Declined
                     right, signed, answered            ChoosePurpose | ProvingOrder when answers were kept
    ChoosePurpose    つぎへ                             ChooseOptions | Confirm
    ChooseKind       つぎへ                             ChooseOptions | Confirm
    ChooseOptions    つぎへ                             ChooseMembers | Confirm
    ChooseMembers    つぎへ                             Confirm
    Confirm          申し込む                           ProvingOrder | AwaitCard(again) | ReadingCard
    ProvingOrder     proven                             TakeCard
                     6982                               EnterPin(again)
    TakeCard         card taken                         Preparing | Pay
    Preparing        prepared, paper is there           Pay
    Pay              支払う with enough held            Releasing
                     お金を返す                         ReturningMoney
    Releasing        secured, released, checked         (change comes out)
                     change is out                      Printing
    Printing         all settled, money settled         TakeSheets
    ReturningMoney   returned                           Declined | Fault | TakeBelongings | Start
    TakeSheets       終わる, or nobody for a while      TakeBelongings | Closed | Start
    Declined, Fault  終わる, or nobody for a while      TakeBelongings | Closed | Start
    TakeBelongings   all taken / nobody takes them      Start / Closed

A card that leaves in one of the scenes up to Confirm leaves the answers where they are; from ReadingCard to
CheckingPin, and while the order is being proven, it leads to AwaitCard. Any scene up to Pay: やめる, or nobody for a
while, leads to the end. Any scene: what fails leads to Declined or Fault, by way of ReturningMoney when money is in.
"""

from dataclasses import replace

from hardware.card.model import SlotEvent
from hardware.sensors.model import PersonChanged
from kiosk.flow import choose, ending, hearing, identify, money, overlay, pay, printing, service
from kiosk.flow import events as on
from kiosk.flow import scenes as at
from kiosk.flow import touches as touch
from kiosk.flow.broken import as_fault
from kiosk.flow.change import Step, go, left, lying, stay, visit_of, with_visit
from kiosk.flow.effects import Timer
from kiosk.flow.events import Event
from kiosk.flow.pace import keep_time
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Abandoned, BrokenBy, Terminal
from kiosk.flow.touches import Key, Pressed, Touch
from kiosk.flow.values import DeclineReason, FaultKind


def step(state: Terminal, event: Event, rules: SiteRules) -> Step:
    """The next state and what is to be done. Never raises for any event in any state."""
    if isinstance(event, on.EffectFailed):
        fault = as_fault(state, event)
        return stay(state) if fault is None else step(state, fault, rules)
    if isinstance(event, on.PaidOut) and money.is_late(state, event):
        return money.paid_after_all(state, event)
    if isinstance(event, on.VisitEvent) and (state.visit is None or state.visit.attempt != event.attempt):
        return stay(state)
    current = _without_timer(state, event)
    if current is None:
        return stay(state)
    sensed = service.sense(current, event)
    changed, effects = _decide(sensed, event, rules)
    if changed.visit is None:
        changed = ending.at_rest(changed)
    changed, paced = keep_time(state, event, changed, rules)
    return changed, effects + paced


def _without_timer(state: Terminal, event: Event) -> Terminal | None:
    """A timer that fired no longer runs; None when it had been stopped or started anew meanwhile."""
    if not isinstance(event, on.TimerFired):
        return state
    entry = (event.timer, event.run)
    if entry not in state.armed:
        return None
    return replace(state, armed=tuple(other for other in state.armed if other != entry))


def _decide(state: Terminal, event: Event, rules: SiteRules) -> Step:
    if isinstance(event, Touch):
        if isinstance(state.overlay, at.IdleWarning):
            state = replace(state, overlay=None)
            if not isinstance(event, touch.PinTyped):
                return stay(state)
        return overlay.touched(state, event) or _touched(state.scene, state, event)
    return _everywhere(state, event, rules) or _happened(state, event, rules)


def _everywhere(state: Terminal, event: Event, rules: SiteRules) -> Step | None:
    """What does not depend on the scene."""
    match event:
        case on.PoweredOn():
            return hearing.power_on(service.power_on(state, rules))
        case on.Recovered():
            return service.recovered(state, event)
        case on.RecoveryFailed():
            return service.recovery_failed(state)
        case on.HeartbeatFailed():
            return service.heartbeat_failed(state, rules)
        case on.TimerFired(timer=Timer.HEARTBEAT):
            return hearing.look(service.heartbeat(state, rules))
        case on.VoiceSeen(mute=mute):
            return hearing.seen(state, mute)
        case on.TimerFired(timer=Timer.ATTENTION):
            return service.call_attention(state)
        case on.TimerFired(timer=Timer.STAFF):
            return service.call_staff(state)
        case on.TimerFired(timer=Timer.COUNTDOWN):
            return overlay.tick(state)
        case on.TimerFired(timer=Timer.CARD_UNTOUCHED):
            return identify.card_forgets(state)
        case on.VisitOpened(reference=reference):
            return stay(with_visit(state, replace(visit_of(state), reference=reference)))
        case _:
            return None


def _touched(scene: Scene, state: Terminal, event: Touch) -> Step:  # noqa: C901 - a table
    """Rows of the table: touches."""
    match scene, event:
        case at.Start(), Pressed(Key.START):
            return ending.begin(state, at.AwaitCard())
        case at.Start(), Pressed(Key.CLERK) if state.counter:
            return go(state, at.Assisted())
        case at.Assisted(), Pressed(Key.PRIMARY):
            return ending.start_over(state)
        case ((at.AwaitCard(again=True) | at.EnterPin(again=True)), Pressed(Key.BACK)):
            return identify.back_to_confirm(state)
        case ((at.AwaitCard() | at.EnterPin()), Pressed(Key.BACK)):
            return overlay.give_up(state)
        case at.EnterPin(), touch.PinTyped(digits):
            return go(state, replace(scene, digits=digits, wrong=scene.wrong and digits == 0))
        case at.EnterPin(), Pressed(Key.PRIMARY):
            return identify.pin_entered(state, scene)
        case at.ChoosePurpose(), touch.PurposeChosen(code):
            return go(state, replace(scene, chosen=code))
        case at.ChoosePurpose(), Pressed(Key.BY_NAME):
            return go(state, at.ChooseKind())
        case at.ChoosePurpose(), Pressed(Key.PRIMARY):
            return choose.purpose_taken(state, scene)
        case at.ChooseKind(), touch.KindChosen(kind):
            return go(state, replace(scene, chosen=kind))
        case at.ChooseKind(), Pressed(Key.PRIMARY):
            return choose.kind_taken(state, scene)
        case ((at.ChoosePurpose() | at.ChooseKind()), Pressed(Key.BACK)):
            return choose.back_from_choice(state, scene)
        case at.ChooseOptions(), touch.ScopeChosen():
            return choose.scope_chosen(state, scene, event)
        case at.ChooseOptions(), touch.OptionSet():
            return choose.option_set(state, scene, event)
        case at.ChooseOptions(), Pressed(Key.PRIMARY):
            return choose.options_taken(state, scene)
        case at.ChooseOptions(), Pressed(Key.BACK):
            return choose.back_from_options(state, scene)
        case at.ChooseMembers(), touch.MemberToggled():
            return choose.member_toggled(state, scene, event)
        case at.ChooseMembers(), Pressed(Key.PRIMARY):
            return choose.members_taken(state, scene)
        case at.ChooseMembers(), Pressed(Key.BACK):
            return go(state, at.ChooseOptions(scene.line, scene.editing))
        case at.Confirm(), touch.CopiesChanged():
            return choose.copies_changed(state, event)
        case at.Confirm(), touch.LineChanged():
            return choose.line_changed(state, event)
        case ((at.Confirm() | at.ChooseOptions()), touch.LineRemoved()):
            return choose.line_removed(state, event)
        case at.Confirm(), Pressed(Key.ADD_LINE):
            return choose.another_line(state)
        case at.Confirm(), Pressed(Key.PRIMARY):
            return identify.prove(state)
        case at.Confirm(), Pressed(Key.BACK):
            return choose.back_from_confirm(state)
        case at.Pay(), Pressed(Key.PRIMARY):
            return pay.pay(state, scene)
        case at.Pay(), Pressed(Key.RETURN_MONEY | Key.BACK):
            return overlay.give_up(state)
        case ((at.TakeSheets() | at.Declined() | at.Fault()), Pressed(Key.PRIMARY)):
            return ending.end(state)
        case _:
            return stay(state)


def _happened(state: Terminal, event: Event, rules: SiteRules) -> Step:
    """Rows of the table: everything else, by phase of the visit."""
    scene = state.scene
    match scene:
        case at.Start() | at.Assisted() | at.Closed() | at.TakeBelongings():
            return _between_visits(scene, state, event)
        case at.AwaitCard() | at.ReadingCard() | at.EnterPin() | at.CheckingPin() | at.ProvingOrder():
            return _identifying(scene, state, event, rules)
        case at.TakeCard() | at.Preparing():
            return _preparing(scene, state, event, rules)
        case at.Releasing() if visit_of(state).changing:
            return _changing(state, event)
        case at.Pay() | at.Releasing() | at.ReturningMoney():
            return _paying(scene, state, event, rules)
        case at.Printing():
            return _printing(state, event)
        case at.TakeSheets() | at.Declined() | at.Fault():
            return _at_the_end(scene, state, event)
        case _:
            return _choosing(state, event, rules)


def _between_visits(scene: Scene, state: Terminal, event: Event) -> Step:
    match scene, event:
        case ((at.Start() | at.Assisted()), on.SlotChanged(SlotEvent.INSERTED)):
            return ending.begin_with_card(state)
        case ((at.Start() | at.Assisted()), on.TimerFired() | PersonChanged(present=False)):
            return ending.start_over(state)
        case at.TakeBelongings(), on.TimerFired():
            return ending.abandon(state)
        case _:
            return stay(state)


def _identifying(  # noqa: C901 - a table
    scene: at.AwaitCard | at.ReadingCard | at.EnterPin | at.CheckingPin | at.ProvingOrder,
    state: Terminal,
    event: Event,
    rules: SiteRules,
) -> Step:
    match scene, event:
        case at.AwaitCard(), on.SlotChanged(SlotEvent.INSERTED):
            return identify.read_card(state)
        case ((at.AwaitCard() | at.EnterPin()), on.TimerFired(timer=Timer.SCENE)):
            return overlay.warn(state, rules)
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
        case at.CheckingPin(), on.ChallengeSigned() if visit_of(state).session:
            return identify.challenge_signed(state)
        case at.CheckingPin(), on.Offered() if visit_of(state).verified:
            return identify.offered(state, event)
        case ((at.CheckingPin() | at.ProvingOrder()), on.PinForgotten()):
            return identify.ask_pin(state, again=True)
        case ((at.ReadingCard() | at.CheckingPin()), on.SessionOpened()):
            return identify.session_opened(state)
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


def _choosing(state: Terminal, event: Event, rules: SiteRules) -> Step:
    match event:
        case on.SlotChanged(SlotEvent.REMOVED | SlotEvent.READER_LOST) | PersonChanged(present=False):
            return identify.card_forgets(state)
        case on.TimerFired(timer=Timer.SCENE):
            return overlay.warn(state, rules)
        case _:
            return stay(state)


def _preparing(scene: at.TakeCard | at.Preparing, state: Terminal, event: Event, rules: SiteRules) -> Step:
    match scene, event:
        case _, on.SlotChanged():
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


def _paying(  # noqa: C901 - a table
    scene: at.Pay | at.Releasing | at.ReturningMoney, state: Terminal, event: Event, rules: SiteRules
) -> Step:
    match scene, event:
        case _, on.MoneyTaken():
            return pay.money_taken(state, event)
        case at.Pay(), on.SlotsOpen(accepted=accepted):
            return go(state, replace(scene, accepted=accepted))
        case at.Pay(), on.CashSeen():
            return pay.cash_seen(state, scene, event)
        case at.Pay(), on.TimerFired(timer=Timer.SCENE):
            return overlay.warn(state, rules)
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


def _changing(state: Terminal, event: Event) -> Step:
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


def _printing(state: Terminal, event: Event) -> Step:
    match event:
        case on.SheetProgress():
            return printing.progress(state, event)
        case on.DocumentSettled(settled=settled):
            return printing.settled(state, settled)
        case on.ChangeGiven():
            return printing.change_given(state, event)
        case on.MoneySettled() if visit_of(state).settling:
            return ending.money_settled(state, event)
        case on.MoneyUnclear() if visit_of(state).settling:
            return ending.money_stuck(state)
        case on.MoneyUnclear():
            return stay(money.unclear(state))
        case on.TimerFired(timer=Timer.SCENE):
            return ending.money_stuck(state) if visit_of(state).settling else printing.stuck(state)
        case _:
            return stay(state)


def _at_the_end(scene: at.TakeSheets | at.Declined | at.Fault, state: Terminal, event: Event) -> Step:
    match scene, event:
        case ((at.Declined() | at.Fault()), on.SlipSettled(printed=printed)):
            return go(state, replace(scene, slip=printed))
        case at.Declined(), on.SlotChanged(SlotEvent.INSERTED):
            return ending.another_card(state)
        case _, on.TimerFired(timer=Timer.SCENE):
            return ending.abandon(state) if left(state) else ending.end(state)
        case at.TakeSheets(), _:
            return go(state, replace(scene, waiting=lying(state)))
        case _:
            return stay(state)
