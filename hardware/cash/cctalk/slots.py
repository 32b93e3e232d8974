"""What the acceptors say goes into the account, and a note in escrow goes where it is told once. Whether it went, only
the validator's own events say: an order whose answer was lost is waited out, never given again."""

from contextlib import suppress
from enum import Enum

from hardware.cash.cctalk import headers
from hardware.cash.cctalk import till as account
from hardware.cash.cctalk.faults import BusFault, NotDone
from hardware.cash.cctalk.intake import Heard, coins_told, notes_told
from hardware.cash.cctalk.kept import Kept
from hardware.cash.cctalk.paying import LOOK_S, SILENT_S
from hardware.cash.cctalk.peripherals import Peripherals
from hardware.cash.cctalk.till import Route
from hardware.ports import Clock

LONGER_EVERY_S = 8.0
"""So often the note in escrow is told to wait: a validator gives it back by itself after 30 s or so."""

ROUTED_S = 40.0
"""So long a note may take: where the order was not heard, the validator gives the note back by itself before that."""


_CODES = {Route.STACK: headers.STACK_BILL, Route.BACK: headers.RETURN_BILL}


class Went(Enum):
    """Where the note in escrow is now."""

    STACKED = "stacked"
    BACK = "back"
    LOST = "lost"


class Slots:
    """Coin acceptor and bill validator of one machine. `refills` is the sorter path into the hoppers."""

    def __init__(self, peripherals: Peripherals, kept: Kept, clock: Clock, refills: int | None) -> None:
        self._peripherals = peripherals
        self._kept = kept
        self._clock = clock
        self._refills = refills
        self._longer_at = 0.0
        self._watched_coins = self._watched_notes = False
        self._unheard: list[Heard] = []

    def look(self) -> list[Heard]:
        """What happened since the last look, in the account already. Raises `BusFault`."""
        self._look()
        return self.rest()

    def rest(self) -> list[Heard]:
        """What was heard while a note was waited for."""
        heard, self._unheard = self._unheard, []
        return heard

    def _look(self) -> None:
        coins, notes = self._peripherals.coins, self._peripherals.notes
        log, unwatched, self._watched_coins = coins.look(), not self._watched_coins, True
        till, heard = coins_told(self._kept.till, log, coins.yen_at, self._refills, unwatched=unwatched)
        self._kept.put(till)
        self._unheard += heard
        log, unwatched, self._watched_notes = notes.look(), not self._watched_notes, True
        till, more = notes_told(till, log, notes.yen_at, unwatched=unwatched)
        self._kept.put(till)
        self._unheard += more

    def keep_waiting(self) -> None:
        """The note in escrow does not go out by itself while the sale lasts. Raises `BusFault`."""
        now = self._clock.monotonic()
        if self._kept.till.escrow and not self._kept.till.routed and now >= self._longer_at:
            self._longer_at = now + LONGER_EVERY_S
            # Out already, or on its way: the next look says so.
            with suppress(NotDone):
                self._peripherals.notes.wait_longer()

    def route(self, route: Route) -> Went:
        """Sends the note in escrow there, and waits until it is. Where that can't be written down first, the note stays
        where it is."""
        self._kept.change(lambda till: account.note_routed(till, route))
        if self._kept.works:
            with suppress(BusFault):
                self._peripherals.notes.route(_CODES[route])
        return self.await_note()

    def await_note(self) -> Went:
        """Where the note went that was told to go."""
        before = self._kept.till
        begun = heard_at = self._clock.monotonic()
        while self._kept.till.escrow:
            now = self._clock.monotonic()
            if now - begun > ROUTED_S or now - heard_at > SILENT_S:
                self._kept.change(account.note_lost)
                break
            self._clock.wait(LOOK_S)
            with suppress(BusFault):
                self._look()
                heard_at = self._clock.monotonic()
        after = self._kept.till
        if after.gone_back > before.gone_back or after.payout.paid > before.payout.paid:
            return Went.BACK
        return Went.STACKED if after.stacked > before.stacked else Went.LOST
