"""One step of the clerk's desk: `step(desk, event, rules, packages) -> (desk, effects)`. Never raises, for any event in
any state.

    scene           event                                next scene
    --------------  -----------------------------------  ----------------------------------------------------------
    SignIn          card and PIN, or password and code   Home | InCase (what was open behind the lock)
    Home            a kind of case, or one put aside     AwaitTerminal
    AwaitTerminal   the resident's flow gave it          InCase
    InCase          the case is over, or put aside       Home
    any but SignIn  locked, untouched, signed out        SignIn

A case hears what is its own (`kiosk.counter.case.Happening`), also behind the lock: a card that is being written is not
left alone by it."""

from dataclasses import replace

from kiosk.counter import daily, deeds, handling, signing_in, two
from kiosk.counter import scenes as at
from kiosk.counter import touches as touch
from kiosk.counter.case import CaseEffect, CaseEffectFailed, CaseEvent, FieldTyped
from kiosk.counter.change import DeskStep, also, arm, disarm, first, go, running, stay
from kiosk.counter.day.day import Day, Stage
from kiosk.counter.day.entries import HandedOver, Kept, TakenIn
from kiosk.counter.desk import Desk
from kiosk.counter.effects import (
    DeskEffect,
    DeskTimer,
    FreeTerminal,
    KeepSession,
    LookAtClock,
    PrintAppointment,
    PrintAside,
    PrintDeposit,
    PrintOwed,
    PrintSample,
    PrintTicket,
    SecondByCard,
    SecondByPassword,
    SignInByCard,
    SignInByPassword,
    TakeMoney,
    WriteDay,
)
from kiosk.counter.events import (
    ClockSeen,
    DayMoved,
    DeskEffectFailed,
    DeskEvent,
    MoneyAsked,
    NotSecond,
    NotSignedIn,
    NotWritten,
    ResidentTouched,
    SecondStands,
    SessionEnded,
    SignedIn,
    TerminalSeen,
)
from kiosk.counter.form import cleared, typed
from kiosk.counter.packages import Packages
from kiosk.counter.resident import ResidentStage
from kiosk.counter.rules import DeskRules
from kiosk.counter.touches import Deed, DeskKey, DeskTouch
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped
from kiosk.flow.values.presentation import Language


def step(desk: Desk, event: DeskEvent, rules: DeskRules, packages: Packages) -> DeskStep:
    """The desk as it is next and what is to be done."""
    current = _without_timer(desk, event)
    if current is None:
        return stay(desk)
    if isinstance(event, TerminalSeen):
        current = replace(current, resident=event.resident)
    changed, effects = _decide(current, event, rules, packages)
    changed = _matters(desk, changed, rules)
    freed = (FreeTerminal(),) if handling.needs_terminal(desk) and not handling.needs_terminal(changed) else ()
    changed, listed = _listed(desk, event, changed)
    changed, timers = _keep_time(event, changed, rules)
    return changed, (*effects, *freed, *listed, *timers)


def _without_timer(desk: Desk, event: DeskEvent) -> Desk | None:
    """A timer that fired no longer runs; None when it had been stopped or started anew meanwhile."""
    if not isinstance(event, TimerFired):
        return desk
    entry = (event.timer, event.run)
    if entry not in desk.armed:
        return None
    return replace(desk, armed=tuple(other for other in desk.armed if other != entry))


def _decide(  # noqa: C901 - a table
    desk: Desk, event: DeskEvent, rules: DeskRules, packages: Packages
) -> DeskStep:
    match event:
        case TerminalSeen():
            return _terminal_seen(desk, rules, packages)
        case DayMoved() | NotWritten() | MoneyAsked() | SecondStands() | NotSecond():
            return _of_the_day(desk, event)
        case TimerFired(timer=DeskTimer.UNTOUCHED):
            return signing_in.lock(desk) if desk.signed_in else stay(desk)
        case TimerFired(timer=DeskTimer.LOCKED):
            return handling.put_aside(desk) if not desk.signed_in else stay(desk)
        case ClockSeen(moment):
            return stay(replace(desk, clock=moment))
        case TimerFired(timer=DeskTimer.CLOCK):
            return stay(desk, LookAtClock())
        case TimerFired(timer=DeskTimer.KEEP):
            return stay(desk, KeepSession()) if desk.signed_in else stay(desk)
        case SignedIn() | NotSignedIn():
            return _answered(desk, event)
        case SessionEnded():
            return signing_in.ended(desk, event)
        case DeskEffectFailed(effect, by_server):
            return _failed(desk, effect, by_server, rules, packages)
        case CaseEvent() | TimerFired() | SlotChanged():
            return handling.heard(desk, event, rules, packages)
        case touch.SecretTyped(count) if isinstance(desk.scene, at.InCase):
            # A PIN that stands on a sealed form is entered at the clerk's side.
            return handling.heard(desk, PinTyped(count), rules, packages)
        case PinTyped() | FieldTyped() if isinstance(desk.scene, at.InCase):
            return handling.heard(desk, event, rules, packages)
        case _ if isinstance(event, DeskTouch):
            return _touched(desk, event, rules)
        case _:
            return stay(desk)


