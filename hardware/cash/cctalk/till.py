"""What the machine holds and owes, as far as its peripherals said: the account that outlives a restart. Every change is
a new value; whoever keeps it writes it down before acting on it. Yen, and coins and notes by denomination. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from hardware.cash.cctalk.events import Log
from hardware.cash.change import Pieces


class Doubt(Enum):
    """Why a person must count the money before anybody pays again."""

    MISSED_COINS = "missed-coins"
    MISSED_NOTES = "missed-notes"
    LOST_COIN = "lost-coin"
    LOST_NOTE = "lost-note"
    WHILE_CLOSED = "while-closed"
    PAYOUT = "payout"
    ANOTHERS_PAYOUT = "anothers-payout"


class Route(Enum):
    """Where a note in escrow is told to go."""

    STACK = "stack"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Leg:
    """One hopper's part of a payout, written down before the hopper hears of it. `number` is what the hopper had
    counted until then."""

    yen: int
    coins: int
    number: int


@dataclass(frozen=True, slots=True)
class LastPayout:
    """`number` counts all payouts; `keeps` are the yen that it keeps for good, None when nothing is decided by it;
    `leg` is ordered and not known to have ended; `unknown`: nobody can say what came out; `running`: it has begun, and
    whoever asked for it was not told yet what came of it."""

    number: int = 0
    asked: int = 0
    paid: int = 0
    keeps: int | None = None
    leg: Leg | None = None
    unknown: bool = False
    running: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """Since the last count: what came in and went out, and the fees that were kept."""

    came_in: Pieces = field(default_factory=dict)
    went_out: Pieces = field(default_factory=dict)
    kept: int = 0
    since: str = ""


@dataclass(frozen=True, slots=True)
class Till:
    """`hoppers` and `box` are the pieces in them. `sale`: a customer's money may come in or is held. `held` is theirs
    and in the machine, `escrow` their note that waits there, `gone_back` what went back to them without having been
    told to. `routed` is where that note was told to go, as long as it has not said that it went. `coins` and `notes`
    are what the acceptors said last, None before the first time; `numbers` the hoppers' own counts of payouts."""

    hoppers: Pieces = field(default_factory=dict)
    box: Pieces = field(default_factory=dict)
    sale: bool = False
    held: int = 0
    escrow: int = 0
    gone_back: int = 0
    unseen: bool = False
    """Of what is theirs and lies not in escrow some may be out already: the next payout can't say."""
    routed: Route | None = None
    coins: Log | None = None
    notes: Log | None = None
    numbers: Pieces = field(default_factory=dict)
    payout: LastPayout = field(default_factory=LastPayout)
    doubts: frozenset[Doubt] = frozenset()
    book: Book = field(default_factory=Book)
    stacked: int = 0
    """Notes that ever went into the box."""
    full: bool = False
    """The validator said that the box is, and not since that there is room."""

    @property
    def theirs(self) -> int:
        """Yen of the customer that are in, in escrow or not."""
        return self.held + self.escrow

    @property
    def at_stake(self) -> bool:
        """Whether a missed event can have been about somebody's money."""
        return self.sale or self.theirs > 0


def doubted(till: Till, doubt: Doubt) -> Till:
    """A person must count."""
    return replace(till, doubts=till.doubts | {doubt})


def with_hoppers(till: Till, denominations: Iterable[int]) -> Till:
    """There is a hopper of each of these, empty as long as nobody says otherwise."""
    hoppers = {**dict.fromkeys(denominations, 0), **till.hoppers}
    return till if hoppers == till.hoppers else replace(till, hoppers=hoppers)


def sale_begun(till: Till) -> Till:
    """A customer's money may come in."""
    return replace(till, sale=True, gone_back=0)


def sale_is(till: Till, on: bool) -> Till:
    """Whether a customer's money is still held."""
    return replace(till, sale=on)


def coin_in(till: Till, yen: int, *, into_hopper: bool) -> Till:
    """A coin was accepted."""
    till = replace(till, held=till.held + yen, book=_came(till.book, yen))
    if into_hopper:
        return replace(till, hoppers=_plus(till.hoppers, yen, 1))
    return replace(till, box=_plus(till.box, yen, 1))


