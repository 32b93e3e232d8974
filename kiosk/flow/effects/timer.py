"""Time, as the flow wants it told. It never reads a clock."""

from dataclasses import dataclass
from enum import Enum


class AnyTimer(Enum):
    """A timer of one of the flows that a runner runs. Each flow names its own."""


class Timer(AnyTimer):
    """The timers there are. Each runs at most once at a time."""

    SCENE = "scene"
    """The scene's own patience: idle, a guard over a device, or how long a notice stays."""
    COUNTDOWN = "countdown"
    """One second of the idle warning."""
    CARD_UNTOUCHED = "card-untouched"
    ATTENTION = "attention"
    STAFF = "staff"
    RETRY = "retry"
    HEARTBEAT = "heartbeat"
    RECOVERY = "recovery"
    """The money device's patience at the start."""
    WATCHDOG = "watchdog"
    BATTERY = "battery"
    """How long a battery that ends soon is trusted."""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Answers with `TimerFired(timer, run)` after so many seconds. A running timer of that name is forgotten."""

    timer: AnyTimer
    seconds: float
    run: int


@dataclass(frozen=True, slots=True)
class StopTimer:
    """The timer of that name is forgotten."""

    timer: AnyTimer


TimerEffect = StartTimer | StopTimer
