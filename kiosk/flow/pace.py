"""Timers and the lamp, derived from the state in one place: no transition starts or stops them by itself."""

from dataclasses import replace

from hardware.sensors.model import Lamp, Power
from kiosk.flow.change import Step, left, unread
from kiosk.flow.effects import ClearPad, Effect, SetLamp, StartTimer, StopTimer, Timer, WriteDown
from kiosk.flow.events import Event, PoweredOn
from kiosk.flow.means import Means
from kiosk.flow.occasions import Occasion as On
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    Advised,
    AskingDebit,
    AtCounter,
    AwaitCard,
    CheckingPin,
    ChooseKind,
    ChooseMatter,
    ChooseMeans,
    ChooseMembers,
    ChooseMunicipality,
    ChooseOptions,
    ChoosePurpose,
    ChooseWhere,
    Closed,
    Confirm,
    Declined,
    Enrol,
    Enrolled,
    EnterPin,
    Fault,
    IdleWarning,
    LookAtSheets,
    NumberReady,
    OfferEnrolment,
    Pay,
    PlugIn,
    Preparing,
    Present,
    Printing,
    ProvingEnrolment,
    ProvingOrder,
    ReadingCard,
    Releasing,
    ReturningMoney,
    ReviewEnrolment,
    StaffCalled,
    Start,
    TakeBelongings,
    TakeCard,
    TakeSheets,
    TellingNumber,
    WarnNumber,
)
from kiosk.flow.state import Machine, Source, Terminal
from kiosk.flow.touches import Touch
from kiosk.flow.values.presentation import Presentation
from kiosk.flow.values.service import Belonging

ENROLLING = (OfferEnrolment, Enrol, ReviewEnrolment)

CHOOSING = (
    ChoosePurpose,
    ChooseKind,
    Advised,
    ChooseMatter,
    ChooseOptions,
    ChooseMembers,
    WarnNumber,
    Confirm,
    *ENROLLING,
    NumberReady,
)
"""Scenes with the card on the reader and its PIN verified."""

TOUCHED = (ChooseWhere, ChooseMunicipality, PlugIn, AwaitCard, EnterPin, *CHOOSING, ChooseMeans, Pay)
"""Scenes that wait for a person: untouched, they warn and then erase everything."""

OPEN = (Start,)
"""Nobody's visit, and one may begin."""

LAST = (TakeSheets, TakeBelongings, Declined, Fault, Enrolled)
"""The last screen of a visit, also of one that a restart cut off."""


def keep_time(before: Terminal, event: Event, after: Terminal, rules: SiteRules) -> Step:
    """`after` with its timers and its lamp as they must be now."""
    touched = isinstance(event, Touch)
    effects: list[Effect] = []
    state = _scene_timer(before, after, touched, rules, effects)
    state = _countdown(before, state, effects)
    state = _card_untouched(state, touched, rules, effects)
    if isinstance(before.scene, EnterPin) and not isinstance(state.scene, (EnterPin, CheckingPin)):
        effects.append(ClearPad())
    state = _left_behind(before, state, rules, effects)
    state = _recovery(state, rules, effects)
    state = _battery(state, rules, effects)
    if state.visit is None or state.visit.awaited is None:
        state = _stop(state, Timer.RETRY, effects)
    if before.alarm is not None and state.alarm is None:
        effects.append(WriteDown(On.ALARM_CLOSED))
    if _lamp(state) is not _lamp(before) or isinstance(event, PoweredOn):
        effects.append(SetLamp(_lamp(state)))
    return state, tuple(effects)


def arm(state: Terminal, timer: Timer, seconds: float) -> Step:
    """Starts a timer anew."""
    run = state.timer_runs + 1
    armed = (*(entry for entry in state.armed if entry[0] is not timer), (timer, run))
    return replace(state, armed=armed, timer_runs=run), (StartTimer(timer, seconds, run),)


def to_take(state: Terminal) -> frozenset[Belonging]:
    """What the person in front should take now, or what the last one left."""
    if isinstance(state.scene, (TakeCard, *LAST, Closed)):
        return left(state)
    return frozenset({Belonging.CARD}) if isinstance(state.scene, Start) and unread(state) else frozenset()


def _arm(state: Terminal, timer: Timer, seconds: float, effects: list[Effect]) -> Terminal:
    state, started = arm(state, timer, seconds)
    effects.extend(started)
    return state


def _stop(state: Terminal, timer: Timer, effects: list[Effect]) -> Terminal:
    if not _running(state, timer):
        return state
    effects.append(StopTimer(timer))
    return replace(state, armed=tuple(entry for entry in state.armed if entry[0] is not timer))


def _running(state: Terminal, timer: Timer) -> bool:
    return timer in [armed for armed, _ in state.armed]  # for every timer at every event: faster than `any`


