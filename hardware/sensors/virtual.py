"""A terminal's surroundings without a terminal: places where things lie, somebody in front, and the lamp. Steered by
putting and taking; tells changes from within those calls and starts no threads."""

from collections.abc import Callable

from hardware.sensors.model import Lamp, PersonChanged, Place, PlaceChanged, SensorEvent


class VirtualSurroundings:
    """The `Surroundings` without sensors. `shown` is the lamp now, `lamps` all it ever showed, in order."""

    def __init__(self) -> None:
        self._things: dict[Place, list[object]] = {place: [] for place in Place}
        self._tells: list[Callable[[SensorEvent], None]] = []
        self._present = False
        self.lamps: list[Lamp] = [Lamp.OFF]

    # Steering

    def put(self, place: Place, thing: object) -> None:
        """Something comes to lie there: a sheet, a coin, a slip."""
        first = not self._things[place]
        self._things[place].append(thing)
        if first:
            self._tell(PlaceChanged(place, occupied=True))

    def take(self, place: Place) -> tuple[object, ...]:
        """Somebody takes all that lies there, in the order in which it came."""
        things = tuple(self._things[place])
        self._things[place].clear()
        if things:
            self._tell(PlaceChanged(place, occupied=False))
        return things

    def arrive(self) -> None:
        """Somebody stands in front of the terminal."""
        self._stand(present=True)

    def leave(self) -> None:
        """Nobody stands in front of the terminal any more."""
        self._stand(present=False)

    @property
    def shown(self) -> Lamp:
        """The lamp now."""
        return self.lamps[-1]

    @property
    def present(self) -> bool:
        """Whether somebody stands in front of the terminal."""
        return self._present

    def lying(self, place: Place) -> tuple[object, ...]:
        """What lies there, without taking it."""
        return tuple(self._things[place])

    # The device

    def watch(self, tell: Callable[[SensorEvent], None]) -> None:
        """Tells what is occupied and who is there now, then every change."""
        self._tells.append(tell)
        for place in Place:
            if self._things[place]:
                tell(PlaceChanged(place, occupied=True))
        if self._present:
            tell(PersonChanged(present=True))

    def occupied(self) -> frozenset[Place]:
        """Where something lies now."""
        return frozenset(place for place, things in self._things.items() if things)

    def lamp(self, lamp: Lamp) -> None:
        """Sets the lamp."""
        if lamp is not self.shown:
            self.lamps.append(lamp)

    def _stand(self, *, present: bool) -> None:
        if present is not self._present:
            self._present = present
            self._tell(PersonChanged(present))

    def _tell(self, event: SensorEvent) -> None:
        for tell in tuple(self._tells):
            tell(event)
