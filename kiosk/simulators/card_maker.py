"""A simulated card maker: it takes orders, makes no card, and says how far each order would be by now. What it was told
it does once, however often it is asked; it is nobody's real one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.simulators.refusal import PartyRefused

DEFECTS = frozenset({"photo", "form", "other"})
"""What an order may be found wanting for (不備)."""
MAKING, MADE, SET_UP, MAILED = "making", "made", "set-up", "mailed"
FORM_ID_DIGITS = 23

_ORDINARY = (MAKING, MADE)
_EXPRESS = (MAKING, SET_UP, MAILED)


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it was taken at an instant, or found wanting. `card` is the folder's card that it comes to; empty
    where none was named. `asked`: how often its maker was asked about it."""

    form_id: str
    municipality: str
    express: bool
    at: datetime
    defect: str = ""
    card: str = ""
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """All orders, the first first, and the card of the next one."""

    orders: tuple[Order, ...] = ()
    next_card: str = ""


class SimulatedCardMaker:
    """`x509_of` gives the DER that a card of the folder bears. Each stage takes `takes`; where that is nothing, an
    order is one further each time that it is asked about. `kept` is called with everything after each change, before
    anybody hears of it; `ledger` is what was kept so."""

    def __init__(
        self,
        now: Callable[[], datetime],
        x509_of: Callable[[str], bytes],
        takes: timedelta = timedelta(0),
        kept: Callable[[Ledger], None] = lambda _ledger: None,
        ledger: Ledger | None = None,
    ) -> None:
        self._now = now
        self._x509_of = x509_of
        self._takes = takes
        self._kept = kept
        ledger = ledger or Ledger()
        self._next_card = ledger.next_card
        self._orders = {order.form_id: order for order in ledger.orders}

    def name_next(self, card: str) -> None:
        """The next card that is ordered is this one. Raises `ValueError` when there is none so called."""
        self._x509_of(card)
        self._next_card = card
        self._keep()

    def order(self, form_id: str, municipality: str, *, express: bool, defect: str = "") -> str:
        """Takes an order; returns what it was found wanting for, nothing where it was accepted. Raises `ValueError`
        for a number that is none, or another order's."""
        if len(form_id) != FORM_ID_DIGITS or not (form_id.isascii() and form_id.isdecimal()):
            raise ValueError(f"a number of {FORM_ID_DIGITS} digits is wanted")
        order = self._orders.get(form_id)
        if order is None:
            order = Order(form_id, municipality, express, self._now(), defect)
            if not defect:
                order, self._next_card = replace(order, card=self._next_card), ""
            self._orders[form_id] = order
            self._keep()
        if (order.municipality, order.express) != (municipality, express):
            raise ValueError("another order has this number")
        return order.defect

    def ask(self, form_id: str) -> tuple[str, bytes]:
        """How far it is, and the X.509 of the card once it is made."""
        order = self._orders.get(form_id)
        if order is None or order.defect:
            raise PartyRefused("unknown-order")
        order = self._orders[form_id] = replace(order, asked=order.asked + 1)
        self._keep()
        stages = _EXPRESS if order.express else _ORDINARY
        passed = (self._now() - order.at) // self._takes if self._takes else order.asked
        stage = stages[min(passed, len(stages) - 1)]
        return stage, self._x509_of(order.card) if order.card and stage != MAKING else b""

    def _keep(self) -> None:
        self._kept(Ledger(tuple(self._orders.values()), self._next_card))
