"""Certificates over direct IPP: the printer itself is sent the PDF and tells what becomes of it."""

from collections.abc import Sequence

from printers.ipp.client import IppClient, Refused, Taken
from printers.ipp.routed import RoutedPrinter, rouse
from printers.ipp.state import PDF, PrinterFacts
from printers.ipp.transport import IppTransport
from printers.ipp.watch import DirectJob, IppPace, WatchedJob
from printers.model import PrinterProblem
from printers.ports import Clock


class DirectRoute:
    """The `Route` with nobody between kiosk and printer."""

    def __init__(self, client: IppClient) -> None:
        self._client = client

    def printer(self) -> PrinterFacts:
        """What the printer tells of itself now."""
        return self._client.printer()

    def unfit(self, facts: PrinterFacts) -> PrinterProblem | None:
        """It must take PDF, hold A4 and print both sides, and be no queue."""
        return facts.unfit()

    def taker(self) -> IppClient:
        """The printer."""
        return self._client

    def holders(self) -> Sequence[IppClient]:
        """The printer."""
        return (self._client,)

    def handing_on(self) -> bool:
        """Never: there is one holder."""
        return False

    def validate(self, name: str, facts: PrinterFacts) -> Refused | None:
        """Validate-Job."""
        return self._client.validate(name, facts)

    def rouse(self, name: str, facts: PrinterFacts) -> None:
        """By Validate-Job and Identify-Printer."""
        rouse(self._client, name, facts, PDF)

    def send(self, name: str, document: bytes, facts: PrinterFacts, /) -> Taken | Refused:
        """Print-Job."""
        return self._client.print_job(name, document, facts)

    def job(self, number: int, _name: str, /) -> WatchedJob:
        """The job in the printer."""
        return DirectJob(self._client, number)


class IppPagePrinter(RoutedPrinter):
    """The `PagePrinter` for a printer that speaks IPP/2.0 and takes PDF, A4 and both sides."""

    def __init__(self, transport: IppTransport, clock: Clock, pace: IppPace | None = None) -> None:
        super().__init__(DirectRoute(IppClient(transport)), clock, pace)
