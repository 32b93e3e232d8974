"""A terminal's surroundings without a terminal: places where things lie, somebody in front, door, power, lamp and
watchdog. Steered by putting and taking; tells changes from within those calls and starts no threads."""

from collections.abc import Callable

from hardware.sensors.model import (
    DoorChanged,
    Lamp,
    PersonChanged,
    Place,
    PlaceChanged,
    Power,
    PowerChanged,
    SensorEvent,
    SensorsChanged,
)


class VirtualSurroundings:
    """The `Surroundings` without sensors. `shown` is the lamp now, `lamps` all it ever showed, in order; `fed` how
    often the watchdog was fed; `goes_down` whether the machine is being switched off."""

    def __init__(self) -> None:
        self._things: dict[Place, list[object]] = {place: [] for place in Place}
        self._occupied: frozenset[Place] = frozenset()
        self._tells: list[Callable[[SensorEvent], None]] = []
        self._present = False
        self._open = False
        self._power = Power.MAINS
        self._silent = False
        self._known: frozenset[Place] = frozenset()
        self.lamps: list[Lamp] = [Lamp.OFF]
        self.fed = 0
        self.goes_down = False

    # Steering

    def put(self, place: Place, thing: object) -> None:
        """Something comes to lie there: a sheet, a coin, a slip."""
        first = not self._things[place]
        self._things[place].append(thing)
        if first:
            self._occupied |= {place}
            self._tell(PlaceChanged(place, occupied=True))

    def take(self, place: Place) -> tuple[object, ...]:
        """Somebody takes all that lies there, in the order in which it came."""
        things = tuple(self._things[place])
        self._things[place].clear()
        if things:
            self._occupied -= {place}
            self._tell(PlaceChanged(place, occupied=False))
        return things

    def arrive(self) -> None:
        """Somebody stands in front of the terminal."""
        self._stand(present=True)

    def leave(self) -> None:
        """Nobody stands in front of the terminal any more."""
        self._stand(present=False)

    def open_door(self) -> None:
        """Somebody opens the cabinet."""
        self._turn(is_open=True)

    def shut_door(self) -> None:
        """Somebody shuts the cabinet."""
        self._turn(is_open=False)

    def run_on(self, power: Power) -> None:
        """The power comes from there now."""
        if power is not self._power:
            self._power = power
            self._tell(PowerChanged(power))

    def fall_silent(self) -> None:
        """The sensors say nothing any more."""
        if not self._silent:
            self._known = self.occupied()
            self._tell(SensorsChanged(heard=False))
            self._silent = True

    def speak_again(self) -> None:
        """The sensors are heard again, and say all they see."""
        if self._silent:
            self._silent = False
            for place in Place:
                self._tell(PlaceChanged(place, occupied=bool(self._things[place])))
            self._tell(PersonChanged(self._present))
            self._tell(DoorChanged(self._open))
            self._tell(PowerChanged(self._power))
            self._tell(SensorsChanged(heard=True))

    @property
    def shown(self) -> Lamp:
        """The lamp now."""
        return self.lamps[-1]

    @property
    def present(self) -> bool:
        """Whether somebody stands in front of the terminal."""
        return self._present

    @property
    def door_open(self) -> bool:
        """Whether the cabinet stands open."""
        return self._open

    @property
    def power(self) -> Power:
        """Where the power comes from."""
        return self._power

    @property
    def silent(self) -> bool:
        """Whether the sensors say nothing."""
        return self._silent

    def lying(self, place: Place) -> tuple[object, ...]:
        """What lies there, without taking it."""
        return tuple(self._things[place])

    # The device

    def watch(self, tell: Callable[[SensorEvent], None]) -> None:
        """Tells what is unlike an empty terminal at rest now, then every change."""
        self._tells.append(tell)
        if self._silent:
            tell(SensorsChanged(heard=False))
            return
        for place in Place:
            if self._things[place]:
                tell(PlaceChanged(place, occupied=True))
        if self._present:
            tell(PersonChanged(present=True))
        if self._open:
            tell(DoorChanged(is_open=True))
        if self._power is not Power.MAINS:
            tell(PowerChanged(self._power))

    def occupied(self) -> frozenset[Place]:
        """Where something lies now, or lay when the sensors fell silent."""
        return self._known if self._silent else self._occupied

    def lamp(self, lamp: Lamp) -> None:
        """Sets the lamp."""
        if lamp is not self.shown:
            self.lamps.append(lamp)

    def feed(self) -> None:
        """Counts how often."""
        self.fed += 1

    def going_down(self) -> None:
        """Remembers it."""
        self.goes_down = True

    def stop(self) -> None:
        """Lamp off."""
        self.lamp(Lamp.OFF)

    def _stand(self, *, present: bool) -> None:
        if present is not self._present:
            self._present = present
            self._tell(PersonChanged(present))

    def _turn(self, *, is_open: bool) -> None:
        if is_open is not self._open:
            self._open = is_open
            self._tell(DoorChanged(is_open))

    def _tell(self, event: SensorEvent) -> None:
        if self._silent:
            return
        for tell in tuple(self._tells):
            tell(event)
