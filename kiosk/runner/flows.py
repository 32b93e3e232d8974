"""The two flows that a runner runs: the resident's and the clerk's desk's."""

from kiosk.actions.attempt import AttemptOver
from kiosk.counter.desk import Desk
from kiosk.counter.effects import DeskEffect
from kiosk.counter.events import DeskEffectFailed, DeskEvent
from kiosk.counter.packages import Packages
from kiosk.counter.rules import DeskRules
from kiosk.counter.step import step as desk_step
from kiosk.flow.effects import Effect, ReportOutcome
from kiosk.flow.events import EffectFailed, Event, TimerFired
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.flow.step import step
from kiosk.runner.runner import FlowOf, Runner

TerminalRunner = Runner[Terminal, Event, Effect]
DeskRunner = Runner[Desk, DeskEvent, DeskEffect]


def resident_flow(rules: SiteRules) -> FlowOf[Terminal, Event, Effect]:
    """The flow of `kiosk.flow`."""
    return FlowOf(
        step=lambda state, event: step(state, event, rules),
        fired=TimerFired,
        failed=EffectFailed,
        # Of an attempt that is over nothing more is wanted, but what became of its documents must never be lost unseen.
        matters=lambda effect, fault: not isinstance(fault, AttemptOver) or isinstance(effect, ReportOutcome),
    )


def desk_flow(rules: DeskRules, packages: Packages) -> FlowOf[Desk, DeskEvent, DeskEffect]:
    """The flow of `kiosk.counter`."""
    return FlowOf(
        step=lambda desk, event: desk_step(desk, event, rules, packages), fired=TimerFired, failed=DeskEffectFailed
    )
