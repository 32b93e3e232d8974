"""The runner: events in, effects out, nothing lost."""

from collections import deque
from collections.abc import Callable

import pytest

from kiosk.actions.attempt import AttemptOver
from kiosk.actions.jobs import Job, Lane
from kiosk.errors import ChallengeRejected, KioskError
from kiosk.flow.effects import (
    Effect,
    LookAtCash,
    LookAtJournal,
    LookAtPrinters,
    LookAtVoice,
    OpenVisit,
    Recover,
    ReportOutcome,
    SendHeartbeat,
    SetLamp,
    Timer,
)
from kiosk.flow.events import CashSeen, EffectFailed, Event, PoweredOn, PrintersSeen, TimerFired
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import AwaitCard
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, Pressed
from kiosk.runner.flows import resident_flow
from kiosk.runner.runner import Run, Runner
from tests.support.kiosk_samples import CASH_READY, PRINTER_READY, open_terminal
from tests.support.sim_time import SimTime


class Waiting:
    """A queue that is read by hand."""

    def __init__(self) -> None:
        self.events: deque[Event | None] = deque()

    def put(self, event: Event | None) -> None:
        self.events.append(event)

    def get(self) -> Event | None:
        return self.events.popleft()


class Doing:
    """Actions that do what the test says."""

    def __init__(self) -> None:
        self.started: list[Effect] = []
        self.jobs: dict[type[Effect], Job] = {}
        self.broken: dict[type[Effect], Exception] = {}

    def start(self, effect: Effect, tell: Callable[[Event], None]) -> Job | None:
        self.started.append(effect)
        if type(effect) in self.broken:
            raise self.broken[type(effect)]
        return self.jobs.get(type(effect))


class Bench:
    def __init__(self, state: Terminal | None = None) -> None:
        self.queue, self.actions, self.time = Waiting(), Doing(), SimTime()
        self.on_lane: dict[Lane, list[Run]] = {lane: [] for lane in Lane}
        self.faults: list[tuple[str, BaseException]] = []
        self.runner = Runner(
            state if state is not None else open_terminal(),
            resident_flow(SiteRules()),
            self.queue,
            self.actions,
            {lane: jobs.append for lane, jobs in self.on_lane.items()},
            self.time,
            lambda effect, fault: self.faults.append((effect, fault)),
        )


def test_effects_are_started_in_the_order_of_the_flow() -> None:
    bench = Bench(Terminal())
    bench.runner.handle(PoweredOn())
    assert [type(effect) for effect in bench.actions.started] == [
        LookAtJournal,
        Recover,
        LookAtPrinters,
        LookAtCash,
        SendHeartbeat,
        LookAtVoice,
        SetLamp,
    ]


def test_a_job_runs_on_its_lane_and_tells_its_event() -> None:
    bench = Bench(Terminal())
    seen = PrintersSeen(PRINTER_READY, PRINTER_READY)
    bench.actions.jobs[LookAtPrinters] = Job(Lane.PAPER, lambda tell: tell(seen))
    bench.runner.handle(PoweredOn())
    (job,) = bench.on_lane[Lane.PAPER]
    assert not bench.queue.events
    job()
    assert list(bench.queue.events) == [seen]


@pytest.mark.parametrize("where", ["at once", "on a lane"])
def test_an_action_that_breaks_becomes_an_event_and_is_never_lost(where: str) -> None:
    bench = Bench(Terminal())
    fault = RuntimeError("out of luck")

    def break_down(tell: Callable[[Event], None]) -> None:
        raise fault

    if where == "at once":
        bench.actions.broken[LookAtCash] = fault
    else:
        bench.actions.jobs[LookAtCash] = Job(Lane.MONEY, break_down)
    bench.runner.handle(PoweredOn())
    for job in bench.on_lane[Lane.MONEY]:
        job()
    assert list(bench.queue.events) == [EffectFailed(LookAtCash())]
    assert bench.faults == [("LookAtCash", fault)]
    assert SendHeartbeat in {type(effect) for effect in bench.actions.started}


