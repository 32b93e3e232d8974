"""Outcomes that are kept until the server of each municipality has them, and alarms with them."""

from kiosk.actions.admission import Admission
from kiosk.actions.alarms import AlarmsElsewhere
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal
from kiosk.actions.server import OutcomeReport, Servers
from kiosk.errors import NotAdmittedThere, RequestRejected, ServerAway, ServerFault
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.occasions import Occasion

REPORTS_AT_ONCE = 10
"""Outcomes sent with one heartbeat."""


class Outcomes:
    """All methods run on the server's lane."""

    def __init__(self, servers: Servers, admission: Admission, journal: Journal, alarms: AlarmsElsewhere) -> None:
        self._servers = servers
        self._admission = admission
        self._journal = journal
        self._alarms = alarms
        self._tried: OutcomeReport | None = None
        """The outcome that was sent last: those after it have their turn next."""
        self._overdue = False

    def send(self, tell: Tell) -> None:
        """Sends what each municipality's server has not been told yet, oldest first and `REPORTS_AT_ONCE` at most; what
        one can't take now stays for a later heartbeat, and keeps none from another; so does what a server does not
        take because it does not admit this terminal (yet). One that is not taken at all is set aside for staff, who
        are told."""
        away: set[str] = set()
        sent = 0
        for report in self._turn():
            if report.municipality in away or sent == REPORTS_AT_ONCE:
                continue
            sent += 1
            if report.alarm is not None:
                self._alarms.raised(report.municipality)
            try:
                self._report(report)
            except RequestRejected:
                self._journal.refused(report)
                call = do.CallStaff(Occasion.OUTCOME_REFUSED, report.reference, report.captured)
                tell(on.StaffNeeded(call))
            except (ServerAway, NotAdmittedThere):
                away.add(report.municipality)
            except ServerFault:
                self._tried = report
            else:
                self._journal.told(report)
        if self._journal.overdue and not self._overdue:
            tell(on.StaffNeeded(do.CallStaff(Occasion.OUTCOMES_UNTOLD)))
        self._overdue = self._journal.overdue

    def _report(self, report: OutcomeReport) -> None:
        server = self._servers.of(report.municipality)
        self._admission.report(report.municipality, lambda: server.report_outcome(report))

    def _turn(self) -> tuple[OutcomeReport, ...]:
        """One on which the server always fails keeps no other from its turn."""
        waiting = self._journal.waiting()
        after = waiting.index(self._tried) + 1 if self._tried in waiting else 0
        return waiting[after:] + waiting[:after]
