"""The payment terminal of a kiosk under test."""

from collections.abc import Callable

from hardware.cashless.model import PaymentTerminal
from hardware.cashless.none import NoPaymentTerminal
from hardware.ports import Clock
from kiosk.actions.cashless import CashlessActions, Settling
from kiosk.actions.charges import ChargeBook
from kiosk.actions.journal import Journal

MOMENT = "2026-03-02T10:15:00+09:00"


def settling(journal: Journal, terminal: PaymentTerminal, clock: Clock, moment: str = MOMENT) -> Settling:
    """How charges are settled there."""
    return Settling(terminal, ChargeBook(journal, lambda: moment), clock)


def cashless_desk(
    journal: Journal, clock: Clock, entropy: Callable[[int], bytes], terminal: PaymentTerminal | None = None
) -> CashlessActions:
    """The desk of that terminal; of a site without one where none is named."""
    return CashlessActions(settling(journal, terminal or NoPaymentTerminal(), clock), entropy)
