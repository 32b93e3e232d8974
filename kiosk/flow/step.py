"""One step of the terminal: `step(state, event, rules) -> (state, effects)`. Everything that decides which scene
follows which is in tables: what does not depend on the scene here, touches in `by_touch`, all else in `by_event`. The
phases only say how.

What is done before the tables, for every event: one of another attempt is dropped (I2), a timer that was stopped or
started anew is dropped, what the surroundings told is noted, keys that work everywhere are done (`overlay`). After
them: without a visit the scene follows from what lies around (`rest.at_rest`), and timers and lamp from the scene
(`pace.keep_time`).

    scene            event                              next scene, most of it
    ---------------  ---------------------------------  ------------------------------------------------------------
    Closed           (all reasons solved)               Start
                     what a restart cut off is settled  Fault
    Start            はじめる / card / clerk's desk     AwaitCard / ReadingCard / AtCounter
    AtCounter        the desk gives it back             Start | TakeBelongings | Closed
    AwaitCard        card                               ReadingCard
    ReadingCard      facts                              (session is opened) | Declined
                     session open                       EnterPin | Declined
    EnterPin         決定 with four digits              CheckingPin
    CheckingPin      wrong                              EnterPin(wrong) | Declined
                     right, answered, offered           ChoosePurpose | ProvingOrder when answers were kept
    Start            マイナンバーを聞く                 PlugIn, AwaitCard, ReadingCard, EnterPin, CheckingPin: `number`
    NumberReady      聞く                               TellingNumber, and from there back
    ChoosePurpose    つぎへ                             Advised | ChooseMatter | ChooseOptions | Confirm | Declined
    Advised          つぎへ                             as a purpose, or Confirm, or the end
    ChooseKind       つぎへ                             ChooseMatter | ChooseOptions | Confirm | Declined
    ChooseMatter     つぎへ                             ChooseOptions | Confirm | Declined
    ChooseOptions    のせる of a number                 WarnNumber, and from there back
                     つぎへ                             ChooseMembers | Confirm
    ChooseMembers    つぎへ                             Confirm
    Confirm          申し込む                           ProvingOrder | AwaitCard(again) | ReadingCard
    ProvingOrder     proven                             TakeCard
                     6982                               EnterPin(again)
    TakeCard         card taken                         Preparing | Pay
    Preparing        prepared, paper is there           Pay
                     prepared, a payment terminal       ChooseMeans
    ChooseMeans      現金 / キャッシュレス              Pay / Present
    Present          debited / not / nobody knows yet   Releasing / ChooseMeans / AskingDebit
                     もどる                             ChooseMeans, once nothing was debited
    AskingDebit      debited / not / nobody knows       Releasing / ChooseMeans / ReturningMoney
    Pay              支払う with enough held            Releasing
                     お金を返す                         ReturningMoney
    Releasing        secured, released, checked         (change comes out)
                     change is out                      Printing
    Printing         all settled, money settled         TakeSheets
                     all out, a clerk hands over        LookAtSheets
    LookAtSheets     right, and the fee is kept         TakeSheets
                     wrong, or nobody says so           ReturningMoney
    ReturningMoney   returned                           Declined | Fault | TakeBelongings | Start
    TakeSheets       終わる, or nobody for a while      TakeBelongings | Closed | Start
    Declined, Fault  終わる, or nobody for a while      TakeBelongings | Closed | Start
    TakeBelongings   all taken / nobody takes them      Start / Closed

A card that leaves in one of the scenes up to Confirm leaves the answers where they are; from ReadingCard to
CheckingPin, and while the order is being proven, it leads to AwaitCard. Any scene up to Pay: やめる, or nobody for a
while, leads to the end. Any scene: what fails leads to Declined or Fault, by way of ReturningMoney when money is in.
"""

from dataclasses import replace

from kiosk.flow import cabinet, hearing, identify, money, overlay, paper, rest, service, unwritten
from kiosk.flow import events as on
from kiosk.flow import scenes as at
from kiosk.flow import touches as touch
from kiosk.flow.broken import as_fault
from kiosk.flow.by_event import happened
from kiosk.flow.by_touch import touched
from kiosk.flow.change import Step, first, stay, visit_of, with_visit
from kiosk.flow.effects import CallStaff, Effect, Timer
from kiosk.flow.events import Event, Told
from kiosk.flow.pace import TOUCHED, keep_time
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Touch


