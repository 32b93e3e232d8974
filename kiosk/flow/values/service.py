"""Whether the next person can be served: why not, and what the last one may have left lying."""

from enum import Enum


class OutOfService(Enum):
    """Why the terminal serves nobody now."""

    STARTING = "starting"
    ON_BATTERY = "on-battery"
    DOOR = "door"
    NOT_OPEN = "not-open"
    """A clerk's desk stands beside it, and its day is not open: sheets would come out that stand in no book."""
    SERVER_AWAY = "server-away"
    NOT_ADMITTED = "not-admitted"
    NOT_SERVED = "not-served"
    """The signed directory names no server for this terminal's municipality."""
    SUSPENDED = "suspended"
    PRINTER = "printer"
    PAPER = "paper"
    SLIPS = "slips"
    """The printer of receipts and slips."""
    SLIP_PAPER = "slip-paper"
    """Its roll is at its end, or so near it that no sale begins."""
    UNSETTLED = "unsettled"
    """Money of which nobody knows what became: staff must look into it and start the terminal anew."""
    CASH = "cash"
    NO_CHANGE = "no-change"
    """The money device has too little change for anybody to pay."""
    JOURNAL = "journal"
    """What must survive a restart can't be written down."""
    CARD_READER = "card-reader"
    SENSORS = "sensors"
    """Nobody knows what lies in tray and slots."""
    LEFT_BEHIND = "left-behind"
    """A sheet, a card or money of the last person was not taken (I13)."""


class Belonging(Enum):
    """What a person takes along at the end."""

    CARD = "card"
    CHANGE = "change"
    SHEETS = "sheets"
    RECEIPT = "receipt"
