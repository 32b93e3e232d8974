"""An alarm raised with another municipality stops this terminal until a person there closed it (I9)."""

from kiosk.actions.alarms import AlarmsElsewhere
from kiosk.actions.server import Pulse, Servers
from kiosk.errors import ServerAway
from kiosk.flow.values.service import OutOfService
from tests.support.kiosk_actions import ScriptedServer

HOME, OTHER = "992011", "992029"
SUSPENDED = Pulse(None, OutOfService.SUSPENDED)
SERVES = Pulse(None, None)


def asked(*answers: Pulse | Exception) -> AlarmsElsewhere:
    servers = {OTHER: ScriptedServer(list(answers))}
    return AlarmsElsewhere(Servers(HOME, servers.__getitem__, lambda: ()), frozenset())


def test_i9_it_stays_until_that_server_said_it_knows_and_then_serves() -> None:
    alarms = asked(SERVES, SUSPENDED, ServerAway("away"), SUSPENDED, SERVES, SERVES)
    alarms.raised(OTHER)
    assert [alarms.suspended({}) for _ in range(6)] == [False, True, True, True, False, False]


def test_the_terminals_own_municipality_is_not_asked_twice() -> None:
    alarms = asked()
    alarms.raised(HOME)
    assert not alarms.suspended({})
