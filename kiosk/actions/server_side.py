"""All that the terminal says to servers, put together: they share what is known of alarms and of who lets it in."""

from dataclasses import dataclass

from kiosk.actions.admission import Admission
from kiosk.actions.alarms import AlarmsElsewhere
from kiosk.actions.attempt import Attempts
from kiosk.actions.calls import VisitCalls
from kiosk.actions.heartbeats import Heartbeats
from kiosk.actions.journal import Journal
from kiosk.actions.outcomes import Outcomes
from kiosk.actions.server import Servers
from kiosk.actions.upkeep import NOTHING_KEPT_UP, Upkeep


@dataclass(frozen=True, slots=True)
class ServerActions:
    """By what they serve: the visit, the terminal itself, and what of former visits is not told yet."""

    calls: VisitCalls
    heartbeats: Heartbeats
    outcomes: Outcomes


def server_actions(
    servers: Servers, attempts: Attempts, journal: Journal, upkeep: Upkeep = NOTHING_KEPT_UP
) -> ServerActions:
    """Of a terminal whose journal knows what was not told before it started."""
    alarms, admission = AlarmsElsewhere(servers, journal.alarms_untold), Admission(upkeep)
    outcomes = Outcomes(servers, admission, journal, alarms)
    heartbeats = Heartbeats(servers, admission, journal, outcomes, alarms)
    return ServerActions(VisitCalls(servers, attempts, journal, heartbeats.elsewhere), heartbeats, outcomes)
