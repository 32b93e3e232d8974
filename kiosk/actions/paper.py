"""Paper: what the printers can do now, and one document at a time to the page printer. A document is plain only while
it is printed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.actions.attempt import Attempts
from kiosk.actions.documents import open_checked, rejected
from kiosk.actions.jobs import Tell, nothing_booked
from kiosk.actions.journal import Journal
from kiosk.actions.saved import SavedVisit
from kiosk.actions.written import required
from kiosk.errors import DocumentRejected, JournalBroken
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import Outcome, WaitingDocument, delivery
from kiosk.flow.effects import NoteRight
from printers.errors import PrinterAway, PrinterError
from printers.model import PagePrinter, PrinterProblem, PrintFailed, PrintJob, Progress, Settled, SlipPrinter

JOB_NAME_BYTES = 16


@dataclass(slots=True)
class PaperActions:
    """All methods but `give_up` and `note_right` run on the paper lane. `entropy` names jobs: a name is random, never
    personal (I4)."""

    pages: PagePrinter
    slips: SlipPrinter
    attempts: Attempts
    journal: Journal
    entropy: Callable[[int], bytes]
    by_hand: bool = False
    """A clerk hands the sheets over: none counts before the resident has said that they are right."""
    book_right: Callable[[tuple[str, ...]], None] = nothing_booked
    """Puts into the book of the day that these documents are right by the resident's word. Raises where it can't."""
    _given_up: int | None = field(default=None, init=False)
    """The attempt whose job is given up."""

    def look(self, effect: do.LookAtPrinters, tell: Tell) -> None:
        """What both printers can do now. Waking the one takes a while; the other is looked at after it."""
        pages = self.pages.wake() if effect.awake else self.pages.status()
        tell(on.PrintersSeen(pages, self.slips.status()))

    def print(self, effect: do.PrintDocument, tell: Tell) -> None:
        """Prints one accepted document and waits until the device has settled it. One that is no longer what was
        checked is not sent (I9). Raises `JournalBroken`: then nothing was."""
        attempt = self.attempts.of(effect.attempt)
        document = effect.accepted.document
        number = effect.attempt
        try:
            plain = open_checked(attempt.take_checked(document))
        except DocumentRejected as error:
            tell(rejected(number, error))
            return
        begun = {"printing": document.document_no, "unseen": self.by_hand}
        self.journal.update(number, lambda visit: visit.model_copy(update=begun))
        try:
            settled = self._print(plain, document.sheets, number, tell)
        except JournalBroken:
            not_sent = PrintFailed(0, PrinterProblem.OTHER, unsent=True)
            self.journal.update(number, lambda visit: _printed(visit, document, not_sent, effect.fee))
            raise
        except PrinterError as error:
            problem = PrinterProblem.OFFLINE if isinstance(error, PrinterAway) else PrinterProblem.OTHER
            unsent = not error.may_have_sent
            settled = PrintFailed(0, problem, cleared=unsent, unsent=unsent)
        self.journal.update(number, lambda visit: _printed(visit, document, settled, effect.fee))
        tell(on.DocumentSettled(number, settled))

    def note_right(self, effect: NoteRight, tell: Tell) -> None:
        """On the money lane, before anything is kept: first in the journal, so that a restart keeps what was said and
        puts it into the book."""
        said = {"unseen": False, "settling": True, "deliveries": effect.deliveries, "fee": effect.fee}
        self.journal.update(effect.attempt, lambda visit: visit.model_copy(update=said))
        try:
            required(self.journal)
            whole = (each.document for each in effect.deliveries if each.outcome is Outcome.DELIVERED)
            self.book_right(tuple(each.document_no for each in whole))
        except Exception:
            self.journal.update(effect.attempt, lambda visit: visit.model_copy(update={"unseen": True}))
            raise
        tell(on.RightNoted(effect.attempt))

    def _print(self, plain: bytes, sheets: int, attempt: int, tell: Tell) -> Settled:
        """Nothing goes to the printer that the journal could not account for after a restart. Raises `JournalBroken`
        and `PrinterError`."""
        required(self.journal)
        job = PrintJob(self.entropy(JOB_NAME_BYTES).hex(), plain, sheets)
        return self.pages.print(job, self._progress(attempt, tell), self._is_given_up(attempt))

    def give_up(self, effect: do.GiveUpPrinting) -> None:
        """The driver cancels and clears the job when it looks next."""
        self._given_up = effect.attempt

    def _progress(self, attempt: int, tell: Tell) -> Callable[[Progress], None]:
        return lambda at: tell(on.SheetProgress(attempt, at.sheet, at.side))

    def _is_given_up(self, attempt: int) -> Callable[[], bool]:
        return lambda: self._given_up == attempt


def _printed(visit: SavedVisit, document: WaitingDocument, settled: Settled, fee: int) -> SavedVisit:
    """What the printer says counts until the flow has settled without it."""
    if visit.settling:
        return visit
    delivered = delivery(document, settled)
    return visit.model_copy(
        update={
            "printing": None,
            "deliveries": (*visit.deliveries, delivered),
            "fee": visit.fee + (fee if delivered.outcome is Outcome.DELIVERED else 0),
        }
    )
