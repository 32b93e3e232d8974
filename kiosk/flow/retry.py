"""Trying a server call again inside its attempt: the same order id and token go up, a bounded number of times."""

from dataclasses import replace

from kiosk.flow.change import Step, visit_of, with_visit
from kiosk.flow.effects import ServerCall, Timer
from kiosk.flow.pace import arm
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal


def try_again(state: Terminal, call: ServerCall, rules: SiteRules) -> Step | None:
    """Waits a little before the call goes up again; None when it was tried often enough."""
    visit = visit_of(state)
    failures = visit.failures + 1
    if failures >= rules.server_tries:
        return None
    return arm(with_visit(state, replace(visit, failures=failures, awaited=call)), Timer.RETRY, rules.retry_s)
