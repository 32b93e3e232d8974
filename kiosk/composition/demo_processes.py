"""Our own programs as processes of a demonstration: commands that an operator types, the server, the simulators. The
kiosk never knows the server's code."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from kiosk.errors import ConfigurationError

START_WITHIN_S = 60
STOP_WITHIN_S = 10

_NOTHING: Mapping[str, str] = MappingProxyType({})


def command(module: str, *arguments: str, environment: Mapping[str, str] = _NOTHING) -> str:
    """What the command said. Raises `ConfigurationError` with what a failing one said."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | dict(environment),
    )
    if done.returncode != 0:
        raise ConfigurationError(f"{module} {' '.join(arguments[:2])}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


class Running:
    """A program that serves until it is told to stop. A context manager: it stops on leaving. `told` finds the port in
    a line that it says; `log` takes its standard error."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        log: Path,
        told: Callable[[str], int | None],
        environment: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._log = log.open("wb")
        self._told = told
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
            env=os.environ | dict(environment),
        )
        self.port = self._await_port()

    @property
    def pid(self) -> int:
        """The process that any workers are children of."""
        return self._process.pid

    def _await_port(self) -> int:
        assert self._process.stdout is not None
        until = time.monotonic() + START_WITHIN_S
        heard = b""
        while time.monotonic() < until:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, until - time.monotonic()))
            said = os.read(self._process.stdout.fileno(), 4096) if ready else b""
            if not said:
                break
            heard += said
            for line in heard.decode(errors="replace").splitlines():
                port = self._told(line)
                if port is not None:
                    return port
        self.stop()
        raise ConfigurationError(f"the program did not start; {self._log.name} says why")

    def pause(self) -> None:
        """It is away: its processes stand still."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """It is back."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def stop(self) -> None:
        """Ends it, and its workers."""
        self._signal(signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def running_server(home: Path, log: Path, *, workers: int, environment: Mapping[str, str] = _NOTHING) -> Running:
    """The server of a home."""
    arguments = ("serve", "--home", str(home), "--port", "0", "--workers", str(workers))
    return Running("certserver.cli.main", arguments, log, _serving, environment)


def running_simulators(cards: Path, log: Path) -> Running:
    """The simulated issuer of X.509s and card-writing terminal, over a folder of `koufu-card`."""
    return Running("kiosk.simulators.cli", ("--port", "0", "serve", "--dir", str(cards)), log, _simulating)


def _serving(line: str) -> int | None:
    with suppress(ValueError):
        told = json.loads(line)
        if isinstance(told, dict) and told.get("event") == "serving" and "workers" in told:
            return int(told["port"])
    return None


def _simulating(line: str) -> int | None:
    found = re.search(r"127\.0\.0\.1:(\d+)", line)
    return int(found[1]) if found else None
