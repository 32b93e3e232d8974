"""Where all money is at a moment of a simulated post office, as somebody outside could count it, and whether that is
right (I7). It must be at the end, and whenever somebody new begins: what the one before left open is nobody else's."""

from dataclasses import dataclass

from hardware.cash.where import CashState
from hardware.cashless.virtual import CashlessState
from kiosk.actions.notes import Note
from kiosk.flow.occasions import UNCONFIRMED, Occasion
from tests.support.books_outside import Entry, Page, debts, whole


@dataclass(frozen=True)
class Books:
    """Yen and papers since the beginning. `stuck`: yen that a person found in the way, `set_aside`: that stood in no
    book; `sheets`: how many came out."""

    at: float
    sheets: int
    cash: CashState
    cashless: CashlessState
    stuck: int
    set_aside: int
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Allowed:
    """What nobody can know. `notes_may_stick`: a note that sticks on its way to the stacker was paid with, a coin that
    sticks in the slot was not, and only a person can tell which it was. `unseen`: numbers of documents of which the
    terminal could not see that they came out: then they are not paid for. `always_spoke`: nothing can be in doubt."""

    notes_may_stick: bool
    unseen: frozenset[str]
    always_spoke: bool


def check_books(books: Books, pages: list[Page], entries: dict[str, Entry], allowed: Allowed, *, end: bool) -> None:
    """Raises `AssertionError`. `pages` are those of the sheets that are good on both sides, so far."""
    told = debts(books.notes)
    owed = sum(debt.yen for debt in told if debt.occasion is Occasion.DEBT)
    in_doubt = sum(debt.yen for debt in told if debt.occasion in UNCONFIRMED)
    cash, cashless = books.cash, books.cashless
    inside = cash.inserted + cashless.debited - cash.handed_out - cashless.paid_back - owed
    kept = inside - books.stuck - books.set_aside
    kept_at_most = inside if allowed.notes_may_stick else kept
    delivered = whole(pages)
    earned = sum(entries[number].fee for number in delivered)
    earned_seen = sum(entries[number].fee for number in delivered - allowed.unseen)
    when = f"at {books.at:.1f} s" if not end else "in the end"
    assert in_doubt >= 0, f"{when} {-in_doubt} yen more came out than any slip says (I7)"
    assert kept <= earned + in_doubt, f"{when} {kept} yen were kept for {earned} yen of documents (I7)"
    assert kept_at_most >= 0, f"{when} {-kept_at_most} yen too much were given back (I7)"
    assert kept_at_most >= earned_seen, f"{when} {kept_at_most} yen were kept for {earned_seen} yen of documents (I7)"
    if end:
        assert in_doubt <= cash.inserted + cashless.debited, f"{in_doubt} yen are in doubt, more than ever went in (I7)"
    if end and allowed.always_spoke:
        assert not in_doubt, "a debt is called unconfirmed though the device said what came out (I7)"
