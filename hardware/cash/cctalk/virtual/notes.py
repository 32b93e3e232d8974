"""A virtual bill validator: one note in escrow, which goes out again by itself when nobody decides in time."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from hardware.cash.cctalk import codes, headers
from hardware.cash.cctalk.frames import Checksum
from hardware.cash.cctalk.virtual.peripheral import ACK, EventMemory, Inhibits, VirtualPeripheral
from hardware.ports import Clock

NOTE_POSITIONS = {1: 1_000, 2: 2_000, 3: 5_000, 4: 10_000}
SCALING = 100
ESCROW_S = 30.0
"""How long a note waits for a route."""

MOVE_S = 0.3
"""From the route to its end."""

ESCROW_EMPTY = bytes([254])
RETURNED, INHIBITED, JAMMED_IN_STACKER, PULLED_BACK, UNASKED = 1, 4, 7, 8, 21


class AtReset(Enum):
    """What becomes of a note in escrow at a reset: it goes out, or is stacked and told as unasked for, or with its
    type."""

    GIVES_BACK = "gives-back"
    STACKS = "stacks"
    STACKS_AND_TELLS = "stacks-and-tells"


@dataclass(slots=True)
class _Note:
    position: int
    until: float
    route: int | None = None

    @property
    def yen(self) -> int:
        return NOTE_POSITIONS[self.position]


class VirtualValidator(VirtualPeripheral):
    """`keep` takes in a stacked note, `give` hands one back, `stick` has one that is jammed, each in yen."""

    category = b"Bill Validator"

    def __init__(
        self,
        address: int,
        clock: Clock,
        keep: Callable[[int], None],
        give: Callable[[int], None],
        stick: Callable[[int], None],
    ) -> None:
        super().__init__(address, Checksum.CRC)
        self._clock = clock
        self._keep, self._give, self._stick = keep, give, stick
        self._events = EventMemory()
        self._inhibits = Inhibits()
        self._mode = 0
        self._note: _Note | None = None
        self.jam_on_stack = False
        """The next note that is stacked sticks."""
        self.orders: list[int] = []
        """Route codes heard, except to wait longer."""
        self.at_reset = AtReset.GIVES_BACK

    @property
    def in_escrow(self) -> int:
        """Yen of the note that waits; 0 without one."""
        return 0 if self._note is None else self._note.yen

    def hear(self, header: int, data: bytes) -> bytes | None:
        """The answer's data."""
        self._move()
        if self._inhibits.hear(header, data):
            return ACK
        match header:
            case headers.READ_BUFFERED_BILL_EVENTS:
                return self._events.told()
            case headers.REQUEST_BILL_ID:
                yen = NOTE_POSITIONS.get(data[0])
                return b"......." if yen is None else f"JP{yen // SCALING:04d}A".encode()
            case headers.REQUEST_COUNTRY_SCALING_FACTOR:
                return SCALING.to_bytes(2, "little") + b"\x00" if data == b"JP" else b"\x00\x00\x00"
            case headers.MODIFY_BILL_OPERATING_MODE:
                self._mode = data[0]
                return ACK
            case headers.PERFORM_SELF_CHECK:
                return bytes([255 if self.broken else 0])
            case headers.ROUTE_BILL:
                return self._route(data[0])
            case _:
                return super().hear(header, data)

    def begin_anew(self) -> None:
        """Its events are gone, its slot is shut; a note in escrow goes where `at_reset` says."""
        note, self._note = self._note, None
        self._events.forget()
        self._inhibits.shut()
        self._mode = 0
        if note is None:
            return
        match self.at_reset:
            case AtReset.GIVES_BACK:
                self._give(note.yen)
            case AtReset.STACKS:
                self._keep(note.yen)
                self._events.add(0, UNASKED)
            case AtReset.STACKS_AND_TELLS:
                self._keep(note.yen)
                self._events.add(note.position, codes.STACKED)

    def insert(self, yen: int) -> bool:
        """A note is put in; False when it comes straight out again."""
        self._move()
        position = next((at for at, value in NOTE_POSITIONS.items() if value == yen), None)
        if position is None or self.silent or self.broken or self._note is not None:
            return False
        if self._mode != headers.STACKER_AND_ESCROW or not self._inhibits.takes(position):
            self._events.add(0, INHIBITED)
            return False
        self._note = _Note(position, self._clock.monotonic() + ESCROW_S)
        self._events.add(position, codes.IN_ESCROW)
        return True

    def pull_back(self) -> None:
        """Somebody gets hold of the note in escrow and pulls it out."""
        self._out(PULLED_BACK)

    def report(self, code: int) -> None:
        """A status event, such as a full stacker."""
        self._events.add(0, code)

    def _route(self, route: int) -> bytes:
        if route != headers.KEEP_BILL:
            self.orders.append(route)
        note = self._note
        if note is None or note.route is not None:
            return ESCROW_EMPTY
        if route == headers.KEEP_BILL:
            note.until = self._clock.monotonic() + ESCROW_S
        else:
            note.route, note.until = route, self._clock.monotonic() + MOVE_S
        return ACK

    def _move(self) -> None:
        note = self._note
        if note is None or self.silent or self._clock.monotonic() < note.until:
            return
        if note.route != headers.STACK_BILL:
            self._out(RETURNED)
            return
        self._note = None
        if self.jam_on_stack:
            self.jam_on_stack, self.broken = False, True
            self._stick(note.yen)
            self._events.add(0, JAMMED_IN_STACKER)
            return
        self._keep(note.yen)
        self._events.add(note.position, codes.STACKED)

    def _out(self, code: int) -> None:
        note, self._note = self._note, None
        if note is not None:
            self._give(note.yen)
            self._events.add(0, code)
