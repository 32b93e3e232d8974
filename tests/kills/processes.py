"""The programs that are killed: terminal and server, each in a session of its own, started anew as a service manager
would."""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.kills.printer import listens
from tests.support.waiting import until

STARTS_WITHIN_S = 200.0
STOPS_WITHIN_S = 15.0
NICE = 0


def as_usual() -> None:
    """In a process that is about to begin: it has no more of the machine than any other."""
    os.setpriority(os.PRIO_PROCESS, 0, NICE)


class Program:
    """One of our own programs. `lives` counts its starts."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._arguments = [sys.executable, "-m", *arguments]
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.lives = 0

    def start(self) -> None:
        """Starts it and does not wait."""
        self.lives += 1
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                start_new_session=True,
                preexec_fn=as_usual,
            )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def status(self) -> int | None:
        """How it ended."""
        return None if self._process is None else self._process.poll()

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """It is gone with all its children, in the middle of whatever it did. Another thread may start it anew as soon
        as it is."""
        process = self._process
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """Ends it in order."""
        if self._process is not None and self.alive:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOPS_WITHIN_S)
            self.kill()


class Server(Program):
    """`koufu-server serve`, at one port."""

    def __init__(self, home: Path, port: int, workers: int, environment: Mapping[str, str], log: Path) -> None:
        self._port = port
        # Not by --port: that one is told to terminals too, who are to take the way through the proxy.
        listen = {"KOUFU_SERVER_LISTEN": f"127.0.0.1:{port}"}
        command = ["certserver.cli.main", "serve", "--home", str(home), "--workers", str(workers)]
        super().__init__(command, {**environment, **listen}, log)

    def await_service(self) -> None:
        """Until it takes calls."""
        until(lambda: listens(self._port) or not self.alive, STARTS_WITHIN_S)
        if not self.alive:
            raise OSError(f"the server does not start: {self._log.read_text()[-500:]}")

    def kill_worker(self, which: int) -> bool:
        """One of its workers is gone. False where none is there to be killed."""
        with suppress(OSError):
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            if children:
                os.kill(int(children[which % len(children)]), signal.SIGKILL)
                return True
        return False


class Terminal(Program):
    """The kiosk's program. What it shows comes into `told` with the number of the life that showed it."""

    def __init__(self, settings: Path, glass: Path, environment: Mapping[str, str], log: Path) -> None:
        super().__init__(["tests.kills.terminal", str(settings), str(glass)], environment, log)
        self.told: queue.SimpleQueue[tuple[int, dict[str, object]]] = queue.SimpleQueue()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(os.fspath(glass))
        self._listener.listen()
        self._line: socket.socket | None = None
        threading.Thread(target=self._accept, name="glass", daemon=True).start()

    def touch(self, *names: str) -> None:
        """A finger on these keys, one after the other. Whoever touches a screen that is gone touches nothing."""
        line = self._line
        if line is not None:
            with suppress(OSError):
                line.sendall("".join(f"{name}\n" for name in names).encode())

    def close(self) -> None:
        """Nobody looks any more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._line = line
            threading.Thread(target=self._look, args=(line, self.lives), name="glass-line", daemon=True).start()

    def _look(self, line: socket.socket, life: int) -> None:
        heard = b""
        with suppress(OSError), line:
            while piece := line.recv(65536):
                *lines, heard = (heard + piece).split(b"\n")
                for each in lines:
                    self.told.put((life, json.loads(each)))
