"""The table of what a clerk does in the day."""

from kiosk.counter import daily, queue
from kiosk.counter.change import DeskStep, stay
from kiosk.counter.desk import Desk
from kiosk.counter.rules import DeskRules
from kiosk.counter.touches import Deed

_ROWS = {**daily.ROWS, **queue.ROWS}


def done(desk: Desk, deed: Deed, rules: DeskRules) -> DeskStep:
    """What a clerk does in the day; nothing where it is not done on this page."""
    row = _ROWS.get(deed)
    if row is None or not isinstance(desk.scene, row[0]):
        return stay(desk)
    return row[1](desk, rules)
