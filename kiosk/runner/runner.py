"""Takes events one by one, steps the flow, hands effects to the actions. An action that breaks becomes an event; none
is ever lost, and a step never waits for a device."""

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.actions.attempt import AttemptOver
from kiosk.actions.jobs import Job, Lane
from kiosk.errors import KioskError, ServerFault
from kiosk.flow.effects import Effect, ReportOutcome, StartTimer, StopTimer, Timer
from kiosk.flow.events import EffectFailed, Event, TimerFired
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.flow.step import step

Observer = Callable[[Terminal], None]
Run = Callable[[], None]


class EventQueue(Protocol):
    """Where events wait. Anybody may put, from any thread; only the runner gets."""

    def put(self, event: Event | None) -> None:
        """Adds an event; None ends the runner."""
        ...

    def get(self) -> Event | None:
        """The next event; waits until there is one."""
        ...


class Scheduler(Protocol):
    """Calls back later, from whichever thread it has."""

    def after(self, seconds: float, run: Run) -> Callable[[], None]:
        """Calls `run` once after so many seconds; returns what forgets it."""
        ...


class Starter(Protocol):
    """Starts effects: see `kiosk.actions.dispatch.Actions`."""

    def start(self, effect: Effect, tell: Callable[[Event], None]) -> Job | None:
        """Does it at once, or gives the job for its lane."""
        ...


class FaultLog(Protocol):
    """Told of every action that broke. Neither text nor content of the exception may go further than its type."""

    def __call__(self, effect: str, fault: BaseException) -> None:
        """Writes it down."""
        ...


class Runner:
    """Runs one terminal. `handle` must be called from one thread only, or from `run`."""

    def __init__(
        self,
        state: Terminal,
        rules: SiteRules,
        queue: EventQueue,
        actions: Starter,
        lanes: Mapping[Lane, Callable[[Run], None]],
        scheduler: Scheduler,
        fault_log: FaultLog,
    ) -> None:
        missing = set(Lane) - set(lanes)
        if missing:
            raise KioskError(f"no lane for {sorted(lane.value for lane in missing)}")
        self._state = state
        self._rules = rules
        self._queue = queue
        self._actions = actions
        self._lanes = lanes
        self._scheduler = scheduler
        self._fault_log = fault_log
        self._observers: list[Observer] = []
        self._forget: dict[Timer, Callable[[], None]] = {}

    @property
    def state(self) -> Terminal:
        """The terminal as it is now."""
        return self._state

    def observe(self, observer: Observer) -> None:
        """Tells the state now and after every change, from the runner's thread."""
        self._observers.append(observer)
        observer(self._state)

    def put(self, event: Event) -> None:
        """Adds an event, from any thread: touches, slot, sensors."""
        self._queue.put(event)

    def take(self, job: Job, what: str) -> None:
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

    def handle(self, event: Event) -> None:
        """One event: the next state, told to the observers, then its effects in order."""
        before = self._state
        self._state, effects = step(before, event, self._rules)
        if self._state != before:
            for observer in self._observers:
                self._tell(observer)
        for effect in effects:
            self._start(effect)

    def _tell(self, observer: Observer) -> None:
        try:
            observer(self._state)
        except Exception as fault:  # noqa: BLE001 - a screen that breaks must not strand money or paper
            self._fault_log("observe", fault)

    def _start(self, effect: Effect) -> None:
        match effect:
            case StartTimer(timer, seconds, run):
                self._stop_timer(timer)
                self._forget[timer] = self._scheduler.after(seconds, lambda: self._queue.put(TimerFired(timer, run)))
            case StopTimer(timer):
                self._stop_timer(timer)
            case _:
                self._act(effect)

    def _stop_timer(self, timer: Timer) -> None:
        forget = self._forget.pop(timer, None)
        if forget is not None:
            forget()

    def _act(self, effect: Effect) -> None:
        try:
            job = self._actions.start(effect, self._queue.put)
        except Exception as fault:  # noqa: BLE001 - whatever breaks is that device's fault, and the terminal goes on
            self._broke(effect, fault)
            return
        if job is not None:
            self._lanes[job.lane](lambda: self._do(effect, job))

    def _do(self, effect: Effect, job: Job) -> None:
        try:
            job.run(self._queue.put)
        except Exception as fault:  # noqa: BLE001 - on a lane as well
            self._broke(effect, fault)

    def _broke(self, effect: Effect, fault: BaseException) -> None:
        # Of an attempt that is over nothing more is wanted, but what became of its documents must never be lost unseen.
        if not isinstance(fault, AttemptOver) or isinstance(effect, ReportOutcome):
            self._fault_log(type(effect).__name__, fault)
        self._queue.put(EffectFailed(effect, by_server=isinstance(fault, ServerFault)))
