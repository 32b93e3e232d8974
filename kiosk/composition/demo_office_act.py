"""An act of a post office's day: its steps, and what must have come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.composition.demo_office_stage import OfficeDeed, Stage
from kiosk.composition.demo_office_tray import Came

GOOD = "as it must"


@dataclass(frozen=True, slots=True)
class Act:
    """`steps` begin and end with the desk between two residents. `verdict` is asked when the last step is done and
    what came out of the printers lies there: `GOOD`, or what is not as it must be."""

    name: str
    steps: Callable[[Stage], Sequence[OfficeDeed]]
    verdict: Callable[[Stage, Sequence[Came]], str]
