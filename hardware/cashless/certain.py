"""From "nobody knows" to what became of a charge: the terminal is asked again by the charge's own number, never debited
again."""

from hardware.cashless.model import Charge, Debit, PaymentTerminal, Unclear
from hardware.ports import Clock

PAUSE_S = 2.0


def certain(terminal: PaymentTerminal, charge: Charge, told: Debit, clock: Clock, within_s: float) -> Debit:
    """What became of a charge of which the terminal said `told`. `Unclear` when it can't say for so long: then nothing
    may be released for it, and it must be asked for again later."""
    until = clock.monotonic() + within_s
    while isinstance(told, Unclear) and clock.monotonic() < until:
        clock.wait(PAUSE_S)
        told = terminal.look(charge.number)
    return told


def paid_back(terminal: PaymentTerminal, charge: Charge, yen: int, clock: Clock, within_s: float) -> int | None:
    """How much of it was paid back in all, after asking for so much until the terminal can say; None when it can't."""
    until = clock.monotonic() + within_s
    back = terminal.pay_back(charge.number, yen)
    while back is None and clock.monotonic() < until:
        clock.wait(PAUSE_S)
        back = terminal.pay_back(charge.number, yen)
    return back
