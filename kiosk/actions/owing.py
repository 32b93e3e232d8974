"""What a terminal owes, in numbers, as its journal knows: for whoever looks after terminals. Nobody and no document is
named."""

from kiosk.actions.journal import Journal
from kiosk.actions.server import Owed
from kiosk.flow.occasions import DEBTS


def owed_by(journal: Journal) -> Owed:
    """What stands open now."""
    visit, notes = journal.visit, journal.notes
    # What was said last of one reference counts.
    debts = {note.reference: note.yen for note in notes if note.occasion in DEBTS}
    settled = set() if visit is None else {each.document.document_no for each in visit.deliveries}
    return Owed(
        yen=0 if visit is None else visit.due,
        unclear=visit is not None and visit.unclear,
        debts=len(debts),
        debt_yen=sum(debts.values()),
        outcomes_untold=len(journal.waiting()),
        outcomes_set_aside=journal.set_aside,
        calls_untold=sum(note.untold for note in notes),
        documents_on_the_way=0 if visit is None else sum(each.document_no not in settled for each in visit.documents),
    )
