"""Our own programs as processes of a demonstration: commands that an operator types, the server, the simulators. The
kiosk never knows the server's code."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from kiosk.errors import ConfigurationError

START_WITHIN_S = 60
STOP_WITHIN_S = 10

_NOTHING: Mapping[str, str] = MappingProxyType({})
_ONE_AFTER_THE_OTHER = """
import importlib, io, json, sys
from contextlib import redirect_stdout
main = importlib.import_module(sys.argv[1]).main
for typed in sys.stdin:
    with redirect_stdout(io.StringIO()) as said:
        status = main(json.loads(typed))
    print(json.dumps([status, said.getvalue()]), flush=True)
"""

_ENDS_WITH_US = 'read -r _; kill -s CONT -- "-$0"; kill -s TERM "$0"'
"""For a shell: when whoever started it is gone, however that ended, it ends a program, also one that stands still."""


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


class Commands:
    """A process in which commands of a module are done one after the other, begun with the first and kept: most of a
    command's time is its start. A context manager: it ends on leaving."""

    def __init__(self, module: str, environment: Mapping[str, str] = _NOTHING) -> None:
        self._module = module
        self._environment = os.environ | dict(environment)
        self._process: subprocess.Popen[str] | None = None
        self._faults = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as this

    def say(self, lines: Iterable[Sequence[str]]) -> list[str]:
        """What each of these commands said. Raises `ConfigurationError` with what the first failing one said; the rest
        is not done."""
        return [self._done(list(line)) for line in lines]

    def _done(self, typed: list[str]) -> str:
        process = self._process = self._process or self._begun()
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.write(f"{json.dumps(typed)}\n")
            process.stdin.flush()
        answer = process.stdout.readline()
        status, said = json.loads(answer) if answer else (1, "")
        if status:
            self._faults.seek(0)
            raise ConfigurationError(f"{self._module} {' '.join(typed[:2])}: {self._faults.read().strip() or said}")
        return str(said)

    def _begun(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", _ONE_AFTER_THE_OTHER, self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._faults,
            text=True,
            env=self._environment,
        )

    def __enter__(self) -> "Commands":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            with suppress(BrokenPipeError):
                self._process.communicate()
        self._faults.close()


def commands(module: str, lines: Iterable[Sequence[str]]) -> list[str]:
    """What each of these commands said, done one after the other by one process. Raises `ConfigurationError` with what
    the first failing one said."""
    with Commands(module) as begun:
        return begun.say(lines)


class Running:
    """A program that serves until it is told to stop, or this process is gone. A context manager: it stops on leaving.
    `arguments` are those for a port, 0 for any; `told` finds the port in a line that it says; `log` takes its standard
    error."""

    def __init__(
        self,
        module: str,
        arguments: Callable[[int], Sequence[str]],
        log: Path,
        told: Callable[[str], int | None],
        environment: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._module = module
        self._arguments = arguments
        self._log = log.open("wb")
        self._told = told
        self._environment = os.environ | dict(environment)
        self._process = self._begun(0)
        self.port = self._await_port()

    def _begun(self, port: int) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", self._module, *self._arguments(port)],
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
            env=self._environment,
        )
        self._watching = subprocess.Popen(
            ["/bin/sh", "-c", _ENDS_WITH_US, str(process.pid)],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return process

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

    def kill(self) -> None:
        """It is gone, in the middle of whatever it did."""
        self._watch_no_more()
        self._signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def restart(self) -> None:
        """Starts it anew at its port, after it was killed."""
        self._process = self._begun(self.port)
        self._await_port()

    def _watch_no_more(self) -> None:
        """Before the program's number may become another's."""
        self._watching.kill()
        self._watching.wait()
        if self._watching.stdin is not None:
            self._watching.stdin.close()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def stop(self) -> None:
        """Ends it, and its workers."""
        self._watch_no_more()
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

    def arguments(port: int) -> Sequence[str]:
        return ("serve", "--home", str(home), "--port", str(port), "--workers", str(workers))

    return Running("certserver.cli.main", arguments, log, _serving, environment)


def running_simulators(cards: Path, log: Path) -> Running:
    """The simulated parties outside, over a folder of `koufu-card`."""

    def arguments(port: int) -> Sequence[str]:
        return ("--port", str(port), "serve", "--dir", str(cards))

    return Running("kiosk.simulators.cli", arguments, log, _simulating)


def _serving(line: str) -> int | None:
    with suppress(ValueError):
        told = json.loads(line)
        if isinstance(told, dict) and told.get("event") == "serving" and "workers" in told:
            return int(told["port"])
    return None


def _simulating(line: str) -> int | None:
    found = re.search(r"127\.0\.0\.1:(\d+)", line)
    return int(found[1]) if found else None
