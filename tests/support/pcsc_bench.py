"""A card reader, the slot it looks into, and what it told: the same bench for the virtual reader and for the real one
over a PC/SC daemon."""

import contextlib
import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hardware.card.model import CardReader, SlotEvent
from hardware.card.pcsc import PcscReader, Pyscard
from hardware.card.virtual.reader import CardSlot, VirtualReader
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.card.winscard import STATE_CHANGED, STATE_EMPTY, STATE_PRESENT, STATE_UNAWARE, SUCCESS
from hardware.composition import SystemClock, spawn_thread
from tests.support.pcsc_daemon import READER, PcscDaemon
from tests.support.pcsc_fake import StepClock

ANSWER_WITHIN_S = 3.0
TOLD_WITHIN_S = 10.0


@dataclass(slots=True)
class ReaderBench:
    """`lose` and `restore` take the reader away and bring it back."""

    reader: CardReader
    slot: CardSlot
    lose: Callable[[], None]
    restore: Callable[[], None]
    told: "queue.SimpleQueue[SlotEvent]" = field(default_factory=queue.SimpleQueue)

    def expect(self, *events: SlotEvent) -> None:
        """Waits until exactly these were told next."""
        for event in events:
            told = self.told.get(timeout=TOLD_WITHIN_S)
            trouble = self.reader.trouble if isinstance(self.reader, PcscReader) else ""
            assert told is event, f"{told} was told, not {event}: {trouble}"

    def expect_nothing(self) -> None:
        """Nothing was told that was not expected."""
        assert self.told.empty()


@contextlib.contextmanager
def virtual_bench() -> Iterator[ReaderBench]:
    """The virtual reader on a clock of its own."""
    reader = VirtualReader(StepClock(), answer_within_s=ANSWER_WITHIN_S)
    yield ReaderBench(reader, reader, reader.lose, reader.restore)
    reader.stop()


@contextlib.contextmanager
def pcsc_bench(daemon: PcscDaemon) -> Iterator[ReaderBench]:
    """The real reader over a running daemon; at the end nothing may be left open."""
    clock = SystemClock()
    reader = PcscReader(spawn_thread, clock, name=READER, answer_within_s=ANSWER_WITHIN_S)
    slot = VpcdSlot(spawn_thread, clock, port=daemon.port)

    def restore() -> None:
        daemon.stop()
        daemon.start()

    def lose() -> None:
        daemon.stop()
        daemon.start(with_reader=False)

    wait_until_empty(daemon)
    try:
        yield ReaderBench(reader, slot, lose, restore)
    finally:
        slot.pull()
        reader.stop()
    assert reader.contexts_held == 0
    assert reader.commands_outstanding == 0


def wait_until_empty(daemon: PcscDaemon) -> None:
    """Waits until the daemon has seen that the cards of the test before are gone."""
    for name, _ in daemon.slots:
        _wait_for(name, STATE_EMPTY)


def wait_until_present() -> None:
    """Waits until the daemon has seen a card in the first slot."""
    _wait_for(f"{READER} 00 00", STATE_PRESENT)


def _wait_for(name: str, flag: int) -> None:
    winscard = Pyscard()
    result, context = winscard.establish()
    known = STATE_UNAWARE
    while result == SUCCESS and not known & flag:
        result, state = winscard.status_change(context, name, known, int(TOLD_WITHIN_S * 1000))
        known = state & ~STATE_CHANGED
    assert winscard.release(context) == SUCCESS
    assert result == SUCCESS