def _scene_timer(before: Terminal, state: Terminal, touched: bool, rules: SiteRules, effects: list[Effect]) -> Terminal:
    seconds = _patience(state, rules)
    if seconds is None:
        return _stop(state, Timer.SCENE, effects)
    fresh = (before.scene, before.overlay, _stage(before)) != (state.scene, state.overlay, _stage(state))
    if fresh or (touched and isinstance(state.scene, TOUCHED + LAST + OPEN)) or not _running(state, Timer.SCENE):
        return _arm(state, Timer.SCENE, seconds, effects)
    return state


def _stage(state: Terminal) -> tuple[bool, bool, bool] | None:
    """What a scene waits for where it waits for several things in turn."""
    visit = state.visit
    return (visit.given_up, visit.settling, visit.changing) if visit is not None else None


def _patience(state: Terminal, rules: SiteRules) -> float | None:
    if isinstance(state.overlay, IdleWarning):
        return None
    if isinstance(state.overlay, StaffCalled) and isinstance(state.scene, TOUCHED + LAST):
        return rules.staff_wait_s
    return _patience_of_scene(state, rules)


def _patience_of_scene(state: Terminal, rules: SiteRules) -> float | None:  # noqa: C901 - a table
    """How long a person, a device or the server may do nothing at all; None where nothing is waited for. Closed: a
    scene that says nothing of it does not type-check."""
    scene, visit = state.scene, state.visit
    if isinstance(scene, Pay):
        return rules.pay_idle_s
    if isinstance(scene, TOUCHED):
        return rules.idle_s
    if isinstance(scene, LAST):
        return _last_patience(state, rules)
    match scene:
        case Closed() | AtCounter():
            return None
        case Start():
            return rules.idle_s if state.presentation != Presentation() else None
        case ReadingCard() | CheckingPin() | ProvingOrder() | ProvingEnrolment() | TellingNumber():
            return rules.card_guard_s
        case TakeCard():
            return rules.abandon_s
        case Preparing():
            return rules.prepare_guard_s
        case Present() | AskingDebit():
            return rules.cashless_guard_s
        case ReturningMoney():
            cashless = visit is not None and visit.means is Means.CASHLESS
            return rules.cashless_guard_s if cashless else rules.money_guard_s
        case Releasing():
            changing = visit is not None and visit.changing
            return rules.money_guard_s if changing else rules.release_guard_s
        case LookAtSheets(right=right):
            return rules.money_guard_s if right else rules.word_s
        case Printing() if visit is not None and visit.settling:
            return rules.money_guard_s
        case Printing():
            given_up = visit is not None and visit.given_up
            return rules.settle_guard_s if given_up else rules.sheet_guard_s


def _last_patience(state: Terminal, rules: SiteRules) -> float:
    if left(state):
        return rules.abandon_s
    return rules.done_s if isinstance(state.scene, (TakeSheets, TakeBelongings)) else rules.notice_s


def _countdown(before: Terminal, state: Terminal, effects: list[Effect]) -> Terminal:
    if not isinstance(state.overlay, IdleWarning):
        return _stop(state, Timer.COUNTDOWN, effects)
    return _arm(state, Timer.COUNTDOWN, 1, effects) if state.overlay != before.overlay else state


def _card_untouched(state: Terminal, touched: bool, rules: SiteRules, effects: list[Effect]) -> Terminal:
    if state.visit is None or not state.visit.verified or not isinstance(state.scene, CHOOSING):
        return _stop(state, Timer.CARD_UNTOUCHED, effects)
    if touched or not _running(state, Timer.CARD_UNTOUCHED):
        return _arm(state, Timer.CARD_UNTOUCHED, rules.card_untouched_s, effects)
    return state


def _recovery(state: Terminal, rules: SiteRules, effects: list[Effect]) -> Terminal:
    if Source.RECOVERY not in state.unheard:
        return _stop(state, Timer.RECOVERY, effects)
    return state if _running(state, Timer.RECOVERY) else _arm(state, Timer.RECOVERY, rules.recovery_guard_s, effects)


def _battery(state: Terminal, rules: SiteRules, effects: list[Effect]) -> Terminal:
    if state.power is not Power.LOW or state.machine is not Machine.UP:
        return _stop(state, Timer.BATTERY, effects)
    return state if _running(state, Timer.BATTERY) else _arm(state, Timer.BATTERY, rules.battery_s, effects)


def _left_behind(before: Terminal, state: Terminal, rules: SiteRules, effects: list[Effect]) -> Terminal:
    if not to_take(state):
        if state.staff_called:
            effects.append(WriteDown(On.LEFT_BEHIND_SOLVED))
        state = _stop(_stop(state, Timer.ATTENTION, effects), Timer.STAFF, effects)
        return replace(state, calling=False, staff_called=False) if state.calling or state.staff_called else state
    if not to_take(before):
        state = _arm(state, Timer.ATTENTION, rules.attention_s, effects)
        state = _arm(state, Timer.STAFF, rules.staff_s, effects)
    return state


def _lamp(state: Terminal) -> Lamp:
    if state.calling or isinstance(state.overlay, StaffCalled):
        return Lamp.ATTENTION
    if isinstance(state.scene, (Fault, Closed)):
        return Lamp.FAULT
    return Lamp.READY if isinstance(state.scene, OPEN) else Lamp.OFF
