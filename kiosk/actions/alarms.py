"""Integrity alarms that this terminal raised with other municipalities. Its own server knows nothing of them, so theirs
are asked until a person there closed each; until then the terminal serves nobody (I9)."""

from collections.abc import Mapping

from kiosk.actions.server import Servers
from kiosk.errors import ServerAway, ServerFault
from kiosk.flow.values.service import OutOfService


class AlarmsElsewhere:
    """All methods run on the server's lane."""

    def __init__(self, servers: Servers, untold: frozenset[str]) -> None:
        self._servers = servers
        self._known: dict[str, bool] = {}
        """By municipality: whether its server said itself that service is suspended."""
        for municipality in untold:
            self.raised(municipality)

    def raised(self, municipality: str) -> None:
        """This terminal tells that municipality of an alarm."""
        if municipality != self._servers.home:
            self._known.setdefault(municipality, False)

    def suspended(self, devices: Mapping[str, str]) -> bool:
        """Whether one of those servers says that service is suspended, or said so last. What a server that is silent
        thinks nobody knows: an alarm it knew of stays one."""
        for municipality in tuple(self._known):
            try:
                pulse = self._servers.of(municipality).heartbeat(dict(devices))
            except (ServerAway, ServerFault):
                continue
            if pulse.not_admitted is OutOfService.SUSPENDED:
                self._known[municipality] = True
            elif pulse.not_admitted is None and self._known[municipality]:
                del self._known[municipality]
        return any(self._known.values())