def _of_the_day(desk: Desk, event: DayMoved | NotWritten | MoneyAsked | SecondStands | NotSecond) -> DeskStep:
    match event:
        case DayMoved(day):
            return stay(_moved(desk, day))
        case NotWritten(why):
            return stay(replace(desk, notice=why))
        case MoneyAsked(fee):
            return stay(replace(desk, asked=fee))
        case SecondStands() | NotSecond():
            return _second(desk, event)


def _moved(desk: Desk, day: Day) -> Desk:
    """The day goes on. A visit and a case never share the terminal: what comes out during a case is the case's."""
    before = {each.document for each in desk.day.lying}
    lying = [each.document for each in day.lying]
    kept = tuple(each for each in desk.of_cases if each[1] in lying)
    if desk.case is None:
        return replace(desk, day=day, of_cases=kept)
    number = desk.case.case.number
    own = tuple((number, document) for document in lying if document not in before)
    return replace(desk, day=day, of_cases=(*kept, *own))


def _terminal_seen(desk: Desk, rules: DeskRules, packages: Packages) -> DeskStep:
    """Sheets that lay in a tray for the resident are theirs once the tray is empty and nobody is served."""
    step = handling.terminal_seen(desk, rules, packages)
    if rules.separate or desk.resident.stage is not ResidentStage.FREE or not desk.out or not desk.day.is_open:
        return step
    documents = tuple(each.document for each in desk.sheets_of_order)
    return also(step, WriteDay(HandedOver(documents, by_hand=False), desk.by))


def _listed(before: Desk, event: DeskEvent, desk: Desk) -> DeskStep:
    """What cases gave into custody comes onto the day's list, one after the other, once there is a day."""
    may = isinstance(event, DayMoved) or not before.unlisted
    if not desk.unlisted or not may or desk.day.stage is Stage.NONE:
        return stay(desk)
    (kind, about), *others = desk.unlisted
    kept = Kept(desk.day.next_custody, kind, about)
    return replace(desk, unlisted=tuple(others)), (WriteDay(TakenIn(kept), desk.by),)


def _matters(before: Desk, desk: Desk, rules: DeskRules) -> Desk:
    """What a resident waits for brings the clerk to the order: money to give or to get, and sheets that the clerk hands
    over, once they are out, and again for whoever signs in or comes from a case."""
    if not isinstance(desk.scene, at.Home):
        return desk
    elsewhere = not isinstance(before.scene, (at.Home, at.Guiding, at.BeforeTwo))
    sheets = desk.out and (desk.day.out > before.day.out or (elsewhere and before.out))
    if desk.asked is not None or desk.day.due or (rules.separate and sheets):
        return replace(cleared(desk), scene=at.Guiding())
    return desk


def _second(desk: Desk, event: SecondStands | NotSecond) -> DeskStep:
    scene = desk.scene
    if not isinstance(scene, at.BeforeTwo) or not scene.sign.busy or event.attempt != desk.attempts:
        return stay(desk)
    return two.stands(desk, scene, event) if isinstance(event, SecondStands) else two.refused(desk, scene, event)


def _answered(desk: Desk, event: SignedIn | NotSignedIn) -> DeskStep:
    if not isinstance(desk.scene, at.SignIn) or not desk.scene.busy or event.attempt != desk.attempts:
        return stay(desk)
    if isinstance(event, SignedIn):
        return first((LookAtClock(),), signing_in.signed_in(desk, event))
    return signing_in.not_signed_in(desk, desk.scene, event)


def _failed(desk: Desk, effect: DeskEffect, by_server: bool, rules: DeskRules, packages: Packages) -> DeskStep:
    match effect:
        case SignInByPassword(attempt=attempt):
            return _answered(desk, NotSignedIn(attempt, at.SignInProblem.SERVER_AWAY))
        case SignInByCard(attempt):
            problem = at.SignInProblem.SERVER_AWAY if by_server else at.SignInProblem.CARD
            return _answered(desk, NotSignedIn(attempt, problem))
        case SecondByPassword(attempt=attempt) | SecondByCard(attempt=attempt):
            return _second(desk, NotSecond(attempt, at.SignInProblem.SERVER_AWAY))
        case WriteDay(TakenIn(kept)):
            return stay(replace(desk, unlisted=((kept.kind, kept.about), *desk.unlisted), notice="disk"))
        case WriteDay() | TakeMoney():
            return stay(replace(desk, notice="disk"))
        case PrintSample() | PrintTicket() | PrintAppointment() | PrintDeposit() | PrintAside() | PrintOwed():
            return stay(replace(desk, notice="printer"))
        case CaseEffect():
            return handling.heard(desk, CaseEffectFailed(effect, by_server), rules, packages)
        case _:
            return stay(desk)


