"""A whole virtual machine on one bus: acceptor, validator, hoppers and box, steered from outside. Not a yen appears or
vanishes in it: `state()` says where all of it is."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from hardware.cash.cctalk.layout import Layout
from hardware.cash.cctalk.virtual.bus import VirtualBus
from hardware.cash.cctalk.virtual.coins import (
    COIN_ON_STRING,
    COIN_POSITIONS,
    SENSOR_BLOCKED,
    SWALLOWED,
    VirtualAcceptor,
)
from hardware.cash.cctalk.virtual.hopper import VirtualHopper
from hardware.cash.cctalk.virtual.notes import VirtualValidator
from hardware.cash.cctalk.virtual.peripheral import VirtualPeripheral
from hardware.cash.where import CashState
from hardware.ports import Clock

FULL_HOPPERS: Mapping[int, int] = MappingProxyType({10: 60, 50: 40, 100: 60, 500: 40})
TO_HOPPER, TO_BOX = 1, 2
"""Sorter paths."""


def _nowhere(_: int) -> None:
    """For those who do not watch the tray."""


class VirtualCashMachine:
    """The machine of this layout. Whatever comes out is told to `hand_out`, in yen a piece."""

    def __init__(
        self,
        clock: Clock,
        hoppers: Mapping[int, int] = FULL_HOPPERS,
        *,
        layout: Layout | None = None,
        hand_out: Callable[[int], None] = _nowhere,
        echo: bool = True,
    ) -> None:
        layout = layout or Layout("")
        self._tray = hand_out
        self.box: Counter[int] = Counter()
        self._stuck = self._inserted = self._handed_out = 0
        self.coins = VirtualAcceptor(layout.coins, self._take_coin)
        self.notes = VirtualValidator(layout.notes, clock, self._take_note, self._out, self._stick)
        self.hoppers = {
            yen: VirtualHopper(address, clock, yen, hoppers.get(yen, 0), self._out, layout.proof)
            for address, yen in layout.hoppers.items()
        }
        self.peripherals: tuple[VirtualPeripheral, ...] = (self.coins, self.notes, *self.hoppers.values())
        self.bus = VirtualBus(self.peripherals, clock, echo=echo)

    # Steering

    def insert(self, yen: int) -> bool:
        """Somebody puts in a coin or a note; False when it is given straight back."""
        if self.bus.down:
            return False
        slot = self.coins if yen in COIN_POSITIONS.values() else self.notes
        self._inserted += yen
        taken = slot.insert(yen)
        if not taken:
            self._inserted -= yen
        return taken

    def jam(self) -> None:
        """The coin slot is blocked until `clear`."""
        self.coins.broken = True
        self.coins.report(SENSOR_BLOCKED)

    def swallow(self, yen: int) -> None:
        """A coin falls in and is not seen at the end."""
        self._inserted += yen
        self._stuck += yen
        self.coins.report(SWALLOWED)

    def cheat(self) -> None:
        """A coin on a string."""
        self.coins.report(COIN_ON_STRING)

    def clear(self) -> None:
        """A person sees to all jams: what is stuck goes into the box."""
        for each in self.peripherals:
            each.broken = each.silent = False
        self.box[0] += self._stuck
        self._stuck = 0

    def cut_power(self) -> None:
        """All of it goes dark, in whatever it is doing."""
        for hopper in self.hoppers.values():
            hopper.begin_anew()
        self.bus.down = True

    def power(self) -> None:
        """The power is back, and everything begins anew."""
        self.bus.down = False
        for each in self.peripherals:
            each.begin_anew()

    def take_change_away(self) -> int:
        """Somebody empties all hoppers into the box; returns how much it was."""
        taken = 0
        for yen, hopper in self.hoppers.items():
            self.box[yen] += hopper.coins
            taken += yen * hopper.coins
            hopper.coins = 0
        return taken

    def state(self) -> CashState:
        """Where all money is."""
        return CashState(
            held=self.notes.in_escrow,
            stuck=self._stuck,
            hoppers=sum(yen * hopper.coins for yen, hopper in self.hoppers.items()),
            box=sum(yen * count for yen, count in self.box.items() if yen) + self.box[0],
            inserted=self._inserted,
            handed_out=self._handed_out,
        )

    def _take_coin(self, yen: int) -> int:
        hopper = self.hoppers.get(yen)
        if hopper is not None and hopper.put_in():
            return TO_HOPPER
        self.box[yen] += 1
        return TO_BOX

    def _take_note(self, yen: int) -> None:
        self.box[yen] += 1

    def _stick(self, yen: int) -> None:
        self._stuck += yen

    def _out(self, yen: int) -> None:
        self._handed_out += yen
        self._tray(yen)
