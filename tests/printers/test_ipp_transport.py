"""HTTP towards a printer that sends garbage, stops, never stops, or speaks TLS under an X.509 that is not its own."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.errors import AnswerLost, PrinterAway, PrinterError
from printers.ipp.printer import IppPagePrinter
from printers.ipp.transport import MAX_ANSWER, HttpTransport, PrinterAddress, parse_address
from printers.model import PrinterProblem
from tests.support.ipp_fixtures import ipp_names  # noqa: F401
from tests.support.ipp_printer import software_printer
from tests.support.printer_clocks import LONGEST_S, JumpingClock, RealClock


@contextmanager
def _peer(answer: Callable[[socket.socket], None], patience: float = LONGEST_S) -> Iterator[HttpTransport]:
    """Serves connections one by one: reads the request's end, then does as told."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    link, _ = listener.accept()
                except OSError:
                    return
                with link:
                    try:
                        link.recv(65536)
                        answer(link)
                    except OSError:
                        pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        address = PrinterAddress(False, "127.0.0.1", listener.getsockname()[1], "/ipp/print")
        yield HttpTransport(address, RealClock(), patience=patience)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(LONGEST_S)


def _send(data: bytes) -> Callable[[socket.socket], None]:
    return lambda link: link.sendall(data)


def test_an_answer_with_a_length() -> None:
    with _peer(_send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")) as transport:
        assert transport.exchange(b"request") == b"abc"


def test_an_answer_in_chunks_after_a_continue() -> None:
    told = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    with _peer(_send(told)) as transport:
        assert transport.exchange(b"request") == b"abc"


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x03",
        b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000,
        b"HTTP/1.1 200 OK\r\n\r\n" + bytes(MAX_ANSWER + 100_000),
    ],
    ids=["nothing", "no-http", "error", "short", "chunks", "headers", "long-header", "continues", "endless"],
)
def test_what_is_no_answer_is_a_lost_one(told: bytes) -> None:
    with _peer(_send(told)) as transport, pytest.raises(AnswerLost):
        transport.exchange(b"request")


def test_a_printer_that_sends_a_byte_at_a_time_is_cut_off() -> None:
    never = threading.Event()

    def trickle(link: socket.socket) -> None:
        while True:
            link.sendall(b"H")
            never.wait(0.02)

    with _peer(trickle, patience=0.3) as transport, pytest.raises(AnswerLost):
        transport.exchange(b"request")


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: b"HTTP/1.1 200 OK\r\n\r\n" + tail)))
def test_a_port_that_talks_garbage_is_an_offline_printer(told: bytes) -> None:
    with _peer(_send(told)) as transport:
        assert IppPagePrinter(transport, JumpingClock()).status().problems == {PrinterProblem.OFFLINE}


def test_nothing_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = PrinterAddress(False, "127.0.0.1", closed.getsockname()[1], "/ipp/print")
        with pytest.raises(PrinterAway) as fault:
            HttpTransport(address, RealClock()).exchange(b"request")
        assert not isinstance(fault.value, AnswerLost)


def test_addresses() -> None:
    assert parse_address("ipp://printer/ipp/print") == PrinterAddress(False, "printer", 631, "/ipp/print")
    assert parse_address("ipps://printer:8443") == PrinterAddress(True, "printer", 8443, "/ipp/print")
    assert parse_address("ipps://printer:8443/x").uri == "ipps://printer:8443/x"
    for wrong in ("http://printer/", "printer", "ipp://", "ipp://printer:port/"):
        with pytest.raises(ValueError):  # noqa: PT011
            parse_address(wrong)


def test_ipps_without_the_printers_x509_is_refused() -> None:
    with pytest.raises(ValueError, match=r"X\.509"):
        HttpTransport(parse_address("ipps://printer/ipp/print"), RealClock())


def test_ipps_under_the_printers_own_x509_and_no_other(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    keys = tmp_path / "keys"
    keys.mkdir()
    _self_issued(keys)
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    _self_issued(stranger)
    folder = tmp_path / "printer"
    folder.mkdir()
    with software_printer(folder, ipp_names, keys=keys) as device:
        address = parse_address(f"ipps://localhost:{device.port}/ipp/print")
        trusted = HttpTransport(address, RealClock(), trust=_trust(keys))
        assert IppPagePrinter(trusted, RealClock()).status().ready
        with pytest.raises(PrinterError):
            HttpTransport(address, RealClock(), trust=_trust(stranger)).exchange(b"request")


def _trust(keys: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(keys / "localhost.crt"))


def _self_issued(folder: Path) -> None:
    """As a printer makes one for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    issued = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "localhost.crt").write_bytes(issued.public_bytes(serialization.Encoding.PEM))
    (folder / "localhost.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
    )
