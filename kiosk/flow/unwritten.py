"""A journal that can't be written, in a visit: nothing more is taken, debited, released or printed, and what is in goes
back (I7). Whoever only chooses may go on: what comes next tries to write, and says so when it could not."""

from dataclasses import replace

from kiosk.flow import looking, printing
from kiosk.flow.change import Step, stay, visit_of, with_visit
from kiosk.flow.ending import finish
from kiosk.flow.means import Means
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import AskingDebit, LookAtSheets, Pay, Preparing, Present, Printing, Releasing, TakeCard
from kiosk.flow.state import BrokenBy, Terminal
from kiosk.flow.values.trouble import FaultKind

_STOPPED = BrokenBy(FaultKind.JOURNAL_STOPPED)


def seen(state: Terminal) -> Step:
    """It can't be written: while the slots are open no other piece may go in, and nobody is asked whether sheets are
    right whose answer would be forgotten. An answer that was given is tried."""
    match state.scene:
        case Pay():
            return finish(state, _STOPPED)
        case LookAtSheets(right=False):
            return looking.refused(state, _STOPPED)
        case _:
            return stay(state)


def not_begun(state: Terminal, rules: SiteRules) -> Step:
    """What the visit wanted next was not begun."""
    match state.scene:
        case TakeCard() | Preparing() | Pay():
            return finish(state, _STOPPED)
        case Releasing() if not visit_of(state).released:
            return finish(state, _STOPPED)
        case Present() | AskingDebit():
            # Nothing was asked of the payment terminal.
            visit = replace(visit_of(state), paying=False, means=Means.CASH)
            return finish(with_visit(state, visit), _STOPPED)
        case Printing():
            return printing.unwritten(state, rules)
        case LookAtSheets():
            return looking.refused(state, _STOPPED)
        case _:
            return stay(state)
