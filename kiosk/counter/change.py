"""Small words the desk's steps are written in. Nothing here decides."""

from dataclasses import replace

from kiosk.counter.desk import Desk
from kiosk.counter.effects import DeskEffect
from kiosk.counter.scenes import DeskScene
from kiosk.flow.effects import AnyTimer, StartTimer, StopTimer

DeskStep = tuple[Desk, tuple[DeskEffect, ...]]
"""The desk as it is next and what is to be done, in this order."""


def stay(desk: Desk, *effects: DeskEffect) -> DeskStep:
    """The scene stays."""
    return desk, effects


def says(desk: Desk, why: str) -> DeskStep:
    """Nothing was done: why."""
    return stay(replace(desk, notice=why))


def go(desk: Desk, scene: DeskScene, *effects: DeskEffect) -> DeskStep:
    """Another scene, or the same with other content."""
    return replace(desk, scene=scene), effects


def also(step: DeskStep, *effects: DeskEffect) -> DeskStep:
    """The step with more to do after it."""
    return step[0], step[1] + effects


def first(effects: tuple[DeskEffect, ...], step: DeskStep) -> DeskStep:
    """The step with more to do before it."""
    return step[0], effects + step[1]


def arm(desk: Desk, timer: AnyTimer, seconds: float) -> DeskStep:
    """Starts a timer anew."""
    run = desk.timer_runs + 1
    armed = (*(entry for entry in desk.armed if entry[0] is not timer), (timer, run))
    return replace(desk, armed=armed, timer_runs=run), (StartTimer(timer, seconds, run),)


def disarm(desk: Desk, timer: AnyTimer) -> DeskStep:
    """Forgets a timer, if it runs."""
    if not running(desk, timer):
        return stay(desk)
    return replace(desk, armed=tuple(entry for entry in desk.armed if entry[0] is not timer)), (StopTimer(timer),)


def running(desk: Desk, timer: AnyTimer) -> bool:
    """Whether a timer runs."""
    return any(entry[0] is timer for entry in desk.armed)
