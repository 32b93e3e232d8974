"""What terminals prove themselves by, on the wire: enrolling on a port without client X.509s, renewing and introducing
over mutual TLS."""

from collections.abc import Callable
from dataclasses import dataclass

from certserver.errors import BadRequest
from certserver.pipeline.admission import Caller
from certserver.pipeline.terminals.enrolling import Asked, enrol
from certserver.pipeline.terminals.parts import Declined, TerminalParts, Why
from certserver.pipeline.terminals.renewing import introduce, renew
from certserver.service.bounds import MAX_X509, at_most, municipality_code, terminal_name
from certserver.signing.requests import LONGEST
from koufu.v1 import terminals_pb2 as wire

MAX_CODE = 64

Paced = Callable[[str], float]
"""Seconds until an address may ask again; 0 when it may now, and that counts."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Whoever asks without an X.509: all that is known is from where."""

    address: str

    @property
    def terminal(self) -> str:
        """Nobody has proven which one it is."""
        return ""


class EnrollingService:
    """`koufu.v1.TerminalEnrolment`. It raises `BadRequest` for what the wire does not allow."""

    def __init__(self, parts: TerminalParts, paced: Paced) -> None:
        self._parts = parts
        self._paced = paced

    def enrol(self, request: wire.EnrolRequest, stranger: Stranger) -> wire.EnrolReply:
        """The terminal's X.509."""
        municipality, terminal = municipality_code(request.municipality), terminal_name(request.terminal)
        if not 0 < len(request.code) <= MAX_CODE:
            raise BadRequest(f"code: 1 to {MAX_CODE} characters are expected")
        der = at_most("request", request.request, LONGEST)
        wait = self._paced(stranger.address)
        if wait:
            return wire.EnrolReply(refusal=_refusal(Declined(Why.WAIT, int(wait) + 1)))
        done = enrol(self._parts, municipality, stranger.address, Asked(terminal, request.code, der))
        if isinstance(done, Declined):
            return wire.EnrolReply(refusal=_refusal(done))
        return wire.EnrolReply(x509=done)


class TerminalX509Service:
    """`koufu.v1.TerminalX509s`. Every method raises `BadRequest` for what the wire does not allow."""

    def __init__(self, parts: TerminalParts) -> None:
        self._parts = parts

    def renew(self, request: wire.RenewRequest, caller: Caller) -> wire.RenewReply:
        """An X.509 for a new key."""
        der = at_most("request", request.request, LONGEST)
        done = renew(self._parts, municipality_code(request.municipality), caller, der)
        return wire.RenewReply(refusal=_refusal(done)) if isinstance(done, Declined) else wire.RenewReply(x509=done)

    def introduce(self, request: wire.IntroduceRequest, caller: Caller) -> wire.IntroduceReply:
        """One that was renewed elsewhere."""
        der = at_most("x509", request.x509, MAX_X509)
        done = introduce(self._parts, municipality_code(request.municipality), caller, der)
        return wire.IntroduceReply(refusal=None if done is None else _refusal(done))


def _refusal(declined: Declined) -> wire.X509Refusal:
    return wire.X509Refusal(reason=declined.reason.value, wait_s=declined.wait_s)
