"""Who comes to a counter, and how a procedure on a card (X.509s, PINs) ended, in the words of the wire."""

from enum import Enum


class Comer(Enum):
    """Who comes."""

    PERSON = "person"
    LEGAL_REPRESENTATIVE = "legal-representative"
    """With the person, or where the procedure allows it alone."""
    PROXY = "proxy"


class ProcedureEnd(Enum):
    """How a procedure ended."""

    DONE = "done"
    IN_PART = "done-in-part"
    """Of two X.509s or PINs one was done."""
    UNDONE = "undone"
    """The card is as it was."""
    UNFIT = "unfit"
    """The new X.509 did not stand its trial; the card is as it was."""
    NOT_HERE = "not-here"
    """Card, issuer or card-writing terminal did not let it go on: whoever came was told where to go."""
    GIVEN_UP = "given-up"
    """Nothing was written."""
    LEFT_OPEN = "left-open"
    """The card did not come back: an officer decides."""
    CUT_OFF = "cut-off"
    """The terminal stopped in the middle."""
