"""The watch loop on raw PC/SC functions that a script steers: no threads, no waiting."""

import contextlib
from collections.abc import Callable, Iterator
from itertools import chain

import pytest

from hardware.card.connection import Contexts
from hardware.card.jpki import read_facts
from hardware.card.model import CardKind, SlotEvent
from hardware.card.pcsc import PcscReader
from hardware.card.slot_story import SlotStory
from hardware.card.supervisor import MAX_LEFT_BEHIND, SILENCE_S
from hardware.card.watch import BACK_OFF_S, SlotWatch
from hardware.errors import CardError, ReaderGone
from tests.support.cards import card
from tests.support.pcsc_fake import FakeWinscard, InlineSpawn, Step, StepClock

INSERTED, REMOVED = SlotEvent.INSERTED, SlotEvent.REMOVED
LOST, BACK = SlotEvent.READER_LOST, SlotEvent.READER_BACK


class Bench:
    """A watch over a fake daemon that runs the steps one after the other and then stops."""

    def __init__(
        self, pick: Callable[[tuple[str, ...]], str | None] = lambda names: names[0] if names else None
    ) -> None:
        self.daemon = FakeWinscard()
        self.clock = StepClock()
        self.told: list[SlotEvent] = []
        self.contexts = Contexts(self.daemon)
        self.watch = SlotWatch(self.daemon, self.contexts, self.clock, pick, SlotStory(self.told.append))

    def run(self, *steps: Step) -> list[SlotEvent]:
        self.daemon.steps = chain(steps, [self.watch.stop])
        self.watch.run()
        assert self.contexts.held == 0
        assert not self.daemon.contexts
        return self.told


def test_a_card_that_lies_there_is_told_at_once() -> None:
    bench = Bench()
    bench.daemon.insert(card())
    assert bench.run() == [INSERTED]


def test_an_empty_slot_tells_nothing() -> None:
    assert Bench().run() == []


def test_cards_come_and_go() -> None:
    bench = Bench()
    steps = [lambda: bench.daemon.insert(card()), bench.daemon.pull] * 3
    assert bench.run(*steps) == [INSERTED, REMOVED] * 3


def test_a_swap_faster_than_a_look_is_seen_by_the_counter() -> None:
    bench = Bench()
    bench.daemon.insert(card())
    assert bench.run(lambda: bench.daemon.swap(card())) == [INSERTED, REMOVED, INSERTED]


def test_a_card_looked_at_before_the_daemon_counted_it_is_one_card() -> None:
    """pcsc-lite writes that a card is there before it counts it; a busy machine may stop it in between."""
    bench = Bench()

    def seen_uncounted() -> None:
        bench.daemon.insert(card())
        bench.daemon.moves -= 1

    def counted() -> None:
        bench.daemon.moves += 1

    steps = [seen_uncounted, counted, lambda: bench.daemon.swap(card()), bench.daemon.pull]
    assert bench.run(*steps) == [INSERTED, REMOVED, INSERTED, REMOVED]


def test_a_swap_looked_at_before_the_daemon_counted_it_is_told_once_it_has() -> None:
    bench = Bench()
    bench.daemon.insert(card())

    def seen_uncounted() -> None:
        bench.daemon.swap(card())
        bench.daemon.moves -= 1

    def counted() -> None:
        bench.daemon.moves += 1

    assert bench.run(seen_uncounted, counted) == [INSERTED, REMOVED, INSERTED]


def test_an_older_look_of_another_thread_tells_nothing() -> None:
    """All contexts of a process share one table, where an older look may stand for a moment."""
    bench = Bench()
    bench.daemon.insert(card())
    lying = bench.daemon.card

    def older() -> None:
        bench.daemon.card, bench.daemon.moves = lying, bench.daemon.moves - 1

    def now() -> None:
        bench.daemon.card, bench.daemon.moves = None, bench.daemon.moves + 1

    assert bench.run(bench.daemon.pull, older, now, lambda: bench.daemon.insert(card())) == [
        INSERTED,
        REMOVED,
        INSERTED,
    ]


