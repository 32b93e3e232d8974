"""The cabinet around the terminal: its door, its sensors, its power and its watchdog. None of them ends what is paid
for; each keeps the next visit from beginning."""

from dataclasses import replace

from hardware.sensors.model import DoorChanged, Power, PowerChanged, SensorsChanged
from kiosk.flow.change import Step, also, stay
from kiosk.flow.effects import FeedWatchdog, ShutDown, Timer, WriteDown
from kiosk.flow.ending import decline
from kiosk.flow.occasions import Occasion
from kiosk.flow.overlay import CANCELLABLE
from kiosk.flow.pace import arm
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import AtCounter, CheckingPin, ProvingEnrolment, ProvingOrder, ReadingCard, Releasing
from kiosk.flow.state import Machine, Source, Terminal
from kiosk.flow.values.trouble import DeclineReason

CabinetEvent = DoorChanged | PowerChanged | SensorsChanged

_BEFORE_RELEASE = (*CANCELLABLE, ReadingCard, CheckingPin, ProvingOrder, ProvingEnrolment)


def changed(before: Terminal, state: Terminal, event: CabinetEvent) -> Step:
    """What follows from it for whoever is there; `before` is how it was."""
    match event:
        case DoorChanged(is_open=True):
            return stay(state, WriteDown(Occasion.CABINET_OPENED))
        case PowerChanged() if before.power is Power.MAINS and state.power is not Power.MAINS:
            return also(_to_a_safe_end(state), WriteDown(Occasion.ON_BATTERY))
        case DoorChanged() | PowerChanged() | SensorsChanged():
            return stay(state)


def _to_a_safe_end(state: Terminal) -> Step:
    """On battery: what did not ask for its release ends, and its money goes back. What did is printed, or ends by
    itself when no answer comes."""
    visit = state.visit
    if visit is None or visit.ending is not None:
        return stay(state)
    unasked = isinstance(state.scene, Releasing) and visit.fee_held is None
    if not isinstance(state.scene, _BEFORE_RELEASE) and not unasked:
        return stay(state)
    return decline(replace(state, overlay=None), DeclineReason.POWER_CUT)


def feed(state: Terminal, rules: SiteRules) -> Step:
    """The terminal still serves, and will be asked again."""
    return also(arm(state, Timer.WATCHDOG, rules.watchdog_s), FeedWatchdog())


def battery_ends(state: Terminal) -> Step:
    """The battery ends soon, whatever is going on: the journal knows how to go on with it."""
    return _down(state) if state.power is Power.LOW else stay(state)


def at_rest(state: Terminal) -> Step:
    """Nobody is there and the battery ends soon: down, in order."""
    busy = state.owing is not None or Source.RECOVERY in state.unheard or isinstance(state.scene, AtCounter)
    return _down(state) if state.power is Power.LOW and not busy else stay(state)


def _down(state: Terminal) -> Step:
    return stay(replace(state, machine=Machine.GOING_DOWN), ShutDown()) if state.machine is Machine.UP else stay(state)
