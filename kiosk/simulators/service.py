"""The simulators' edge: turns messages into calls of the simulated issuer and terminal, and makes the trouble that was
asked for. It answers one call after another, so nothing here is ever entered twice at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn, TypeVar

import grpc

from hardware.card.model import Usage
from hardware.card.profile import MAX_X509
from hardware.card.virtual.authority import Entropy
from hardware.card.virtual.certifier import SimulatedCertifier
from hardware.card.virtual.terminal import SimulatedDesk, SimulatedTerminal
from hardware.card.writing.commands import Purpose
from hardware.card.writing.model import Case, Issued
from hardware.errors import IssuerRefused, OperatorRefused
from hardware.ports import Clock
from kiosk.simulators.troubles import Trouble, TroubleKind, Troubles
from koufu.v1 import simulators_pb2 as wire
from koufu.v1 import simulators_pb2_grpc as services

MAX_MESSAGE = 16 * 1024
"""Bytes of one message."""
MAX_WORD = 64
"""Characters of a case's number, a holder, an operator."""
DESK_BYTES = 16
METHODS = frozenset({"Certify", "LetOn", "OfKey", "OfX509", "RevokeX509", "SignOn"})
"""What trouble can be made of."""

_Reply = TypeVar("_Reply")


class Line:
    """Carries out one call with the trouble it has ahead."""

    def __init__(self, troubles: Troubles, clock: Clock) -> None:
        self._troubles = troubles
        self._clock = clock

    def call(
        self,
        method: str,
        context: grpc.ServicerContext,
        do: Callable[[], _Reply],
        refused: Callable[[str], _Reply] | None = None,
    ) -> _Reply:
        """The reply, or a status in its place. `refused` makes a reply of a refusal."""
        trouble = self._troubles.next(method)
        if trouble.delay_s:
            self._clock.wait(trouble.delay_s)
        if trouble.kind in (TroubleKind.SILENT, TroubleKind.FAIL):
            _break_off(trouble, context)
        try:
            if trouble.kind is TroubleKind.REFUSE:
                raise IssuerRefused(trouble.reason)
            reply = do()
        except (IssuerRefused, OperatorRefused) as no:
            if refused is None:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, no.reason)
            return refused(no.reason)
        except ValueError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        if trouble.kind is TroubleKind.SILENT_BUT_DONE:
            _break_off(trouble, context)
        return reply


class CertifierService(services.SimulatedCertifierServicer):
    """The simulated issuer on the wire."""

    def __init__(self, certifier: SimulatedCertifier, line: Line) -> None:
        self._certifier = certifier
        self._line = line

    def Certify(self, request: wire.CertifyRequest, context: grpc.ServicerContext) -> wire.CertifyReply:  # noqa: N802
        """An X.509 for a key."""

        def do() -> wire.CertifyReply:
            case = Case(_word(request.case_number), Usage(request.usage), _word(request.holder))
            return wire.CertifyReply(x509=self._certifier.certify(case, request.modulus))

        return self._line.call("Certify", context, do, lambda reason: wire.CertifyReply(refused=reason))

    def OfKey(self, request: wire.OfKeyRequest, context: grpc.ServicerContext) -> wire.KnownReply:  # noqa: N802
        """What was issued for a key."""
        return self._line.call(
            "OfKey", context, lambda: _known(self._certifier.of_key(Usage(request.usage), request.modulus))
        )

    def OfX509(self, request: wire.OfX509Request, context: grpc.ServicerContext) -> wire.KnownReply:  # noqa: N802
        """What is known of an X.509."""
        return self._line.call(
            "OfX509", context, lambda: _known(self._certifier.of_x509(Usage(request.usage), _x509(request.x509)))
        )

    def RevokeX509(  # noqa: N802
        self, request: wire.RevokeX509Request, context: grpc.ServicerContext
    ) -> wire.RevokeX509Reply:
        """Revokes."""

        def do() -> wire.RevokeX509Reply:
            self._certifier.revoke(Usage(request.usage), _x509(request.x509))
            return wire.RevokeX509Reply()

        return self._line.call("RevokeX509", context, do, lambda reason: wire.RevokeX509Reply(refused=reason))


