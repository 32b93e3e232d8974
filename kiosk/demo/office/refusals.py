"""What the post office may not do: a proxy asks for a woman of 78, and parents want a card quickly for their baby. Both
are told where to go, on the windows and on a slip."""

from collections.abc import Sequence

from kiosk.demo.office import card
from kiosk.demo.office.proxy import refused
from kiosk.demo.office.stage import OfficeDeed, Stage
from kiosk.demo.playing.act import GOOD, Act
from kiosk.demo.playing.act_tray import Came


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (
        *refused(stage),
        *card.refused(stage, "express", "legal-representative"),
    )


def _verdict(_stage: Stage, came: Sequence[Came]) -> str:
    slips = [each for each in came if each.slip]
    if len(slips) != 2 or len(came) != 2:
        return f"{len(slips)} slips of {len(came)} papers say where to go, not two"
    return GOOD


REFUSALS = Act("refusals", _steps, _verdict)
