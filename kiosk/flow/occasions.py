"""The occasions that staff are called for, or that are only written down for them: a closed list, the same for flow,
journal and server. No personal data goes with any of them."""

from enum import Enum


class Occasion(Enum):
    """What is written down for staff. No personal data goes with it."""

    STAFF_WANTED = "staff-wanted"
    """The person asked for staff."""
    LEFT_BEHIND = "left-behind"
    LEFT_BEHIND_SOLVED = "left-behind-solved"
    DEBT = "debt"
    UNCONFIRMED_DEBT = "unconfirmed-debt"
    """A slip was given for cash of which the device did not say whether it came out, or knew of less than went in: to
    be compared before it is repaid."""
    UNCONFIRMED_CASHLESS_DEBT = "unconfirmed-cashless-debt"
    """A slip was given for a cashless payment of which the payment terminal can't say whether it was made, or paid
    back. It is asked again by itself: not to be repaid before it has said."""
    UNCONFIRMED_FEE = "unconfirmed-fee"
    """What was delivered counts as paid, and the device does not say where that money is: to be looked for in it.
    Nothing is owed."""
    PAID_AFTER_ALL = "paid-after-all"
    """So much of what stands on the slip of an unconfirmed debt, or was told as kept, did come out later: each time the
    sum since that was told, so that what is heard twice counts once."""
    CASH_WITHOUT_VISIT = "cash-without-visit"
    """So much was in the cash device at a start and was nobody's by the journal: it was given back into the tray, as
    far as it came out. Whatever did not is called as a debt without a number."""
    UNSETTLED = "unsettled"
    """What a restart cut off could not be settled; it is tried again at the next start."""
    DEBT_WITHOUT_SLIP = "debt-without-slip"
    """The slip of a debt did not come out: the person has no more than the number on the screen."""
    ALARM = "alarm"
    ALARM_CLOSED = "alarm-closed"
    FAULT = "fault"
    OUTCOME_REFUSED = "outcome-refused"
    """The server does not take what became of an order: it stands in this terminal's journal only."""
    OUTCOMES_UNTOLD = "outcomes-untold"
    """So many outcomes wait for the server that nobody is served until it takes them."""
    SLIP_PAPER = "slip-paper"
    """The receipt printer wants a new roll; no sale begins before it has one."""
    CABINET_OPENED = "cabinet-opened"
    ON_BATTERY = "on-battery"


UNCONFIRMED = (Occasion.UNCONFIRMED_DEBT, Occasion.UNCONFIRMED_CASHLESS_DEBT)
"""Debts that no device vouches for."""

DEBTS = (Occasion.DEBT, *UNCONFIRMED)
"""Money owed to the person whose slip bears the reference: what was said last of one reference counts."""

GRAVE = frozenset(
    {
        *DEBTS,
        Occasion.UNCONFIRMED_FEE,
        Occasion.PAID_AFTER_ALL,
        Occasion.CASH_WITHOUT_VISIT,
        Occasion.UNSETTLED,
        Occasion.DEBT_WITHOUT_SLIP,
        Occasion.ALARM,
        Occasion.ALARM_CLOSED,
        Occasion.OUTCOME_REFUSED,
        Occasion.OUTCOMES_UNTOLD,
    }
)
"""About money or an alarm: no other occasion may push one of these out of what is kept, and no restart either."""
