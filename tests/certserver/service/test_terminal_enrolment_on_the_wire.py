"""The port on which terminals enrol: server-authenticated TLS, no other call, small requests, few of them."""

from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from certserver.composition.clock import SystemClock
from certserver.composition.desks import operators_desk
from certserver.composition.enrolling import start_enrolling
from certserver.composition.worker import tls_files
from certserver.office.terminals.changing import offer_enrolment
from certserver.service.edge import Edge
from certserver.service.pace import Pace
from certserver.service.server import MAX_ENROLLING_REQUEST
from koufu.release import BUILD, WIRE_SCHEMA
from koufu.v1 import issuance_pb2, terminals_pb2
from koufu.v1.issuance_pb2_grpc import IssuanceStub
from koufu.v1.terminals_pb2_grpc import TerminalEnrolmentStub, TerminalX509sStub
from tests.support.server import ServerForTests, WireServer, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import POST_OFFICE
from tests.support.terminal_keys import new_key, request_of


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        made.clock.set(SystemClock().now())
        yield made


@pytest.fixture
def channel(server: ServerForTests) -> Iterator[grpc.Channel]:
    """Without any X.509 of a terminal."""

    def ended(**_fields: object) -> None:
        """Nothing is counted here."""

    edge = Edge(Pace(lambda: 0.0, lambda _seconds: None), ended, ended)
    enrolling = start_enrolling(server.node, tls_files(server.node), "127.0.0.1:0", edge)
    ca = (server.home / "tls" / "ca.pem").read_bytes()
    opened = grpc.secure_channel(f"localhost:{enrolling.port}", grpc.ssl_channel_credentials(ca))
    try:
        yield opened
    finally:
        opened.close()
        enrolling.stop()


def asked(code: str, name: str = "kiosk-9", request: bytes = b"none") -> terminals_pb2.EnrolRequest:
    return terminals_pb2.EnrolRequest(municipality=MUNICIPALITY, terminal=name, code=code, request=request)


def test_a_terminal_enrols_without_an_x509_and_is_served_with_the_one_it_got(
    server: ServerForTests, channel: grpc.Channel
) -> None:
    desk = operators_desk(server.home, server.node.settings, server.database, server.clock)
    key = new_key()
    sent = asked(offer_enrolment(desk, "kiosk-9", POST_OFFICE).code, request=request_of("kiosk-9", key))
    given = TerminalEnrolmentStub(channel).Enrol(sent, timeout=10)
    assert given.WhichOneof("outcome") == "x509"
    assert TerminalEnrolmentStub(channel).Enrol(asked("wrong"), timeout=10).refusal.reason == "code-wrong"


def test_nothing_else_is_answered_there(channel: grpc.Channel) -> None:
    beat = issuance_pb2.HeartbeatRequest(municipality=MUNICIPALITY, build=BUILD, schema=WIRE_SCHEMA)
    with pytest.raises(grpc.RpcError) as failed:
        IssuanceStub(channel).Heartbeat(beat, timeout=10)
    assert failed.value.code() is grpc.StatusCode.UNIMPLEMENTED
    with pytest.raises(grpc.RpcError) as failed:
        TerminalX509sStub(channel).Renew(terminals_pb2.RenewRequest(municipality=MUNICIPALITY), timeout=10)
    assert failed.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_what_is_out_of_bounds_is_turned_away(channel: grpc.Channel) -> None:
    stub = TerminalEnrolmentStub(channel)
    for wrong in (
        asked(""),
        asked("x" * 65),
        asked("x", name="見本"),
        asked("x", name=""),
        asked("x", request=b""),
        asked("x", request=bytes(4096)),
        terminals_pb2.EnrolRequest(municipality="9", terminal="kiosk-9", code="x", request=b"x"),
    ):
        with pytest.raises(grpc.RpcError) as failed:
            stub.Enrol(wrong, timeout=10)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    with pytest.raises(grpc.RpcError) as failed:
        stub.Enrol(asked("x", request=bytes(MAX_ENROLLING_REQUEST)), timeout=10)
    assert failed.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


def test_whoever_asks_often_waits(channel: grpc.Channel) -> None:
    stub = TerminalEnrolmentStub(channel)
    answers = [stub.Enrol(asked("wrong", name=f"kiosk-{at}"), timeout=10).refusal for at in range(12)]
    assert answers[0].reason == "code-wrong"
    assert answers[-1].reason == "wait"
    assert answers[-1].wait_s > 0


def test_the_terminals_own_port_still_wants_an_x509_and_renews_by_it(server: ServerForTests) -> None:
    with server.on_the_wire() as wire:
        _renews(wire)


def _renews(wire: WireServer) -> None:
    wire.server.clock.advance(86_400)
    stub = TerminalX509sStub(wire.channel("kiosk-1"))
    request = terminals_pb2.RenewRequest(municipality=MUNICIPALITY, request=request_of("kiosk-1", new_key()))
    assert stub.Renew(request, timeout=10).WhichOneof("outcome") == "x509"
    introduced = terminals_pb2.IntroduceRequest(municipality=MUNICIPALITY, x509=b"none")
    assert stub.Introduce(introduced, timeout=10).refusal.reason == "foreign"
    for wrong in (b"", bytes(4096)):
        with pytest.raises(grpc.RpcError) as failed:
            stub.Renew(terminals_pb2.RenewRequest(municipality=MUNICIPALITY, request=wrong), timeout=10)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
