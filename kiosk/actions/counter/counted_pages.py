"""A page printer whose sheets stand in the book of the day: begun before anything is sent, settled as the device says.
A document that is at the printer when the power goes is looked for by the clerk afterwards."""

from collections.abc import Callable

from kiosk.actions.counter.day_book import DayBook
from kiosk.counter.day.day import NotRecorded
from kiosk.counter.day.entries import PrintBegun, PrintSettled
from kiosk.errors import KioskError
from printers.errors import PrinterError
from printers.model import PagePrinter, Printed, PrinterProblem, PrinterStatus, PrintFailed, PrintJob, Progress, Settled


class SheetsUncounted(KioskError):
    """A sheet came out, and the book has no place for it: somebody must look."""


class CountedPages:
    """A `PagePrinter` around another. `document` says which number is printed now, an empty one that it is none of a
    ledger: then the job's own name stands in the book. `by` says whose mark does."""

    def __init__(self, pages: PagePrinter, book: DayBook, document: Callable[[], str], by: Callable[[], str]) -> None:
        self._pages = pages
        self._book = book
        self._document = document
        self._by = by

    def after_start(self) -> None:
        """Nothing prints now: what is at the printer in the book stopped there with the terminal. Raises `OSError` when
        that can't be written down."""
        for each in self._book.day.unsettled:
            if not each.failed:
                self._write(PrintSettled(each.document, whole=False))

    def status(self) -> PrinterStatus:
        """What the printer can do now."""
        return self._pages.status()

    def wake(self) -> PrinterStatus:
        """The same by a printer that is awake."""
        return self._pages.wake()

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """As the printer itself; nothing is sent that the book could not hold."""
        document = self._document()
        return self._counted(PrintBegun(document or job.name, job.sheets, bool(document)), job, tell, give_up)

    def named(
        self, document: str, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]
    ) -> Settled:
        """Prints under this number in the book, for nobody's order."""
        return self._counted(PrintBegun(document, job.sheets), job, tell, give_up)

    def _counted(
        self, entry: PrintBegun, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]
    ) -> Settled:
        try:
            begun = self._book.write(entry, self._by())
        except OSError:
            return PrintFailed(0, PrinterProblem.OTHER, unsent=True)
        if isinstance(begun, NotRecorded):
            # Neither before the day is open nor once it is counted: no sheet comes out that stands in no book.
            return PrintFailed(0, PrinterProblem.OTHER, unsent=True)
        unfed = False
        whole = False
        try:
            settled = self._pages.print(job, tell, give_up)
            whole = isinstance(settled, Printed)
            unfed = isinstance(settled, PrintFailed) and settled.unsent
        except PrinterError as error:
            unfed = not error.may_have_sent
            raise
        finally:
            self._settle(PrintSettled(entry.document, whole, unfed and not whole))
        return settled

    def _settle(self, entry: PrintSettled) -> None:
        try:
            self._write(entry)
        except OSError:
            # It stays at the printer in the book: at the next start it stopped there, and the clerk looks.
            return

    def _write(self, entry: PrintSettled) -> None:
        done = self._book.write(entry, self._by())
        if isinstance(done, NotRecorded):
            raise SheetsUncounted(f"what came of a document can't stand in the book: {done.why}")
