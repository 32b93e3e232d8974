"""`python -m tests.support.insertions OFTEN READER PORT ...`: cards put into slots of a running daemon side by side, in
each one after the other, each opened and spoken to, every tenth pulled in the middle of a command. A process of its own
for each reader, as in the field: pcsc-lite 1.9.9 adds a handle to its lists without holding the lock by which other
threads search them, so that several readers in one process may crash it. They are forked from one that has imported
everything and made the cards' keys, which takes longer than putting cards in."""

import multiprocessing
import queue
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from hardware.card.model import SlotEvent
from hardware.card.pcsc import PcscReader
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.composition import SystemClock, spawn_thread
from hardware.errors import CardError
from tests.support.cards import card

SELECT_MASTER_FILE = bytes.fromhex("00a4000c023f00")


def insert_often(slot: VpcdSlot, reader: PcscReader, often: int) -> None:
    """Fails where something is told that did not happen, or a context is left."""
    told: queue.SimpleQueue[SlotEvent] = queue.SimpleQueue()
    reader.watch(told.put)
    for number in range(often):
        slot.insert(card())
        assert told.get(timeout=30) is SlotEvent.INSERTED
        connection = reader.connect()
        if number % 10 == 0:
            slot.pull_after(0)
            try:
                answer = connection.transmit(SELECT_MASTER_FILE)
            except CardError:
                pass
            else:
                raise AssertionError(f"a card that left answered {answer.hex()}")
        else:
            assert connection.transmit(SELECT_MASTER_FILE) == b"\x6a\x86"
            if number % 3:
                connection.close()
            slot.pull()
        assert told.get(timeout=30) is SlotEvent.REMOVED
        assert reader.contexts_held <= 2
    reader.stop()
    slot.pull()
    assert told.empty()
    assert reader.contexts_held == reader.commands_outstanding == reader.commands_abandoned == 0
    assert reader.contexts_established > often


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def insert(name: str, port: int, often: int) -> None:
    """What the process of one reader does."""
    clock = SystemClock()
    PcscReader(spawn_thread, clock, name=name).stop()
    before = (_open_files(), threading.active_count())
    insert_often(VpcdSlot(spawn_thread, clock, port=port), PcscReader(spawn_thread, clock, name=name), often)
    assert (_open_files(), threading.active_count()) == before


def main(often: int, slots: Sequence[tuple[str, int]]) -> int:
    card()
    forking = multiprocessing.get_context("fork")
    readers = [forking.Process(target=insert, args=(*slot, often)) for slot in slots]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    return int(any(each.exitcode != 0 for each in readers))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), list(zip(sys.argv[2::2], map(int, sys.argv[3::2]), strict=True))))
