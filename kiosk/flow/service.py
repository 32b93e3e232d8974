"""The terminal between visits: what devices and server say about themselves, and whether anybody can be served."""

from dataclasses import replace

from hardware.card.model import SlotEvent
from hardware.cash.model import CashProblem, CashStatus
from hardware.sensors.model import DoorChanged, PersonChanged, PlaceChanged, Power, PowerChanged, SensorsChanged
from kiosk.flow import paper
from kiosk.flow.change import Step, lying, pulse, stay
from kiosk.flow.effects import (
    BEFORE_RESTART,
    Announce,
    Announcement,
    CallStaff,
    CloseVisit,
    Effect,
    LookAtCash,
    LookAtCashless,
    LookAtJournal,
    LookAtPrinters,
    PrintSlip,
    Recover,
    Timer,
)
from kiosk.flow.events import (
    CashlessSeen,
    CashSeen,
    CounterDay,
    CounterFreed,
    CounterTook,
    HeartbeatAnswered,
    HeartbeatFailed,
    HouseEvent,
    JournalSeen,
    PoweredOn,
    PrintersSeen,
    Recovered,
    RecoveryFailed,
    RecoveryWaits,
    SlotChanged,
    StaffNeeded,
    StaysUp,
    TimerFired,
    VoiceSeen,
)
from kiosk.flow.means import Means
from kiosk.flow.money import calls, owing, settled_after_all, unsettled
from kiosk.flow.occasions import Occasion
from kiosk.flow.pace import arm, to_take
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import CheckingPin, Closed, Fault, Preparing, ReadingCard, Releasing, TakeCard
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Alarm, CutOff, Machine, Source, Terminal
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import FaultKind, FaultReport, InDoubt, MoneyOutcome

_AT_THE_SERVER = (ReadingCard, CheckingPin, TakeCard, Preparing, Releasing)
"""Scenes in which a resident waits for the server; a heartbeat would stand in the way."""

_LOOKS = (LookAtPrinters(), LookAtCash())


def _looks(rules: SiteRules) -> tuple[Effect, ...]:
    return (*_LOOKS, LookAtCashless()) if rules.cashless else _LOOKS


MISSED_HEARTBEATS = 2
"""So many heartbeats in a row without an answer close the terminal."""


def power_on(state: Terminal, rules: SiteRules) -> Step:
    """Asks everybody once; the terminal opens when all have spoken."""
    state, effects = arm(state, Timer.HEARTBEAT, rules.heartbeat_s)
    state, fed = arm(state, Timer.WATCHDOG, rules.watchdog_s)
    effects = (*effects, *fed)
    return state, (
        LookAtJournal(),
        Recover(),
        *_looks(rules),
        pulse(state),
        *effects,
    )


def sense(state: Terminal, event: HouseEvent) -> Terminal:  # noqa: C901 - a table
    """The state with what the surroundings told, whatever the scene."""
    match event:
        case PoweredOn(alarmed=True):
            return replace(_reasons(state, set(), {OutOfService.SUSPENDED}), alarm=Alarm.RAISED)
        case SlotChanged(what):
            return _slot(state, what)
        case PlaceChanged(place, occupied):
            places = state.occupied | {place} if occupied else state.occupied - {place}
            return replace(state, occupied=places)
        case DoorChanged() | PowerChanged() | SensorsChanged() | StaysUp():
            return _cabinet(state, event)
        case Recovered() | RecoveryFailed() | RecoveryWaits():
            return _heard(state, Source.RECOVERY)
        case HeartbeatAnswered() | HeartbeatFailed():
            return _server(state, event)
        case PrintersSeen(pages, slips):
            seen = replace(state, pages=pages, slips=slips)
            return _heard(_reasons(seen, set(paper.REASONS), paper.reasons(pages, slips)), Source.PRINTERS)
        case JournalSeen(works):
            return _reasons(state, {OutOfService.JOURNAL}, set() if works else {OutOfService.JOURNAL})
        case CounterDay(is_open):
            return _reasons(state, {OutOfService.NOT_OPEN}, set() if is_open else {OutOfService.NOT_OPEN})
        case CashlessSeen(ready):
            return replace(state, cashless=ready)
        case CashSeen(status):
            return _heard(_cash(state, status), Source.CASH)
        case (
            PoweredOn() | TimerFired() | PersonChanged() | VoiceSeen() | StaffNeeded() | CounterTook() | CounterFreed()
        ):
            return state


def _cash(state: Terminal, status: CashStatus) -> Terminal:
    """Where nothing but change is missing that is what is told."""
    state = replace(state, exact=status.exact)
    found: set[OutOfService] = set()
    if state.owing is not None or status.problems - {CashProblem.NO_CHANGE}:
        found = {OutOfService.CASH}
    elif status.problems:
        found = {OutOfService.NO_CHANGE}
    return _reasons(state, {OutOfService.CASH, OutOfService.NO_CHANGE}, found)