def note_waits(till: Till, yen: int) -> Till:
    """A note is in escrow."""
    return replace(till, escrow=yen)


def note_routed(till: Till, route: Route) -> Till:
    """The note in escrow is about to be told where to go."""
    return replace(till, routed=route)


def note_stacked(till: Till, yen: int) -> Till:
    """A note is in the box for good. Told to go back, it did not: it is paid out of the hoppers, as the payout at hand
    already says."""
    box = _plus(till.box, yen, 1)
    held = till.held if till.routed is Route.BACK else till.held + yen
    now = replace(till, escrow=0, routed=None, held=held, stacked=till.stacked + 1)
    return replace(now, box=box, book=_came(till.book, yen))


def note_back(till: Till) -> Till:
    """The note in escrow went out again: by the payout at hand, when that told it to."""
    if till.routed is Route.BACK:
        payout = replace(till.payout, paid=till.payout.paid + till.escrow)
        return replace(till, payout=payout, escrow=0, routed=None)
    return replace(till, gone_back=till.gone_back + till.escrow, escrow=0, routed=None)


def note_lost(till: Till) -> Till:
    """Nobody knows where the note that was in escrow is, nor what came out by the payout that it was part of."""
    now = doubted(replace(till, escrow=0, routed=None), Doubt.LOST_NOTE)
    return payout_unknown(now) if till.routed is Route.BACK else now


def payout_begun(till: Till, asked: int, *, held: int, keeps: int | None = None) -> Till:
    """A payout of so much begins, with which so much is kept; `held` is what is the customer's afterwards. What went
    back before it counts as paid by it."""
    back = till.gone_back
    payout = LastPayout(till.payout.number + 1, asked + back, back, keeps, unknown=till.unseen, running=True)
    return replace(till, payout=payout, held=held, gone_back=0, unseen=False)


def payout_over(till: Till) -> Till:
    """Whoever asked for it hears now what came out: the rest is owed."""
    return replace(till, payout=replace(till.payout, running=False)) if till.payout.running else till


def payout_cut_off(till: Till) -> Till:
    """Of a payout that a restart cut off nobody was told yet: what did not come out is theirs again, to be paid by the
    next; so is what may have come out, and then that can't say. Not as long as a coin or note of it is on its way."""
    payout = till.payout
    if not payout.running or payout.leg is not None or till.routed is not None:
        return till
    rest = payout.asked - payout.paid
    now = replace(till, payout=replace(payout, asked=payout.paid, running=False), held=till.held + rest)
    return replace(now, unseen=till.unseen or payout.unknown)


def all_goes_back(till: Till) -> Till:
    """A payout of all that is theirs begins. With it, in one write, the note in escrow is on its way: else a restart
    between the two would find it theirs and paid out both."""
    begun = payout_begun(till, till.theirs, held=0, keeps=0)
    return note_routed(begun, Route.BACK) if till.escrow else begun


def leg_begun(till: Till, leg: Leg) -> Till:
    """A hopper is about to hear of it."""
    return replace(till, payout=replace(till.payout, leg=leg))


def leg_left_out(till: Till) -> Till:
    """The hopper is not told of it."""
    return replace(till, payout=replace(till.payout, leg=None))


def leg_ended(till: Till, paid: int, number: int, *, ran_out: bool = False) -> Till:
    """So many coins came out of the leg's hopper, which has counted up to `number`; when it `ran_out`, no coin is
    counted on that it may still hold."""
    leg = till.payout.leg
    assert leg is not None
    payout = replace(till.payout, leg=None, paid=till.payout.paid + paid * leg.yen)
    left = 0 if ran_out else max(0, till.hoppers.get(leg.yen, 0) - paid)
    book = replace(till.book, went_out=_plus(till.book.went_out, leg.yen, paid)) if paid else till.book
    numbers = {**till.numbers, leg.yen: number}
    return replace(till, payout=payout, hoppers={**till.hoppers, leg.yen: left}, book=book, numbers=numbers)


