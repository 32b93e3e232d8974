"""The simulated issuer and card-writing terminal as a counter sees them over gRPC. Whatever goes wrong on the wire is
silence (`IssuerAway`): it may have been done all the same."""

from typing import TypeVar

import grpc
from google.protobuf.message import Message

from hardware.card.model import Usage
from hardware.card.profile import MAX_X509
from hardware.card.virtual.terminal import Noted
from hardware.card.writing.commands import Purpose
from hardware.card.writing.model import Case, Issued, Standing
from hardware.errors import IssuerAway, IssuerError, IssuerRefused, OperatorRefused
from kiosk.simulators.troubles import Trouble
from koufu.v1 import simulators_pb2 as wire
from koufu.v1 import simulators_pb2_grpc as services

ANSWER_WITHIN_S = 20.0
"""Deadline of a call."""
OPERATOR_ANSWER_BYTES = 64

_Request = TypeVar("_Request", bound=Message)
_Reply = TypeVar("_Reply", bound=Message)


class RemoteIssuer:
    """An `X509Issuer` over a channel."""

    def __init__(self, channel: grpc.Channel, answer_within_s: float = ANSWER_WITHIN_S) -> None:
        self._stub = services.SimulatedCertifierStub(channel)
        self._within = answer_within_s

    def certify(self, case: Case, modulus: bytes) -> bytes:
        """The DER of an X.509 for that key."""
        request = wire.CertifyRequest(
            case_number=case.number, usage=case.usage.value, holder=case.holder, modulus=modulus
        )
        reply = _ask(self._stub.Certify, request, self._within)
        if reply.WhichOneof("outcome") != "x509":
            raise IssuerRefused(reply.refused)
        return _x509(reply.x509)

    def of_key(self, usage: Usage, modulus: bytes) -> Issued | None:
        """What was issued for a key."""
        request = wire.OfKeyRequest(usage=usage.value, modulus=modulus)
        return _issued(_ask(self._stub.OfKey, request, self._within))

    def of_x509(self, usage: Usage, x509: bytes) -> Issued | None:
        """What is known of an X.509."""
        request = wire.OfX509Request(usage=usage.value, x509=x509)
        return _issued(_ask(self._stub.OfX509, request, self._within))

    def revoke(self, usage: Usage, x509: bytes) -> None:
        """Revokes an X.509 for good."""
        request = wire.RevokeX509Request(usage=usage.value, x509=x509)
        reply = _ask(self._stub.RevokeX509, request, self._within)
        if reply.refused:
            raise IssuerRefused(reply.refused)


class RemoteDesk:
    """An `OperatorDesk` over a channel."""

    def __init__(self, channel: grpc.Channel, desk: bytes, answer_within_s: float = ANSWER_WITHIN_S) -> None:
        self._stub = services.SimulatedWritingTerminalStub(channel)
        self._desk = desk
        self._within = answer_within_s

    def let_on(self, challenge: bytes, purpose: Purpose, case: str) -> bytes:
        """Signs a card's challenge for a purpose."""
        request = wire.LetOnRequest(desk=self._desk, challenge=challenge, purpose=purpose.name, case_number=case)
        reply = _ask(self._stub.LetOn, request, self._within)
        if reply.WhichOneof("outcome") != "answer":
            raise OperatorRefused(reply.refused)
        if len(reply.answer) != OPERATOR_ANSWER_BYTES:
            raise IssuerError("the card-writing terminal's answer is none")
        return reply.answer


def sign_on(
    channel: grpc.Channel, operator: str, knows: str, has: str, answer_within_s: float = ANSWER_WITHIN_S
) -> RemoteDesk:
    """The desk of an operator. Raises `OperatorRefused`, `IssuerAway`."""
    stub = services.SimulatedWritingTerminalStub(channel)
    request = wire.SignOnRequest(operator=operator, knows=knows, has=has)
    reply = _ask(stub.SignOn, request, answer_within_s)
    if reply.WhichOneof("outcome") != "desk":
        raise OperatorRefused(reply.refused)
    return RemoteDesk(channel, reply.desk, answer_within_s)


class RemoteControl:
    """Orders trouble of a running simulator, and reads what its terminal noted. Raises `IssuerAway`, and
    `IssuerRefused` when there is no such trouble."""

    def __init__(self, channel: grpc.Channel, answer_within_s: float = ANSWER_WITHIN_S) -> None:
        self._control = services.SimulatorControlStub(channel)
        self._terminal = services.SimulatedWritingTerminalStub(channel)
        self._within = answer_within_s

    def set_trouble(self, method: str, trouble: Trouble) -> None:
        """Takes the place of what was ordered of that method before."""
        request = wire.SetTroubleRequest(
            method=method,
            trouble=trouble.kind.value,
            reason=trouble.reason,
            delay_ms=round(max(0.0, trouble.delay_s) * 1000),
            times=trouble.times or 0,
        )
        _ask(self._control.SetTrouble, request, self._within)

    def set_next_card(self, card: str) -> None:
        """The next card that is ordered is this one of the simulators' folder."""
        _ask(self._control.SetNextCard, wire.SetNextCardRequest(card=card), self._within)

    def noted(self) -> tuple[Noted, ...]:
        """Everything that was noted, oldest first."""
        reply = _ask(self._terminal.ListNoted, wire.ListNotedRequest(), self._within)
        return tuple(
            Noted(line.operator, Purpose[line.purpose], line.case_number, line.allowed) for line in reply.operations
        )


def _ask(method: "grpc.UnaryUnaryMultiCallable[_Request, _Reply]", request: _Request, within: float) -> _Reply:
    answer = method.future(request, timeout=within)
    try:
        return answer.result()
    except grpc.RpcError:
        if answer.code() in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION):
            raise IssuerRefused(answer.details() or "bad-request") from None
        raise IssuerAway("the simulator did not answer") from None


def _issued(reply: wire.KnownReply) -> Issued | None:
    if not reply.HasField("known"):
        return None
    try:
        standing = Standing(reply.known.standing)
    except ValueError:
        raise IssuerError("the issuer's word for how an X.509 stands is none") from None
    return Issued(_x509(reply.known.x509), reply.known.case_number, standing)


def _x509(content: bytes) -> bytes:
    if not 0 < len(content) <= MAX_X509:
        raise IssuerError(f"an X.509 of {len(content)} bytes is none")
    return content
