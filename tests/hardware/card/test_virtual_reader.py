"""The virtual reader's own ways: everything happens in the call that steers it, on the clock that was handed in."""

import pytest

from hardware.card.jpki import read_facts
from hardware.card.model import SlotEvent
from hardware.card.virtual.reader import VirtualReader
from hardware.errors import CardGone, CardMute, ReaderGone
from tests.support.cards import card
from tests.support.pcsc_fake import StepClock

INSERTED, REMOVED = SlotEvent.INSERTED, SlotEvent.REMOVED
LOST, BACK = SlotEvent.READER_LOST, SlotEvent.READER_BACK
COMMAND = bytes.fromhex("00a4000c023f00")


class Bench:
    def __init__(self) -> None:
        self.clock = StepClock()
        self.reader = VirtualReader(self.clock, answer_within_s=10.0)
        self.told: list[SlotEvent] = []

    def watch(self) -> None:
        self.reader.watch(self.told.append)


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.watch()
    return made


def test_what_is_steered_is_told_in_the_same_call(bench: Bench) -> None:
    virtual = card()
    bench.reader.insert(virtual)
    assert bench.told == [INSERTED]
    assert bench.reader.card is virtual
    bench.reader.pull()
    assert bench.told == [INSERTED, REMOVED]
    bench.reader.pull()
    assert bench.told == [INSERTED, REMOVED]
    assert bench.reader.card is None


def test_another_card_in_the_slot_pushes_the_first_one_out(bench: Bench) -> None:
    bench.reader.insert(card())
    bench.reader.insert(card())
    assert bench.told == [INSERTED, REMOVED, INSERTED]


def test_a_mute_card_takes_the_whole_watchdog_on_the_clock(bench: Bench) -> None:
    bench.reader.insert(card())
    connection = bench.reader.connect()
    bench.reader.mute()
    with pytest.raises(CardMute):
        connection.transmit(COMMAND)
    assert bench.clock.now == 10.0
    with pytest.raises(CardMute):
        connection.transmit(COMMAND)
    assert bench.clock.now == 10.0
    bench.reader.insert(card())
    bench.reader.connect().transmit(COMMAND)
    assert bench.clock.now == 10.0


def test_a_slow_card_takes_its_time_and_one_that_is_too_slow_is_mute(bench: Bench) -> None:
    bench.reader.insert(card())
    connection = bench.reader.connect()
    bench.reader.slow(9.5)
    assert connection.transmit(COMMAND) == b"\x6a\x86"
    assert bench.clock.now == 9.5
    bench.reader.slow(30)
    with pytest.raises(CardMute):
        connection.transmit(COMMAND)
    assert bench.clock.now == 19.5
    bench.reader.slow(0)
    bench.reader.connect().transmit(COMMAND)
    assert bench.clock.now == 19.5


def test_a_card_pulled_or_swapped_while_it_is_slow_is_gone(bench: Bench) -> None:
    bench.reader.insert(card())
    bench.reader.slow(1)
    bench.clock.steps = {0: bench.reader.pull, 1: lambda: bench.reader.insert(card()), 2: bench.reader.lose}
    with pytest.raises(CardGone):
        bench.reader.connect().transmit(COMMAND)
    bench.reader.insert(card())
    with pytest.raises(CardGone):
        bench.reader.connect().transmit(COMMAND)
    with pytest.raises(ReaderGone):
        bench.reader.connect().transmit(COMMAND)


@pytest.mark.parametrize("answers", range(4))
def test_a_card_leaves_after_so_many_answers(bench: Bench, answers: int) -> None:
    bench.reader.insert(card())
    connection = bench.reader.connect()
    bench.reader.pull_after(answers)
    for _ in range(answers):
        connection.transmit(COMMAND)
    assert bench.told == [INSERTED]
    with pytest.raises(CardGone):
        connection.transmit(COMMAND)
    assert bench.told == [INSERTED, REMOVED]
    bench.reader.insert(card())
    for _ in range(10):
        bench.reader.connect().transmit(COMMAND)


def test_a_card_is_pulled_at_every_command_of_a_session(bench: Bench) -> None:
    for answers in range(100):
        bench.reader.insert(card())
        bench.reader.pull_after(answers)
        connection = bench.reader.connect()
        try:
            read_facts(connection)
        except CardGone:
            continue
        assert answers == 11
        return
    raise AssertionError("the session never came to its end")


def test_what_happens_while_the_reader_is_away_is_told_when_it_is_back(bench: Bench) -> None:
    bench.reader.insert(card())
    bench.reader.lose()
    bench.reader.lose()
    bench.reader.insert(card())
    bench.reader.restore()
    assert bench.told == [INSERTED, LOST, BACK, INSERTED]
    bench.reader.lose()
    bench.reader.pull()
    bench.reader.restore()
    bench.reader.restore()
    assert bench.told[4:] == [LOST, BACK, REMOVED]
    bench.reader.lose()
    bench.reader.restore()
    assert bench.told[7:] == [LOST, BACK]


def test_a_reader_that_is_away_to_begin_with_is_told_so() -> None:
    bench = Bench()
    bench.reader.lose()
    bench.watch()
    bench.reader.insert(card())
    with pytest.raises(ReaderGone):
        bench.reader.connect()
    bench.reader.restore()
    assert bench.told == [LOST, BACK, INSERTED]


def test_a_stopped_reader_tells_nothing_more(bench: Bench) -> None:
    bench.reader.stop()
    bench.reader.insert(card())
    bench.reader.pull()
    assert bench.told == []