def leg_unknown(till: Till, at_least: int) -> Till:
    """Nobody knows how many coins came out of the leg's hopper; so many did."""
    leg = till.payout.leg
    assert leg is not None
    till = payout_unknown(leg_ended(till, at_least, 0, ran_out=True))
    # Whatever it counts next, it counts from there.
    return replace(till, numbers={yen: number for yen, number in till.numbers.items() if yen != leg.yen})


def hopper_counts(till: Till, yen: int, number: int) -> Till:
    """What the hopper has counted so far."""
    return replace(till, numbers={**till.numbers, yen: number})


def paid_unwritten(till: Till, yen: int, coins: int, number: int) -> Till:
    """So many coins came out of the hopper while the account could not be written: they went back to the customer, or
    are of the payout that was under way. What is neither was somebody else's doing."""
    out = coins * yen
    back = min(out, till.held)
    late = min(out - back, till.payout.asked - till.payout.paid) if till.payout.running else 0
    now = replace(
        hopper_counts(till, yen, number),
        hoppers={**till.hoppers, yen: max(0, till.hoppers.get(yen, 0) - coins)},
        held=till.held - back,
        gone_back=till.gone_back + back,
        payout=replace(till.payout, paid=till.payout.paid + late),
        book=replace(till.book, went_out=_plus(till.book.went_out, yen, coins)) if coins else till.book,
    )
    return now if out == back + late else doubted(now, Doubt.ANOTHERS_PAYOUT)


def paid_unseen(till: Till, yen: int, number: int) -> Till:
    """The hopper paid, and nobody can say what: what is the customer's and lies not in escrow may be out."""
    now = replace(hopper_counts(till, yen, number), hoppers={**till.hoppers, yen: 0})
    return _may_be_out(now) if _owes(till) else doubted(now, Doubt.ANOTHERS_PAYOUT)


def leg_passed(till: Till, number: int) -> Till:
    """The leg's hopper paid again after it, while the account could not be written: nobody can say what of either."""
    leg = till.payout.leg
    assert leg is not None
    return paid_unseen(leg_left_out(till), leg.yen, number)


def with_hoppers_gone(till: Till, there: Collection[int]) -> Till:
    """Nobody hears any more what hoppers of other denominations than those paid unwritten: what is the customer's and
    lies not in escrow may be out."""
    leg = till.payout.leg
    gone = {*till.numbers, *(() if leg is None else (leg.yen,))} - {*there}
    if not gone:
        return till
    if leg is not None and leg.yen in gone:
        till = leg_left_out(till)
    now = replace(till, numbers={yen: number for yen, number in till.numbers.items() if yen not in gone})
    return _may_be_out(now) if _owes(till) else now


def payout_unheard(till: Till) -> Till:
    """Nobody can say what of it was out before it began, as a hopper does not answer that knows. What that says later
    is compared then: nobody must count for it yet."""
    return replace(till, payout=replace(till.payout, unknown=True))


def payout_unknown(till: Till) -> Till:
    """Nobody can say what came out."""
    return doubted(replace(till, payout=replace(till.payout, unknown=True)), Doubt.PAYOUT)


def fee_kept(till: Till, fee: int) -> Till:
    """So much of what was the customer's is the municipality's now."""
    return replace(till, book=replace(till.book, kept=till.book.kept + fee))


def counted(till: Till, hoppers: Pieces, since: str) -> Till:
    """A person emptied the box, counted, and says what is in the hoppers; the account begins anew. A payout of which
    nobody can say what came out stays that: the number goes past it, so that nobody takes it for the last."""
    payout = LastPayout(till.payout.number + 1) if till.payout.unknown else till.payout
    now = replace(till, hoppers={**till.hoppers, **hoppers}, box={}, doubts=frozenset(), book=Book(since=since))
    return replace(now, payout=payout, full=False)


def _owes(till: Till) -> bool:
    return till.held > 0 or till.payout.running


def _may_be_out(till: Till) -> Till:
    return replace(payout_unknown(till), unseen=True)


def _came(book: Book, yen: int) -> Book:
    return replace(book, came_in=_plus(book.came_in, yen, 1))


def _plus(pieces: Pieces, yen: int, count: int) -> Pieces:
    return {**pieces, yen: pieces.get(yen, 0) + count}
