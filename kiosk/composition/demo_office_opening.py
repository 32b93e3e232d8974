"""The day begins: the clerk signs in."""

from collections.abc import Sequence

from kiosk.composition.demo_office_act import GOOD, Act
from kiosk.composition.demo_office_stage import OfficeDeed, Stage, home, nothing
from kiosk.composition.demo_office_tray import Came
from kiosk.composition.scripted import Deed
from kiosk.counter.scenes import Tab


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (
        *stage.sign_in(stage.office.clerk),
        Deed("day", home(Tab.DAY), nothing),
    )


def _verdict(stage: Stage, _came: Sequence[Came]) -> str:
    staff = stage.now().desk.staff
    if staff is None or staff.mark != stage.office.clerk.mark:
        return "the clerk is not signed in"
    return GOOD


OPENING = Act("opening", _steps, _verdict)
