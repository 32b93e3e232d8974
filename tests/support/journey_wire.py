"""What lies between the kiosk and its server in a journey: real gRPC over mutual TLS, that a journey can cut,
slow down or tamper with, call by call."""

from collections.abc import Callable, Iterable
from enum import Enum

from certserver.composition.home import TerminalBundle
from kiosk.actions.wire import GrpcTransport, UploadTransport
from kiosk.errors import ServerAway
from koufu.evidence.words import RefusalReason
from koufu.v1 import enrolment_pb2 as enrolment
from koufu.v1 import issuance_pb2 as wire
from tests.support.journey_server import Municipality
from tests.support.sim_time import SimTime

Tamper = Callable[[str, list[bytes]], list[bytes]]
"""The answers of a call, in place of those that came."""

_Reply = (
    wire.OpenSessionReply | wire.AnswerChallengeReply | wire.PrepareReply | wire.ReleaseReply | enrolment.ApplyReply
)

_REPLIES: dict[str, Callable[[bytes], _Reply]] = {
    "OpenSession": wire.OpenSessionReply.FromString,
    "AnswerChallenge": wire.AnswerChallengeReply.FromString,
    "Prepare": wire.PrepareReply.FromString,
    "Release": wire.ReleaseReply.FromString,
    "Apply": enrolment.ApplyReply.FromString,
}
"""The answers that can be a refusal."""

RPCS = ("OpenSession", "AnswerChallenge", "Prepare", "Release", "ReportOutcome")
SHORTEST_DEADLINE_S = 0.05


class Trouble(Enum):
    """What happens to one call."""

    LOST_ANSWER = "lost-answer"
    """The request has its effect, the answer never arrives."""
    SLOW_ANSWER = "slow-answer"
    """The server begins when gRPC's own deadline is over; the request has its effect then."""


class JourneyWire:
    """A `Transport`. While the server is away there is really nobody at the other end."""

    def __init__(
        self, municipality: Municipality, bundle: TerminalBundle, time: SimTime, tell_time: Callable[[], None]
    ) -> None:
        files = (bundle.server_ca.read_bytes(), bundle.x509.read_bytes(), bundle.key.read_bytes())
        self._real = GrpcTransport(municipality.wire.address, *files)
        self._files = files
        self._nobody = GrpcTransport("localhost:1", *files)
        self._gate = municipality.gate
        self._told = municipality.told
        self._time = time
        self._tell_time = tell_time
        self._troubles: dict[str, Trouble] = {}
        self._away = False
        self._away_from: str | None = None
        self._tamper: Tamper = lambda _method, answers: answers
        self.calls: list[str] = []

    def trouble(self, method: str, trouble: Trouble) -> None:
        """The next call of that method meets it."""
        self._troubles[method] = trouble

    def goes_away(self, at: str | None = None) -> None:
        """Nobody answers any more: from now on, or from the next call of that method on."""
        self._away, self._away_from = at is None, at

    def leads_to(self, port: int) -> None:
        """Somebody else answers from now on, at that port of this machine."""
        self._nobody.close()
        self._nobody = GrpcTransport(f"localhost:{port}", *self._files)
        self.goes_away()

    def comes_back(self) -> None:
        """Everything answers again, and truthfully."""
        self._away, self._away_from = False, None
        self._tamper = lambda _method, answers: answers

    def tampers(self, tamper: Tamper) -> None:
        """From now on answers are changed on their way."""
        self._tamper = tamper

    def refuses(self, reason: RefusalReason) -> None:
        """No session is opened any more, for this reason."""
        refusal = wire.OpenSessionReply(refusal=wire.Refusal(reason=reason.value)).SerializeToString()
        self._tamper = lambda called, answers: [refusal] if called == "OpenSession" else answers

    def close(self) -> None:
        """Hangs up."""
        self._real.close()
        self._nobody.close()

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        (answer,) = self._carry(method, deadline, lambda line, within: [line.unary(method, request, within)])
        return answer

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        return self._carry(method, deadline, lambda line, within: list(line.stream(method, request, within)))

    def upload(self, method: str, requests: Iterable[bytes], deadline: float) -> bytes:
        sent = list(requests)
        (answer,) = self._carry(method, deadline, lambda line, within: [line.upload(method, sent, within)])
        return answer

    def _carry(self, path: str, deadline: float, call: Callable[[UploadTransport, float], list[bytes]]) -> list[bytes]:
        method = path.rpartition("/")[2]
        self.calls.append(method)
        self._tell_time()
        trouble = self._troubles.pop(method, None)
        if trouble is None and method == self._away_from:
            self.goes_away()
        if self._away:
            return call(self._nobody, deadline)
        match trouble:
            case Trouble.LOST_ANSWER:
                call(self._real, deadline)
                self._time.wait(deadline)
                raise ServerAway("the answer was lost")
            case Trouble.SLOW_ANSWER:
                self._slow(call, deadline)
        answers = call(self._real, deadline)
        self._told += _refusals(method, answers)
        return self._tamper(method, answers)

    def _slow(self, call: Callable[[UploadTransport, float], list[bytes]], deadline: float) -> None:
        self._gate.close()
        try:
            call(self._real, SHORTEST_DEADLINE_S)
        finally:
            self._gate.open()
            self._time.wait(deadline)
        raise AssertionError("an answer came from behind a closed gate")


def _refusals(method: str, answers: Iterable[bytes]) -> list[RefusalReason]:
    """The reasons that the server's answers have."""
    if method not in _REPLIES:
        return []
    replies = [_REPLIES[method](answer) for answer in answers]
    return [RefusalReason(reply.refusal.reason) for reply in replies if reply.HasField("refusal")]
