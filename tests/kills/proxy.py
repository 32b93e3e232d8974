"""The line between terminal and server, through which every byte goes: it can drop, delay, cut, and lie half open."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

PIECE = 4096
CONNECT_WITHIN_S = 5.0


class Trouble(Enum):
    """What may happen to the line."""

    DROPPED = "dropped"
    """Every connection breaks, and new ones break as soon as they stand."""
    DELAYED = "delayed"
    """Every piece comes late."""
    CUT = "cut"
    """The connections break once, in the middle of what they carry."""
    HALF_OPEN = "half-open"
    """What the server says is lost, and nobody is told."""
    DEAF = "deaf"
    """What the terminal says is lost, and nobody is told."""


class Proxy:
    """Takes connections at `port` and carries them to `target` of this machine. `tick` is called for each piece before
    it goes on. A context manager."""

    def __init__(self, target: int, tick: Callable[[], None]) -> None:
        self._target = target
        self._tick = tick
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._guard = threading.Lock()
        self._open: set[socket.socket] = set()
        self._trouble: Trouble | None = None
        self._delay_s = 0.0
        self.harmed = 0
        """Connections that it broke, pieces that it lost or kept waiting."""
        self._calm = threading.Event()
        threading.Thread(target=self._accept, name="proxy", daemon=True).start()

    def trouble(self, what: Trouble, delay_s: float = 0.2) -> None:
        """From now on, until `calm`."""
        self._delay_s, self._trouble = delay_s, what
        self._calm.clear()
        if what in (Trouble.DROPPED, Trouble.CUT):
            self._break()
        if what is Trouble.CUT:
            self.calm()

    def calm(self) -> None:
        """The line is as it should be; connections that lay half open are found to be broken."""
        lost = self._trouble in (Trouble.HALF_OPEN, Trouble.DEAF)
        self._trouble = None
        self._calm.set()
        if lost:
            self._break()

    def _break(self) -> None:
        with self._guard:
            lines = list(self._open)
        self.harmed += len(lines)
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), name="proxy-line", daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        if self._trouble is Trouble.DROPPED:
            self.harmed += 1
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._target), CONNECT_WITHIN_S)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._guard:
            self._open |= {near, far}
        back = threading.Thread(target=self._carry, args=(far, near, Trouble.HALF_OPEN), daemon=True)
        back.start()
        self._carry(near, far, Trouble.DEAF)
        back.join()
        with self._guard:
            self._open -= {near, far}
        near.close()
        far.close()

    def _carry(self, source: socket.socket, sink: socket.socket, lost_by: Trouble) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                self._tick()
                if self._trouble in (Trouble.DELAYED, lost_by):
                    self.harmed += 1
                if self._trouble is Trouble.DELAYED:
                    self._calm.wait(self._delay_s)
                if self._trouble is not lost_by:
                    sink.sendall(piece)
        for line in (source, sink):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.calm()
        self._break()
