"""The PC/SC reader over a real daemon: restarts, a daemon that runs out of contexts, speed, and nothing left behind."""

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.card.jpki import JpkiSession, read_facts
from hardware.card.model import Answered, CardKind, SlotEvent
from hardware.card.pcsc import PcscReader, Pyscard
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.card.winscard import (
    ACCESS_DENIED,
    NO_SERVICE,
    STATE_CHANGED,
    STATE_PRESENT,
    STATE_UNAWARE,
    SUCCESS,
    TIMEOUT,
)
from hardware.composition import SystemClock, spawn_thread
from hardware.errors import CardError, CardMute, ReaderGone
from tests.support.cards import card, pin
from tests.support.pcsc_bench import ReaderBench, pcsc_bench, wait_until_empty
from tests.support.pcsc_daemon import READER, PcscDaemon, pcsc_daemon
from tests.support.waiting import until

pytestmark = pytest.mark.xdist_group("pcscd")

INSERTED, REMOVED = SlotEvent.INSERTED, SlotEvent.REMOVED
LOST, BACK = SlotEvent.READER_LOST, SlotEvent.READER_BACK
TOLD_WITHIN_S = 0.1
COMES_BACK_WITHIN_S = 10.0
SELECT_MASTER_FILE = bytes.fromhex("00a4000c023f00")


@pytest.fixture(scope="module")
def daemon() -> Iterator[PcscDaemon]:
    with pcsc_daemon(readers=8) as running:
        yield running


@pytest.fixture
def bench(daemon: PcscDaemon) -> Iterator[ReaderBench]:
    with pcsc_bench(daemon) as made:
        made.reader.watch(made.told.put)
        yield made


def reader_of(bench: ReaderBench) -> PcscReader:
    assert isinstance(bench.reader, PcscReader)
    return bench.reader


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("end", [PcscDaemon.stop, PcscDaemon.kill])
def test_the_daemon_is_restarted_while_the_reader_watches(
    bench: ReaderBench, daemon: PcscDaemon, end: Callable[[PcscDaemon], None]
) -> None:
    bench.slot.insert(card())
    bench.expect(INSERTED)
    for _ in range(3):
        connection = bench.reader.connect()
        end(daemon)
        bench.expect(LOST)
        with pytest.raises(CardError):
            connection.transmit(bytes.fromhex("00200080"))
        daemon.start()
        bench.expect(BACK, INSERTED)
        session = JpkiSession(bench.reader.connect())
        session.verify(pin())
        assert isinstance(session.answer(b"order"), Answered)
    bench.slot.pull()
    bench.expect(REMOVED)
    assert reader_of(bench).contexts_held <= 2


def test_the_daemon_is_restarted_in_the_middle_of_a_command(bench: ReaderBench, daemon: PcscDaemon) -> None:
    bench.slot.insert(card())
    bench.expect(INSERTED)
    connection = bench.reader.connect()
    bench.slot.slow(0.3)
    killer = threading.Timer(0.1, daemon.kill)
    killer.start()
    with pytest.raises(CardError):
        connection.transmit(bytes.fromhex("00a4020c020018"))
    killer.join()
    bench.slot.slow(0)
    bench.expect(LOST)
    daemon.start()
    bench.expect(BACK, INSERTED)
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_presence_is_told_within_100_ms_of_the_daemon_s_event(daemon: PcscDaemon) -> None:
    """Beside the reader a second pair of eyes asks the daemon itself. One of the ten moments may be late: where many
    tests share few processors, either may be kept waiting."""
    clock = SystemClock()
    moments: list[tuple[SlotEvent, float]] = []
    told: queue.SimpleQueue[tuple[SlotEvent, float]] = queue.SimpleQueue()
    stop = threading.Event()

    def observe() -> None:
        winscard = Pyscard()
        _, context = winscard.establish()
        known, result, there = STATE_UNAWARE, SUCCESS, False
        while not stop.is_set() and result in (SUCCESS, TIMEOUT):
            result, state = winscard.status_change(context, f"{READER} 00 00", known, 500)
            if result == SUCCESS:
                known = state & ~STATE_CHANGED
                if bool(state & STATE_PRESENT) is not there:
                    there = not there
                    moments.append((INSERTED if there else REMOVED, clock.monotonic()))
        winscard.release(context)

    wait_until_empty(daemon)
    reader = PcscReader(spawn_thread, clock, name=READER)
    slot = VpcdSlot(spawn_thread, clock, port=daemon.port)
    observer = threading.Thread(target=observe)
    observer.start()
    reader.watch(lambda event: told.put((event, clock.monotonic())))
    heard = []
    try:
        for _ in range(5):
            slot.insert(card())
            heard.append(told.get(timeout=30))
            slot.pull()
            heard.append(told.get(timeout=30))
    finally:
        stop.set()
        observer.join()
        reader.stop()
    assert [event for event, _ in moments] == [event for event, _ in heard] == [INSERTED, REMOVED] * 5
    late = sorted(then - moment for (_, then), (_, moment) in zip(heard, moments, strict=True))
    assert late[-2] < TOLD_WITHIN_S