def test_a_removal_looked_at_before_the_daemon_counted_it_is_told_once() -> None:
    bench = Bench()
    bench.daemon.insert(card())
    lying = bench.daemon.card

    def gone_uncounted() -> None:
        bench.daemon.card = None

    def older() -> None:
        bench.daemon.card = lying

    def counted() -> None:
        bench.daemon.pull()

    assert bench.run(gone_uncounted, older, counted) == [INSERTED, REMOVED]


def test_a_daemon_that_does_not_count_is_believed_after_a_moment() -> None:
    bench = Bench()
    lying = card()

    def come() -> None:
        bench.daemon.card = lying

    def go() -> None:
        bench.daemon.card = None

    wait = lambda: None  # noqa: E731 (a step of the script)
    assert bench.run(come, wait, go, wait, come, wait) == [INSERTED, REMOVED, INSERTED]


def test_swaps_are_told_where_the_daemon_s_count_begins_anew() -> None:
    bench = Bench()
    bench.daemon.moves = 0xFFFE
    bench.daemon.insert(card())
    steps = [lambda: bench.daemon.swap(card())] * 2
    assert bench.run(*steps) == [INSERTED, *[REMOVED, INSERTED] * 2]


def test_a_card_that_came_and_went_between_two_looks_was_never_there() -> None:
    bench = Bench()

    def flick() -> None:
        bench.daemon.insert(card())
        bench.daemon.pull()

    assert bench.run(flick) == []


def test_waiting_in_vain_tells_nothing() -> None:
    bench = Bench()
    bench.daemon.insert(card())
    assert bench.run(*[lambda: None] * 5) == [INSERTED]


def test_the_daemon_dies_and_comes_back_and_the_card_is_told_anew() -> None:
    bench = Bench()
    bench.daemon.insert(card())
    bench.clock.steps = {3: bench.daemon.come_back}
    assert bench.run(bench.daemon.die) == [INSERTED, LOST, BACK, INSERTED]


def test_attempts_to_reach_the_daemon_back_off_and_begin_anew_after_success() -> None:
    bench = Bench()
    bench.daemon.die()
    bench.clock.steps = {7: bench.daemon.come_back, 10: bench.daemon.come_back}
    bench.run(bench.daemon.die)
    assert bench.clock.waits == [*BACK_OFF_S, 2.0, 2.0, 2.0, *BACK_OFF_S[:3]]
    assert bench.told == [LOST, BACK, LOST, BACK]


def test_a_slot_that_comes_back_empty_is_doubted_before_the_card_counts_as_taken() -> None:
    bench = Bench()
    bench.daemon.insert(card())
    told_then: list[list[SlotEvent]] = []

    def come_back_empty() -> None:
        bench.daemon.come_back()
        bench.daemon.pull()

    bench.clock.steps = {0: come_back_empty}
    bench.run(bench.daemon.die, lambda: told_then.append(list(bench.told)), lambda: None)
    assert told_then == [[INSERTED, LOST, BACK]]
    assert bench.told == [INSERTED, LOST, BACK, REMOVED]


def test_a_card_the_new_daemon_finds_a_moment_later_was_never_away() -> None:
    bench = Bench()
    bench.daemon.insert(card())

    def come_back_empty() -> None:
        bench.daemon.come_back()
        bench.daemon.card = None

    bench.clock.steps = {0: come_back_empty}
    found = lambda: bench.daemon.insert(card())  # noqa: E731 (a step of the script)
    assert bench.run(bench.daemon.die, found) == [INSERTED, LOST, BACK, INSERTED]


def test_no_reader_to_begin_with_is_told_as_lost() -> None:
    bench = Bench()
    bench.daemon.names = ()

    def attach() -> None:
        bench.daemon.names = ("Reader A",)

    assert bench.run(lambda: None, attach) == [LOST, BACK]


