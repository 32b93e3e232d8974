"""The loop that looks into a slot through PC/SC. It outlives the PC/SC daemon and the reader, and never takes a swapped
card for the one before."""

from collections.abc import Callable

from hardware.card.connection import Contexts
from hardware.card.model import SlotEvent
from hardware.card.slot_story import SlotStory
from hardware.card.winscard import (
    CANCELLED,
    READER_NEWS,
    STATE_CHANGED,
    STATE_UNAVAILABLE,
    STATE_UNAWARE,
    STATE_UNKNOWN,
    SUCCESS,
    TIMEOUT,
    UNKNOWN_READER,
    Winscard,
    fault,
)
from hardware.errors import CardError
from hardware.ports import Clock

WAIT_MS = 5_000
"""How long one wait for news lasts; news itself come at once."""

SEARCH_MS = 500
"""How often a lost reader is looked for, where the daemon does not tell that it came."""

SETTLE_MS = 2_000
"""How long a slot that came back empty is doubted."""

COUNTED_MS = 200
"""How long a look is doubted that does not fit the daemon's count; as a rule it has counted within microseconds."""

BACK_OFF_S = (0.1, 0.2, 0.5, 1.0, 2.0)
"""Pauses between attempts to reach the daemon; the last one repeats."""

Pick = Callable[[tuple[str, ...]], str | None]


class SlotWatch:
    """Watches the reader that `pick` chooses among the names at hand, and tells its story from the thread of `run`."""

    def __init__(self, winscard: Winscard, contexts: Contexts, clock: Clock, pick: Pick, story: SlotStory) -> None:
        self._winscard = winscard
        self._contexts = contexts
        self._clock = clock
        self._pick = pick
        self._story = story
        self._stopping = False
        self._context: int | None = None
        self._failures = 0
        self.beats = 0
        """Rises at least every `WAIT_MS` and a pause as long as the daemon answers at all."""

    def run(self) -> None:
        """Watches until `stop`."""
        while not self._stopping:
            try:
                context = self._contexts.establish()
            except CardError as error:
                self._story.lost(str(error))
            else:
                self._context = context
                try:
                    self._use(context)
                finally:
                    self._context = None
                    self._contexts.release(context)
            if not self._stopping:
                self._clock.wait(BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)])
                self._failures += 1
                self.beats += 1

    def abandon(self) -> None:
        """Tells nothing more, and ends when the daemon answers, if ever."""
        self._stopping = True
        self._story = SlotStory(_tell_nobody)

    def stop(self) -> None:
        """Asks the loop to end; it may have to be asked again, since it may just be about to wait."""
        self.abandon()
        context = self._context
        if context is not None:
            self._winscard.cancel(context)

    def _use(self, context: int) -> None:
        """Watches as long as the context is good."""
        while not self._stopping:
            result, names = self._winscard.readers(context)
            if result == SUCCESS:
                reader = self._pick(names)
                result = UNKNOWN_READER if reader is None else self._follow(context, reader)
            if result == UNKNOWN_READER:
                self._story.lost(str(fault(result, "looking into the slot")))
                result, _ = self._winscard.status_change(context, READER_NEWS, STATE_UNAWARE, SEARCH_MS)
                self.beats += 1
            if result not in (SUCCESS, TIMEOUT, CANCELLED):
                self._story.lost(str(fault(result, "looking into the slot")))
                return

    def _follow(self, context: int, reader: str) -> int:
        """Tells what happens in one reader; returns why that ended."""
        known = STATE_UNAWARE
        while not self._stopping:
            result, state = self._winscard.status_change(context, reader, known, self._patience_ms())
            self.beats += 1
            if result == TIMEOUT:
                self._story.settle()
            if result in (TIMEOUT, CANCELLED):
                continue
            if result != SUCCESS:
                return result
            if state & (STATE_UNKNOWN | STATE_UNAVAILABLE):
                return UNKNOWN_READER
            self._failures = 0
            self._story.seen(known, state)
            known = state & ~STATE_CHANGED
        return SUCCESS

    def _patience_ms(self) -> int:
        if self._story.came_back_empty:
            return SETTLE_MS
        return COUNTED_MS if self._story.unlikely else WAIT_MS


def _tell_nobody(_event: SlotEvent) -> None:
    return
