"""The server's own X.509: renewed before its end under the CA at hand, taken by servers that run, told where one has to
do something."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.composition.home import HOSTS
from certserver.composition.server_x509 import ending_soon, renew, renew_when_due, server_x509
from certserver.composition.settings import ServerSettings, load_settings
from certserver.errors import ConfigurationError
from certserver.signing.tls import KeyAndX509, make_ca, make_server_x509
from tests.support.server import HandClock, WireServer, a_server
from tests.support.server_people import MUNICIPALITY

NOW = datetime(2026, 6, 10, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The files alone that a server proves itself by, made a year before NOW."""
    made = NOW - timedelta(days=290)
    write(tmp_path, make_ca(made), made)
    return tmp_path


def write(home: Path, ca: KeyAndX509, at: datetime, hosts: tuple[str, ...] = HOSTS) -> None:
    (home / "tls").mkdir(exist_ok=True)
    server = make_server_x509(ca, hosts, at)
    for name, content in (
        ("ca.key", ca.key),
        ("ca.pem", ca.x509),
        ("server.key", server.key),
        ("server.pem", server.x509),
    ):
        (home / "tls" / name).write_bytes(content)


SETTINGS = ServerSettings(municipality=MUNICIPALITY)


def test_it_is_renewed_when_75_days_are_left_for_the_same_hosts_and_key(home: Path) -> None:
    key = (home / "tls" / "server.key").read_bytes()
    assert renew_when_due(home, SETTINGS, HandClock(NOW - timedelta(days=1))) is None
    ends_at = renew_when_due(home, SETTINGS, HandClock(NOW))
    assert ends_at == NOW + timedelta(days=365)
    standing = server_x509(home, SETTINGS)
    assert (standing.ends_at, standing.hosts) == (ends_at, HOSTS)
    assert (home / "tls" / "server.key").read_bytes() == key
    assert renew_when_due(home, SETTINGS, HandClock(NOW)) is None
    assert sorted(each.name for each in (home / "tls").iterdir()) == ["ca.key", "ca.pem", "server.key", "server.pem"]
    assert (home / "tls" / "server.pem").stat().st_mode & 0o777 == 0o600


def test_other_hosts_may_be_named(home: Path) -> None:
    renew(home, SETTINGS, HandClock(NOW), ("koufu.city.example.jp", "192.0.2.7"))
    assert server_x509(home, SETTINGS).hosts == ("koufu.city.example.jp", "192.0.2.7")


def test_what_stands_under_another_ca_is_warned_of_and_never_renewed(home: Path) -> None:
    brought = make_server_x509(make_ca(NOW), HOSTS, NOW - timedelta(days=306))
    for name, content in (("server.key", brought.key), ("server.pem", brought.x509)):
        (home / "tls" / name).write_bytes(content)
    assert renew_when_due(home, SETTINGS, HandClock(NOW)) is None
    with pytest.raises(ConfigurationError, match="stands under no CA whose key is here"):
        renew(home, SETTINGS, HandClock(NOW))
    ends_at = int((NOW + timedelta(days=59)).timestamp())
    for key in ("server.key", "ca.key"):
        # The console tells it, which opens no key.
        (home / "tls" / key).unlink()
    assert ending_soon(home, SETTINGS, NOW) == (("server-x509", ends_at),)
    assert ending_soon(home, SETTINGS, NOW - timedelta(days=2)) == ()


def test_a_ca_is_warned_of_a_year_before_and_nothing_is_renewed_beyond_it(home: Path) -> None:
    made = NOW - timedelta(days=3653 - 70)
    write(home, make_ca(made), made)
    ca = x509.load_pem_x509_certificate((home / "tls" / "ca.pem").read_bytes())
    renew(home, SETTINGS, HandClock(NOW))
    assert server_x509(home, SETTINGS).ends_at == ca.not_valid_after_utc
    with pytest.raises(ConfigurationError, match="the CA itself ends"):
        renew(home, SETTINGS, HandClock(NOW + timedelta(days=1)))
    assert [what for what, _ in ending_soon(home, SETTINGS, NOW)] == ["ca"]
    assert [what for what, _ in ending_soon(home, SETTINGS, NOW + timedelta(days=11))] == ["server-x509", "ca"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WireServer]:
    with a_server(tmp_path) as made, made.on_the_wire() as running:
        yield running


def proven(server: WireServer) -> x509.Certificate:
    """By what the server proves itself to a terminal that connects now."""
    bundle = server.bundle()
    context = ssl.create_default_context(cafile=str(bundle.server_ca))
    context.load_cert_chain(bundle.x509, bundle.key)
    context.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("localhost", server.port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as wrapped,
    ):
        told = wrapped.getpeercert(binary_form=True)
    assert told is not None
    return x509.load_der_x509_certificate(told)


def test_a_server_that_runs_takes_the_new_one_and_cuts_nobody_off(
    server: WireServer, capsys: pytest.CaptureFixture[str]
) -> None:
    line, home = server.line(), server.server.home
    assert line.heartbeat(MUNICIPALITY).admitted
    before = proven(server)
    assert main(["tls", "renew", "--home", str(home), "--host", "localhost", "--host", "koufu.city.example.jp"]) == 0
    after = proven(server)
    assert after.serial_number != before.serial_number
    assert after.public_key() == before.public_key()
    assert line.heartbeat(MUNICIPALITY).admitted
    assert server.line().heartbeat(MUNICIPALITY).admitted
    assert main(["tls", "show", "--home", str(home)]) == 0
    assert "koufu.city.example.jp" in capsys.readouterr().out


def test_a_key_whose_x509_has_not_come_yet_changes_nothing(server: WireServer) -> None:
    home = server.server.home
    settings = load_settings(home)
    before = proven(server)
    ca = KeyAndX509((home / settings.tls_ca_key).read_bytes(), (home / settings.tls_client_ca).read_bytes())
    other = make_server_x509(ca, HOSTS, SystemClock().now())
    (home / settings.tls_key).write_bytes(other.key)
    assert proven(server).serial_number == before.serial_number
    (home / settings.tls_x509).write_bytes(other.x509)
    key = load_pem_private_key(other.key, None)
    assert proven(server).public_key() == key.public_key()
