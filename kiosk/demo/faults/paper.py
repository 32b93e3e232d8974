"""Faults of paper: the second sheet jams; the tray is empty before anybody pays; sheets of the last person still lie
there when the next one comes."""

from collections import Counter
from collections.abc import Sequence

from kiosk.demo.faults.stage import Count, FaultStage, ends_with, fault_of, left_behind
from kiosk.demo.playing.act import Act
from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.script import is_a
from kiosk.flow import scenes
from kiosk.flow.values.trouble import FaultKind
from printers.model import PrinterProblem

FULL_TRAY = 250


def jammed(stage: FaultStage) -> Sequence[ResidentDeed]:
    """The first document comes out, the second jams: its fee goes back."""

    def order() -> None:
        stage.things.pages.jam_after(1)
        stage.touch("primary")()

    def leave() -> None:
        stage.things.pages.mend(PrinterProblem.JAM)
        stage.things.take_everything()
        stage.touch("primary")()

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), order, pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), stage.things.take_card, pictured=False),
        *stage.pays(),
        stage.told("jam", fault_of(FaultKind.SHEET_JAM), leave),
        stage.over(),
    )


def empty(stage: FaultStage) -> Sequence[ResidentDeed]:
    """One sheet is left and two are wanted: told before any money."""

    def order() -> None:
        stage.things.pages.refill(1)
        stage.touch("primary")()

    def leave() -> None:
        stage.things.pages.refill(FULL_TRAY)
        stage.things.take_everything()
        stage.touch("primary")()

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), order, pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), stage.things.take_card),
        stage.told("paper-empty", fault_of(FaultKind.PAPER_EMPTY), leave),
        stage.over(),
    )


def left(stage: FaultStage) -> Sequence[ResidentDeed]:
    """Somebody walks away from their sheets; the next person finds the terminal closed until staff took them."""

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), stage.touch("primary"), pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), stage.things.take_card, pictured=False),
        *stage.pays(),
        Deed("sheets", is_a(scenes.TakeSheets), stage.walks_away),
        stage.told("sheet-left", left_behind, stage.staff_clear_away),
        stage.over(),
    )


JAM = Act(
    "jam",
    jammed,
    ends_with(Count(inside=200, captured=200, outcomes=Counter(delivered=1, spoiled=1)), papers=1, slips=2),
)
PAPER_EMPTY = Act("paper-empty", empty, ends_with(Count(), papers=0, slips=1))
SHEET_LEFT = Act(
    "sheet-left",
    left,
    ends_with(Count(inside=400, captured=400, outcomes=Counter(delivered=2)), papers=2, slips=1),
)
