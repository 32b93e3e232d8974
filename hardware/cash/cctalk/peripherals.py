"""Everything on one bus together: opened, looked at, opened up and shut."""

from collections.abc import Collection, Mapping
from contextlib import suppress

from hardware.cash.cctalk.bus import Bus
from hardware.cash.cctalk.faults import BusFault
from hardware.cash.cctalk.hopper import Hopper
from hardware.cash.cctalk.layout import Layout
from hardware.cash.cctalk.takers import BillValidator, Taker
from hardware.cash.cctalk.wire import Wire
from hardware.ports import Clock


class Peripherals:
    """The peripherals of this layout. `is_open`: each has said who it is since the bus was last lost; `trouble` says
    why it was."""

    def __init__(self, layout: Layout, wire: Wire, clock: Clock) -> None:
        bus = Bus(wire, clock, layout.crc)
        self._bus = bus
        self.coins = Taker(bus, layout.coins)
        self.notes = BillValidator(bus, layout.notes)
        self.hoppers: Mapping[int, Hopper] = {
            yen: Hopper(bus, address, yen, layout.proof) for address, yen in layout.hoppers.items()
        }
        self.is_open = False
        self.trouble = ""

    def open(self) -> bool:
        """Shuts both slots and asks everybody who they are, unless they were asked; whether all answered rightly."""
        if self.is_open:
            return True
        try:
            self.coins.open()
            self.notes.open()
            for hopper in self.hoppers.values():
                hopper.open()
        except BusFault as fault:
            self.lost(fault)
            return False
        self.is_open = True
        return True

    def lost(self, fault: BusFault) -> None:
        """Somebody does not answer: all are asked anew before anything else."""
        self.is_open = False
        self.trouble = str(fault)
        self._bus.close()

    def let_in(self, yen: Collection[int]) -> None:
        """Takes these denominations and no others. Raises `BusFault`."""
        self.coins.let_in(yen)
        self.notes.let_in(yen)

    def shut(self) -> bool:
        """Takes nothing any more, as far as anybody hears it; whether both acceptors did."""
        heard = 0
        for taker in (self.coins, self.notes):
            with suppress(BusFault):
                taker.shut()
                heard += 1
        return heard == 2

    def are_well(self) -> bool:
        """Whether both acceptors find no fault in themselves. Raises `BusFault`."""
        return self.coins.is_well() and self.notes.is_well()

    def sure_of(self, counted: Mapping[int, int]) -> dict[int, int]:
        """Of the coins that the account counts in the hoppers, those that can be counted on: a hopper that is low or
        not well has none. Raises `BusFault`."""
        return {yen: count for yen, count in counted.items() if yen in self.hoppers and self._pays(self.hoppers[yen])}

    def close(self) -> None:
        """Lets the bus go."""
        self._bus.close()

    def _pays(self, hopper: Hopper) -> bool:
        return hopper.is_well() and not hopper.is_low()
