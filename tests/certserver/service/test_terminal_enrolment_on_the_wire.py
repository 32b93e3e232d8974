"""The port on which terminals enrol: server-authenticated TLS, no other call, small requests, few of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import grpc
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certserver.composition.clock import SystemClock
from certserver.composition.desks import operators_desk
from certserver.composition.enrolling import start_enrolling
from certserver.composition.server_x509 import TlsOnDisk
from certserver.composition.terminals import terminal_ca
from certserver.composition.worker import start_worker
from certserver.errors import ConfigurationError
from certserver.office.terminals.changing import offer_enrolment
from certserver.pipeline.terminals.enrolling import Asked, enrol
from certserver.pipeline.terminals.parts import Declined, Why
from certserver.service.edge import Edge
from certserver.service.pace import Pace
from certserver.service.server import MAX_ENROLLING_REQUEST
from certserver.signing.tls import make_ca
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
    enrolling = start_enrolling(server.node, TlsOnDisk(server.node.home, server.node.settings), "127.0.0.1:0", edge)
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
    given = TerminalEnrolmentStub(channel).Enrol(sent, timeout=30)
    assert given.WhichOneof("outcome") == "x509"
    assert TerminalEnrolmentStub(channel).Enrol(asked("wrong"), timeout=30).refusal.reason == "code-wrong"


def test_nothing_else_is_answered_there(channel: grpc.Channel) -> None:
    beat = issuance_pb2.HeartbeatRequest(municipality=MUNICIPALITY, build=BUILD, schema=WIRE_SCHEMA)
    with pytest.raises(grpc.RpcError) as failed:
        IssuanceStub(channel).Heartbeat(beat, timeout=30)
    assert failed.value.code() is grpc.StatusCode.UNIMPLEMENTED
    with pytest.raises(grpc.RpcError) as failed:
        TerminalX509sStub(channel).Renew(terminals_pb2.RenewRequest(municipality=MUNICIPALITY), timeout=30)
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
            stub.Enrol(wrong, timeout=30)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    with pytest.raises(grpc.RpcError) as failed:
        stub.Enrol(asked("x", request=bytes(MAX_ENROLLING_REQUEST)), timeout=30)
    assert failed.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


def test_whoever_asks_often_waits(channel: grpc.Channel) -> None:
    stub = TerminalEnrolmentStub(channel)
    answers = [stub.Enrol(asked("wrong", name=f"kiosk-{at}"), timeout=30).refusal for at in range(12)]
    assert answers[0].reason == "code-wrong"
    assert answers[-1].reason == "wait"
    assert answers[-1].wait_s > 0


def test_the_terminals_own_port_still_wants_an_x509_and_renews_by_it(server: ServerForTests) -> None:
    with server.on_the_wire() as wire:
        _renews(wire)


def test_one_worker_of_a_node_lets_terminals_enrol_where_that_is_set(server: ServerForTests) -> None:
    node = server.node
    setting = node.settings.model_copy(update={"enrolment_listen": "127.0.0.1:0"})
    ports = []
    for number, each in ((0, replace(node, settings=setting)), (1, replace(node, settings=setting)), (0, node)):
        worker = start_worker(each, "127.0.0.1:0", number)
        ports.append(worker.enrolling.port if worker.enrolling is not None else 0)
        if worker.enrolling is not None:
            worker.enrolling.stop()
        worker.server.stop(None).wait()
        worker.executor.shutdown()
    assert ports[0] > 0
    assert ports[1:] == [0, 0]


def test_where_the_key_of_the_ca_is_elsewhere_nobody_enrols(server: ServerForTests) -> None:
    (server.home / "tls" / "ca.key").rename(server.home / "ca.key.elsewhere")
    ca = terminal_ca(server.home, server.node.settings)
    assert ca.signs_with is None
    desk = operators_desk(server.home, server.node.settings, server.database, server.clock)
    parts = replace(server.node.terminal_parts, ca=ca)
    sent = Asked("kiosk-9", offer_enrolment(desk, "kiosk-9", POST_OFFICE).code, request_of("kiosk-9", new_key()))
    assert enrol(parts, MUNICIPALITY, "192.0.2.7", sent) == Declined(Why.NO_CA)
    for wrong in (b"none", make_ca(SystemClock().now()).key, an_rsa_key()):
        (server.home / "tls" / "ca.key").write_bytes(wrong)
        with pytest.raises(ConfigurationError):
            terminal_ca(server.home, server.node.settings)


def an_rsa_key() -> bytes:
    return generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _renews(wire: WireServer) -> None:
    wire.server.clock.advance(300 * 86_400)
    stub = TerminalX509sStub(wire.channel("kiosk-1"))
    request = terminals_pb2.RenewRequest(municipality=MUNICIPALITY, request=request_of("kiosk-1", new_key()))
    assert stub.Renew(request, timeout=30).WhichOneof("outcome") == "x509"
    introduced = terminals_pb2.IntroduceRequest(municipality=MUNICIPALITY, x509=b"none")
    assert stub.Introduce(introduced, timeout=30).refusal.reason == "foreign"
    for wrong in (b"", bytes(4096)):
        with pytest.raises(grpc.RpcError) as failed:
            stub.Renew(terminals_pb2.RenewRequest(municipality=MUNICIPALITY, request=wrong), timeout=30)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