def _touched(desk: Desk, event: DeskTouch, rules: DeskRules) -> DeskStep:
    match event:
        case touch.DeskPressed(DeskKey.LANGUAGE):
            other = Language.ENGLISH if desk.language is Language.JAPANESE else Language.JAPANESE
            return stay(replace(desk, language=other))
        case touch.DeskPressed(DeskKey.LARGE):
            return stay(replace(desk, large=not desk.large))
        case _ if isinstance(desk.scene, at.SignIn):
            return _outside(desk, desk.scene, event)
        case touch.DeskPressed(DeskKey.LOCK):
            return signing_in.lock(desk)
        case _:
            return _inside(desk, event, rules)


def _outside(desk: Desk, scene: at.SignIn, event: DeskTouch) -> DeskStep:
    """Nobody is signed in."""
    match event:
        case _ if scene.busy:
            return stay(desk)
        case touch.WayChosen(way) if way is not scene.way:
            return signing_in.way_chosen(desk, scene, way)
        case FieldTyped(name, text):
            return signing_in.typed(desk, scene, name, text)
        case touch.SecretTyped(count):
            return go(desk, replace(scene, characters=count))
        case touch.DeskPressed(DeskKey.SIGN_IN):
            return signing_in.tried(desk, scene)
        case _:
            return stay(desk)


def _inside(desk: Desk, event: DeskTouch, rules: DeskRules) -> DeskStep:  # noqa: C901 - a table
    """Somebody is at work."""
    match desk.scene, event:
        case at.BeforeTwo(), _:
            return _before_two(desk, desk.scene, event, rules)
        case _, touch.Done(deed):
            return deeds.done(desk, deed, rules)
        case _, FieldTyped(name, text) | touch.Picked(name, text):
            return stay(typed(desk, name, text))
        case at.Home(), touch.DocumentChosen(document):
            return two.document_chosen(desk, document)
        case at.Home(), touch.KeptChosen(number):
            return two.kept_chosen(desk, number)
        case at.Home(), touch.OwedChosen(number):
            return two.owed_chosen(desk, number)
        case at.Home(), touch.LostCaseNoted(number):
            return daily.lost_case(desk, number)
        case at.InCase(), touch.DeskPressed(DeskKey.HOLD):
            return handling.put_aside(desk)
        case at.AwaitTerminal(), touch.DeskPressed(DeskKey.DISMISS):
            return go(desk, at.Home(at.Tab.CASES))
        case at.Home(), touch.TabChosen(tab):
            return go(cleared(desk), at.Home(tab))
        case at.Home(), touch.CaseChosen(kind):
            return handling.wanted(desk, kind)
        case at.Home(), touch.CaseTakenUp(number):
            return handling.wanted(desk, number)
        case at.Home(), touch.DeskPressed(DeskKey.SIGN_OUT):
            return signing_in.sign_out(desk)
        case _:
            return stay(desk)


def _before_two(desk: Desk, scene: at.BeforeTwo, event: DeskTouch, rules: DeskRules) -> DeskStep:
    match event:
        case _ if scene.sign.busy:
            return stay(desk)
        case touch.Done(Deed.TWO_STAND):
            return two.asked(desk, scene)
        case touch.Done(deed):
            return deeds.done(desk, deed, rules)
        case touch.WayChosen(way) if way is not scene.sign.way:
            return two.way(desk, scene, way)
        case touch.SecretTyped(count):
            return two.secret(desk, scene, count)
        case touch.Picked(name, value):
            return stay(typed(desk, name, value))
        case FieldTyped():
            return two.field(desk, scene, event)
        case _:
            return stay(desk)


def _keep_time(event: DeskEvent, after: Desk, rules: DeskRules) -> DeskStep:
    """Timers, derived from the desk in one place."""
    effects: tuple[DeskEffect, ...] = ()
    active = isinstance(event, (DeskTouch, PinTyped, ResidentTouched, TerminalSeen, SignedIn))
    for timer, wanted, seconds in (
        (DeskTimer.UNTOUCHED, after.signed_in, rules.lock_s),
        (DeskTimer.KEEP, after.signed_in, rules.keep_s),
        (DeskTimer.CLOCK, after.signed_in, rules.clock_s),
        (DeskTimer.LOCKED, after.case is not None and not after.signed_in, rules.locked_case_s),
        (DeskTimer.CASE, after.case is not None and running(after, DeskTimer.CASE), 0.0),
    ):
        anew = timer is DeskTimer.UNTOUCHED and active
        if not wanted:
            after, stopped = disarm(after, timer)
            effects += stopped
        elif timer is not DeskTimer.CASE and (anew or not running(after, timer)):
            after, started = arm(after, timer, seconds)
            effects += started
    return after, effects
