"""Who may call at all: mutual TLS, and the terminal that it proves."""

from collections.abc import Iterator

import grpc
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from structlog.testing import capture_logs

from certserver.composition.clock import SystemClock
from certserver.office.debts import debts_in
from certserver.office.reports.issued_queries import calls_by_terminal
from certserver.ports import in_japan, unix
from certserver.signing.tls import KeyAndX509, make_ca, make_terminal_x509
from koufu.evidence.directory import open_directory
from koufu.evidence.trustlist import open_trust_list
from koufu.release import BUILD, WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.issuance_pb2_grpc import DirectoryStub, IssuanceStub
from tests.support.server import WireServer, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, WireLine, refusal


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireServer]:
    with a_server(tmp_path_factory.mktemp("tls")) as made, made.on_the_wire() as running:
        yield running


def stub_with(server: WireServer, credentials: grpc.ChannelCredentials) -> IssuanceStub:
    channel = grpc.secure_channel(server.address, credentials, options=[("grpc.use_local_subchannel_pool", 1)])
    server.channels.append(channel)
    return IssuanceStub(channel)


def status_of(stub: IssuanceStub, timeout: float | None = 10.0) -> grpc.StatusCode:
    with pytest.raises(grpc.RpcError) as failed:
        stub.Heartbeat(
            wire.HeartbeatRequest(municipality=MUNICIPALITY, build="0.1.0", schema=WIRE_SCHEMA), timeout=timeout
        )
    return failed.value.code()


def test_without_a_client_x509_there_is_no_connection(server: WireServer) -> None:
    ca = server.bundle().server_ca.read_bytes()
    assert status_of(stub_with(server, grpc.ssl_channel_credentials(ca))) is grpc.StatusCode.UNAVAILABLE


def test_in_the_clear_there_is_no_connection(server: WireServer) -> None:
    channel = grpc.insecure_channel(server.address)
    server.channels.append(channel)
    assert status_of(IssuanceStub(channel)) is grpc.StatusCode.UNAVAILABLE


def test_a_client_x509_of_another_ca_gets_no_connection(server: WireServer) -> None:
    own = server.bundle().server_ca.read_bytes()
    stranger = make_terminal_x509(make_ca(SystemClock().now()), "kiosk-1", SystemClock().now())
    credentials = grpc.ssl_channel_credentials(own, stranger.key, stranger.x509)
    assert status_of(stub_with(server, credentials)) is grpc.StatusCode.UNAVAILABLE


def test_a_server_of_another_ca_is_not_believed(server: WireServer) -> None:
    bundle = server.bundle()
    other = make_ca(SystemClock().now()).x509
    credentials = grpc.ssl_channel_credentials(other, bundle.key.read_bytes(), bundle.x509.read_bytes())
    assert status_of(stub_with(server, credentials)) is grpc.StatusCode.UNAVAILABLE


def test_i8_an_x509_of_our_ca_that_nobody_admitted_is_not_a_terminal(server: WireServer) -> None:
    """Same CA, same name, another key: the X.509 is not the one that was admitted."""
    home = server.server.home
    ca = KeyAndX509((home / "tls" / "ca.key").read_bytes(), (home / "tls" / "ca.pem").read_bytes())
    for name in ("kiosk-1", "kiosk-9"):
        made = make_terminal_x509(ca, name, SystemClock().now())
        line = WireLine(stub_with(server, grpc.ssl_channel_credentials(ca.x509, made.key, made.x509)))
        reply = line.heartbeat(MUNICIPALITY)
        assert (reply.admitted, reply.reason) == (False, "unknown-terminal")
        opened = line.open_session(
            wire.OpenSessionRequest(municipality=MUNICIPALITY, user_auth_x509=b"\x30", card_kind="standard")
        )
        assert opened.refusal.reason == "terminal-not-admitted"


def test_i1_an_order_speaks_for_the_terminal_that_sends_it(server: WireServer) -> None:
    visit = server.visit("kengo", "kiosk-1")
    visit.offer()
    visit.terminal = "kiosk-2"
    assert refusal(visit.prepare(visit.order(RESIDENCE))) == "terminal-not-admitted"


def test_a_call_without_deadline_is_turned_away(server: WireServer) -> None:
    stub = IssuanceStub(server.channel())
    assert status_of(stub, timeout=None) is grpc.StatusCode.INVALID_ARGUMENT


def test_the_directory_is_signed_and_names_this_server(server: WireServer) -> None:
    reply = DirectoryStub(server.channel()).GetDirectory(wire.GetDirectoryRequest(), timeout=30)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(server.bundle().directory_key.read_text()))
    directory = open_directory(reply.evidence, reply.signature, key)
    entry = directory.entry(MUNICIPALITY)
    assert entry is not None
    signatory = open_trust_list(reply.trust_list, reply.trust_list_signature, key).signatory(MUNICIPALITY)
    assert signatory is not None
    assert [listed.raw for listed in signatory.keys] == [server.server.municipal_key.raw_public_key]
    assert (entry.name, entry.name_en) == ("見本市", "Mihon City")
    assert directory.issued_at < directory.expires_at


def test_a_call_for_staff_reaches_the_log_of_whoever_is_on_duty(server: WireServer) -> None:
    bundle = server.bundle()
    credentials = grpc.ssl_channel_credentials(
        bundle.server_ca.read_bytes(), bundle.key.read_bytes(), bundle.x509.read_bytes()
    )
    stub = stub_with(server, credentials)
    call = wire.StaffCall(occasion="left-behind", reference="4q7-k2m")

    def beat(*calls: wire.StaffCall) -> None:
        asked = wire.HeartbeatRequest(municipality=MUNICIPALITY, build=BUILD, schema=WIRE_SCHEMA, staff_calls=calls)
        stub.Heartbeat(asked, timeout=30)

    with capture_logs() as logged:
        beat(call)
    told = [line for line in logged if line["event"] == "staff called"]
    assert [(line["terminal"], line["occasion"], line["reference"]) for line in told] == [
        ("kiosk-1", "left-behind", "4q7-k2m")
    ]
    today = in_japan(unix(server.server.clock.now())).date()
    with server.server.database.reading() as connection:
        kept = calls_by_terminal(connection, MUNICIPALITY, today, today)
    assert kept == {"kiosk-1": {"left-behind": 1}}
    beat(wire.StaffCall(occasion="debt", reference="4q7-k2m", yen=600))
    with server.server.database.reading() as connection:
        assert [(debt.reference, debt.due) for debt in debts_in(connection, MUNICIPALITY)] == [("4Q7-K2M", 600)]
    for wrong in ([call] * 21, [wire.StaffCall(occasion="\n")], [wire.StaffCall(occasion="fault", reference="見本")]):
        with pytest.raises(grpc.RpcError) as failed:
            beat(*wrong)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
