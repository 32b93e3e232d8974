"""One connection over raw PC/SC functions: mute cards, late threads, and what each result code means."""

from collections.abc import Callable

import pytest

from hardware.card.connection import MAX_OUTSTANDING
from hardware.card.jpki import read_facts
from hardware.card.model import CardConnection, CardKind
from hardware.card.pcsc import STILL_S, PcscReader
from hardware.card.watchdog import Watchdog
from hardware.card.winscard import (
    ACCESS_DENIED,
    COMM_ERROR,
    INVALID_HANDLE,
    NO_READERS,
    NO_SERVICE,
    NO_SMARTCARD,
    NOT_TRANSACTED,
    READER_UNAVAILABLE,
    REMOVED_CARD,
    RESET_CARD,
    SERVICE_STOPPED,
    SHARING_VIOLATION,
    SUCCESS,
    TIMEOUT,
    UNKNOWN_READER,
    UNPOWERED_CARD,
    UNRESPONSIVE_CARD,
    CardHandle,
    fault,
)
from hardware.errors import CardError, CardGone, CardMute, ReaderGone
from tests.support.cards import card
from tests.support.pcsc_fake import FakeWinscard, InlineSpawn, StepClock

SELECT_NOTHING = bytes.fromhex("00a4020c02ffff")


class Bench:
    """A reader over a fake daemon with a card in."""

    def __init__(self, daemon: FakeWinscard | None = None) -> None:
        self.daemon = daemon or FakeWinscard()
        self.spawn = InlineSpawn()
        self.reader = PcscReader(self.spawn, StepClock(), answer_within_s=7.0, winscard=self.daemon)
        self.daemon.insert(card())

    def mute(self, connection: CardConnection) -> None:
        """Sends a command that is not answered yet."""
        self.spawn.hold = {"card-transmit"}
        with pytest.raises(CardMute, match="within 7 s"):
            connection.transmit(SELECT_NOTHING)
        self.spawn.hold = set()


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (REMOVED_CARD, CardGone),
        (NOT_TRANSACTED, CardGone),
        (NO_SMARTCARD, CardGone),
        (RESET_CARD, CardGone),
        (INVALID_HANDLE, CardGone),
        (COMM_ERROR, CardGone),
        (UNRESPONSIVE_CARD, CardMute),
        (UNPOWERED_CARD, CardMute),
        (TIMEOUT, CardMute),
        (NO_SERVICE, ReaderGone),
        (SERVICE_STOPPED, ReaderGone),
        (NO_READERS, ReaderGone),
        (UNKNOWN_READER, ReaderGone),
        (READER_UNAVAILABLE, ReaderGone),
        (SHARING_VIOLATION, ReaderGone),
        (ACCESS_DENIED, ReaderGone),
        (0x8010001F, CardError),
    ],
)
def test_every_result_code_is_one_of_our_faults(result: int, expected: type[CardError]) -> None:
    raised = fault(result, "a command")
    assert type(raised) is expected
    assert f"{result:08X}" in str(raised)
    bench = Bench()
    connection = bench.reader.connect()
    bench.daemon.transmit_result = result
    with pytest.raises(expected):
        connection.transmit(SELECT_NOTHING)
    assert bench.reader.contexts_held == 0
    with pytest.raises(CardGone, match="closed"):
        connection.transmit(SELECT_NOTHING)


@pytest.mark.parametrize("answer", [b"", b"\x90"])
def test_success_without_an_answer_is_a_card_pulled_in_mid_command(answer: bytes) -> None:
    class Pulled(FakeWinscard):
        def transmit(self, card: CardHandle, apdu: bytes | bytearray) -> tuple[int, bytes]:
            return SUCCESS, answer

    bench = Bench(Pulled())
    with pytest.raises(CardGone, match="middle"):
        bench.reader.connect().transmit(SELECT_NOTHING)
    assert bench.reader.contexts_held == 0


def test_a_mute_card_is_given_up_counted_and_its_context_freed_when_the_thread_comes_back() -> None:
    bench = Bench()
    connection = bench.reader.connect()
    bench.mute(connection)
    assert (bench.reader.commands_abandoned, bench.reader.commands_outstanding) == (1, 1)
    assert bench.reader.contexts_held == 1
    connection.close()
    assert bench.reader.contexts_held == 1
    with pytest.raises(CardGone):
        connection.transmit(SELECT_NOTHING)
    with pytest.raises(CardMute, match="still"):
        bench.reader.connect()

    bench.daemon.pull()
    bench.spawn.release()
    assert (bench.reader.commands_abandoned, bench.reader.commands_outstanding) == (1, 0)
    assert bench.reader.contexts_held == 0
    assert not bench.daemon.handles

    bench.daemon.insert(card())
    again = bench.reader.connect()
    assert read_facts(again).kind is CardKind.STANDARD
    again.close()
    assert bench.reader.contexts_held == 0


