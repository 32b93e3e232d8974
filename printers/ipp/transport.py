"""One IPP exchange over HTTP/1.1, plain or under TLS. A deadline holds for the whole exchange, so that a printer that
sends one byte a second, or never stops sending, cannot hold the kiosk."""

import http.client
import io
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlsplit

from printers.errors import AnswerLost, PrinterAway
from printers.ports import Clock

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_ANSWER = 1 << 20
"""Octets. The longest answer seen of a real printer is 60 kB."""

_MAX_HEAD = 1 << 16
_DEFAULT_PORT = 631


class IppTransport(Protocol):
    """Carries one request to the printer and its answer back."""

    @property
    def printer_uri(self) -> str:
        """The printer's name in requests."""
        ...

    def exchange(self, request: bytes) -> bytes:
        """Sends a request and returns the answer. Raises `PrinterAway` when nothing was sent, and `AnswerLost` when
        the request went out and no answer came back."""
        ...


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """`ipp://host[:port]/path` or `ipps://...`, taken apart."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def uri(self) -> str:
        """The address as the printer knows it."""
        return f"{'ipps' if self.secure else 'ipp'}://{self.host}:{self.port}{self.path}"


def parse_address(uri: str) -> PrinterAddress:
    """Reads a printer's address. Raises `ValueError` when it is not `ipp` or `ipps` with a host."""
    parts = urlsplit(uri)
    if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
        raise ValueError("a printer's address looks like ipp://host/ipp/print or ipps://host/ipp/print")
    return PrinterAddress(
        parts.scheme == "ipps", parts.hostname, parts.port or _DEFAULT_PORT, parts.path or "/ipp/print"
    )


class HttpTransport:
    """`exchange` over a new connection each time. `trust` is the TLS context that knows the printer's own X.509; `ipps`
    wants it, and nothing falls back to plain."""

    def __init__(
        self, address: PrinterAddress, clock: Clock, *, patience: float = 10.0, trust: ssl.SSLContext | None = None
    ) -> None:
        if address.secure and trust is None:
            raise ValueError("an ipps printer needs the X.509 that it is known by")
        self._address = address
        self._clock = clock
        self._patience = patience
        self._trust = trust

    @property
    def printer_uri(self) -> str:
        """The printer's name in requests."""
        return self._address.uri

    def exchange(self, request: bytes) -> bytes:
        """Sends a request and returns the answer, all within the patience. Raises `PrinterAway`, `AnswerLost`."""
        return _exchange(self._connect, self._address, request, self._clock, self._patience)

    def _connect(self) -> socket.socket:
        link = socket.create_connection((self._address.host, self._address.port), timeout=min(5.0, self._patience))
        if self._trust is None or not self._address.secure:
            return link
        try:
            return self._trust.wrap_socket(link, server_hostname=self._address.host)
        except BaseException:
            link.close()
            raise


class LocalTransport:
    """`exchange` with a program of this machine, over its domain socket. `path` is that of the printer in it."""

    def __init__(self, socket_file: Path, path: str, clock: Clock, *, patience: float = 10.0) -> None:
        self._socket_file = socket_file
        self._address = PrinterAddress(False, "localhost", _DEFAULT_PORT, path)
        self._clock = clock
        self._patience = patience

    @property
    def printer_uri(self) -> str:
        """The printer's name in requests."""
        return self._address.uri

    def exchange(self, request: bytes) -> bytes:
        """Sends a request and returns the answer, all within the patience. Raises `PrinterAway`, `AnswerLost`."""
        return _exchange(self.connect, self._address, request, self._clock, self._patience)

    def connect(self) -> socket.socket:
        """A connection to the program. Raises `OSError`."""
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            link.settimeout(min(5.0, self._patience))
            link.connect(str(self._socket_file))
        except BaseException:
            link.close()
            raise
        return link


def _exchange(
    connect: Callable[[], socket.socket], address: PrinterAddress, request: bytes, clock: Clock, patience: float
) -> bytes:
    deadline = clock.monotonic() + patience
    try:
        link = connect()
    except (OSError, UnicodeError) as fault:
        raise PrinterAway("nothing answers at the printer's address") from fault
    try:
        return _ask(link, address, request, clock, deadline)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise AnswerLost("the printer's answer was lost") from fault
    finally:
        link.close()


def _ask(link: socket.socket, address: PrinterAddress, request: bytes, clock: Clock, deadline: float) -> bytes:
    link.settimeout(max(deadline - clock.monotonic(), 0.001))
    head = (
        f"POST {address.path} HTTP/1.1\r\nHost: {address.host}:{address.port}\r\nContent-Type: application/ipp\r\n"
        f"Accept: application/ipp\r\nConnection: close\r\nContent-Length: {len(request)}\r\n\r\n"
    )
    link.sendall(head.encode("ascii") + request)
    response = http.client.HTTPResponse(cast("socket.socket", _TimedReads(link, clock, deadline)))
    try:
        response.begin()
        if response.status != http.client.OK:
            raise AnswerLost(f"the printer answered HTTP {response.status}")
        body = response.read(MAX_ANSWER + 1)
        missing = response.length
    finally:
        response.close()
    if len(body) > MAX_ANSWER:
        raise AnswerLost("the printer's answer does not end")
    if missing:
        raise AnswerLost("the printer's answer ends too early")
    return body


class _TimedReads(io.RawIOBase):
    """What `http.client` reads from: each read ends at the deadline of the whole exchange, all of them at a limit."""

    def __init__(self, link: socket.socket, clock: Clock, deadline: float) -> None:
        super().__init__()
        self._link = link
        self._clock = clock
        self._deadline = deadline
        self._left = MAX_ANSWER + _MAX_HEAD

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Stands in for a socket towards `HTTPResponse`, which asks it for nothing else."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Raises `OSError` past the deadline or the limit."""
        remaining = self._deadline - self._clock.monotonic()
        if remaining <= 0 or self._left <= 0:
            raise TimeoutError("the printer's answer does not end")
        self._link.settimeout(remaining)
        count = self._link.recv_into(buffer)
        self._left -= count
        return count
