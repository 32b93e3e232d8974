"""The network between one kiosk and the real server use cases, in this process and on the virtual clock: messages are
encoded and decoded as on the wire; requests and answers can be lost, late, doubled, cut short, garbled or mixed up."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from google.protobuf.message import Message

from certserver.errors import BadRequest, StorageError, TerminalNotAdmitted
from certserver.pipeline.admission import Caller
from certserver.service.issuance import IssuanceService
from kiosk.errors import NotAdmittedThere, RequestRejected, ServerAway, ServerFault
from koufu.evidence.errors import MalformedEvidence
from koufu.v1 import issuance_pb2 as wire
from tests.support.sim_servers import Crash, ServerCrashed, SimServers
from tests.support.sim_time import SimTime

LATENCY_S = 0.05
CALLS = ("Heartbeat", "OpenSession", "AnswerChallenge", "Prepare", "Release", "ReportOutcome")
SLOW_S = 12.0
STARTS_ANEW_S = 3.0
"""Where there is no other process, nobody answers for so long after one ended."""


class NetworkFault(Enum):
    """What happens to one call."""

    LOST_REQUEST = "lost-request"
    LOST_ANSWER = "lost-answer"
    SLOW = "slow"
    """The answer comes after the short deadline: late for most calls."""
    LATE = "late"
    """The kiosk has given up when the server begins."""
    DOUBLED = "doubled"
    CUT = "cut"
    """The answer ends in the middle."""
    GARBLED = "garbled"
    BROKEN = "broken"
    """The server answers with a fault."""
    CRASH_BEFORE_COMMIT = "crash-before-commit"
    """The server's process ends before what it wrote is in the database; a fresh one takes its place."""
    CRASH_AFTER_COMMIT = "crash-after-commit"
    """The same, when it is in the database and nobody was answered."""
    AWAY = "away"
    """From this call on nobody answers for ten minutes."""


@dataclass(frozen=True)
class Planned:
    """The `nth` call (from 0) of that method meets the fault."""

    method: str
    nth: int
    fault: NetworkFault


_CRASHES = {
    NetworkFault.CRASH_BEFORE_COMMIT: Crash.BEFORE_COMMIT,
    NetworkFault.CRASH_AFTER_COMMIT: Crash.AFTER_COMMIT,
}


class SimNetwork:
    """Fulfils `kiosk.actions.wire.Transport`. `mix_up` may change the answers of a call, as a broken server would;
    `met` are the faults that calls have met."""

    def __init__(self, time: SimTime, servers: SimServers, caller: Caller, tell_time: Callable[[], None]) -> None:
        self._time = time
        self._servers = servers
        self._caller = caller
        self._tell_time = tell_time
        self._counts: dict[str, int] = {}
        self._away_until = -1.0
        self._cut = ""
        self.plans: list[Planned] = []
        self.mix_up: Callable[[str, list[bytes]], list[bytes]] = lambda _method, answers: answers
        self.served: list[str] = []
        self.met: list[str] = []
        self.asked: Callable[[str], None] = lambda _: None
        """Told of each call as the kiosk makes it."""
        self.garbage = b"\xff\xfe\x00garbage"

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        (answer,) = self._carry(method.rpartition("/")[2], request, deadline)
        return answer

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        name = method.rpartition("/")[2]
        for number, answer in enumerate(self._carry(name, request, deadline)):
            if number and self._cut == name:
                raise ServerAway("cut")
            yield answer

    def calls(self, method: str) -> int:
        """How many calls of a method there were."""
        return self._counts.get(method, 0)

    def go_away(self, seconds: float) -> None:
        """Nobody answers for so long."""
        self._away_until = self._time.now + seconds

    def come_back(self) -> None:
        """Somebody mended the line."""
        self._away_until = -1.0

    def _carry(self, method: str, request: bytes, deadline: float) -> list[bytes]:
        self.asked(method)
        nth = self._counts.get(method, 0)
        self._counts[method] = nth + 1
        fault = next((plan.fault for plan in self.plans if (plan.method, plan.nth) == (method, nth)), None)
        self._cut = method if fault is NetworkFault.CUT else ""
        if fault is not None:
            self.met.append(f"{method} {fault.value}")
        if fault is NetworkFault.AWAY:
            self.go_away(600)
        if self._time.now < self._away_until:
            self._time.wait(0.5)
            raise ServerAway("nobody there")
        match fault:
            case NetworkFault.LOST_REQUEST:
                self._time.wait(deadline)
                raise ServerAway("lost")
            case NetworkFault.LOST_ANSWER:
                self._serve(method, request)
                self._time.wait(deadline)
                raise ServerAway("lost")
            case NetworkFault.SLOW:
                return self._slow(method, request, deadline)
            case NetworkFault.LATE:
                self._time.after(deadline + 5, lambda: self._quietly(method, request))
                self._time.wait(deadline)
                raise ServerAway("late")
            case NetworkFault.DOUBLED:
                self._quietly(method, request)
            case NetworkFault.GARBLED:
                self._serve(method, request)
                return [self.garbage]
            case NetworkFault.BROKEN:
                raise ServerFault("INTERNAL")
            case NetworkFault.CRASH_BEFORE_COMMIT | NetworkFault.CRASH_AFTER_COMMIT:
                self._time.wait(LATENCY_S)
                self._crash(method, request, _CRASHES[fault])
            case _:
                pass
        self._time.wait(LATENCY_S)
        answers = self._serve(method, request)
        self._time.wait(LATENCY_S)
        return answers

    def _slow(self, method: str, request: bytes, deadline: float) -> list[bytes]:
        answers = self._serve(method, request)
        self._time.wait(min(SLOW_S, deadline))
        if deadline <= SLOW_S:
            raise ServerAway("slow")
        return answers

    def _crash(self, method: str, request: bytes, crash: Crash) -> None:
        try:
            self._serve(method, request, crash)
        except ServerCrashed:
            if self._servers.workers == 1:
                self.go_away(STARTS_ANEW_S)
            raise ServerAway("it ended") from None

    def _quietly(self, method: str, request: bytes) -> None:
        with suppress(ServerAway, ServerFault):
            self._serve(method, request)

    def _serve(self, method: str, request: bytes, crash: Crash | None = None) -> list[bytes]:
        self._tell_time()
        self.served.append(method)
        try:
            replies = self._servers.serve(lambda service: self._reply(service, method, request), crash)
        except (BadRequest, MalformedEvidence) as error:
            raise RequestRejected(str(error)) from error
        except TerminalNotAdmitted as error:
            raise NotAdmittedThere(str(error)) from error
        except StorageError as error:
            raise ServerAway("UNAVAILABLE") from error
        return self.mix_up(method, [reply.SerializeToString() for reply in replies])

    def _reply(self, service: IssuanceService, method: str, request: bytes) -> list[Message]:
        caller = self._caller
        match method:
            case "Heartbeat":
                return [service.heartbeat(wire.HeartbeatRequest.FromString(request), caller)]
            case "OpenSession":
                return [service.open_session(wire.OpenSessionRequest.FromString(request), caller)]
            case "AnswerChallenge":
                return [service.answer_challenge(wire.AnswerChallengeRequest.FromString(request), caller)]
            case "Prepare":
                return list(service.prepare(wire.PrepareRequest.FromString(request), caller))
            case "Release":
                return list(service.release(wire.ReleaseRequest.FromString(request), caller))
            case "ReportOutcome":
                return [service.report_outcome(wire.ReportOutcomeRequest.FromString(request), caller)]
            case _:
                raise ServerFault("UNIMPLEMENTED")
