"""A certificate of residence, ordered on the resident's window with the clerk beside it: a number is drawn, the money
goes into the clerk's drawer, the sheet comes from the clerk's hand."""

from collections.abc import Callable, Mapping, Sequence

from kiosk.counter.scenes import Guiding, Home, Tab
from kiosk.demo.office.stage import OfficeDeed, Seen, Stage, both, day_is, desk_at, home, nothing
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed
from kiosk.demo.residents.script import main_job
from kiosk.flow import scenes
from kiosk.flow.values.service import Belonging

FEE = 200


def numbered(stage: Stage) -> tuple[OfficeDeed, ...]:
    """A number is drawn for a certificate, and called."""
    return (
        Deed("home", desk_at(Home), stage.press("tab-queue")),
        Deed("queue", home(Tab.QUEUE), stage.press("service-certificate", "primary")),
        Deed("queue-drawn", day_is(lambda day: bool(day.waiting)), stage.press("call-next")),
        Deed("queue-called", day_is(lambda day: day.called is not None), stage.press("tab-order")),
    )


def ordered(stage: Stage, given: Mapping[int, int]) -> tuple[OfficeDeed, ...]:
    """From the order's page to the money in the drawer; `given` by piece."""

    def take() -> None:
        stage.count(given)
        stage.till.put_in(given)

    resident = main_job(stage.resident, stage.things)
    until_paid = [each.name for each in resident].index("pay")
    return (
        Deed("order", home(Tab.ORDER), stage.press("primary")),
        *(_alone(deed.name, deed.when, deed.do) for deed in resident[:until_paid]),
        Deed("money", both(desk_at(Guiding), lambda seen: seen.desk.asked is not None), take),
        Deed("money-counted", stage.can_press("primary"), stage.press("primary")),
        Deed("paid", both(_enough, stage.can_touch("primary")), stage.touch("primary")),
    )


def given_back(stage: Stage, pieces: Mapping[int, int]) -> tuple[OfficeDeed, ...]:
    """The clerk gives back what the window says, these pieces."""

    def give() -> None:
        stage.till.take_out(pieces)
        stage.press("primary")()

    return (Deed("give-back", both(day_is(lambda day: day.due > 0), stage.can_press("primary")), give),)


def handed_over(stage: Stage) -> tuple[OfficeDeed, ...]:
    """The sheet from the tray into the clerk's hand, looked at by the resident, and over."""

    def out() -> None:
        stage.till.sheets -= 1
        stage.press("primary")()

    sheets_out = day_is(lambda day: day.out > 0)
    return (
        Deed("sheet-taken", both(sheets_out, _all_out), stage.things.take_everything),
        Deed("sheet-out", stage.can_press("primary"), out),
        Deed("sheet-shown", stage.can_touch("sheets-right"), stage.touch("sheets-right")),
        Deed("sheet-right", both(_right, stage.can_press("primary")), stage.press("primary")),
        Deed("receipt-taken", _receipt_out, stage.things.take_everything),
    )


def served(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Whoever had the number is served."""
    return (
        Deed("order-over", desk_at(Home), stage.press("tab-queue")),
        Deed("queue-again", home(Tab.QUEUE), stage.press("served")),
        Deed("queue-empty", day_is(lambda day: day.called is None), nothing),
    )


def _alone(name: str, when: Callable[[scenes.Scene], bool], do: Callable[[], None]) -> OfficeDeed:
    """What a resident does while the clerk looks on."""
    return Deed(name, lambda seen: when(seen.terminal.scene), do)


def _enough(seen: Seen) -> bool:
    return isinstance(seen.terminal.scene, scenes.Pay) and seen.terminal.scene.held >= FEE


def _all_out(seen: Seen) -> bool:
    return isinstance(seen.terminal.scene, scenes.LookAtSheets)


def _receipt_out(seen: Seen) -> bool:
    scene = seen.terminal.scene
    return isinstance(scene, scenes.TakeSheets) and Belonging.RECEIPT in scene.waiting


def _right(seen: Seen) -> bool:
    return isinstance(seen.desk.scene, Guiding) and all(each.right for each in seen.desk.sheets_of_order)


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (
        *numbered(stage),
        *ordered(stage, {500: 1}),
        *given_back(stage, {100: 3}),
        *handed_over(stage),
        *served(stage),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    day = stage.now().desk.day
    if (day.fees, day.handed, day.drawer.total) != (FEE, 1, stage.till.yen):
        return (
            f"the desk says {day.fees} yen of fees, {day.handed} sheets handed over, {day.drawer.total} in the drawer"
        )
    return papers_and_slips(came, 1, 2) or GOOD


ORDER = Act("order", _steps, _verdict)
