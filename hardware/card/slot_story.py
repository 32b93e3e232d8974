"""What was told of a slot so far, and what is to be told next. Pure but for the callback: whoever looks into the slot
may be replaced, the story goes on."""

from collections.abc import Callable

from hardware.card.model import SlotEvent
from hardware.card.winscard import STATE_FLAGS, STATE_PRESENT, STATE_UNAWARE


COUNTS = 1 << 16
SWAP = 2
"""How far the count goes on while a card leaves and comes. The daemon writes first that a card is there and counts it
after: whoever looks in between sees the count go on by one with the card still there, and nothing happened."""


class SlotStory:
    """Turns states of the slot into events. Upper 16 bits of a state count insertions and removals."""

    def __init__(self, tell: Callable[[SlotEvent], None]) -> None:
        self._tell = tell
        self._lost = False
        self._card_there = False
        self._doubtful = False
        self._count = 0
        """As it was when the card that is there was told."""
        self.trouble = ""
        """Why nobody could look into the slot the last time; empty as long as that never was."""

    @property
    def doubtful(self) -> bool:
        """A slot that came back empty is not believed yet: a daemon just started has not looked, and a card that seems
        taken away would let the next step begin."""
        return self._doubtful

    def seen(self, known: int, state: int) -> None:
        """The slot went from the known state to this one."""
        there = bool(state & STATE_PRESENT)
        if self._lost:
            self._lost = False
            self._tell(SlotEvent.READER_BACK)
            self._doubtful = self._card_there
        if self._doubtful and not there:
            return
        count = _count(state)
        if self._doubtful or there != self._card_there:
            self._tell(SlotEvent.INSERTED if there else SlotEvent.REMOVED)
            self._count = count
        elif known == STATE_UNAWARE:
            self._count = count  # another daemon may have begun to count anew
        elif there and (count - self._count) % COUNTS >= SWAP:
            # It left and came, or another one did, between two looks.
            self._tell(SlotEvent.REMOVED)
            self._tell(SlotEvent.INSERTED)
            self._count = count
        self._doubtful = False
        self._card_there = there

    def settle(self) -> None:
        """Time has passed: a slot that came back empty is empty."""
        if self._doubtful:
            self._doubtful = self._card_there = False
            self._tell(SlotEvent.REMOVED)

    def lost(self, why: str) -> None:
        """Nobody can look into the slot. Says nothing of the card."""
        self.trouble = why
        if not self._lost:
            self._lost = True
            self._tell(SlotEvent.READER_LOST)


def _count(state: int) -> int:
    return (state & ~STATE_FLAGS) >> 16
