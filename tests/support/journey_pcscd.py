"""A person's hand over the virtual reader of a real PC/SC daemon, for journeys."""

import queue

from hardware.card.model import SlotEvent
from hardware.card.pcsc import PcscReader
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.composition import SystemClock, spawn_thread
from tests.support.journey_steps import Journey
from tests.support.pcsc_bench import TOLD_WITHIN_S
from tests.support.pcsc_daemon import READER, PcscDaemon


class Slot:
    """A person's hand over the real reader: what the reader tells is waited for and handed to the kiosk."""

    def __init__(self, daemon: PcscDaemon) -> None:
        self.reader = PcscReader(spawn_thread, SystemClock(), name=READER)
        self._slot = VpcdSlot(spawn_thread, SystemClock(), port=daemon.port)
        self._told: queue.SimpleQueue[SlotEvent] = queue.SimpleQueue()
        self.reader.watch(self._told.put)

    def puts(self, j: Journey, card: VirtualCard) -> None:
        self._slot.insert(card)
        self._tells(j, SlotEvent.INSERTED)

    def pulls(self, j: Journey) -> None:
        self._slot.pull()
        self._tells(j, SlotEvent.REMOVED)

    def _tells(self, j: Journey, expected: SlotEvent) -> None:
        event = self._told.get(timeout=TOLD_WITHIN_S)
        assert event is expected
        j.kiosk.slot_changed(event)
        j.settles()

    def close(self) -> None:
        self._slot.pull()
        self.reader.stop()
