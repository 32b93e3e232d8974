"""The simulated card maker, resident network and mail as the server asks them over gRPC. Whatever goes wrong on the
wire is silence (`PartyAway`): it may have been done all the same. What they say is checked like any message from
outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

import grpc
from google.protobuf.message import Message

from certserver.applications.states import Reason
from certserver.errors import PartyAway, PartyRefused
from certserver.pipeline.card_applications.outside import (
    CardOrder,
    LetterAt,
    Parties,
    Progress,
    RegisteredAs,
    Stage,
)
from koufu.v1 import simulators_pb2 as wire
from koufu.v1 import simulators_pb2_grpc as services

ANSWER_WITHIN_S = 5.0
"""Deadline of a call."""
MAX_ANSWER = 16 * 1024
"""Bytes."""
MAX_X509 = 4096
MAX_WORD = 64
CALLED = "simulated"

_REASONS = {reason.value: reason for reason in Reason}
_Request = TypeVar("_Request", bound=Message)
_Reply = TypeVar("_Reply", bound=Message)
_Word = TypeVar("_Word", bound=Enum)


class SimulatedNetwork:
    """A `ResidentNetwork` over a channel."""

    def __init__(self, channel: grpc.Channel, within_s: float) -> None:
        self._stub = services.SimulatedResidentNetworkStub(channel)
        self._within = within_s

    def confirm(self, asked: RegisteredAs) -> Reason | None:
        """What changed of somebody."""
        request = wire.ConfirmResidentRequest(
            municipality=asked.municipality, name=asked.name, born=asked.born, address=asked.address
        )
        reply = _ask(self._stub.ConfirmResident, request, self._within)
        if reply.WhichOneof("outcome") == "changed":
            return _reason(reply.changed)
        _expect(reply, "confirmed", reply.refused)
        return None


class SimulatedMaker:
    """A `CardMaker` over a channel."""

    def __init__(self, channel: grpc.Channel, within_s: float) -> None:
        self._stub = services.SimulatedCardMakerStub(channel)
        self._within = within_s

    def order(self, order: CardOrder) -> Reason | None:
        """What it is found wanting for."""
        request = wire.OrderCardRequest(form_id=order.form_id, municipality=order.municipality, express=order.express)
        reply = _ask(self._stub.OrderCard, request, self._within)
        if reply.WhichOneof("outcome") == "defect":
            return _reason(reply.defect)
        _expect(reply, "accepted", reply.refused)
        return None

    def ask(self, form_id: str) -> Progress:
        """How far it is."""
        reply = _ask(self._stub.AskOrder, wire.AskOrderRequest(form_id=form_id), self._within)
        _expect(reply, "progress", reply.refused)
        x509 = reply.progress.x509
        if len(x509) > MAX_X509:
            raise PartyRefused("not-understood")
        return Progress(_word(Stage, reply.progress.stage), x509)


class SimulatedMail:
    """A `Mail` over a channel."""

    def __init__(self, channel: grpc.Channel, within_s: float) -> None:
        self._stub = services.SimulatedMailStub(channel)
        self._within = within_s

    def hand_in(self, letter: str, *, with_notice: bool) -> None:
        """Hands it in."""
        reply = _ask(self._stub.HandIn, wire.HandInRequest(letter=letter, with_notice=with_notice), self._within)
        _expect(reply, "at", reply.refused)

    def ask(self, letter: str) -> LetterAt:
        """Where it is."""
        reply = _ask(self._stub.AskLetter, wire.AskLetterRequest(letter=letter), self._within)
        _expect(reply, "at", reply.refused)
        return _word(LetterAt, reply.at)


@contextmanager
def simulated_parties(address: str, within_s: float = ANSWER_WITHIN_S) -> Iterator[Parties]:
    """All of them at an address of this machine, until the context is left. A call takes `within_s` at most."""
    options = (("grpc.max_receive_message_length", MAX_ANSWER), ("grpc.use_local_subchannel_pool", 1))
    with grpc.insecure_channel(address, options=options) as channel:
        yield Parties(
            network=SimulatedNetwork(channel, within_s),
            maker=SimulatedMaker(channel, within_s),
            mail=SimulatedMail(channel, within_s),
            called=CALLED,
        )


def _ask(method: "grpc.UnaryUnaryMultiCallable[_Request, _Reply]", request: _Request, within_s: float) -> _Reply:
    answer = method.future(request, timeout=within_s)
    try:
        return answer.result()
    except grpc.RpcError:
        if answer.code() in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION):
            raise PartyRefused("bad-request") from None
        raise PartyAway("the simulator did not answer") from None


def _expect(reply: Message, outcome: str, refused: str) -> None:
    found = reply.WhichOneof("outcome")
    if found == "refused":
        raise PartyRefused(refused[:MAX_WORD] if refused.isprintable() and refused else "refused")
    if found != outcome:
        raise PartyRefused("not-understood")


def _reason(told: str) -> Reason:
    if told not in _REASONS:
        raise PartyRefused("not-understood")
    return _REASONS[told]


def _word(kind: type[_Word], told: str) -> _Word:
    try:
        return kind(told)
    except ValueError:
        raise PartyRefused("not-understood") from None
