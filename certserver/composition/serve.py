"""`koufu-server serve`: worker processes that share one port and one database, watched until they are told to stop."""

import gc
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NoReturn

import structlog

from certserver.composition.clock import elapsed
from certserver.composition.documents import SheetMaker, load_press
from certserver.composition.logs import set_up_logs
from certserver.composition.node import open_node, profile_in_force
from certserver.composition.settings import load_settings
from certserver.composition.worker import following, keep_house, keep_x509, start_worker
from certserver.errors import CertServerError, ConfigurationError, SettingUnread
from certserver.pipeline.parts import DocumentMaker
from koufu.ground.profiles import USUAL
from koufu.heap import give_back, keep_one_heap

HOUSEKEEPING_S = 30.0
X509_EVERY_ROUNDS = 120
"""Once an hour it is seen whether the server's own X.509 is to be renewed."""
TOO_SHORT_A_LIFE_S = 10.0
"""A worker that ends by itself sooner than this would end again: then all stop."""

_STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
_HEARD = _STOPS | {signal.SIGCHLD}
_READY = b"+"
_FAILED = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How a node serves: its home, `host:port`, how many workers, and the port that the directory tells, None for the
    settings' own."""

    home: Path
    address: str
    workers: int
    told_port: int | None = None


@dataclass(slots=True)
class _Family:
    """The worker processes: number and start by process id."""

    plan: Plan
    documents: DocumentMaker
    alive: dict[int, tuple[int, float]] = field(default_factory=dict)
    stopping: bool = False
    failed: bool = False

    def stop(self) -> None:
        """Tells every worker to stop."""
        self.stopping = True
        for process in list(self.alive):
            os.kill(process, signal.SIGTERM)


def serve(plan: Plan, ready: Callable[[int], None]) -> int:
    """Serves until SIGTERM or SIGINT; calls `ready` with the port once every worker takes calls. Returns the exit
    status: 0 after a stop that was asked for, 1 after a worker could not go on. Raises `CertServerError` when the node
    may not serve."""
    keep_one_heap()
    set_up_logs()
    # What is wrong is said once, before there is any process; and fonts and forms are made ready once for all of them.
    further = load_settings(plan.home).value_fonts
    press = load_press(plan.home / font for font in further)
    documents = SheetMaker(press)
    node = open_node(plan.home, documents)
    try:
        press.warm(profile_in_force(node), USUAL.profile_id)
    except SettingUnread:
        # Terminals are told so, and served again as soon as it is set anew: without a new start.
        structlog.get_logger().error("the profile can't be read")
    # Also lets the keys go: a child must open an HSM by itself.
    node.close()
    # What the workers share stays shared: the collector of none of them touches it.
    gc.collect()
    gc.freeze()
    with _reserved(plan.address) as reserved:
        port = int(reserved.getsockname()[1])
        host = plan.address.rpartition(":")[0]
        told_port = port if plan.told_port == 0 else plan.told_port
        family = _Family(Plan(plan.home, f"{host}:{port}", plan.workers, told_port), documents)

        # Waited for, never handled: a handler may run where what it touches is just being used, and then hang for ever.
        # Workers and their threads begin with the same signals blocked.
        signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
        started = [_start(family, number, reserved) for number in range(plan.workers)]
        answers = [os.read(pipe, 1) for pipe in started]
        if all(answer == _READY for answer in answers):
            ready(port)
        else:
            family.failed = True
            family.stop()
        _watch(family, reserved)
    return _FAILED if family.failed else 0


def _reserved(address: str) -> socket.socket:
    """A bound socket that does not listen: it keeps the port for the workers, who share it by SO_REUSEPORT."""
    host, _, port = address.rpartition(":")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        reserved = socket.socket(family, kind, protocol)
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind(where)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{address} can't be had as host:port: {error}") from error
    return reserved


def _start(family: _Family, number: int, reserved: socket.socket) -> int:
    """Starts a worker; returns the end of a pipe on which it says that it takes calls."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        reserved.close()
        os.close(reading)
        _run_worker(family, number, writing)
    os.close(writing)
    family.alive[process] = (number, elapsed())
    return reading


def _run_worker(family: _Family, number: int, ready: int) -> NoReturn:
    """The whole life of a worker process. It never returns into the parent's code. Ctrl-C reaches the whole group: only
    what the parent makes of it, SIGTERM, is heard here."""
    log = structlog.get_logger().bind(worker=number)
    status = _FAILED
    try:
        node = open_node(family.plan.home, family.documents, port=family.plan.told_port)
        worker = start_worker(node, family.plan.address, number)
        # Nobody waits for one that takes the place of another.
        with suppress(BrokenPipeError):
            os.write(ready, _READY)
        log.info("serving", port=worker.port)
        with following(worker.node, number) as go_on:
            for round_no in count():
                if signal.sigtimedwait({signal.SIGTERM}, HOUSEKEEPING_S) is not None:
                    break
                try:
                    keep_house(worker.node)
                    go_on()
                    if number == 0 and round_no % X509_EVERY_ROUNDS == 0:
                        keep_x509(worker.node)
                except CertServerError as error:
                    log.error("housekeeping failed", fault=type(error).__name__)
                give_back()
        worker.stop()
        status = 0
    except CertServerError as error:
        log.error("can't serve", fault=type(error).__name__)
    finally:
        # Not sys.exit: nothing of the parent's may run in this process.
        os._exit(status)


def _watch(family: _Family, reserved: socket.socket) -> None:
    """Waits for the workers, and for the word to stop; replaces a worker that ended by itself, unless it hardly
    lived."""
    while family.alive:
        if signal.sigwait(_HEARD) in _STOPS:
            family.stop()
        for process, status in _ended():
            _bury(family, reserved, process, status)


def _ended() -> Iterator[tuple[int, int]]:
    """Process ids and statuses of the children that ended: one signal may stand for several."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            yield ended


def _bury(family: _Family, reserved: socket.socket, process: int, status: int) -> None:
    number, since = family.alive.pop(process)
    if family.stopping:
        family.failed = family.failed or status != 0
        return
    structlog.get_logger().error("worker ended by itself", worker=number, status=str(status))
    if elapsed() - since < TOO_SHORT_A_LIFE_S:
        family.failed = True
        family.stop()
    else:
        os.close(_start(family, number, reserved))
