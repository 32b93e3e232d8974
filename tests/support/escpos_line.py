"""Lines to the receipt printer of `escpos_peer`, whose thread may get no turn for seconds: what will come is waited
for, and what will never come passes the time at once."""

import time

from printers.escpos.line import Line
from tests.support.escpos_peer import EscposDevice
from tests.support.printer_clocks import LONGEST_S, JumpingClock

_SLICE_S = 0.005
_PER_ANSWER_S = 0.001


class CountedLine:
    """The real line, and how much of what went over it the device has taken and said."""

    def __init__(self, line: Line, device: EscposDevice) -> None:
        self._line = line
        self._device = device
        self._sent = 0
        self._heard = 0

    @property
    def two_way(self) -> bool:
        return self._line.two_way

    @property
    def more_to_come(self) -> bool:
        """Whether the device has not taken everything yet, or not all that it said was heard."""
        # In this order: it counts what it says before it counts what it took.
        return self._device.taken < self._sent or self._heard < self._device.said

    def write(self, data: bytes, within: float) -> None:
        self._sent += len(data)
        self._line.write(data, within)

    def read(self, limit: int, within: float) -> bytes:
        heard = self._line.read(limit, within)
        self._heard += len(heard)
        return heard

    def close(self) -> None:
        self._line.close()
        self._sent, self._heard = self._device.taken, self._device.said


class PatientLine:
    """For a driver whose time is `clock`: it passes with silence that is known to last, and a little with every answer,
    never because the machine is slow."""

    def __init__(self, line: CountedLine, clock: JumpingClock) -> None:
        self._line = line
        self._clock = clock

    @property
    def two_way(self) -> bool:
        return self._line.two_way

    def write(self, data: bytes, within: float) -> None:
        self._line.write(data, max(within, LONGEST_S))

    def read(self, limit: int, within: float) -> bytes:
        if within <= 0:
            return self._line.read(limit, within)
        until = time.monotonic() + LONGEST_S
        while time.monotonic() < until:
            more = self._line.more_to_come
            if heard := self._line.read(limit, _SLICE_S if more else 0):
                self._clock.wait(_PER_ANSWER_S)
                return heard
            if not more:
                break
        self._clock.wait(within)
        return b""

    def close(self) -> None:
        self._line.close()
