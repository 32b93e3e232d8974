"""The terminal's surroundings as a sensor board tells them, over whatever port it hangs on. A board that is not heard
is told as that: what it saw last is never taken for what is there."""

from collections.abc import Callable
from dataclasses import replace

from hardware.ports import Clock, Spawn
from hardware.sensors.board.link import Link
from hardware.sensors.board.port import Port
from hardware.sensors.board.words import Seen, Wanted
from hardware.sensors.model import (
    DoorChanged,
    Lamp,
    PersonChanged,
    Place,
    PlaceChanged,
    PowerChanged,
    SensorEvent,
    SensorsChanged,
)

WATCHDOG_S = 180
"""The board restarts the machine when the terminal did not serve for so long: time enough for the kiosk's own service
manager to start it anew before."""

ENDS_WITHIN_S = 2.0


class SensorBoard:
    """Fulfils `Surroundings`. `entropy` gives random bytes; the loop beside the kiosk starts with the first `watch`."""

    def __init__(
        self,
        open_port: Callable[[], Port],
        clock: Clock,
        spawn: Spawn,
        entropy: Callable[[int], bytes],
        *,
        watchdog_s: int = WATCHDOG_S,
    ) -> None:
        # A number that no line of an earlier program had: the board may still answer one of those.
        self._link = Link(open_port, clock, int.from_bytes(entropy(2), "big"))
        self._spawn = spawn
        # Written by the kiosk's thread alone, read by the loop's, always as a whole.
        self._wanted = Wanted(watchdog_s=watchdog_s)
        # Told from another thread than the rest, which must not lose it by replacing what it read before.
        self._going_down = False
        self._newcomers: list[Callable[[SensorEvent], None]] = []
        self._tells: list[Callable[[SensorEvent], None]] = []
        self._known = Seen()
        self._heard = False
        self._stopping = False
        self._ended: Callable[[float], bool] | None = None

    def watch(self, tell: Callable[[SensorEvent], None]) -> None:
        """Nothing is known yet; the rest is told from the board's own thread."""
        tell(SensorsChanged(heard=False))
        self._newcomers.append(tell)
        if self._ended is None:
            self._ended = self._spawn("sensor-board", self._run)

    def occupied(self) -> frozenset[Place]:
        """Where something lay when the board was heard last."""
        return self._known.occupied

    def lamp(self, lamp: Lamp) -> None:
        """Told to the board with the next line."""
        self._wanted = replace(self._wanted, lamp=lamp)

    def feed(self) -> None:
        """The board counts anew with the next line."""
        self._wanted = replace(self._wanted, fed=(self._wanted.fed + 1) % 256)

    def going_down(self) -> None:
        """The board no longer waits for the kiosk, and switches the machine on again when the mains are back."""
        self._going_down = True

    def stop(self) -> None:
        """Lamp off, watchdog at rest, line closed."""
        self._wanted = replace(self._wanted, lamp=Lamp.OFF, watchdog_s=0)
        self._stopping = True
        if self._ended is not None:
            self._ended(ENDS_WITHIN_S)

    def _run(self) -> None:
        try:
            while not self._stopping:
                self._turn()
        finally:
            # Whatever ended the loop: nobody hears the board any more, nor does it hear that the terminal serves.
            self._tell((SensorsChanged(heard=False),))
            self._link.end(self._wanted_now())

    def _turn(self) -> None:
        seen = self._link.turn(self._wanted_now())
        self._tell(self._changes(seen))
        while self._newcomers:
            tell = self._newcomers.pop(0)
            for event in _all(seen):
                tell(event)
            self._tells.append(tell)

    def _wanted_now(self) -> Wanted:
        """What the board is told now."""
        return replace(self._wanted, watchdog_s=0, down=True) if self._going_down else self._wanted

    def _tell(self, events: tuple[SensorEvent, ...]) -> None:
        for event in events:
            for tell in self._tells:
                tell(event)

    def _changes(self, seen: Seen | None) -> tuple[SensorEvent, ...]:
        heard, self._heard = self._heard, seen is not None
        if seen is None:
            return (SensorsChanged(heard=False),) if heard else ()
        known, self._known = self._known, seen
        if heard and known == seen:
            return ()
        return _between(known, seen) if heard else _all(seen)


def _between(known: Seen, seen: Seen) -> tuple[SensorEvent, ...]:
    """What is another than before."""
    return tuple(now for before, now in zip(_told(known), _told(seen), strict=True) if before != now)


def _all(seen: Seen | None) -> tuple[SensorEvent, ...]:
    """Everything, and last that it is known: nobody may begin before the rest was told."""
    return () if seen is None else (*_told(seen), SensorsChanged(heard=True))


def _told(seen: Seen) -> tuple[SensorEvent, ...]:
    lying = tuple(PlaceChanged(place, place in seen.occupied) for place in Place)
    return (*lying, PersonChanged(seen.present), DoorChanged(seen.door_open), PowerChanged(seen.power))
