"""A receipt printer that answers the bytes a real one answers, over TCP or a pseudo-terminal: what it prints is kept,
and paper, cover, knife and its tongue can be taken away while it runs."""

import os
import selectors
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_ASK = b"\x10\x04"
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_IN_TURN = b"\x1dr\x01"
_NO_UNASKED = b"\x1da\x00"


@dataclass
class EscposDevice:
    """The printer itself: bytes in, bytes out."""

    paper_end: bool = False
    near_end: bool = False
    cover_open: bool = False
    knife_stuck: bool = False
    silent: bool = False
    garbage: bytes | None = None
    break_after: tuple[int, Callable[["EscposDevice"], None]] | None = None
    papers: list[bytes] = field(default_factory=list)
    cleared: int = 0
    taken: int = 0
    """Bytes that it was sent and has dealt with."""
    said: int = 0
    """Bytes that it answered."""
    _buffer: bytes = b""
    _printing: bytearray = field(default_factory=bytearray)

    @property
    def stopped(self) -> bool:
        return self.paper_end or self.cover_open or self.knife_stuck

    def take(self, data: bytes) -> bytes:
        """What the printer answers to these bytes."""
        answer = self._answer(data)
        self.said += len(answer)
        self.taken += len(data)
        return answer

    def _answer(self, data: bytes) -> bytes:
        if self.garbage is not None:
            return self.garbage
        self._buffer += data
        if self.break_after is not None and len(self._printing) + len(self._buffer) > self.break_after[0]:
            _, breaks = self.break_after
            self.break_after = None
            breaks(self)
        answers = b""
        while self._buffer:
            answer = self._next()
            if answer is None:
                break
            answers += answer
        return b"" if self.silent else answers

    def _next(self) -> bytes | None:
        """The next command; None while its bytes are not all there."""
        head = self._buffer
        for command in (_CLEAR, _IN_TURN, _NO_UNASKED):
            if head.startswith(command):
                return self._obey(command)
            if command.startswith(head):
                return None
        if head.startswith(_ASK) and len(head) >= 3:
            self._buffer = head[3:]
            return bytes([self._status(head[2])])
        if _ASK.startswith(head[:2]) and len(head) < 3:
            return None
        end = min((at for at in (head.find(b"\x10", 1), head.find(b"\x1d", 1)) if at > 0), default=len(head))
        self._printing += head[:end]
        self._buffer = head[end:]
        return b""

    def _obey(self, command: bytes) -> bytes:
        self._buffer = self._buffer[len(command) :]
        if command == _CLEAR:
            self._printing.clear()
            self.cleared += 1
        if command == _IN_TURN and not self.stopped:
            self.papers.append(bytes(self._printing))
            self._printing.clear()
            return bytes([0x03 if self.near_end else 0x00])
        return b""

    def _status(self, kind: int) -> int:
        if kind == 1:
            return 0x12 | (0x08 if self.stopped else 0)
        if kind == 2:
            return 0x12 | (0x04 if self.cover_open else 0) | (0x20 if self.paper_end else 0)
        if kind == 3:
            return 0x12 | (0x08 if self.knife_stuck else 0)
        return 0x12 | (0x0C if self.near_end else 0) | (0x60 if self.paper_end else 0)


@contextmanager
def on_tcp(device: EscposDevice) -> Iterator[int]:
    """The printer on a port of the loopback; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener, _stop_pair() as (stop, stopped):

        def serve() -> None:
            with selectors.DefaultSelector() as waiting:
                waiting.register(listener, selectors.EVENT_READ)
                waiting.register(stopped, selectors.EVENT_READ)
                while True:
                    for key, _ in waiting.select():
                        if key.fileobj is stopped:
                            for other in list(waiting.get_map().values()):
                                if other.fileobj not in (listener, stopped):
                                    other.fileobj.close()  # type: ignore[union-attr]
                            return
                        if key.fileobj is listener:
                            waiting.register(listener.accept()[0], selectors.EVENT_READ)
                            continue
                        link = key.fileobj
                        assert isinstance(link, socket.socket)
                        try:
                            data = link.recv(65536)
                            if data:
                                link.sendall(device.take(data))
                        except OSError:
                            data = b""
                        if not data:
                            waiting.unregister(link)
                            link.close()

        with _thread(serve, stop):
            yield listener.getsockname()[1]


@contextmanager
def on_pty(device: EscposDevice) -> Iterator[str]:
    """The printer on a pseudo-terminal; yields the name of the serial port."""
    master, slave = os.openpty()
    tty.setraw(slave)
    try:
        with _stop_pair() as (stop, stopped):

            def serve() -> None:
                with selectors.DefaultSelector() as waiting:
                    waiting.register(master, selectors.EVENT_READ)
                    waiting.register(stopped, selectors.EVENT_READ)
                    while True:
                        for key, _ in waiting.select():
                            if key.fileobj is stopped:
                                return
                            os.write(master, device.take(os.read(master, 65536)))

            with _thread(serve, stop):
                yield os.ttyname(slave)
    finally:
        os.close(slave)
        os.close(master)


@contextmanager
def _stop_pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    stop, stopped = socket.socketpair()
    with stop, stopped:
        yield stop, stopped


@contextmanager
def _thread(serve: Callable[[], None], stop: socket.socket) -> Iterator[None]:
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.send(b"x")
        thread.join(30)
        assert not thread.is_alive()
