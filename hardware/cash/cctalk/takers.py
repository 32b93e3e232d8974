"""What takes money in: the coin acceptor, and the bill validator with one note in escrow. Each is asked; neither keeps
an account."""

from collections.abc import Collection, Mapping

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.bus import Bus
from hardware.cash.cctalk.events import Log, parse
from hardware.cash.cctalk.faults import NoReply, NotDone, WrongPeripheral
from hardware.cash.cctalk.identity import COUNTRY, bill_yen, coin_yen

POSITIONS = 16
"""Kinds of coins or notes that one peripheral tells apart."""

ESCROW_EMPTY = 254

CHECKED_WITHIN_S = 3.0
"""A validator moves its parts to check them."""


class Taker:
    """A coin acceptor. `yen_at` is empty until `open` has asked which coin is which; positions count from 1."""

    category = b"coin acceptor"
    events = headers.READ_BUFFERED_CREDIT

    def __init__(self, bus: Bus, address: int) -> None:
        self._bus = bus
        self._address = address
        self.yen_at: Mapping[int, int] = {}

    def open(self) -> None:
        """Shuts the slot and asks who this is and what it knows. Raises `BusFault`."""
        self.shut()
        category = self._bus.ask(self._address, headers.REQUEST_EQUIPMENT_CATEGORY)
        if not category.lower().startswith(self.category):
            raise WrongPeripheral(f"address {self._address} is no {self.category.decode()}")
        self.yen_at = self._known()
        if not self.yen_at:
            raise WrongPeripheral(f"the {self.category.decode()} knows no yen")

    def look(self) -> Log:
        """Its last events. Raises `BusFault`."""
        log = parse(self._bus.ask(self._address, self.events))
        if log is None:
            raise NoReply("no list of events")
        return log

    def let_in(self, yen: Collection[int]) -> None:
        """Takes these and no others from now on. Raises `BusFault`."""
        mask = sum(1 << (position - 1) for position, value in self.yen_at.items() if value in yen)
        self._bus.ask(self._address, headers.MODIFY_INHIBIT_STATUS, mask.to_bytes(2, "little"))
        self._bus.ask(self._address, headers.MODIFY_MASTER_INHIBIT_STATUS, bytes([1 if mask else 0]))

    def shut(self) -> None:
        """Takes nothing any more. Raises `BusFault`."""
        self._bus.ask(self._address, headers.MODIFY_MASTER_INHIBIT_STATUS, b"\x00")

    def is_well(self) -> bool:
        """What its own check says. Raises `BusFault`."""
        told = self._bus.ask(self._address, headers.PERFORM_SELF_CHECK, within_s=CHECKED_WITHIN_S)
        return told[:1] == b"\x00"

    def _known(self) -> Mapping[int, int]:
        ids = {at: self._identifier(headers.REQUEST_COIN_ID, at) for at in range(1, POSITIONS + 1)}
        return {at: yen for at, identifier in ids.items() if (yen := coin_yen(identifier)) is not None}

    def _identifier(self, header: int, position: int) -> bytes:
        try:
            return self._bus.ask(self._address, header, bytes([position]))
        except NotDone:
            return b""


class BillValidator(Taker):
    """The same for notes, which wait in escrow until they are routed."""

    category = b"bill validator"
    events = headers.READ_BUFFERED_BILL_EVENTS

    def let_in(self, yen: Collection[int]) -> None:
        """Takes these, each into escrow first. Raises `BusFault`."""
        mode = bytes([headers.STACKER_AND_ESCROW])
        self._bus.ask(self._address, headers.MODIFY_BILL_OPERATING_MODE, mode)
        super().let_in(yen)

    def route(self, code: int) -> None:
        """Sends the note in escrow where the code says, once. Raises `NoReply` when nobody knows whether it was heard,
        `NotDone` when it was not: there is no note, or it does not move."""
        if answer := self._bus.tell(self._address, headers.ROUTE_BILL, bytes([code])):
            raise NotDone("the escrow is empty" if answer[0] == ESCROW_EMPTY else "the note does not move")

    def wait_longer(self) -> None:
        """The note in escrow is not to go out by itself yet. Raises `BusFault`."""
        self._bus.ask(self._address, headers.ROUTE_BILL, bytes([headers.KEEP_BILL]))

    def _known(self) -> Mapping[int, int]:
        scaling = self._bus.ask(self._address, headers.REQUEST_COUNTRY_SCALING_FACTOR, COUNTRY.encode())
        ids = {at: self._identifier(headers.REQUEST_BILL_ID, at) for at in range(1, POSITIONS + 1)}
        return {at: yen for at, identifier in ids.items() if (yen := bill_yen(identifier, scaling)) is not None}
