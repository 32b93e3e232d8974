"""What the terminal tells of itself: its start, its timers, its machine and voice, and what broke."""

from dataclasses import dataclass

from hardware.voice.model import Tongue
from kiosk.flow.effects import AnyTimer, CallStaff, Effect


@dataclass(frozen=True, slots=True)
class PoweredOn:
    """The first event of all. `alarmed` when this terminal had raised an integrity alarm that nobody closed since."""

    alarmed: bool = False


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer ran out. `run` tells this run of it from one that was stopped or started anew."""

    timer: AnyTimer
    run: int


@dataclass(frozen=True, slots=True)
class StaysUp:
    """The machine could not be switched off."""


@dataclass(frozen=True, slots=True)
class VoiceSeen:
    """What the voice can do now: `mute` are the tongues that can't be heard."""

    mute: frozenset[Tongue]


@dataclass(frozen=True, slots=True)
class StaffNeeded:
    """An action met what only staff can mend."""

    call: CallStaff


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """A fresh namespace for this attempt exists; `reference` is its short code for staff."""

    attempt: int
    reference: str


@dataclass(frozen=True, slots=True)
class EffectFailed:
    """An action broke in a way nobody foresaw: its device's fault, or the server's, over whose words it broke."""

    effect: Effect
    by_server: bool = False
