"""A payment terminal without holders: somebody presents a card, covered or not, by a call; answers get lost, and the
line goes away. Not a yen is debited or paid back twice: `state()` shows where all of it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from hardware.cashless.model import Charge, Debit, Debited, NotDebited, Unclear, WhyNot
from hardware.ports import Clock

LOOK_EVERY_S = 0.1
PATIENCE_S = 60.0
"""How long it waits for a holder by itself."""


class Lost(Enum):
    """What gets lost of one debit."""

    REQUEST = "request"
    """A charge that the terminal never heard of is never debited; of any other it stays as it was. Nobody is told."""
    ANSWER = "answer"
    """It is debited, and nobody is told."""


@dataclass(frozen=True, slots=True)
class CashlessState:
    """Yen debited and paid back since the beginning."""

    debited: int
    paid_back: int


@dataclass(frozen=True, slots=True)
class KnownCharge:
    """What it knows of one number: `why` nothing was debited, None where `yen` were; yen paid `back`."""

    number: str
    yen: int
    why: WhyNot | None
    back: int


@dataclass(slots=True)
class _Entry:
    debit: Debited | NotDebited
    back: int = 0

    @property
    def debited(self) -> int:
        return self.debit.yen if isinstance(self.debit, Debited) else 0


class VirtualPaymentTerminal:
    """The `PaymentTerminal` without money."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._presented: bool | None = None
        self._lost: Lost | None = None
        self._at_most: int | None = None
        self._silent = False

    # Steering

    def present(self, *, covered: bool = True) -> None:
        """The holder presents what they pay with, now or as soon as it is asked for."""
        self._presented = covered

    def lose_next(self, lost: Lost) -> None:
        """Of the next debit this gets lost."""
        self._lost = lost

    def debit_at_most(self, yen: int) -> None:
        """Of the next charge so much is debited and no more."""
        self._at_most = yen

    def fall_silent(self) -> None:
        """Nobody reaches the terminal any more; what it knows it keeps."""
        self._silent = True

    def answer_again(self) -> None:
        """It is reached again."""
        self._silent = False

    def state(self) -> CashlessState:
        """Where the money is."""
        debited = sum(each.debited for each in self._entries.values())
        return CashlessState(debited, sum(each.back for each in self._entries.values()))

    def contents(self) -> tuple[KnownCharge, ...]:
        """All that it knows, for whoever keeps it beyond its program."""
        return tuple(
            KnownCharge(number, each.debited, each.debit.why if isinstance(each.debit, NotDebited) else None, each.back)
            for number, each in self._entries.items()
        )

    def put_back(self, known: tuple[KnownCharge, ...]) -> None:
        """Knows this instead."""
        self._entries = {
            each.number: _Entry(Debited(each.yen) if each.why is None else NotDebited(each.why), each.back)
            for each in known
        }

    # The device

    def ready(self) -> bool:
        """Whether it is reached."""
        return not self._silent

    def debit(self, charge: Charge, gives_up: Callable[[], bool]) -> Debit:
        """Waits for `present`."""
        if self._silent:
            return Unclear()
        heard_before = charge.number in self._entries
        if not heard_before:
            self._entries[charge.number] = _Entry(self._asked(charge.yen, gives_up))
        known = self._entries[charge.number]
        lost, self._lost = self._lost, None
        if lost is Lost.REQUEST and not heard_before:
            known.debit = NotDebited(WhyNot.OFFLINE)
        # Silent meanwhile: it may have been debited all the same.
        return Unclear() if lost is not None or self._silent else known.debit

    def look(self, number: str) -> Debit:
        """What became of that number."""
        if self._silent:
            return Unclear()
        return self._entries.setdefault(number, _Entry(NotDebited(WhyNot.OFFLINE))).debit

    def pay_back(self, number: str, yen: int) -> int | None:
        """Pays back up to so much in all."""
        if self._silent:
            return None
        entry = self._entries.get(number)
        if entry is None:
            return 0
        entry.back = max(entry.back, min(yen, entry.debited))
        return entry.back

    def _asked(self, yen: int, gives_up: Callable[[], bool]) -> Debited | NotDebited:
        until = self._clock.monotonic() + PATIENCE_S
        while self._presented is None:
            if gives_up() or self._clock.monotonic() >= until:
                return NotDebited(WhyNot.GIVEN_UP)
            self._clock.wait(LOOK_EVERY_S)
        covered, self._presented = self._presented, None
        at_most, self._at_most = self._at_most, None
        return Debited(min(yen, at_most or yen)) if covered else NotDebited(WhyNot.DECLINED)
