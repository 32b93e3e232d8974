"""The terminal's lines to servers: one channel to each address."""

import threading
from pathlib import Path

from kiosk.actions.wire import GrpcTransport, UploadTransport
from kiosk.composition.settings import TerminalSettings
from kiosk.errors import ConfigurationError


class Transports:
    """One channel to each server address, all with this terminal's own X.509."""

    def __init__(self, settings: TerminalSettings) -> None:
        self._ca = content_of(settings.server_ca)
        self._x509 = content_of(settings.terminal_x509)
        self._key = content_of(settings.terminal_key)
        self._open: dict[str, GrpcTransport] = {}
        self._guard = threading.Lock()

    def to(self, address: str) -> UploadTransport:
        """The channel to this address."""
        with self._guard:
            if address not in self._open:
                self._open[address] = GrpcTransport(address, self._ca, self._x509, self._key)
            return self._open[address]

    def close(self) -> None:
        """Lets all channels go."""
        with self._guard:
            for transport in self._open.values():
                transport.close()
            self._open.clear()


def content_of(path: Path) -> bytes:
    """A file that the settings name. Raises `ConfigurationError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} can't be read: {error.strerror}") from error