def test_a_reader_unplugged_and_plugged_in_again() -> None:
    bench = Bench()
    bench.daemon.insert(card())

    def unplug() -> None:
        bench.daemon.names = ()

    def plug() -> None:
        bench.daemon.names = ("Reader A",)

    assert bench.run(unplug, plug, unplug, plug) == [INSERTED, LOST, BACK, INSERTED, LOST, BACK, INSERTED]


def test_a_daemon_without_reader_news_is_searched_again_and_again() -> None:
    bench = Bench()
    bench.daemon.names = ()
    bench.daemon.news_supported = False

    def attach() -> None:
        bench.daemon.names = ("Reader A",)

    bench.clock.steps = {4: attach}
    assert bench.run() == [LOST, BACK]
    assert bench.clock.waits == list(BACK_OFF_S)


def test_another_reader_s_cards_are_not_told() -> None:
    bench = Bench(lambda names: next((name for name in names if name == "Reader B"), None))
    assert bench.run(lambda: bench.daemon.insert(card()), bench.daemon.pull) == []


def test_a_daemon_that_denies_access_is_a_lost_reader() -> None:
    bench = Bench()
    others = {bench.daemon.establish()[1] for _ in range(200)}

    def end_others() -> None:
        for context in others:
            bench.daemon.release(context)

    bench.clock.steps = {2: end_others}
    bench.daemon.steps = iter([bench.watch.stop])
    bench.watch.run()
    assert bench.told == [LOST, BACK]


def test_contexts_do_not_leak_over_10_000_insertions_with_faults_between() -> None:
    """Each insertion opens the card and reads it; every 100th ends in the death of the daemon, every 7th is a swap, and
    every 11th is pulled in the middle."""
    daemon, spawn, clock = FakeWinscard(), InlineSpawn(hold={"card-supervisor"}), StepClock()
    reader = PcscReader(spawn, clock, winscard=daemon)
    seen = {"cards": 0, "faults": 0}
    virtual = card()

    def told(event: SlotEvent) -> None:
        if event is not INSERTED:
            return
        seen["cards"] += 1
        try:
            connection = reader.connect()
            if seen["cards"] % 11 == 0:
                daemon.pull()
            assert read_facts(connection).kind is CardKind.STANDARD
            if seen["cards"] % 3:
                connection.close()
        except CardError:
            seen["faults"] += 1

    def steps() -> Iterator[Step]:
        number = 0
        while seen["cards"] < 10_000:
            number += 1
            yield lambda: daemon.insert(virtual) if daemon.card is None else daemon.swap(virtual)
            if number % 100 == 0:
                clock.steps[len(clock.waits)] = daemon.come_back
                yield daemon.die
            if number % 7:
                yield daemon.pull
        yield reader.stop

    daemon.steps = steps()
    reader.watch(told)
    spawn.release()
    assert seen["cards"] == 10_000
    assert seen["faults"] > 900
    assert reader.contexts_held == 0
    assert not daemon.contexts
    assert not daemon.handles
    assert daemon.most_contexts <= 3
    assert reader.contexts_established > 10_000


@pytest.mark.parametrize(("name", "chosen"), [(None, "Reader A"), ("Reader B", "Reader B"), ("Reader", "Reader A")])
def test_the_reader_is_chosen_by_name_or_first(name: str | None, chosen: str) -> None:
    daemon = FakeWinscard()
    daemon.insert(card())
    reader = PcscReader(InlineSpawn(), StepClock(), name=name, winscard=daemon)
    if chosen == "Reader A":
        reader.connect().close()
    else:
        with pytest.raises(CardError):
            reader.connect()


def test_a_reader_that_is_not_there_by_that_name_is_gone() -> None:
    reader = PcscReader(InlineSpawn(), StepClock(), name="Reader C", winscard=FakeWinscard())
    with pytest.raises(ReaderGone, match="no reader"):
        reader.connect()
    assert reader.contexts_held == 0