def _slot(state: Terminal, what: SlotEvent) -> Terminal:
    match what:
        case SlotEvent.INSERTED:
            return _reasons(replace(state, card_present=True), {OutOfService.CARD_READER}, set())
        case SlotEvent.REMOVED:
            return replace(state, card_present=False)
        case SlotEvent.READER_LOST:
            # A loss never says that a card was taken away: the reader tells what lies there when it is back.
            return _reasons(state, set(), {OutOfService.CARD_READER})
        case SlotEvent.READER_BACK:
            return _reasons(state, {OutOfService.CARD_READER}, set())


def _cabinet(state: Terminal, event: DoorChanged | PowerChanged | SensorsChanged | StaysUp) -> Terminal:
    match event:
        case DoorChanged(is_open):
            return _reasons(state, {OutOfService.DOOR}, {OutOfService.DOOR} if is_open else set())
        case SensorsChanged(heard):
            # What was seen last stands until they say something else: silence never empties a tray.
            return _reasons(state, {OutOfService.SENSORS}, set() if heard else {OutOfService.SENSORS})
        case PowerChanged(power):
            return _power(state, power)
        case StaysUp():
            return _power(replace(state, machine=Machine.STAYS_UP), state.power)


def _power(state: Terminal, power: Power) -> Terminal:
    """A machine that is going down serves nobody any more, though the mains are back."""
    down = state.machine is Machine.GOING_DOWN
    machine = Machine.UP if power is Power.MAINS and not down else state.machine
    found = {OutOfService.ON_BATTERY} if down or power is not Power.MAINS else set()
    return _reasons(replace(state, power=power, machine=machine), {OutOfService.ON_BATTERY}, found)


def _heard(state: Terminal, source: Source) -> Terminal:
    if source in state.unheard:
        state = replace(state, unheard=state.unheard - {source})
    return state if state.unheard else _reasons(state, {OutOfService.STARTING}, set())


def _reasons(state: Terminal, solved: set[OutOfService], found: set[OutOfService]) -> Terminal:
    reasons = (state.out_of_service - solved) | found
    return state if reasons == state.out_of_service else replace(state, out_of_service=reasons)


def _server(state: Terminal, event: HeartbeatAnswered | HeartbeatFailed) -> Terminal:
    if isinstance(event, HeartbeatFailed):
        missed = state.missed_heartbeats + 1
        away = Source.SERVER in state.unheard or missed >= MISSED_HEARTBEATS
        found = {OutOfService.SERVER_AWAY} if away else set()
        return _heard(_reasons(replace(state, missed_heartbeats=missed), set(), found), Source.SERVER)
    alarm = _alarm(state.alarm, event.not_admitted)
    found = {OutOfService.SUSPENDED} if alarm is not None else set()
    if event.not_admitted is not None:
        found.add(event.not_admitted)
    answers = {OutOfService.SERVER_AWAY, OutOfService.NOT_ADMITTED, OutOfService.NOT_SERVED, OutOfService.SUSPENDED}
    board = event.board if event.board is not None else state.board
    state = replace(state, missed_heartbeats=0, alarm=alarm, board=board, koseki_at=event.koseki_at)
    return _heard(_reasons(state, answers, found), Source.SERVER)


def _alarm(alarm: Alarm | None, not_admitted: OutOfService | None) -> Alarm | None:
    """An alarm of this terminal is closed by a person at the municipality and by nothing else: the server must have
    said that it knows of it before its silence about it means anything (I9)."""
    if alarm is None:
        return None
    if not_admitted is OutOfService.SUSPENDED:
        return Alarm.KNOWN
    return None if alarm is Alarm.KNOWN and not_admitted is None else alarm


def heartbeat(state: Terminal, rules: SiteRules) -> Step:
    """Time to ask the server, and between visits the devices too."""
    state, effects = arm(state, Timer.HEARTBEAT, rules.heartbeat_s)
    if not isinstance(state.scene, _AT_THE_SERVER):
        effects = (*effects, pulse(state))
    if state.visit is not None:
        return state, effects
    # What a restart cut off comes after the journal, and before anything else is asked of the money device.
    if state.cut_off is not CutOff.WAITS:
        return state, (*effects, LookAtJournal(), *_looks(rules))
    return replace(state, cut_off=CutOff.TRIED), (*effects, LookAtJournal(), Recover(), *_looks(rules))


