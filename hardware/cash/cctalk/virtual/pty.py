"""A virtual bus at the end of a pseudo-terminal: whoever opens its port speaks to it through the kernel, as over a
serial line."""

import os
import select
import tty
from contextlib import AbstractContextManager, suppress

from hardware.cash.cctalk.virtual.bus import VirtualBus
from hardware.ports import Spawn

_AT_ONCE = 4096


class PtyBus:
    """Carries bytes between `port` and the bus until `stop`. `guard` (a lock) is held while the bus is spoken to:
    whoever steers what hangs on it must hold it too."""

    def __init__(self, bus: VirtualBus, spawn: Spawn, guard: AbstractContextManager[object]) -> None:
        self._bus = bus
        self._guard = guard
        # Both ends stay open here: else the port would end whenever nobody has it open.
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.port = os.ttyname(self._theirs)
        self._wake, self._waker = os.pipe()
        self._ended = spawn("cctalk-pty", self._carry)

    def stop(self, within_s: float = 5.0) -> None:
        """Ends it; the port is gone then."""
        os.write(self._waker, b"x")
        if self._ended(within_s):
            for descriptor in (self._ours, self._theirs, self._wake, self._waker):
                os.close(descriptor)

    def _carry(self) -> None:
        while True:
            ready, _, _ = select.select([self._ours, self._wake], [], [])
            if self._wake in ready:
                return
            with self._guard:
                self._bus.write(os.read(self._ours, _AT_ONCE))
                answer = self._bus.taken()
            with suppress(OSError):
                os.write(self._ours, answer)
