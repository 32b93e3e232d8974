"""Garbage on the wire: each gets a status and a plain sentence, and the server goes on."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koufu.release import WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.issuance_pb2_grpc import IssuanceStub
from tests.support.server import WireServer, a_server
from tests.support.server_people import MUNICIPALITY

OF_STAFF = ("Challenge", "SignIn", "Extend", "SignOut", "SecondPerson")
METHODS = ("Heartbeat", "OpenSession", "AnswerChallenge", "Prepare", "Release", "ReportOutcome", *OF_STAFF)
STREAMED = frozenset({"Prepare", "Release"})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireServer]:
    with a_server(tmp_path_factory.mktemp("bad")) as made, made.on_the_wire() as running:
        yield running


@pytest.fixture(scope="module")
def channel(server: WireServer) -> grpc.Channel:
    return server.channel()


def send(channel: grpc.Channel, method: str, sent: bytes) -> tuple[grpc.StatusCode, str]:
    """Raw bytes to a method."""
    path = f"/koufu.v1.{'StaffService' if method in OF_STAFF else 'Issuance'}/{method}"
    make: Callable[[str], Any] = channel.unary_stream if method in STREAMED else channel.unary_unary
    try:
        answer = make(path)(sent, timeout=30)
        for _ in answer if method in STREAMED else ():
            pass
    except grpc.RpcError as error:
        return error.code(), error.details() or ""
    return grpc.StatusCode.OK, ""


@pytest.mark.parametrize("method", METHODS)
def test_bytes_that_are_no_message(channel: grpc.Channel, method: str) -> None:
    status, text = send(channel, method, b"\xff\xff\xff garbage")
    assert status is grpc.StatusCode.INVALID_ARGUMENT
    assert text == "these bytes are no message of this method"


@pytest.mark.parametrize("method", METHODS)
def test_an_empty_message(channel: grpc.Channel, method: str) -> None:
    status, text = send(channel, method, b"")
    assert status is grpc.StatusCode.INVALID_ARGUMENT
    assert text == "municipality: 6 digits are expected"


@pytest.mark.parametrize("method", METHODS)
def test_a_message_that_is_too_long(channel: grpc.Channel, method: str) -> None:
    status, _ = send(channel, method, os.urandom(200_000))
    assert status is grpc.StatusCode.RESOURCE_EXHAUSTED


def test_a_method_that_is_not_there(channel: grpc.Channel) -> None:
    assert send(channel, "Everything", b"")[0] is grpc.StatusCode.UNIMPLEMENTED


WRONG: dict[str, tuple[str, Any, str]] = {
    "a municipality in other digits": (
        "OpenSession",
        wire.OpenSessionRequest(municipality="９９２０１１", user_auth_x509=b"x", card_kind="standard"),
        "municipality",
    ),
    "no x509": ("OpenSession", wire.OpenSessionRequest(municipality=MUNICIPALITY, card_kind="x"), "user_auth_x509"),
    "an x509 without end": (
        "OpenSession",
        wire.OpenSessionRequest(municipality=MUNICIPALITY, user_auth_x509=bytes(5000), card_kind="x"),
        "user_auth_x509",
    ),
    "a card kind that is a tale": (
        "OpenSession",
        wire.OpenSessionRequest(municipality=MUNICIPALITY, user_auth_x509=b"x", card_kind="<b>見本</b>"),
        "card_kind",
    ),
    "a short session id": (
        "AnswerChallenge",
        wire.AnswerChallengeRequest(municipality=MUNICIPALITY, session_id=b"short", answer=b"x"),
        "session_id: 16 bytes are expected, 5 came",
    ),
    "a long answer": (
        "AnswerChallenge",
        wire.AnswerChallengeRequest(municipality=MUNICIPALITY, session_id=bytes(16), answer=bytes(600)),
        "answer",
    ),
    "a short attempt token": (
        "Prepare",
        wire.PrepareRequest(municipality=MUNICIPALITY, session_id=bytes(16), attempt_token=b"", order=b"x", proof=b"x"),
        "attempt_token",
    ),
    "an order that is none": (
        "Prepare",
        wire.PrepareRequest(
            municipality=MUNICIPALITY, session_id=bytes(16), attempt_token=bytes(16), order=b"x", proof=b"x"
        ),
        "evidence ends inside a length",
    ),
    "an order that is endless": (
        "Prepare",
        wire.PrepareRequest(
            municipality=MUNICIPALITY, session_id=bytes(16), attempt_token=bytes(16), order=bytes(70_000), proof=b"x"
        ),
        "order",
    ),
    "a long order id": (
        "Release",
        wire.ReleaseRequest(municipality=MUNICIPALITY, order_id=bytes(17), attempt_token=bytes(16)),
        "order_id",
    ),
    "a thousand documents": (
        "ReportOutcome",
        wire.ReportOutcomeRequest(
            municipality=MUNICIPALITY,
            order_id=bytes(16),
            attempt_token=bytes(16),
            documents=[wire.DocumentOutcome()] * 1000,
        ),
        "documents",
    ),
    "a fortune": (
        "ReportOutcome",
        wire.ReportOutcomeRequest(
            municipality=MUNICIPALITY, order_id=bytes(16), attempt_token=bytes(16), captured=2**31
        ),
        "captured",
    ),
    "a hundred devices": (
        "Heartbeat",
        wire.HeartbeatRequest(
            municipality=MUNICIPALITY,
            build="0.1.0",
            schema=WIRE_SCHEMA,
            devices={str(at): "ready" for at in range(100)},
        ),
        "devices",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_fields_out_of_bounds_are_named(channel: grpc.Channel, name: str) -> None:
    method, request, said = WRONG[name]
    status, text = send(channel, method, request.SerializeToString())
    assert status is grpc.StatusCode.INVALID_ARGUMENT
    assert said in text
    assert "Traceback" not in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=st.sampled_from(METHODS), sent=st.binary(max_size=400))
def test_any_bytes_get_a_status(channel: grpc.Channel, method: str, sent: bytes) -> None:
    status, text = send(channel, method, sent)
    assert status in {grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.OK}, (status, text)


def test_i2_tokens_and_ids_that_nobody_gave_are_refused_or_turned_away(server: WireServer) -> None:
    visit = server.visit("kengo")
    visit.offer()
    visit.prepare(visit.order())
    for token in (bytes(16), os.urandom(16), visit.attempt_token[::-1]):
        (reply,) = visit.release(token=token)
        assert reply.refusal.reason == "session-expired"
        with pytest.raises(grpc.RpcError) as failed:
            visit.report(token=token)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    visit.accept(visit.release())


def test_a_fault_inside_tells_nothing_of_itself(server: WireServer) -> None:
    """The session's X.509 no longer opens: what comes out names neither table, key nor person."""
    visit = server.visit("kengo")
    visit.open()
    node = server.server.node
    broken = node.parts.vault
    object.__setattr__(node.parts, "vault", None)
    try:
        with pytest.raises(grpc.RpcError) as failed:
            visit.answer_challenge()
    finally:
        object.__setattr__(node.parts, "vault", broken)
    assert failed.value.code() is grpc.StatusCode.INTERNAL
    assert failed.value.details() == "the server met a fault; its log names it"
    assert visit.answer_challenge().HasField("offer")


def test_the_server_still_serves(server: WireServer) -> None:
    stub = IssuanceStub(server.channel())
    reply = stub.Heartbeat(
        wire.HeartbeatRequest(
            municipality=MUNICIPALITY, build="0.1.0", schema=WIRE_SCHEMA, devices={"printer": "ready"}
        ),
        timeout=30,
    )
    assert reply.admitted