def heartbeat_failed(state: Terminal, rules: SiteRules) -> Step:
    """Asked again soon: one lost answer closes nothing."""
    if state.missed_heartbeats >= MISSED_HEARTBEATS:
        return stay(state)
    return arm(state, Timer.HEARTBEAT, rules.retry_s)


def call_attention(state: Terminal) -> Step:
    """Something was left for 5 s: lamp and voice (I13)."""
    things = to_take(state)
    if not things:
        return stay(state)
    called = replace(state, calling=True)
    return stay(called, Announce(Announcement.LEFT_BEHIND, things, state.presentation.language))


def call_staff(state: Terminal) -> Step:
    """Something was left for 30 s: a person (I13)."""
    things = to_take(state)
    if not things:
        return stay(state)
    reference = state.visit.reference if state.visit is not None else ""
    return stay(
        replace(state, staff_called=True),
        CallStaff(Occasion.LEFT_BEHIND, reference, belongings=things),
        Announce(Announcement.STAFF_COMING, things, state.presentation.language),
    )


def recovered(state: Terminal, event: Recovered, rules: SiteRules) -> Step:
    """What a restart cut off is settled, and whoever still stands there is told; a debt left over from it is told to
    staff and put on a slip, also one that was told before and of whose slip nobody knows: both bear the same number."""
    state = replace(settled_after_all(state), cut_off=None)
    report = _cut_off(event)
    state, called = calls(state, event.owed, event.kept, event.reference, event.means, confirmed=event.confirmed)
    if not event.owed:
        late = (CallStaff(Occasion.PAID_AFTER_ALL, event.reference, event.noted),) if event.noted else ()
        return stay(_telling(state, report, rules), *_of_nobody(event), *called, *late, CloseVisit(BEFORE_RESTART))
    if not event.reference:
        # Money that belonged to no visit: there is nobody to give a slip to.
        return stay(state, *_of_nobody(event), *called, CloseVisit(BEFORE_RESTART))
    slip = FaultSlip(report, reprint=event.noted > 0)
    printing = PrintSlip(BEFORE_RESTART, slip, state.presentation.language, state.board)
    return stay(_telling(owing(state, BEFORE_RESTART), report, rules), *called, printing)


def _of_nobody(event: Recovered) -> tuple[Effect, ...]:
    """What was found in the cash device though no visit was open."""
    found = event.returned + event.owed
    return (CallStaff(Occasion.CASH_WITHOUT_VISIT, "", found),) if found and not event.reference else ()


def _cut_off(event: Recovered) -> FaultReport:
    return FaultReport(
        kind=FaultKind.CASH_STOPPED if event.means is Means.CASH else FaultKind.CASHLESS_STOPPED,
        sheets=(),
        sheets_out=0,
        money=_outcome(event),
        returned=event.returned,
        owed=event.owed,
        reference=event.reference,
        restarted=True,
        means=event.means,
        in_doubt=_in_doubt(event),
    )


def _in_doubt(event: Recovered) -> InDoubt | None:
    if event.means is Means.CASH or event.confirmed:
        return None
    return InDoubt.PAY_BACK if event.debited else InDoubt.DEBIT


def _outcome(event: Recovered) -> MoneyOutcome:
    if event.owed:
        return MoneyOutcome.OWED
    if event.returned:
        return MoneyOutcome.RETURNED
    return MoneyOutcome.KEPT if event.kept else MoneyOutcome.NONE_TAKEN


def _telling(state: Terminal, report: FaultReport, rules: SiteRules) -> Terminal:
    """The screen for whoever was cut off, where money came out or is owed to them, or sheets lie there (I13). A clerk
    who hands over what comes out tells it in person."""
    sheets = Belonging.SHEETS in lying(state)
    concerns = bool(report.reference) and bool(report.returned or report.owed or sheets)
    if rules.by_hand or not concerns or not isinstance(state.scene, Closed):
        return state
    return replace(state, scene=Fault(report))


def recovery_failed(state: Terminal) -> Step:
    """The visit that was cut off stays open in the journal, and nobody pays into that device before the next start."""
    return _unsettled(replace(state, cut_off=None))


def recovery_waits(state: Terminal) -> Step:
    """The journal can't be written: what was cut off stays as it is, and is tried again with each look at the
    journal."""
    return _unsettled(replace(state, cut_off=CutOff.WAITS))


def _unsettled(state: Terminal) -> Step:
    called = () if OutOfService.UNSETTLED in state.out_of_service else (CallStaff(Occasion.UNSETTLED),)
    return stay(unsettled(state), *called)


def recovery_silent(state: Terminal) -> Step:
    """The money device says nothing since the start: staff must see to it. Should it speak after all, that counts."""
    step = recovery_failed(state)
    return _heard(_heard(step[0], Source.RECOVERY), Source.CASH), step[1]
