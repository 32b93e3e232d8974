"""The sensor board of a simulated post office and its line: the real client over the virtual board, on the virtual
clock. The line can be cut, lose what it carries, or spoil it; the board can begin anew."""

import random
from collections.abc import Callable

from hardware.ports import PortDown, Spawn
from hardware.sensors.board.client import SensorBoard
from hardware.sensors.board.virtual import VirtualBoard
from hardware.sensors.virtual import VirtualSurroundings
from tests.support.sim_power import Life
from tests.support.sim_time import SimTime

TOLD_WITHIN_S = 0.5
"""What changes in front of the terminal is known to it by then, where the line is whole."""
SILENCE_KNOWN_S = 4.0
"""That nothing is heard is known by then."""


class SimBoard:
    """`down`: the line is cut; `lost`: so many of the next pieces do not arrive; `spoilt`: so many arrive changed.
    `cycle` is called when the board cuts the machine's power and gives it again."""

    def __init__(
        self, time: SimTime, around: VirtualSurroundings, chance: random.Random, cycle: Callable[[], None]
    ) -> None:
        self._time = time
        self._around = around
        self._chance = chance
        self._cycle = cycle
        self._said = bytearray()
        self.down = False
        self.down_at = 0.0
        self.lost = self.spoilt = 0
        self.board = VirtualBoard(around, time, cycle)

    def cut(self) -> None:
        """The line is cut."""
        self.down, self.down_at = True, self._time.now

    def begin_anew(self) -> None:
        """Its own power went and came back."""
        self._said.clear()
        self.board = VirtualBoard(self._around, self._time, self._cycle)

    def mend(self) -> None:
        """Somebody sees to the line."""
        self.down = False
        self.lost = self.spoilt = 0

    @property
    def troubled(self) -> bool:
        """Whether anything is the matter with the line."""
        return self.down or bool(self.lost or self.spoilt)

    def for_program(self, life: Life, spawn: Spawn) -> SensorBoard:
        """The surroundings as a program has them that begins now."""

        def opened() -> "_Line":
            if self.down:
                raise PortDown("the line is cut")
            self._said.clear()
            return _Line(self, life)

        return SensorBoard(opened, self._time, spawn, self._chance.randbytes)

    def hear(self, octets: bytes) -> None:
        """What the kiosk says."""
        self._require_line()
        self._said += self.board.take(self._carried(octets))

    def say(self, within_s: float) -> bytes:
        """What came from the board since, or comes in time."""
        self._require_line()
        self._said += self.board.tick()
        said = bytes(self._said)
        self._said.clear()
        if not said:
            self._time.wait(within_s)
        return self._carried(said)

    def _carried(self, octets: bytes) -> bytes:
        if octets and self.lost:
            self.lost -= 1
            return b""
        if octets and self.spoilt:
            self.spoilt -= 1
            at = self._chance.randrange(len(octets))
            return octets[:at] + b"\x15" + octets[at + 1 :]
        return octets

    def _require_line(self) -> None:
        if self.down:
            raise PortDown("the line is cut")


class _Line:
    """Fulfils the client's `Port`, for a program as long as it has power."""

    def __init__(self, board: SimBoard, life: Life) -> None:
        self._board = board
        self._life = life

    def read_some(self, most: int, within_s: float) -> bytes:
        self._life.require()
        return self._board.say(within_s)[:most]

    def write(self, octets: bytes) -> None:
        self._life.require()
        self._board.hear(octets)

    def close(self) -> None:
        """Nothing is left of it."""
