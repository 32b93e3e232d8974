"""What a terminal owes, in numbers, as its journal knows: for whoever looks after terminals. Nobody and no document is
named."""

from collections.abc import Iterable

from kiosk.actions.journal import Journal
from kiosk.actions.notes import Note
from kiosk.actions.server import Owed
from kiosk.flow.occasions import DEBTS, Occasion


def owed_by(journal: Journal) -> Owed:
    """What stands open now."""
    visit, notes = journal.visit, journal.notes
    debts = _debts(notes)
    settled = set() if visit is None else {each.document.document_no for each in visit.deliveries}
    return Owed(
        yen=0 if visit is None else visit.due,
        unclear=visit is not None and visit.unclear,
        debts=len(debts),
        debt_yen=sum(debts),
        outcomes_untold=len(journal.waiting()),
        outcomes_set_aside=journal.set_aside,
        calls_untold=sum(note.untold for note in notes),
        documents_on_the_way=0 if visit is None else sum(each.document_no not in settled for each in visit.documents),
    )


def _debts(notes: Iterable[Note]) -> tuple[int, ...]:
    """Yen of each debt that stands on a slip: what was told last of its reference, less what came out since."""
    told: dict[str, int] = {}
    came_out: dict[str, int] = {}
    for note in notes:
        if note.occasion in DEBTS:
            told[note.reference], came_out[note.reference] = note.yen, 0
        elif note.occasion is Occasion.PAID_AFTER_ALL and note.reference in told:
            came_out[note.reference] = max(came_out[note.reference], note.yen)
    return tuple(yen - came_out[number] for number, yen in told.items() if yen > came_out[number])
