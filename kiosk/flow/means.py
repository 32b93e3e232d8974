"""How a visit is paid: one of these, never both."""

from enum import Enum


class Means(Enum):
    """How it is paid."""

    CASH = "cash"
    CASHLESS = "cashless"
