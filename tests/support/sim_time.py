"""One virtual clock for everything. What blocks (a device, a call) runs on a lane: a stack of its own that moves only
while the simulation stands still, so that at any moment exactly one thing happens and every run of a seed is the same.
"""

import heapq
import itertools
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from tests.support.sim_stack import new_stack, present_stack

Run = Callable[[], None]
GUARDED_S = 0.01
"""Whoever waits for a lock looks again after so long."""


class PowerCut(BaseException):
    """The power is gone: what runs on a lane ends here and does nothing more."""


@dataclass(slots=True, eq=False)
class _Task:
    run: Run
    forgotten: bool = False

    def forget(self) -> None:
        self.forgotten = True


class SimTime:
    """Fulfils the clocks and schedulers of kiosk, hardware and printers."""

    def __init__(self) -> None:
        self.now = 0.0
        self._tasks: list[tuple[float, int, _Task]] = []
        """When, and the number that tells those of one moment apart."""
        self._numbers = itertools.count()
        self.moving: Lane | None = None
        """The lane that moves now; None while the simulation itself does."""

    def monotonic(self) -> float:
        return self.now

    def after(self, seconds: float, run: Run) -> Run:
        """Runs it so much later; returns what forgets it."""
        task = _Task(run)
        heapq.heappush(self._tasks, (self.now + max(seconds, 0.0), next(self._numbers), task))
        return task.forget

    def wait(self, seconds: float) -> None:
        """Lets time pass for the lane that calls."""
        assert self.moving is not None, "only what runs on a lane may wait"
        self.moving.pause(seconds)

    def move(self) -> bool:
        """The next thing happens; False when nothing is left."""
        while self._tasks:
            at, _, task = heapq.heappop(self._tasks)
            if not task.forgotten:
                self.now = at
                task.run()
                return True
        return False

    def run(self, until: Callable[[], bool], at_most: float) -> None:
        """Lets things happen until it is so. Raises `TimeoutError` when it never is."""
        end = self.now + at_most
        while not until():
            if self.now > end or not self.move():
                raise TimeoutError(f"after {self.now:.1f} s")

    def run_for(self, seconds: float) -> None:
        """Lets so much time pass, with everything that happens in it."""
        end = self.now + seconds
        while self._tasks and self._tasks[0][0] <= end:
            self.move()
        self.now = end

    def lane(self, name: str) -> "Lane":
        """A new lane."""
        return Lane(self, name)

    def handed_to(self, lane: "Lane | None") -> "Lane | None":
        """Says which lane moves now; returns which one did."""
        before, self.moving = self.moving, lane
        return before


class Guard:
    """A lock between lanes, which its owner may take twice. Once a lane was cut it is of no use any more."""

    def __init__(self, time: SimTime) -> None:
        self._time = time
        self._owner: Lane | None = None
        self._times = 0

    def __enter__(self) -> None:
        while self._times and self._owner is not self._time.moving:
            self._time.wait(GUARDED_S)
        self._owner = self._time.moving
        self._times += 1

    def __exit__(self, *_: object) -> None:
        self._times -= 1


class Lane:
    """Does one job after the other, each on the lane's own stack while the simulation stands still."""

    def __init__(self, time: SimTime, name: str) -> None:
        self.name = name
        self._time = time
        self._jobs: deque[Run] = deque()
        self._stack = new_stack(self._live)
        self._idle = True
        self._cut = False

    def __call__(self, job: Run) -> None:
        """Adds a job."""
        if self._cut:
            return
        self._jobs.append(job)
        if self._idle:
            self._idle = False
            self._time.after(0, self._hand_over)

    def pause(self, seconds: float) -> None:
        """From within a job: everything else goes on for so long."""
        self._time.after(seconds, self._hand_over)
        self._wait_for_turn()

    def cut(self) -> None:
        """Ends the lane, in the middle of a job if there is one. The lane that moves now ends by the `PowerCut` that
        whoever cuts it raises then."""
        if not self._cut:
            self._cut = True
            self._jobs.clear()
            if self._time.moving is not self:
                self._hand_over()

    def _hand_over(self) -> None:
        if self._stack.dead:
            return
        before = self._time.handed_to(self)
        self._stack.parent = present_stack()
        try:
            self._stack.switch()
        finally:
            self._time.handed_to(before)

    def _wait_for_turn(self) -> None:
        self._stack.parent.switch()
        if self._cut:
            raise PowerCut

    def _live(self) -> None:
        with suppress(PowerCut):
            while not self._cut:
                while self._jobs:
                    self._jobs.popleft()()
                self._idle = True
                self._wait_for_turn()