def test_1_000_openings_leave_no_context_thread_or_file(bench: ReaderBench) -> None:
    reader = reader_of(bench)
    bench.slot.insert(card())
    bench.expect(INSERTED)
    reader.connect().close()
    files, threads = open_files(), threading.active_count()
    for _ in range(1_000):
        reader.connect().close()
    assert reader.contexts_held == 1
    assert reader.contexts_established > 1_000
    assert (open_files(), threading.active_count()) == (files, threads)
    bench.expect_nothing()


def test_a_daemon_out_of_contexts_is_said_so_and_recovered_from(bench: ReaderBench) -> None:
    bench.slot.insert(card())
    bench.expect(INSERTED)
    winscard = Pyscard()
    others: list[int] = []
    while (made := winscard.establish())[0] == SUCCESS:
        others.append(made[1])
    assert made[0] in (ACCESS_DENIED, NO_SERVICE)  # the daemon's first and later answers
    assert 150 < len(others) <= 200
    with pytest.raises(ReaderGone):
        bench.reader.connect()
    for context in others:
        winscard.release(context)
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_another_program_holds_the_card(bench: ReaderBench) -> None:
    bench.slot.insert(card())
    bench.expect(INSERTED)
    other = PcscReader(spawn_thread, SystemClock(), name=READER)
    other.connect()
    with pytest.raises(ReaderGone, match="taken"):
        bench.reader.connect()
    other.stop()
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_the_reader_is_chosen_by_name_among_several(daemon: PcscDaemon) -> None:
    wait_until_empty(daemon)
    clock = SystemClock()
    slot = VpcdSlot(spawn_thread, clock, port=daemon.port + 1)
    second = PcscReader(spawn_thread, clock, name=f"{READER} 00 01")
    told = threading.Event()
    second.watch(lambda event: told.set() if event is INSERTED else None)
    slot.insert(card())
    assert told.wait(30)
    assert read_facts(second.connect()).kind is CardKind.STANDARD
    first = PcscReader(spawn_thread, clock)
    with pytest.raises(CardError):
        first.connect()
    slot.pull()
    second.stop()
    assert second.contexts_held == first.contexts_held == 0


def test_1_000_insertions_through_the_daemon_leave_nothing(daemon: PcscDaemon) -> None:
    """By 16 readers side by side, since the daemon looks into each slot only every 0.4 s, each in a process of its own.
    All share the daemon's limit of 200 contexts, so any leak would stop them."""
    wait_until_empty(daemon)
    often = 63
    slots = daemon.slots
    assert len(slots) * often > 1_000
    of_each = [word for name, port in slots for word in (name, str(port))]
    command = [sys.executable, "-m", "tests.support.insertions", str(often), *of_each]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=daemon.environment)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.soak
def test_1_000_whole_sessions_through_one_reader(bench: ReaderBench, root: Path) -> None:
    """Takes about a quarter of an hour; broken off, it goes on where it was."""
    reader = reader_of(bench)
    progress = root / "build/soak/card-sessions"
    progress.parent.mkdir(parents=True, exist_ok=True)
    done = int(progress.read_text()) if progress.exists() else 0
    bench.slot.insert(card())
    bench.expect(INSERTED)
    files, threads = open_files(), threading.active_count()
    for number in range(done, 1_000):
        progress.write_text(str(number))
        session = JpkiSession(reader.connect())
        assert session.facts().kind is CardKind.STANDARD
        session.verify(pin())
        if number % 10 == 0:
            bench.slot.pull_after(1)
            with pytest.raises(CardError):
                session.answer(b"order")
            bench.expect(REMOVED)
            bench.slot.insert(card())
            bench.expect(INSERTED)
        else:
            assert isinstance(session.answer(b"order"), Answered)
            bench.slot.insert(card())
            bench.expect(REMOVED, INSERTED)
        assert reader.contexts_held <= 2
    progress.unlink(missing_ok=True)
    reader.connect().close()
    assert (open_files(), threading.active_count()) == (files, threads)


@pytest.mark.soak
def test_a_daemon_that_freezes_is_told_as_a_lost_reader_and_found_again(bench: ReaderBench, daemon: PcscDaemon) -> None:
    bench.slot.insert(card())
    bench.expect(INSERTED)
    assert daemon.process is not None
    daemon.process.send_signal(signal.SIGSTOP)
    try:
        assert bench.told.get(timeout=30) is LOST
        with pytest.raises(CardMute):
            bench.reader.connect()
    finally:
        daemon.process.send_signal(signal.SIGCONT)
    bench.expect(BACK, INSERTED)
    # What was given up comes back with the daemon, and lets the card go; until then it is refused as mute.
    until(lambda: reader_of(bench).commands_outstanding == 0, COMES_BACK_WITHIN_S)
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD
    bench.slot.insert(card())
    bench.expect(REMOVED, INSERTED)
    assert reader_of(bench).commands_outstanding == 0
    assert reader_of(bench).contexts_held == 2
