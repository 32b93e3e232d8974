"""A site without a payment terminal. What became of a charge that an earlier one was asked for, nobody can say here."""

from collections.abc import Callable

from hardware.cashless.model import Charge, Debit, NotDebited, Unclear, WhyNot


class NoPaymentTerminal:
    """Fulfils `PaymentTerminal`; never debits."""

    def ready(self) -> bool:
        """Never."""
        return False

    def debit(self, charge: Charge, gives_up: Callable[[], bool]) -> Debit:  # noqa: ARG002
        """Nobody is asked for anything."""
        return NotDebited(WhyNot.OFFLINE)

    def look(self, number: str) -> Debit:  # noqa: ARG002
        """Nobody knows."""
        return Unclear()

    def pay_back(self, number: str, yen: int) -> int | None:  # noqa: ARG002
        """Nobody can."""
        return None
