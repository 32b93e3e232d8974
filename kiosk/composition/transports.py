"""The terminal's lines to servers: one to each address, all with this terminal's own X.509. When that is renewed, each
opens a new channel for its next call; calls under way end on the old one."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.wire import GrpcTransport, UploadTransport
from kiosk.actions.x509_files import Pair, X509Files
from kiosk.composition.settings import TerminalSettings
from kiosk.errors import ConfigurationError


class Transports:
    """One line to each server address."""

    def __init__(self, settings: TerminalSettings) -> None:
        self._ca = content_of(settings.server_ca)
        self._files = X509Files(settings.terminal_key, settings.terminal_x509)
        self._pair = self._files.present()
        self._open: dict[str, GrpcTransport] = {}
        self._former: list[GrpcTransport] = []
        self._guard = threading.Lock()

    @property
    def files(self) -> X509Files:
        """What the terminal proves itself by."""
        return self._files

    def to(self, address: str) -> UploadTransport:
        """The line to this address."""
        return _Line(self, address)

    @contextmanager
    def by(self, address: str, pair: Pair) -> Iterator[GrpcTransport]:
        """A channel to this address that comes with this pair, closed at the end."""
        transport = self._channel(address, pair)
        try:
            yield transport
        finally:
            transport.close()

    def renewed(self) -> None:
        """Another pair lies in the files: the next call of each line comes with it."""
        pair = self._files.present()
        with self._guard:
            self._pair = pair
            # Not closed yet: calls may be under way on other lanes.
            self._former += self._open.values()
            self._open.clear()

    def channel(self, address: str) -> GrpcTransport:
        """The channel to this address as it is now."""
        with self._guard:
            if address not in self._open:
                self._open[address] = self._channel(address, self._pair)
            return self._open[address]

    def close(self) -> None:
        """Lets all channels go."""
        with self._guard:
            for transport in (*self._open.values(), *self._former):
                transport.close()
            self._open.clear()
            self._former.clear()

    def _channel(self, address: str, pair: Pair) -> GrpcTransport:
        return GrpcTransport(address, self._ca, pair.x509, pair.key)


class _Line:
    """Fulfils `UploadTransport` by whatever channel there is to an address."""

    def __init__(self, transports: Transports, address: str) -> None:
        self._transports, self._address = transports, address

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        """One call of one reply."""
        return self._transports.channel(self._address).unary(method, request, deadline)

    def upload(self, method: str, requests: Iterable[bytes], deadline: float) -> bytes:
        """One call of several requests."""
        return self._transports.channel(self._address).upload(method, requests, deadline)

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        """One call of several replies."""
        return self._transports.channel(self._address).stream(method, request, deadline)


def content_of(path: Path) -> bytes:
    """A file that the settings name. Raises `ConfigurationError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} can't be read: {error.strerror}") from error


def directory_key(settings: TerminalSettings) -> Ed25519PublicKey:
    """The issuance centre's key, by which the directory is signed. Raises `ConfigurationError`."""
    try:
        return Ed25519PublicKey.from_public_bytes(
            bytes.fromhex(content_of(settings.directory_key).decode("ascii").strip())
        )
    except ValueError as error:
        raise ConfigurationError(f"{settings.directory_key} holds no Ed25519 public key in hex") from error