def test_stop_asks_again_until_the_watch_has_ended() -> None:
    ended = iter([False, False, True])
    reader = PcscReader(lambda name, run: lambda _within: next(ended), StepClock(), winscard=FakeWinscard())
    reader.watch(lambda _event: None)
    reader.stop()
    assert not list(ended)
    reader.stop()


class Supervised:
    """A reader over a fake daemon whose watches a test holds back, as a daemon does that answers nothing."""

    def __init__(self) -> None:
        self.daemon, self.clock = FakeWinscard(), StepClock()
        self.spawn = InlineSpawn(hold={"card-watch"})
        self.reader = PcscReader(self.spawn, self.clock, winscard=self.daemon)
        self.told: list[SlotEvent] = []

    def let_the_next_watch_through(self) -> None:
        self.spawn.hold = set()


def test_a_watch_without_a_sign_of_life_is_left_behind_and_replaced() -> None:
    bench = Supervised()
    bench.daemon.insert(card())
    bench.clock.steps = {1: bench.let_the_next_watch_through}
    bench.daemon.steps = iter([bench.reader.stop])
    bench.reader.watch(bench.told.append)
    assert bench.told == [LOST, BACK, INSERTED]
    assert bench.spawn.waited.count(SILENCE_S) == 2
    bench.spawn.release()
    assert bench.told == [LOST, BACK, INSERTED]
    assert bench.reader.contexts_held == 0


def test_why_the_reader_was_lost_is_kept_for_the_log() -> None:
    daemon, spawn = FakeWinscard(), InlineSpawn(hold={"card-supervisor"})
    reader = PcscReader(spawn, StepClock(), winscard=daemon)
    assert reader.trouble == ""
    seen: list[str] = []
    reader.watch(lambda _event: seen.append(reader.trouble))

    def unplug() -> None:
        daemon.names = ()

    daemon.steps = iter([unplug, reader.stop])
    spawn.release()
    assert "the reader is not there" in seen[0]


def test_no_more_watches_are_begun_than_a_few_while_the_daemon_is_silent() -> None:
    bench = Supervised()
    bench.clock.steps = {20: bench.spawn.release, 21: bench.let_the_next_watch_through}
    bench.daemon.steps = iter([bench.reader.stop])
    bench.reader.watch(bench.told.append)
    assert bench.told == [LOST, BACK]
    assert bench.spawn.waited.count(SILENCE_S) == MAX_LEFT_BEHIND + 1


def test_a_watch_that_was_given_up_and_comes_back_tells_nothing_and_frees_its_context() -> None:
    bench = Bench()

    def late() -> None:
        bench.watch.abandon()
        bench.daemon.insert(card())

    bench.daemon.steps = iter([late])
    bench.watch.run()
    assert bench.told == []
    assert bench.contexts.held == 0


def test_a_watch_that_breaks_off_is_begun_anew() -> None:
    daemon, clock, told = FakeWinscard(), StepClock(), list[SlotEvent]()

    def spawn(name: str, run: Callable[[], None]) -> Callable[[float], bool]:
        with contextlib.suppress(ZeroDivisionError):
            run()
        return lambda _within: True

    def break_off() -> None:
        raise ZeroDivisionError

    reader = PcscReader(spawn, clock, winscard=daemon)
    daemon.steps = iter([break_off, lambda: daemon.insert(card()), reader.stop])
    reader.watch(told.append)
    assert told == [LOST, BACK, INSERTED]
    assert reader.contexts_held == 0


def test_a_daemon_that_does_not_even_take_the_cancel_does_not_hold_stop_up() -> None:
    spawn = InlineSpawn(hold={"card-supervisor", "card-cancel"})
    reader = PcscReader(spawn, StepClock(), winscard=FakeWinscard())
    reader.watch(lambda _event: None)
    reader.stop()
    spawn.release()
