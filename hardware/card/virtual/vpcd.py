"""Puts a virtual card into the reader that vpcd gives the PC/SC daemon. vpcd's protocol: two bytes of length, then a
control byte (off, on, reset, ATR) or a command APDU; the ATR and answers go back the same way. It never listens."""

import contextlib
import socket
from collections.abc import Callable

from hardware.card.virtual.card import VirtualCard
from hardware.ports import Clock, Spawn

HOST = "127.0.0.1"
PORT = 35963
"""Where vpcd listens as Debian installs it."""

_OFF, _ON, _RESET, _ATR = 0, 1, 2, 4
_LENGTH_BYTES = 2
_CONNECT_WITHIN_S = 5.0
_TRY_AGAIN_S = 0.2
_END_WITHIN_S = 5.0


class VpcdSlot:
    """A `CardSlot` in a reader of the PC/SC daemon. A card that is in stays in over a restart of the daemon. `trouble`
    is told in words when there is no such reader; it is looked for until the card is pulled."""

    def __init__(
        self,
        spawn: Spawn,
        clock: Clock,
        *,
        host: str = HOST,
        port: int = PORT,
        trouble: Callable[[str], None] = lambda _words: None,
    ) -> None:
        self._spawn = spawn
        self._clock = clock
        self._address = (host, port)
        self._trouble = trouble
        self._visit: _Visit | None = None
        self._ended: Callable[[float], bool] = _at_once
        self._slow_s = 0.0

    def insert(self, card: VirtualCard) -> None:
        """Puts a card in; one that is in comes out first. The daemon sees it within its polling time (0.4 s)."""
        self.pull()
        self._visit = _Visit(card, self._address, self._clock, self._trouble)
        self._visit.slow_s = self._slow_s
        self._ended = self._spawn("vpcd-card", self._visit.run)

    def pull(self) -> None:
        """Takes the card out, in the middle of a command or not."""
        if self._visit is not None:
            self._visit.end()
            self._ended(_END_WITHIN_S)
            self._visit = None

    def mute(self) -> None:
        """The card answers nothing more until it is pulled."""
        if self._visit is not None:
            self._visit.mute = True

    def slow(self, seconds: float) -> None:
        """Every answer takes that long; 0 is as fast as it goes."""
        self._slow_s = seconds
        if self._visit is not None:
            self._visit.slow_s = seconds

    def pull_after(self, answers: int) -> None:
        """After so many more answers the card leaves in the middle of the next command."""
        if self._visit is not None:
            self._visit.answers_left = answers


class _Visit:
    """One card for the time it is in; `run` serves it until `end`."""

    def __init__(
        self, card: VirtualCard, address: tuple[str, int], clock: Clock, trouble: Callable[[str], None]
    ) -> None:
        self._card = card
        self._address = address
        self._clock = clock
        self._trouble = trouble
        self._line: socket.socket | None = None
        self._over = False
        self.mute = False
        self.slow_s = 0.0
        self.answers_left: int | None = None

    def run(self) -> None:
        """Serves the card, and finds the daemon again when it comes back."""
        told = False
        while not self._over:
            try:
                self._visit()
                told = False
            except OSError as error:
                if not told and not self._over:
                    told = True
                    self._trouble(f"No virtual reader at {self._address[0]}:{self._address[1]} ({error.strerror}).")
            if not self._over:
                self._clock.wait(_TRY_AGAIN_S)

    def _visit(self) -> None:
        with socket.create_connection(self._address, _CONNECT_WITHIN_S) as line:
            line.settimeout(None)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._line = line
            try:
                self._serve(line)
            finally:
                self._line = None

    def end(self) -> None:
        """Breaks the line off."""
        self._over = True
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _serve(self, line: socket.socket) -> None:
        while not self._over:
            message = _receive(line)
            if not message:
                return
            answer = self._control(message[0]) if len(message) == 1 else self._command(message)
            if answer is not None and not self._over:
                line.sendall(len(answer).to_bytes(_LENGTH_BYTES, "big") + answer)

    def _control(self, what: int) -> bytes | None:
        if what == _ATR:
            return self._card.atr
        if what in (_OFF, _ON, _RESET):
            self._card.reset()
        return None

    def _command(self, apdu: bytes) -> bytes | None:
        if self.answers_left == 0:
            self._over = True
            return None
        if self.slow_s:
            self._clock.wait(self.slow_s)
        if self.mute:
            return None
        if self.answers_left is not None:
            self.answers_left -= 1
        return self._card.answer(apdu)


def _receive(line: socket.socket) -> bytes | None:
    """One message, or None at the end of the line."""
    length = _exactly(line, _LENGTH_BYTES)
    return None if length is None else _exactly(line, int.from_bytes(length, "big"))


def _exactly(line: socket.socket, count: int) -> bytes | None:
    content = b""
    while len(content) < count:
        # vpcd sends length and body apart: without this each command waits 40 ms for a delayed acknowledgement.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        piece = line.recv(count - len(content))
        if not piece:
            return None
        content += piece
    return content


def _at_once(_within: float) -> bool:
    return True
