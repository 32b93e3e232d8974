"""The day begins: the clerk signs in, counts the float and the paper, and looks at a test print marked 見本."""

from collections.abc import Sequence

from kiosk.counter.scenes import Tab
from kiosk.demo.office.site import Member
from kiosk.demo.office.stage import OfficeDeed, Stage, both, day_is, home, resident_at
from kiosk.demo.office.till import FLOAT, SHEETS
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed
from kiosk.flow import scenes


def opened(stage: Stage, member: Member) -> tuple[OfficeDeed, ...]:
    """From nobody at the desk to an open day."""

    def count() -> None:
        stage.count(FLOAT)
        stage.write(sheets=str(SHEETS))()

    def test_came() -> None:
        stage.till.sheets -= 1
        stage.things.take_everything()
        stage.press("test-good")()

    return (
        *stage.sign_in(member),
        Deed("float", both(home(Tab.DAY), stage.can_press("primary")), count),
        Deed("float-counted", home(Tab.DAY), stage.press("primary")),
        Deed("open", both(day_is(lambda day: day.is_open), stage.can_press("test-print")), stage.press("test-print")),
        Deed("test-print", both(day_is(lambda day: day.test_out), stage.can_press("test-good")), test_came),
        Deed("day", both(day_is(lambda day: day.test_good), resident_at(scenes.Start)), stage.press("tab-queue")),
    )


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return opened(stage, stage.office.clerk)


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    day = stage.now().desk.day
    if day.drawer.total != stage.till.yen or day.blank != stage.till.sheets:
        return f"the desk says {day.drawer.total} yen and {day.blank} sheets"
    return papers_and_slips(came, 1, 0) or GOOD


OPENING = Act("opening", _steps, _verdict)
