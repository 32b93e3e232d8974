"""What was told of a slot so far, and what is to be told next. Pure but for the callback: whoever looks into the slot
may be replaced, the story goes on.

The daemon counts every insertion and every removal beside the state. A look whose count does not fit is not believed
at once: pcsc-lite writes that a card is there, or is gone, and counts it after; and all contexts of one process share
one table, in which an older look of another thread may stand for a moment."""

from collections.abc import Callable

from hardware.card.model import SlotEvent
from hardware.card.winscard import STATE_FLAGS, STATE_PRESENT, STATE_UNAWARE

COUNTS = 1 << 16
"""Where the count begins anew."""

SWAP = 2
"""How far it goes on while a card leaves and another comes."""


class SlotStory:
    """Turns states of the slot into events. Upper 16 bits of a state are the count."""

    def __init__(self, tell: Callable[[SlotEvent], None]) -> None:
        self._tell = tell
        self._lost = False
        self._card_there = False
        self._came_back = False
        self._count = 0
        """As it was in the last look that was believed."""
        self._unlikely: int | None = None
        self.trouble = ""
        """Why nobody could look into the slot the last time; empty as long as that never was."""

    @property
    def came_back_empty(self) -> bool:
        """A slot that came back empty is not believed yet: a daemon just started has not looked, and a card that seems
        taken away would let the next step begin."""
        return self._came_back

    @property
    def unlikely(self) -> bool:
        """The last look did not fit the count; one that fits is wanted, or to see that it stays so."""
        return self._unlikely is not None

    def seen(self, known: int, state: int) -> None:
        """The slot went from the known state to this one."""
        if self._lost:
            self._lost = False
            self._tell(SlotEvent.READER_BACK)
            self._came_back = self._card_there
        if self._came_back:
            self._seen_again(state)
        elif known == STATE_UNAWARE or self._fits(state):
            self._believe(state, known)
        else:
            self._unlikely = state

    def settle(self) -> None:
        """Time has passed: what was doubted is so."""
        if self._came_back:
            self._came_back = self._card_there = False
            self._tell(SlotEvent.REMOVED)
        if self._unlikely is not None:
            self._believe(self._unlikely, self._unlikely)

    def lost(self, why: str) -> None:
        """Nobody can look into the slot. Says nothing of the card."""
        self.trouble = why
        self._unlikely = None
        if not self._lost:
            self._lost = True
            self._tell(SlotEvent.READER_LOST)

    def _seen_again(self, state: int) -> None:
        self._count = _count(state)
        if state & STATE_PRESENT:
            self._came_back = False
            self._tell(SlotEvent.INSERTED)

    def _fits(self, state: int) -> bool:
        """Whether so many insertions and removals lead to this from what was believed; False for an older look."""
        moves = self._moves(state)
        return moves >= 0 and moves % 2 == (bool(state & STATE_PRESENT) != self._card_there)

    def _believe(self, state: int, known: int) -> None:
        there = bool(state & STATE_PRESENT)
        if there != self._card_there:
            self._tell(SlotEvent.INSERTED if there else SlotEvent.REMOVED)
        elif there and known != STATE_UNAWARE and self._moves(state) >= SWAP:
            # It left and came, or another one did, between two looks.
            self._tell(SlotEvent.REMOVED)
            self._tell(SlotEvent.INSERTED)
        self._unlikely = None
        self._card_there = there
        self._count = _count(state)

    def _moves(self, state: int) -> int:
        """Insertions and removals since the last look that was believed; below 0 for an older one."""
        return (_count(state) - self._count + COUNTS // 2) % COUNTS - COUNTS // 2


def _count(state: int) -> int:
    return (state & ~STATE_FLAGS) >> 16
