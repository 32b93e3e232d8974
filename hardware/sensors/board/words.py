"""What kiosk and sensor board tell each other, each always all of it: a line that was lost is made good by the next."""

from dataclasses import dataclass

from hardware.sensors.model import Lamp, Place, Power


@dataclass(frozen=True, slots=True)
class Seen:
    """What the board sees."""

    occupied: frozenset[Place] = frozenset()
    present: bool = False
    door_open: bool = False
    power: Power = Power.MAINS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the kiosk wants of the board. `fed` counts to 255 and on from 0, a step for each time the terminal is known
    to serve; `watchdog_s` (at most 999) seconds without such a step end in the machine's restart, 0 in none; `down`:
    the machine is being switched off."""

    lamp: Lamp = Lamp.OFF
    fed: int = 0
    watchdog_s: int = 0
    down: bool = False


@dataclass(frozen=True, slots=True)
class FromBoard:
    """One line of the board. `heard` is the number of the kiosk's last line that it understood, None when there was
    none since it started."""

    number: int
    heard: int | None
    seen: Seen


@dataclass(frozen=True, slots=True)
class FromKiosk:
    """One line of the kiosk."""

    number: int
    wanted: Wanted
