"""The clerk's drawer as a `CashDevice`: at a site of the separate type a clerk takes the money and gives the change.
What it holds, and what it owes, is what the book of the day says, so a power cut loses none of it."""

from collections.abc import Callable

from hardware.cash.model import CashEvent, CashProblem, CashStatus, MoneyIn, Payout, PayoutCount
from hardware.errors import CashError, PayoutUnclear
from kiosk.actions.counter.day_book import DayBook
from kiosk.counter.day.counts import Counts
from kiosk.counter.day.day import Day, NotRecorded
from kiosk.counter.day.entries import Entry, FeeKept, MoneyTaken, PayoutOrdered

ACCEPTED = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)


class DrawerCash:
    """Written by the money lane and by the desk. A payout is ordered here and made by the clerk, who says so to the
    book; until then the day can't be closed. `asked` is told which fee is wanted, None when none is any more; `by` says
    whose mark stands in the book."""

    def __init__(self, book: DayBook, by: Callable[[], str]) -> None:
        self._book = book
        self._by = by
        self._tell: Callable[[CashEvent], None] | None = None
        self._fee = 0
        self._unwritten = False
        """The last order to pay out did not come into the book."""
        self._asked: Callable[[int | None], None] = lambda _: None

    def asks(self, asked: Callable[[int | None], None]) -> None:
        """Whom to tell that a fee is wanted."""
        self._asked = asked

    def status(self) -> CashStatus:
        """Ready while the day is open."""
        day = self._book.day
        problems = frozenset[CashProblem]() if day.is_open else frozenset({CashProblem.OFFLINE})
        return CashStatus(problems, day.held, ACCEPTED if self._tell is not None else ())

    def accept(self, fee: int, tell: Callable[[CashEvent], None]) -> None:
        """The clerk is asked to take the fee, once the one before got their change. Raises `CashError`."""
        day = self._book.day
        if not day.is_open or day.held:
            raise CashError("the drawer is not ready for another fee")
        self._tell, self._fee = tell, fee
        self._asked(fee)

    def take(self, pieces: Counts) -> Day | NotRecorded:
        """The clerk took these of the resident. They stand in the book before anybody hears of them. Raises
        `OSError`."""
        tell = self._tell
        if tell is None:
            return NotRecorded("not-asked")
        held = self._book.day.held
        done = self._book.write(MoneyTaken(pieces), self._by())
        if isinstance(done, NotRecorded):
            return done
        if done.held >= self._fee:
            self._tell = None
        for yen, count in pieces:
            for _ in range(count):
                held += yen
                tell(MoneyIn(yen, held))
        return done

    def inhibit(self) -> int:
        """No more is taken."""
        self._closed()
        return self._book.day.held

    def give_back(self) -> Payout:
        """Everything held is to go back. Raises `PayoutUnclear`."""
        self._closed()
        return self._ordered(self._book.day.held)

    def give_change(self, fee: int) -> Payout:
        """What is held above the fee is to go back. Raises `CashError`, `PayoutUnclear`."""
        self._closed()
        change = self._book.day.held - fee
        if change < 0:
            raise CashError("less than the fee is held")
        return self._ordered(change)

    def capture(self, fee: int) -> Payout:
        """The fee is kept, what else is held is to go back. Raises `CashError`, `PayoutUnclear`."""
        self._closed()
        rest = self._book.day.held - fee
        if rest < 0 or not self._written(FeeKept(fee)):
            raise CashError("less than the fee is held")
        return self._ordered(rest)

    def stop(self) -> None:
        """There is no slot to close. The desk is not told: it ends too."""
        self._tell = None

    def payouts(self) -> PayoutCount | None:
        """As the book counts them."""
        day = self._book.day
        return PayoutCount(day.payouts, Payout(day.last_payout, day.last_payout), certain=not self._unwritten)

    def _ordered(self, yen: int) -> Payout:
        """So much is to be paid out. Raises `PayoutUnclear` when that does not come into the book: it is held on, and a
        program that starts again may order it. Of nothing there is no doubt, nor before the day is open."""
        self._unwritten = not self._written(PayoutOrdered(yen)) and yen > 0
        if self._unwritten:
            raise PayoutUnclear("the book of the day can't be written")
        return Payout(yen, yen)

    def _closed(self) -> None:
        self._tell = None
        self._asked(None)

    def _written(self, entry: Entry) -> bool:
        try:
            return not isinstance(self._book.write(entry, self._by()), NotRecorded)
        except OSError:
            return False
