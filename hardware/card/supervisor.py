"""Keeps a watch going over a slot: one that breaks off is begun anew, one whose daemon answers nothing any more is left
behind and replaced. A watch never dies silently."""

from collections.abc import Callable

from hardware.card.model import SlotEvent
from hardware.card.slot_story import SlotStory
from hardware.card.watch import SlotWatch
from hardware.errors import CardMute
from hardware.ports import Clock, Spawn

SILENCE_S = 10.0
"""Without a sign of life for that long a watch is given up. Twice the longest wait of a healthy one."""

MAX_LEFT_BEHIND = 4
"""Watches that never came back, before no further one is begun until one of them does."""

AGAIN_S = 1.0
STOP_TRIES = 50
STOP_WAIT_S = 0.1


class Supervisor:
    """`make_watch` gives a new watch that goes on with the story. `tell` is called from the watch's thread, or from the
    supervisor's when it tells a loss; it must return soon and must not call `stop`."""

    def __init__(
        self,
        clock: Clock,
        spawn: Spawn,
        make_watch: Callable[[SlotStory], SlotWatch],
        tell: Callable[[SlotEvent], None],
    ) -> None:
        self._spawn = spawn
        self._clock = clock
        self._make_watch = make_watch
        self._story = SlotStory(tell)
        self._watch: SlotWatch | None = None
        self._left_behind: list[Callable[[float], bool]] = []
        self._stopping = False
        self._ended: Callable[[float], bool] = _never_began

    def start(self) -> None:
        """Begins to watch."""
        self._ended = self._spawn("card-supervisor", self._run)

    @property
    def trouble(self) -> str:
        """Why the reader was lost the last time, in words for a log; empty as long as it never was."""
        return self._story.trouble

    @property
    def left_behind(self) -> int:
        """Watches given up that have not come back."""
        return sum(not ended(0) for ended in self._left_behind)

    def stop(self, cancel: Callable[[Callable[[], None]], None]) -> None:
        """Ends the watch. `cancel` runs the call that wakes it, which may itself get no answer."""
        self._stopping = True
        for _ in range(STOP_TRIES):
            watch = self._watch
            if watch is not None:
                try:
                    cancel(watch.stop)
                except CardMute:
                    return
            if self._ended(STOP_WAIT_S):
                return

    def _run(self) -> None:
        while not self._stopping:
            if self.left_behind < MAX_LEFT_BEHIND:
                self._oversee()
            if not self._stopping:
                self._clock.wait(AGAIN_S)

    def _oversee(self) -> None:
        watch = self._watch = self._make_watch(self._story)
        ended = self._spawn("card-watch", watch.run)
        beats = watch.beats
        why = "the watch broke off"
        while not ended(SILENCE_S) and not self._stopping:
            if watch.beats == beats:
                watch.abandon()
                why = f"the PC/SC daemon answers nothing for {SILENCE_S:g} s"
                self._left_behind = [other for other in self._left_behind if not other(0)] + [ended]
                break
            beats = watch.beats
        if not self._stopping:
            self._story.lost(why)


def _never_began(_within: float) -> bool:
    return True
