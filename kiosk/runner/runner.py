"""Takes events one by one, steps a flow, hands effects to the actions. An action that breaks becomes an event; none is
ever lost, and a step never waits for a device. It knows no flow: what one is made of is handed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kiosk.actions.jobs import JobOf, Lane
from kiosk.errors import KioskError, ServerFault
from kiosk.flow.effects import AnyTimer, StartTimer, StopTimer

S = TypeVar("S")
E = TypeVar("E")
F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)

Run = Callable[[], None]


@dataclass(frozen=True, slots=True)
class FlowOf(Generic[S, E, F]):
    """One flow: how it steps, and how its runner tells it that a timer fired and that an effect's action broke (whether
    over the server's words). `matters` says of an action that broke whether it is to be written down."""

    step: Callable[[S, E], tuple[S, tuple[F, ...]]]
    fired: Callable[[AnyTimer, int], E]
    failed: Callable[[F, bool], E]
    matters: Callable[[F, BaseException], bool] = lambda _effect, _fault: True


class EventQueue(Protocol[E]):
    """Where events wait. Anybody may put, from any thread; only the runner gets."""

    def put(self, event: E | None) -> None:
        """Adds an event; None ends the runner."""
        ...

    def get(self) -> E | None:
        """The next event; waits until there is one."""
        ...


class Scheduler(Protocol):
    """Calls back later, from whichever thread it has."""

    def after(self, seconds: float, run: Run) -> Callable[[], None]:
        """Calls `run` once after so many seconds; returns what forgets it."""
        ...


class Starter(Protocol[E, F_contra]):
    """Starts effects: see `kiosk.actions.dispatch.Actions`."""

    def start(self, effect: F_contra, tell: Callable[[E], None]) -> JobOf[E] | None:
        """Does it at once, or gives the job for its lane."""
        ...


class FaultLog(Protocol):
    """Told of every action that broke. Neither text nor content of the exception may go further than its type."""

    def __call__(self, effect: str, fault: BaseException) -> None:
        """Writes it down."""
        ...


class Runner(Generic[S, E, F]):
    """Runs one flow. `handle` must be called from one thread only, or from `run`."""

    def __init__(
        self,
        state: S,
        flow: FlowOf[S, E, F],
        queue: EventQueue[E],
        actions: Starter[E, F],
        lanes: Mapping[Lane, Callable[[Run], None]],
        scheduler: Scheduler,
        fault_log: FaultLog,
    ) -> None:
        missing = set(Lane) - set(lanes)
        if missing:
            raise KioskError(f"no lane for {sorted(lane.value for lane in missing)}")
        self._state = state
        self._flow = flow
        self._queue = queue
        self._actions = actions
        self._lanes = lanes
        self._scheduler = scheduler
        self._fault_log = fault_log
        self._observers: list[Callable[[S], None]] = []
        self._forget: dict[AnyTimer, Callable[[], None]] = {}

    @property
    def state(self) -> S:
        """The flow's state as it is now."""
        return self._state

    def observe(self, observer: Callable[[S], None]) -> None:
        """Tells the state now and after every change, from the runner's thread."""
        self._observers.append(observer)
        observer(self._state)

    def stop(self) -> None:
        """Forgets every timer, and tells nobody any more: windows are about to go."""
        for forget in self._forget.values():
            forget()
        self._forget.clear()
        self._observers.clear()

    def put(self, event: E) -> None:
        """Adds an event, from any thread: touches, slot, sensors."""
        self._queue.put(event)

    def take(self, job: JobOf[E], what: str) -> None:
        """Runs a job that no effect asked for; one that breaks is written down and changes nothing."""

        def do() -> None:
            try:
                job.run(self._queue.put)
            except Exception as fault:  # noqa: BLE001 - a lane must outlive its jobs
                self._fault_log(what, fault)

        self._lanes[job.lane](do)

    def run(self) -> None:
        """Handles events until there is a None."""
        while (event := self._queue.get()) is not None:
            self.handle(event)

    def handle(self, event: E) -> None:
        """One event: the next state, told to the observers, then its effects in order."""
        before = self._state
        self._state, effects = self._flow.step(before, event)
        if self._state is not before and self._state != before:
            for observer in self._observers:
                self._tell(observer)
        for effect in effects:
            self._start(effect)

    def _tell(self, observer: Callable[[S], None]) -> None:
        try:
            observer(self._state)
        except Exception as fault:  # noqa: BLE001 - a screen that breaks must not strand money or paper
            self._fault_log("observe", fault)

    def _start(self, effect: F) -> None:
        match effect:
            case StartTimer(timer, seconds, run):
                self._stop_timer(timer)
                fired = self._flow.fired(timer, run)
                self._forget[timer] = self._scheduler.after(seconds, lambda: self._queue.put(fired))
            case StopTimer(timer):
                self._stop_timer(timer)
            case _:
                self._act(effect)

    def _stop_timer(self, timer: AnyTimer) -> None:
        forget = self._forget.pop(timer, None)
        if forget is not None:
            forget()

    def _act(self, effect: F) -> None:
        try:
            job = self._actions.start(effect, self._queue.put)
        except Exception as fault:  # noqa: BLE001 - whatever breaks is that device's fault, and the terminal goes on
            self._broke(effect, fault)
            return
        if job is not None:
            self._lanes[job.lane](lambda: self._do(effect, job))

    def _do(self, effect: F, job: JobOf[E]) -> None:
        try:
            job.run(self._queue.put)
        except Exception as fault:  # noqa: BLE001 - on a lane as well
            self._broke(effect, fault)

    def _broke(self, effect: F, fault: BaseException) -> None:
        if self._flow.matters(effect, fault):
            self._fault_log(type(effect).__name__, fault)
        self._queue.put(self._flow.failed(effect, isinstance(fault, ServerFault)))
