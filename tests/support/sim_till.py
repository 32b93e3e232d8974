"""What the simulated kiosk keeps its money and its notes in, and how both can fail: a device whose pieces fall one by
one, and a disk that takes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.cash.model import CashStatus, Payout, PayoutCount
from hardware.cash.virtual import VirtualCash
from hardware.errors import CashError
from tests.support.sim_time import SimTime

PIECE_S = 0.3
"""From one note or coin of a payout to the next."""


class DeviceBroke(CashError):
    """The device raises in calls that must never raise."""


class SimCash(VirtualCash):
    """`on_piece` is asked after each piece that fell and says how long the device stays silent then."""

    def __init__(self, time: SimTime, put: Callable[[int], None]) -> None:
        super().__init__(hand_out=self._fall)
        self.fallen = 0
        self.broken = False
        self.on_piece: Callable[[], float] = lambda: PIECE_S
        self._time = time
        self._put = put

    def _fall(self, yen: int) -> None:
        self.fallen += 1
        self._put(yen)
        self._time.wait(self.on_piece())

    def at_piece(self, number: int, deed: Callable[[], None], *, silent_s: float = PIECE_S) -> None:
        """Does it once, when so many more pieces have fallen; the device is silent for so long after it."""
        wanted = self.fallen + number

        def look() -> float:
            if self.fallen < wanted:
                return PIECE_S
            self.on_piece = lambda: PIECE_S
            deed()
            return silent_s

        self.on_piece = look

    def status(self) -> CashStatus:
        self._must_work()
        return super().status()

    def give_back(self) -> Payout:
        self._must_work()
        return super().give_back()

    def payouts(self) -> PayoutCount | None:
        self._must_work()
        return super().payouts()

    def _must_work(self) -> None:
        if self.broken:
            raise DeviceBroke


@dataclass
class SimStore:
    """A journal's store that a power cut does not touch. `full`: it takes nothing; `failing`: numbers of writes that it
    does not take."""

    saved: bytes | None = None
    full: bool = False
    writes: int = 0
    failing: set[int] = field(default_factory=set)

    def read(self) -> bytes | None:
        return self.saved

    def write(self, saved: bytes) -> None:
        self.writes += 1
        if self.full or self.writes in self.failing:
            raise OSError("no space left")
        self.saved = saved
