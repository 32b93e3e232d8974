"""The money device of a simulated kiosk on a ccTalk bus: the real driver over the virtual machine, on the virtual
clock. The machine has its own power or loses it with the kiosk, and a person counts when the driver wants that."""

import random
from collections.abc import Callable

from hardware.cash import rules
from hardware.cash.cctalk import headers
from hardware.cash.cctalk.device import CctalkCash
from hardware.cash.cctalk.kept import written
from hardware.cash.cctalk.layout import Layout
from hardware.cash.cctalk.till import Till, counted
from hardware.cash.cctalk.virtual.bus import Trouble
from hardware.cash.cctalk.virtual.hopper import LOW
from hardware.cash.cctalk.virtual.machine import FULL_HOPPERS, TO_HOPPER, VirtualCashMachine
from hardware.cash.cctalk.virtual.notes import AtReset
from hardware.cash.model import CashDevice
from hardware.cash.where import CashState
from hardware.ports import Spawn
from tests.support.sim_power import Life, LifeStore
from tests.support.sim_till import PIECE_S
from tests.support.sim_time import Guard, SimTime
from tests.support.till_store import SINCE, TillStore

LAYOUT = Layout("", refills=TO_HOPPER)
COINS, NOTES = (10, 50, 100, 500), (1_000, 2_000, 5_000, 10_000)
ABOUT_MONEY = (
    headers.DISPENSE_HOPPER_COINS,
    headers.READ_BUFFERED_BILL_EVENTS,
    headers.READ_BUFFERED_CREDIT,
    headers.REQUEST_HOPPER_STATUS,
    headers.ROUTE_BILL,
)


class SimCctalk:
    """Fulfils `SimMoney`. Its account is on the kiosk's disk, which may be `broken`. What it does when its power goes
    is chosen by `chance`."""

    def __init__(
        self, time: SimTime, put: Callable[[int], None], chance: random.Random, broken: Callable[[], bool]
    ) -> None:
        self.fallen = 0
        self.set_aside = 0
        self.disk = TillStore(FULL_HOPPERS, broken)
        self.machine = VirtualCashMachine(time, FULL_HOPPERS, layout=LAYOUT, hand_out=self._fall)
        self.machine.notes.at_reset = chance.choice(tuple(AtReset))
        self._chance = chance
        self._time = time
        self._put = put
        self._at_piece: tuple[int, Callable[[], None], float] | None = None
        self._cleared = 0
        self._gone = 0
        self._unpowered = False

    @property
    def till(self) -> Till:
        """The account as it is on disk."""
        return self.disk.till

    def for_program(self, life: Life, spawn: Spawn) -> CashDevice:
        if self._unpowered:
            self._unpowered = False
            self.machine.power()
        wire = life.commanding("wire", self.machine.bus)
        store = LifeStore(life, "till", self.disk)
        return life.commanding("cash", CctalkCash(LAYOUT, wire, store, self._time, spawn, Guard(self._time)))

    # What people do

    def insert(self, yen: int) -> bool:
        return self.machine.insert(yen)

    def mend(self) -> None:
        """Whatever the machine thought by itself is over: it can be spoken to, and nothing sticks in it."""
        self._cleared += self.machine.state().stuck
        self.machine.bus.down = False
        self.machine.bus.calm()
        self.machine.clear()
        for hopper in self.machine.hoppers.values():
            hopper.stick_after = None
        self.machine.notes.jam_on_stack = False

    @property
    def must_count(self) -> bool:
        till = self.till
        # A hopper that did not give all it was told to counts as empty until somebody says what is in it.
        taken_for_empty = self.has_change and rules.has_no_change(COINS, NOTES, till.hoppers)
        return bool(till.doubts) or till.full or taken_for_empty

    def count(self) -> None:
        """What lies in the machine beyond its books is set aside, for whomever it belongs to."""
        self.set_aside += max(0, self._unbooked() - self._gone - self._cleared)
        coins = {yen: hopper.coins for yen, hopper in self.machine.hoppers.items()}
        self.disk.saved = written(counted(self.till, coins, SINCE))
        self._gone, self._cleared = self._unbooked(), 0

    # What breaks

    def go_away(self) -> None:
        self.machine.bus.down = True

    def come_back(self) -> None:
        self.machine.bus.down = False

    @property
    def broken(self) -> bool:
        return self.machine.bus.down

    @broken.setter
    def broken(self, down: bool) -> None:
        self.machine.bus.down = down

    def lose_answers(self) -> None:
        """A few commands about money are not heard, or not answered, or not rightly."""
        for _ in range(self._chance.randint(1, 3)):
            self.machine.bus.trouble(self._chance.choice(tuple(Trouble)), self._chance.choice(ABOUT_MONEY))

    def reset_one(self) -> None:
        """One of its peripherals begins anew."""
        self._chance.choice(self.machine.peripherals).begin_anew()

    def pull_note(self) -> None:
        """Somebody gets hold of the note in escrow."""
        self.machine.notes.pull_back()

    def jam_when_kept(self) -> None:
        self.machine.notes.jam_on_stack = True

    def jam_on_next_insert(self) -> None:
        self.machine.swallow(500)

    def fail_payout_after(self, pieces: int) -> None:
        for hopper in self.machine.hoppers.values():
            hopper.stick_after = pieces

    def empty_hoppers(self) -> object:
        return self.machine.take_change_away()

    def forget_payouts(self) -> None:
        for hopper in self.machine.hoppers.values():
            hopper.begin_anew()

    def forget_money(self) -> None:
        for each in self.machine.peripherals:
            each.begin_anew()

    def power_went(self) -> None:
        """The machine hangs on the kiosk's power, or does not. It keeps its own where a broken disk did not take what
        came out: else nobody would know."""
        if self._chance.random() < 0.5 and not self.disk.lost:
            self.machine.cut_power()
            self._unpowered = True

    def at_piece(self, number: int, deed: Callable[[], None], *, silent_s: float = PIECE_S) -> None:
        self._at_piece = self.fallen + number, deed, silent_s

    # What is seen

    def state(self) -> CashState:
        return self.machine.state()

    @property
    def has_change(self) -> bool:
        stock = {yen: hopper.coins if hopper.coins >= LOW else 0 for yen, hopper in self.machine.hoppers.items()}
        return not rules.has_no_change(COINS, NOTES, stock)

    def _fall(self, yen: int) -> None:
        self.fallen += 1
        self._put(yen)
        if self._at_piece is not None and self.fallen >= self._at_piece[0]:
            (_, deed, silent_s), self._at_piece = self._at_piece, None
            deed()
            if silent_s > PIECE_S:
                self.go_away()
                self._time.after(silent_s, self.come_back)

    def _unbooked(self) -> int:
        """Yen that came in and did not come out, and stand in no book."""
        state, till = self.machine.state(), self.till
        came = sum(yen * count for yen, count in till.book.came_in.items()) + till.escrow
        went = sum(yen * count for yen, count in till.book.went_out.items())
        return (state.inserted - state.handed_out) - (came - went)
