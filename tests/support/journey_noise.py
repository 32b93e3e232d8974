"""Programs and cards that talk garbage, for journeys."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import Persona
from tests.support.cards import seeded


class NoisyCard(VirtualCard):
    """A card that answers truthfully so often, and with noise from then on."""

    def __init__(self, persona: Persona, seed: str, truthful: int) -> None:
        self._noise = seeded(f"noise {seed}")
        super().__init__(persona, self._noise)
        self._truthful = truthful

    def answer(self, apdu: bytes) -> bytes:
        answer = super().answer(apdu)
        self._truthful -= 1
        if self._truthful >= 0:
            return answer
        length = self._noise(1)[0]
        noise = self._noise(length)
        return noise + (b"\x90\x00" if length % 2 else b"")


@contextmanager
def a_noisy_port(noise: bytes) -> Iterator[int]:
    """A port of this machine behind which somebody says that, whatever they hear, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line, suppress(OSError):
                    line.settimeout(30)
                    line.recv(65536)
                    line.sendall(noise)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(30)
    assert not thread.is_alive()
