"""What the simulated kiosk keeps its money in, and how it can fail: a device whose pieces fall one by one."""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from hardware.cash.model import CashDevice, CashProblem, CashStatus, Payout, PayoutCount
from hardware.cash.virtual import VirtualCash
from hardware.cash.where import CashState
from hardware.errors import CashError
from hardware.ports import Spawn
from tests.support.sim_power import Life
from tests.support.sim_time import PowerCut, SimTime

PIECE_S = 0.3
"""From one note or coin of a payout to the next."""


class DeviceBroke(CashError):
    """The device raises in calls that must never raise."""


class SimMoney(Protocol):
    """A money device as the simulated world steers it, whichever it is."""

    fallen: int
    """Pieces that came out."""
    broken: bool
    """It can't be spoken to when the program begins."""
    set_aside: int
    """Yen that a person found in it that stand in no book, after the device had said that somebody must count."""

    def for_program(self, life: Life, spawn: Spawn) -> CashDevice:
        """The device as a program has it that begins now."""
        ...

    def insert(self, piece: int, /) -> bool:
        """Somebody puts in a note or coin; False when it comes straight back."""
        ...

    def state(self) -> CashState:
        """Where all money is."""
        ...

    def power_went(self) -> None:
        """The kiosk's power is gone: its slots close."""
        ...

    def at_piece(self, number: int, deed: Callable[[], None], *, silent_s: float = PIECE_S) -> None:
        """Does it once, when so many more pieces have fallen; the device is silent for so long after it."""
        ...

    def jam_on_next_insert(self) -> None: ...

    def jam_when_kept(self) -> None:
        """What lies apart sticks on its way to where it is kept."""
        ...

    def go_away(self) -> None:
        """It answers nothing any more."""
        ...

    def come_back(self) -> None:
        """It answers again."""
        ...

    def fail_payout_after(self, pieces: int) -> None: ...

    def empty_hoppers(self) -> object:
        """Somebody takes the change away."""
        ...

    def forget_payouts(self) -> None: ...

    def forget_money(self) -> None: ...

    def mend(self) -> None:
        """A person sees to everything but the change."""
        ...

    @property
    def must_count(self) -> bool:
        """Whether it wants a person to count, with the terminal stopped."""
        ...

    def count(self) -> None:
        """A person does."""
        ...

    @property
    def has_change(self) -> bool:
        """Whether a sale could begin for all it holds."""
        ...


class SimCash(VirtualCash):
    """`on_piece` is asked after each piece that fell and says how long the device stays silent then."""

    must_count = False
    set_aside = 0

    def __init__(self, time: SimTime, put: Callable[[int], None]) -> None:
        super().__init__(hand_out=self._fall)
        self.fallen = 0
        self.broken = False
        self.on_piece: Callable[[], float] = lambda: PIECE_S
        self._time = time
        self._put = put

    def for_program(self, life: Life, spawn: Spawn) -> CashDevice:
        return life.commanding("cash", self)

    def _fall(self, yen: int) -> None:
        self.fallen += 1
        self._put(yen)
        self._time.wait(self.on_piece())

    def at_piece(self, number: int, deed: Callable[[], None], *, silent_s: float = PIECE_S) -> None:
        wanted = self.fallen + number

        def look() -> float:
            if self.fallen < wanted:
                return PIECE_S
            self.on_piece = lambda: PIECE_S
            deed()
            return silent_s

        self.on_piece = look

    def insert(self, piece: int) -> bool:
        before = self.state().inserted
        # The program may lose its power over the very piece.
        with suppress(PowerCut):
            return super().insert(piece)
        return self.state().inserted > before

    def fail(self, problem: CashProblem) -> None:
        with suppress(PowerCut):
            super().fail(problem)

    def go_away(self) -> None:
        self.fail(CashProblem.OFFLINE)

    def come_back(self) -> None:
        self.mend(CashProblem.OFFLINE)

    def power_went(self) -> None:
        super().inhibit()

    def mend(self, problem: CashProblem | None = None) -> None:
        self.broken = False
        for each in tuple(self._found_problems()) if problem is None else (problem,):
            super().mend(each)

    def count(self) -> None:
        """It loses count of nothing."""

    @property
    def has_change(self) -> bool:
        return CashProblem.NO_CHANGE not in self._found_problems()

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
