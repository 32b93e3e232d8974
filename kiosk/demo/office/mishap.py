"""What goes wrong in a day: a resident has to fetch something, and the case is put aside and taken over by a colleague;
a sheet jams, the fee goes back, and the sheet is destroyed face-down before a second person."""

from collections.abc import Sequence

from kiosk.counter.kinds import CaseKind
from kiosk.counter.scenes import Guiding, Home, Tab
from kiosk.counter.x509_pin import scenes as at
from kiosk.demo.office.order import given_back, ordered
from kiosk.demo.office.stage import OfficeDeed, Seen, Stage, When, both, day_is, desk_at, home
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed
from printers.model import PrinterProblem


def held_and_taken_over(stage: Stage) -> tuple[OfficeDeed, ...]:
    """The clerk begins, puts it aside and signs out; the colleague signs in and takes it up, to the end."""
    return (
        *stage.begin(CaseKind.X509_PIN),
        stage.presses("wish", at.Choosing, "wish-change-pin", "primary"),
        stage.presses("explained", at.Explained, "hold"),
        Deed("held", both(home(Tab.CASES), lambda seen: bool(seen.desk.held)), stage.press("tab-day")),
        Deed("sign-out", home(Tab.DAY), stage.press("sign-out")),
        *stage.sign_in(stage.office.second, name="colleague"),
        Deed("colleague-day", desk_at(Home), stage.press("tab-cases")),
        Deed("held-still", both(home(Tab.CASES), _can_take_up(stage)), lambda: _take_up(stage)),
        stage.presses("taken-over", at.Explained, "back"),
        stage.presses("not-wanted", at.Choosing, "end"),
    )


def jammed(stage: Stage) -> tuple[OfficeDeed, ...]:
    """An order whose sheet jams, and the money back."""

    def jam() -> None:
        stage.things.pages.jam_on_sheet(1)
        stage.press("tab-order")()

    def leave() -> None:
        stage.things.pages.mend(PrinterProblem.JAM)
        stage.things.take_everything()
        stage.touch("primary")()
        stage.press("leave-order")()

    return (
        Deed("before-jam", desk_at(Home), jam),
        *ordered(stage, {100: 2}),
        *given_back(stage, {100: 2}),
        Deed(
            "jam-told", both(desk_at(Guiding), day_is(lambda day: day.due == 0), stage.can_press("leave-order")), leave
        ),
    )


def destroyed(stage: Stage) -> tuple[OfficeDeed, ...]:
    """The sheet is taken out face-down and destroyed before a second person."""

    def destroy() -> None:
        stage.till.sheets -= 1

    def jammed_sheet(_: Seen) -> bool:
        return any(name.startswith("document-") for name in stage.clerk.controls())

    def choose() -> None:
        stage.press(next(name for name in stage.clerk.controls() if name.startswith("document-")))()

    return (
        Deed("after-jam", home(Tab.ORDER), stage.press("tab-supplies")),
        Deed("supplies", both(home(Tab.SUPPLIES), jammed_sheet), choose),
        *stage.before_two("two", destroy),
        Deed("destroyed", both(home(Tab.SUPPLIES), day_is(lambda day: not day.unsettled)), stage.press("tab-day")),
    )


def _can_take_up(stage: Stage) -> When:
    return lambda _: any(name.startswith("held-") for name in stage.clerk.controls())


def _take_up(stage: Stage) -> None:
    stage.press(next(name for name in stage.clerk.controls() if name.startswith("held-")))()


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (*held_and_taken_over(stage), *jammed(stage), *destroyed(stage))


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    desk = stage.now().desk
    if desk.held or desk.day.destroyed != 1 or desk.day.drawer.total != stage.till.yen:
        return f"{len(desk.held)} cases held, {desk.day.destroyed} sheets destroyed, {desk.day.drawer.total} yen"
    return papers_and_slips(came, 0, 2) or GOOD


MISHAP = Act("mishap", _steps, _verdict)
