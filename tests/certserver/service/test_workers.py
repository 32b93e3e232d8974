"""Worker processes as `koufu-server serve` starts them: one port, one database, racing releases issue once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import grpc
import pytest
from sqlalchemy import insert, select, update

from certserver.composition.clock import SystemClock
from certserver.ledger.audit import verify
from certserver.storage.admission import node_rules
from certserver.storage.issued import ledger
from certserver.storage.settings import closure_settings, hour_settings, profiles
from tests.support.server import ServerForTests, WireServer, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, SEAL
from tests.support.waiting import until

PEOPLE = [("kengo", "kiosk-1"), ("misaki", "kiosk-2")]

pytestmark = pytest.mark.xdist_group("server-workers")


PROGRAM = ("-m", "certserver.cli.main")
_FOR_LONG = """
import itertools, sys
from certserver.composition import serve
times = itertools.chain((0.0, 0.0), itertools.count(100.0))
serve.elapsed = lambda: next(times)
from certserver.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
AS_IF_IT_SERVED_FOR_LONG = ("-c", _FOR_LONG)
"""The same program; its two workers count as having lived for long when they end."""


@contextmanager
def serving(
    server: ServerForTests, *options: str, program: Sequence[str] = PROGRAM
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`koufu-server serve` on the server's home, and the port it took."""
    command = [
        sys.executable,
        *program,
        "serve",
        "--home",
        str(server.home),
        "--port",
        "0",
        *options,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            told = json.loads(process.stdout.readline())
            assert told["event"] == "serving"
            yield process, told["port"]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@contextmanager
def a_home(folder: Path) -> Iterator[ServerForTests]:
    """A home that serves at any hour of the real clock, which worker processes have."""
    with a_server(folder) as made:
        now = SystemClock().now()
        made.clock.set(now)
        made.authority.now = now
        with made.database.writing() as connection:
            connection.execute(update(hour_settings).values(opens_at=0, closes_at=24 * 60))
            connection.execute(closure_settings.delete())
        made.refresh_crl()
        yield made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_home(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireServer]:
    """Two worker processes; when they are told to stop, they do so gracefully and keep the head of the audit log."""
    channels: list[grpc.Channel] = []
    with a_home(tmp_path_factory.mktemp("workers")) as made:
        with serving(made, "--workers", "2") as (process, port):
            yield WireServer(made, port, channels)
            for channel in channels:
                channel.close()
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        assert (made.home / "audit-heads.log").exists()


def issued(server: ServerForTests) -> list[tuple[bytes, int, int]]:
    with server.database.reading() as connection:
        verify(connection, MUNICIPALITY)
        rows = connection.execute(select(ledger.c.order_id, ledger.c.line, ledger.c.copy)).all()
    return [(row.order_id, row.line, row.copy) for row in rows]


def test_i7_releases_that_race_in_two_processes_issue_once(two_workers: WireServer) -> None:
    before = issued(two_workers.server)
    visits = []
    for terminal in ("kiosk-1", "kiosk-2") * 2:
        visit = two_workers.visit("kengo", terminal)
        visit.offer()
        visit.prepare(visit.order(RESIDENCE, SEAL))
        visits.append(visit)
    # Several connections, so that the kernel spreads them over both processes.
    calls = [(visit, two_workers.line(visit.terminal)) for visit in visits for _ in range(4)]
    with ThreadPoolExecutor(len(calls)) as pool:
        answers = list(pool.map(lambda call: replace(call[0], line=call[1]).release(), calls))
    for at, visit in enumerate(visits):
        same = answers[4 * at : 4 * at + 4]
        assert same == [same[0]] * 4
        visit.accept(same[0])
    found = issued(two_workers.server)
    assert len(found) == len(set(found)) == len(before) + 8


def test_i7_two_terminals_in_the_same_instant_get_their_own_documents(two_workers: WireServer) -> None:
    before = issued(two_workers.server)
    visits = [two_workers.visit(person, terminal) for person, terminal in PEOPLE * 3]
    with ThreadPoolExecutor(len(visits)) as pool:
        files = list(pool.map(lambda visit: visit.issue(RESIDENCE)[0].file, visits))
    assert len(set(files)) == len(files)
    assert len(issued(two_workers.server)) == len(before) + len(files)


def children_of(process: subprocess.Popen[str]) -> set[int]:
    return set(map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()))


def test_workers_that_are_killed_are_replaced_by_others_that_serve_on(server: ServerForTests) -> None:
    channels: list[grpc.Channel] = []
    with serving(server, "--workers", "2", program=AS_IF_IT_SERVED_FOR_LONG) as (process, port):
        first = children_of(process)
        for child in first:
            os.kill(child, signal.SIGKILL)
        until(lambda: len(children_of(process) - first) == 2, 20)
        channel = WireServer(server, port, channels)
        until(lambda: answers(channel), 20)
        for made in channels:
            made.close()
        process.send_signal(signal.SIGTERM)
        # One of them that could not go on would have ended all, with another status.
        assert process.wait(20) == 0


def test_a_stop_while_workers_are_being_started_is_heard_by_all(server: ServerForTests) -> None:
    """Nowhere does a handler run for it, which may come where it hangs for ever."""
    command = [sys.executable, *PROGRAM, "serve", "--home", str(server.home), "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True) as process:
        until(lambda: len(children_of(process)) == 2, 20)
        for each in (process.pid, *children_of(process)):
            assert signal.SIGTERM in signals(each, "SigBlk")
            assert signal.SIGTERM not in signals(each, "SigCgt")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def signals(process: int, mask: str) -> set[int]:
    """Of a process, as Linux tells them."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    bits = int(told[mask], 16)
    return {number for number in range(1, 65) if bits >> (number - 1) & 1}


def answers(server: WireServer) -> bool:
    try:
        return server.line().heartbeat(MUNICIPALITY).admitted
    except grpc.RpcError:
        return False


def test_a_worker_that_is_killed_is_replaced_or_ends_the_service(server: ServerForTests) -> None:
    """A worker that hardly lived ends all: a service manager starts it again, and says so."""
    with serving(server, "--workers", "2") as (process, _):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) == 2
        os.kill(int(children[0]), signal.SIGKILL)
        assert process.wait(20) == 1


def test_i8_a_node_with_other_keys_says_why_it_does_not_serve(server: ServerForTests) -> None:
    with server.database.writing() as connection:
        connection.execute(node_rules.update().values(configuration=bytes(32)))
    command = [sys.executable, "-m", "certserver.cli.main", "serve", "--home", str(server.home), "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "koufu-server node allow" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_server_starts_over_a_profile_that_it_can_not_read_and_serves_once_it_is_set_anew(
    server: ServerForTests,
) -> None:
    with server.database.reading() as connection:
        (good,) = connection.execute(select(profiles)).all()
    broken = {**good._mapping, "effective_at": good.effective_at + 1, "profile": "{}"}
    server.configure(lambda connection: connection.execute(insert(profiles).values(broken)))
    channels: list[grpc.Channel] = []
    with serving(server, "--workers", "1") as (_process, port):
        line = WireServer(server, port, channels).line()
        reply = line.heartbeat(MUNICIPALITY)
        assert (reply.admitted, reply.reason) == (False, "settings")
        anew = {**good._mapping, "effective_at": good.effective_at + 2}
        server.configure(lambda connection: connection.execute(insert(profiles).values(anew)))
        assert line.heartbeat(MUNICIPALITY).admitted
        for channel in channels:
            channel.close()
