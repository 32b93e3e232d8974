"""A receipt that did not come out: the resident has it printed again, while they stand there. It bears the same number
and is marked 再発行, since nobody knows how much of the first one is on paper."""

from dataclasses import replace

from kiosk.flow.change import Step, go
from kiosk.flow.ending import print_slip
from kiosk.flow.scenes import TakeSheets
from kiosk.flow.slips import Receipt
from kiosk.flow.state import Terminal

MOST_REPRINTS = 2
"""After so many more tries the printer is what has to be seen to: then staff are asked."""


def settled(state: Terminal, scene: TakeSheets, receipt: Receipt, printed: bool) -> Step:
    """Whether it came out."""
    return go(state, replace(scene, missing=None if printed else receipt))


def again(state: Terminal, scene: TakeSheets, missing: Receipt) -> Step:
    """The same receipt, marked."""
    if missing.reprint >= MOST_REPRINTS:
        return go(state, scene)
    receipt = replace(missing, reprint=missing.reprint + 1)
    return go(state, replace(scene, missing=None), print_slip(state, receipt))