def step(state: Terminal, event: Event, rules: SiteRules) -> Step:
    """The next state and what is to be done. Never raises for any event in any state."""
    after, effects = follow(state, event, rules)
    return after, _calls_in_time(after, effects)


def _calls_in_time(state: Terminal, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """While a resident waits for the server, a call for staff does not stand in the way, as no heartbeat does."""
    if not isinstance(state.scene, (at.Preparing, at.Releasing)):
        return effects
    return tuple(replace(each, at_once=False) if isinstance(each, CallStaff) else each for each in effects)


def follow(state: Terminal, event: Event, rules: SiteRules) -> Step:
    """The step as the tables want it, with every call for staff made at once."""
    if isinstance(event, on.EffectFailed):
        fault = as_fault(state, event)
        return stay(state) if fault is None else follow(state, fault, rules)
    if isinstance(event, on.PaidOut) and money.is_late(state, event):
        return money.heard_late(state, event)
    if isinstance(event, on.SlipSettled) and money.is_on_paper(state, event):
        settled, effects = money.on_paper(state, event)
        return first(effects, follow(settled, event, rules))
    if isinstance(event, on.VisitEvent) and (state.visit is None or state.visit.attempt != event.attempt):
        return stay(state)
    current = _without_timer(state, event)
    if current is None:
        return stay(state)
    sensed = service.sense(current, event) if isinstance(event, on.HouseEvent) else current
    changed, effects = _decide(current, sensed, event, rules)
    if isinstance(event, on.PrintersSeen):
        effects += paper.calls(current, sensed)
    if changed.visit is None:
        changed, down = cabinet.at_rest(rest.at_rest(changed))
        effects += down
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


def _decide(before: Terminal, state: Terminal, event: Told, rules: SiteRules) -> Step:  # noqa: C901 - a table
    """Who hears of it. Closed: an event that nobody was named for does not type-check."""
    if isinstance(event, Touch):
        return _touched(state, event)
    if isinstance(event, cabinet.CabinetEvent):
        return cabinet.changed(before, state, event)
    if isinstance(event, on.TimerFired):
        return _fired(event, state, rules)
    if isinstance(event, on.SceneEvent):
        return happened(state, event, rules)
    match event:
        case on.PoweredOn():
            return hearing.power_on(service.power_on(state, rules))
        case on.Recovered():
            return service.recovered(state, event, rules)
        case on.RecoveryFailed():
            return service.recovery_failed(state)
        case on.RecoveryWaits():
            return service.recovery_waits(state)
        case on.JournalSeen(works):
            return stay(state) if works else unwritten.seen(state)
        case on.NotWritten():
            return unwritten.not_begun(state, rules)
        case on.StaffNeeded(call):
            return stay(state, call)
        case on.HeartbeatFailed():
            return service.heartbeat_failed(state, rules)
        case on.VoiceSeen(mute=mute):
            return hearing.seen(state, mute)
        case on.VisitOpened(reference=reference):
            return stay(with_visit(state, replace(visit_of(state), reference=reference)))
        case on.HeartbeatAnswered() | on.CashlessSeen() | on.CounterDay() | on.StaysUp():
            # What they tell was noted, and nothing else is to be done.
            return stay(state)


def _touched(state: Terminal, event: Touch) -> Step:
    if isinstance(state.overlay, at.IdleWarning):
        state = replace(state, overlay=None)
        if not isinstance(event, touch.PinTyped):
            return stay(state)
    return overlay.touched(state, event) or touched(state.scene, state, event)


def _fired(event: on.TimerFired, state: Terminal, rules: SiteRules) -> Step:
    if not isinstance(event.timer, Timer):
        # Of another flow.
        return stay(state)
    match event.timer:
        case Timer.HEARTBEAT:
            return hearing.look(service.heartbeat(state, rules))
        case Timer.WATCHDOG:
            return cabinet.feed(state, rules)
        case Timer.BATTERY:
            return cabinet.battery_ends(state)
        case Timer.RECOVERY:
            return service.recovery_silent(state)
        case Timer.ATTENTION:
            return service.call_attention(state)
        case Timer.STAFF:
            return service.call_staff(state)
        case Timer.COUNTDOWN:
            return overlay.tick(state)
        case Timer.CARD_UNTOUCHED:
            return identify.card_forgets(state)
        case Timer.SCENE if isinstance(state.scene, TOUCHED):
            return overlay.warn(state, rules)
        case Timer.SCENE | Timer.RETRY:
            return happened(state, event, rules)