def test_what_broke_over_the_servers_words_is_told_as_the_servers_fault() -> None:
    bench = Bench(Terminal())
    bench.actions.broken[LookAtCash] = ChallengeRejected("for another terminal")
    bench.runner.handle(PoweredOn())
    assert list(bench.queue.events) == [EffectFailed(LookAtCash(), by_server=True)]
    assert [type(fault) for _, fault in bench.faults] == [ChallengeRejected]


def test_an_attempt_that_is_over_is_no_fault() -> None:
    bench = Bench(Terminal())
    bench.actions.broken[LookAtCash] = AttemptOver(1)
    bench.runner.handle(PoweredOn())
    assert list(bench.queue.events) == [EffectFailed(LookAtCash())]
    assert not bench.faults


def test_an_outcome_of_an_attempt_that_is_over_is_written_to_the_log() -> None:
    bench = Bench()
    over = AttemptOver(1)
    bench.actions.broken[ReportOutcome] = over
    bench.actions.broken[OpenVisit] = AttemptOver(1)
    bench.runner.handle(Pressed(Key.START))
    bench.runner._act(ReportOutcome(1, (), 0))
    assert bench.faults == [("ReportOutcome", over)]


def test_a_timer_fires_once_and_a_stopped_one_never() -> None:
    bench = Bench(Terminal())
    bench.runner.handle(PoweredOn())
    bench.time.run_for(60)
    fired = [event for event in bench.queue.events if isinstance(event, TimerFired)]
    assert [event.timer for event in fired] == [Timer.WATCHDOG, Timer.HEARTBEAT]
    bench.queue.events.clear()
    bench.runner.handle(fired[1])
    bench.time.run_for(29)
    assert not bench.queue.events
    idle = Bench()
    idle.runner.handle(Pressed(Key.START))
    idle.runner.handle(Pressed(Key.BACK))
    idle.time.run_for(3600)
    assert not idle.queue.events


def test_observers_see_the_state_now_and_each_change_once() -> None:
    bench = Bench()
    states: list[Terminal] = []
    bench.runner.observe(states.append)
    bench.runner.handle(Pressed(Key.DISMISS))
    bench.runner.handle(Pressed(Key.START))
    assert [type(state.scene).__name__ for state in states] == ["Start", "AwaitCard"]
    assert bench.runner.state is states[-1]


def test_a_screen_that_breaks_strands_nothing() -> None:
    bench = Bench()
    shown: list[Terminal] = []

    def break_down(state: Terminal) -> None:
        if isinstance(state.scene, AwaitCard):
            raise RuntimeError("no screen")

    bench.runner.observe(break_down)
    bench.runner.observe(shown.append)
    bench.runner.handle(Pressed(Key.START))
    assert isinstance(shown[-1].scene, AwaitCard)
    assert OpenVisit(1) in bench.actions.started
    assert [effect for effect, _ in bench.faults] == ["observe"]


def test_the_runner_handles_events_until_it_is_ended() -> None:
    bench = Bench()
    bench.runner.put(Pressed(Key.START))
    bench.runner.put(CashSeen(CASH_READY))
    bench.queue.put(None)
    bench.queue.put(Pressed(Key.BACK))
    bench.runner.run()
    assert isinstance(bench.runner.state.scene, AwaitCard)
    assert len(bench.queue.events) == 1


def test_a_terminal_without_a_lane_for_each_device_is_not_put_together() -> None:
    bench = Bench()
    with pytest.raises(KioskError, match="money"):
        Runner(
            Terminal(),
            resident_flow(SiteRules()),
            bench.queue,
            bench.actions,
            {lane: lambda _: None for lane in Lane if lane is not Lane.MONEY},
            bench.time,
            lambda effect, fault: None,
        )
