"""The simulators' edge: turns messages into calls of the simulated issuer and terminal, and takes orders of trouble. It
answers one call after another, so nothing here is ever entered twice at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import grpc

from hardware.card.model import Usage
from hardware.card.profile import MAX_X509
from hardware.card.virtual.authority import Entropy
from hardware.card.virtual.certifier import SimulatedCertifier
from hardware.card.virtual.terminal import SimulatedDesk, SimulatedTerminal
from hardware.card.writing.commands import Purpose
from hardware.card.writing.model import Case, Issued
from hardware.errors import OperatorRefused
from hardware.ports import Clock
from kiosk.simulators import outside
from kiosk.simulators.card_maker import SimulatedCardMaker
from kiosk.simulators.line import Line, word
from kiosk.simulators.outside import Outside, add_outside
from kiosk.simulators.troubles import Trouble, TroubleKind, Troubles
from koufu.v1 import simulators_pb2 as wire
from koufu.v1 import simulators_pb2_grpc as services

MAX_MESSAGE = 16 * 1024
"""Bytes of one message."""
DESK_BYTES = 16
WRITING = frozenset({"Certify", "LetOn", "OfKey", "OfX509", "RevokeX509", "SignOn"})
"""The methods of writing a card."""
METHODS = WRITING | outside.METHODS
"""What trouble can be made of."""


@dataclass(frozen=True, slots=True)
class SimulatedParties:
    """All parties outside that are simulated."""

    certifier: SimulatedCertifier
    terminal: SimulatedTerminal
    outside: Outside


class CertifierService(services.SimulatedCertifierServicer):
    """The simulated issuer on the wire."""

    def __init__(self, certifier: SimulatedCertifier, line: Line) -> None:
        self._certifier = certifier
        self._line = line

    def Certify(self, request: wire.CertifyRequest, context: grpc.ServicerContext) -> wire.CertifyReply:  # noqa: N802
        """An X.509 for a key."""

        def do() -> wire.CertifyReply:
            case = Case(word(request.case_number), Usage(request.usage), word(request.holder))
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
            desk = self._terminal.sign_on(word(request.operator), request.knows, request.has)
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
            return wire.LetOnReply(answer=desk.let_on(request.challenge, purpose, word(request.case_number)))

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
    """Where trouble is ordered, and the next card named."""

    def __init__(self, troubles: Troubles, maker: SimulatedCardMaker) -> None:
        self._troubles = troubles
        self._maker = maker

    def SetTrouble(  # noqa: N802
        self, request: wire.SetTroubleRequest, context: grpc.ServicerContext
    ) -> wire.SetTroubleReply:
        """Orders trouble of one method."""
        try:
            kind = TroubleKind(request.trouble or TroubleKind.NONE.value)
            reason = word(request.reason) if request.reason else Trouble().reason
            self._troubles.set(request.method, Trouble(kind, reason, request.delay_ms / 1000, request.times or None))
        except ValueError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        return wire.SetTroubleReply()

    def SetNextCard(  # noqa: N802
        self, request: wire.SetNextCardRequest, context: grpc.ServicerContext
    ) -> wire.SetNextCardReply:
        """Names the next card."""
        try:
            self._maker.name_next(word(request.card))
        except ValueError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        return wire.SetNextCardReply()


def make_server(address: str, parties: SimulatedParties, clock: Clock, entropy: Entropy) -> tuple[grpc.Server, int]:
    """A server that is not started yet, and the port it has. Raises `RuntimeError` when the port can't be had."""
    troubles = Troubles(METHODS)
    line = Line(troubles, clock)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="simulators"),
        options=(("grpc.max_receive_message_length", MAX_MESSAGE), ("grpc.so_reuseport", 0)),
    )
    services.add_SimulatedCertifierServicer_to_server(CertifierService(parties.certifier, line), server)
    services.add_SimulatedWritingTerminalServicer_to_server(TerminalService(parties.terminal, line, entropy), server)
    services.add_SimulatorControlServicer_to_server(ControlService(troubles, parties.outside.maker), server)
    add_outside(server, parties.outside, line)
    return server, server.add_insecure_port(address)


def _known(known: Issued | None) -> wire.KnownReply:
    if known is None:
        return wire.KnownReply()
    return wire.KnownReply(known=wire.KnownX509(x509=known.x509, case_number=known.case, standing=known.standing.value))


def _x509(content: bytes) -> bytes:
    if not 0 < len(content) <= MAX_X509:
        raise ValueError(f"an X.509 of 1 to {MAX_X509} bytes is wanted")
    return content