def test_i11_a_secret_under_way_to_a_mute_card_is_overwritten_by_its_thread_alone() -> None:
    """Overwritten by who gave up waiting, the card might be shown zeros, which costs a try."""
    bench = Bench()
    secret = bytearray(SELECT_NOTHING)
    connection = bench.reader.connect()
    bench.spawn.hold = {"card-transmit"}
    with pytest.raises(CardMute):
        connection.transmit(secret)
    assert secret == SELECT_NOTHING
    bench.spawn.release()
    assert secret == bytes(len(SELECT_NOTHING))


def test_a_card_that_is_mute_from_the_first_moment_leaks_nothing() -> None:
    bench = Bench()
    bench.spawn.hold = {"card-connect"}
    with pytest.raises(CardMute):
        bench.reader.connect()
    bench.spawn.release()
    assert bench.reader.contexts_held == 0
    assert not bench.daemon.handles


def test_a_reader_that_is_mute_when_closing_leaks_nothing_once_it_speaks() -> None:
    bench = Bench()
    connection = bench.reader.connect()
    bench.spawn.hold = {"card-close"}
    connection.close()
    assert bench.reader.contexts_held == 1
    bench.spawn.release()
    assert bench.reader.contexts_held == 0


def test_after_too_many_mute_cards_no_further_card_is_opened_until_one_speaks() -> None:
    bench = Bench()
    for _ in range(MAX_OUTSTANDING):
        bench.mute(bench.reader.connect())
        bench.daemon.swap(card())
    with pytest.raises(CardMute, match="never came back"):
        bench.reader.connect()
    assert bench.reader.contexts_held == MAX_OUTSTANDING
    bench.spawn.release()
    bench.reader.connect().close()
    assert bench.reader.contexts_held == 0


def test_an_answer_at_the_last_moment_counts() -> None:
    spawn = InlineSpawn(hold={"late"})

    def wait_then_release(name: str, run: Callable[[], None]) -> Callable[[float], bool]:
        ended = spawn(name, run)

        def within(seconds: float) -> bool:
            over = ended(seconds)
            spawn.release()
            return over

        return within

    watchdog = Watchdog(wait_then_release, 1.0)
    assert watchdog.run("late", lambda: 42) == 42
    assert (watchdog.abandoned, watchdog.outstanding) == (0, 0)


def test_a_call_that_breaks_off_is_a_card_error() -> None:
    with pytest.raises(CardError, match="without a result"):
        Watchdog(lambda _name, _run: lambda _within: True, 1.0).run("x", lambda: 1)


def test_close_during_a_command_leaves_the_freeing_to_the_command_s_thread() -> None:
    bench = Bench()
    connection = bench.reader.connect()

    def meanwhile() -> None:
        connection.close()
        assert bench.reader.contexts_held == 1

    bench.daemon.during_transmit = meanwhile
    assert connection.transmit(SELECT_NOTHING) == b"\x6a\x82"
    assert bench.reader.contexts_held == 0
    assert not bench.daemon.handles


def test_a_card_that_does_not_lie_still_yet_is_tried_again() -> None:
    daemon, clock = FakeWinscard(), StepClock()
    reader = PcscReader(InlineSpawn(), clock, winscard=daemon)
    clock.steps = {1: lambda: daemon.insert(card())}
    assert read_facts(reader.connect()).kind is CardKind.STANDARD
    assert clock.waits == list(STILL_S)


def test_without_a_card_the_tries_end_soon() -> None:
    clock = StepClock()
    reader = PcscReader(InlineSpawn(), clock, winscard=FakeWinscard())
    with pytest.raises(CardGone):
        reader.connect()
    assert clock.now < 0.5
    assert reader.contexts_held == 0


def test_a_connection_that_was_forgotten_is_closed_by_the_next() -> None:
    bench = Bench()
    forgotten = bench.reader.connect()
    connection = bench.reader.connect()
    assert bench.reader.contexts_held == 1
    with pytest.raises(CardGone):
        forgotten.transmit(SELECT_NOTHING)
    assert connection.transmit(SELECT_NOTHING) == b"\x6a\x82"


def test_another_program_s_card_is_a_taken_reader() -> None:
    bench = Bench()
    other = PcscReader(bench.spawn, StepClock(), winscard=bench.daemon)
    other.connect()
    with pytest.raises(ReaderGone, match="taken"):
        bench.reader.connect()
    assert bench.reader.contexts_held == 0


def test_stop_closes_the_open_connection_and_nothing_opens_after() -> None:
    bench = Bench()
    connection = bench.reader.connect()
    bench.reader.stop()
    bench.reader.stop()
    assert bench.reader.contexts_held == 0
    with pytest.raises(CardGone):
        connection.transmit(SELECT_NOTHING)
    with pytest.raises(ReaderGone, match="stopped"):
        bench.reader.connect()