class TerminalService(services.SimulatedWritingTerminalServicer):
    """The simulated card-writing terminal on the wire."""

    def __init__(self, terminal: SimulatedTerminal, line: Line, entropy: Entropy) -> None:
        self._terminal = terminal
        self._line = line
        self._entropy = entropy
        self._desks: dict[bytes, SimulatedDesk] = {}

    def SignOn(self, request: wire.SignOnRequest, context: grpc.ServicerContext) -> wire.SignOnReply:  # noqa: N802
        """A desk for an operator."""

        def do() -> wire.SignOnReply:
            desk = self._terminal.sign_on(_word(request.operator), request.knows, request.has)
            token = self._entropy(DESK_BYTES)
            self._desks[token] = desk
            return wire.SignOnReply(desk=token)

        return self._line.call("SignOn", context, do, lambda reason: wire.SignOnReply(refused=reason))

    def LetOn(self, request: wire.LetOnRequest, context: grpc.ServicerContext) -> wire.LetOnReply:  # noqa: N802
        """Signs a card's challenge."""

        def do() -> wire.LetOnReply:
            desk = self._desks.get(request.desk)
            if desk is None:
                raise OperatorRefused("sign-on")
            purpose = Purpose.__members__.get(request.purpose)
            if purpose is None:
                raise ValueError("there is no such purpose")
            return wire.LetOnReply(answer=desk.let_on(request.challenge, purpose, _word(request.case_number)))

        return self._line.call("LetOn", context, do, lambda reason: wire.LetOnReply(refused=reason))

    def ListNoted(  # noqa: N802
        self,
        request: wire.ListNotedRequest,  # noqa: ARG002
        context: grpc.ServicerContext,  # noqa: ARG002
    ) -> wire.ListNotedReply:
        """Everything that was noted."""
        return wire.ListNotedReply(
            operations=[
                wire.NotedOperation(
                    operator=line.operator, purpose=line.purpose.name, case_number=line.case, allowed=line.allowed
                )
                for line in self._terminal.noted
            ]
        )


class ControlService(services.SimulatorControlServicer):
    """Where trouble is ordered."""

    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles

    def SetTrouble(  # noqa: N802
        self, request: wire.SetTroubleRequest, context: grpc.ServicerContext
    ) -> wire.SetTroubleReply:
        """Orders trouble of one method."""
        try:
            kind = TroubleKind(request.trouble or TroubleKind.NONE.value)
            reason = _word(request.reason) if request.reason else Trouble().reason
            self._troubles.set(request.method, Trouble(kind, reason, request.delay_ms / 1000, request.times or None))
        except ValueError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        return wire.SetTroubleReply()


def make_server(
    address: str, certifier: SimulatedCertifier, terminal: SimulatedTerminal, clock: Clock, entropy: Entropy
) -> tuple[grpc.Server, int]:
    """A server that is not started yet, and the port it has. Raises `RuntimeError` when the port can't be had."""
    troubles = Troubles(METHODS)
    line = Line(troubles, clock)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="simulators"),
        options=(("grpc.max_receive_message_length", MAX_MESSAGE), ("grpc.so_reuseport", 0)),
    )
    services.add_SimulatedCertifierServicer_to_server(CertifierService(certifier, line), server)
    services.add_SimulatedWritingTerminalServicer_to_server(TerminalService(terminal, line, entropy), server)
    services.add_SimulatorControlServicer_to_server(ControlService(troubles), server)
    return server, server.add_insecure_port(address)


def _break_off(trouble: Trouble, context: grpc.ServicerContext) -> NoReturn:
    failed = trouble.kind is TroubleKind.FAIL
    context.abort(grpc.StatusCode.INTERNAL if failed else grpc.StatusCode.UNAVAILABLE, "trouble was asked for")
    raise AssertionError("abort never returns")


def _known(known: Issued | None) -> wire.KnownReply:
    if known is None:
        return wire.KnownReply()
    return wire.KnownReply(known=wire.KnownX509(x509=known.x509, case_number=known.case, standing=known.standing.value))


def _word(text: str) -> str:
    if not 0 < len(text) <= MAX_WORD or not text.isprintable():
        raise ValueError(f"a word of 1 to {MAX_WORD} characters is wanted")
    return text


def _x509(content: bytes) -> bytes:
    if not 0 < len(content) <= MAX_X509:
        raise ValueError(f"an X.509 of 1 to {MAX_X509} bytes is wanted")
    return content
