"""How the terminal is, told to the servers that it works with, and what they make of it."""

from contextlib import suppress

from kiosk.actions.admission import Admission
from kiosk.actions.alarms import AlarmsElsewhere
from kiosk.actions.devices_told import devices_of
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal
from kiosk.actions.outcomes import Outcomes
from kiosk.actions.owing import owed_by
from kiosk.actions.server import Pulse, Servers, Told
from kiosk.errors import MunicipalityNotServed, ServerAway, ServerFault
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.values.service import OutOfService


class Heartbeats:
    """All methods run on the server's lane."""

    def __init__(
        self,
        servers: Servers,
        admission: Admission,
        journal: Journal,
        outcomes: Outcomes,
        alarms: AlarmsElsewhere,
    ) -> None:
        self._servers = servers
        self._admission = admission
        self._journal = journal
        self._outcomes = outcomes
        self._alarms = alarms
        self._devices: dict[str, str] = {}
        self._faults: tuple[OutOfService, ...] = ()
        self._in_tray: int | None = None
        self._wants_log = False

    def send(self, effect: do.SendHeartbeat, tell: Tell) -> None:
        """Tells the server what it was not told yet, and then how the terminal is: an answer that all is well never
        comes from a server that has not heard of an alarm (I9)."""
        self._outcomes.send(tell)
        self._devices = devices_of(effect)
        # Whoever hears it is not away.
        self._faults = tuple(effect.out_of_service - {OutOfService.SERVER_AWAY, OutOfService.NOT_SERVED})
        self._in_tray = None if effect.pages is None else effect.pages.sheets_available
        try:
            pulse = self._pulse()
            alarmed = self._alarms.suspended(self._devices)
        except MunicipalityNotServed:
            tell(on.HeartbeatAnswered(None, OutOfService.NOT_SERVED))
            return
        except (ServerAway, ServerFault):
            tell(on.HeartbeatFailed())
            return
        against = OutOfService.SUSPENDED if alarmed else pulse.not_admitted
        tell(on.HeartbeatAnswered(pulse.board, against, self._servers.koseki_at()))
        self._admission.upkeep.look()

    def call_staff(self) -> None:
        """Has the municipality send somebody for what the journal says was not told yet, at once; a server that is away
        hears of it with a later heartbeat."""
        if self._journal.untold():
            with suppress(ServerAway, ServerFault):
                self._pulse()

    def elsewhere(self, municipality: str) -> Pulse:
        """Tells another municipality's server what this terminal is, as the terminal's own is told with every heartbeat
        (I8); its answer."""
        server = self._servers.of(municipality)
        return self._admission.elsewhere(municipality, lambda: server.heartbeat(self._devices))

    def _pulse(self) -> Pulse:
        untold = self._journal.untold()
        home = self._servers.of(self._servers.home)
        log = self._admission.upkeep.log() if self._wants_log else None
        told = Told(self._faults, self._in_tray, owed_by(self._journal), log)
        calls = [each.call() for each in untold]
        pulse = self._admission.at_home(lambda: home.heartbeat(self._devices, calls, told))
        self._wants_log = pulse.wants_log
        if pulse.took_calls:
            self._journal.staff_told(untold)
        return pulse
