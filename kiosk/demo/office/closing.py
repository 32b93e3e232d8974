"""The day ends: what the day's cases left in custody is on its list, the sealed form leaves for the municipality before
two; money, paper and custody are counted, the deposit slip is printed, and everything is accounted for. The day of the
municipality's own counter ends likewise."""

from collections.abc import Sequence

from kiosk.counter.day import day as sums
from kiosk.counter.day.entries import CustodyKind, Kept
from kiosk.counter.scenes import Closing, ClosingStep, Home, Tab
from kiosk.demo.office.stage import OfficeDeed, Stage, When, both, day_is, desk_at, home, nothing
from kiosk.demo.office.till import FLOAT
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips, words_on
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed

REFILL = {100: 20}


def custody(stage: Stage) -> tuple[OfficeDeed, ...]:
    """What the day's cases left here is on its list; sealed forms go on."""
    forms = [each.number for each in _kept(stage) if each.kind is CustodyKind.SEALED_PIN_FORM]
    left = len(_kept(stage)) - len(forms)
    return (
        Deed("home", desk_at(Home), stage.press("tab-custody")),
        *(
            deed
            for number in forms
            for deed in (
                Deed("custody-form", home(Tab.CUSTODY), stage.press(f"kept-{number}")),
                *stage.before_two("custody-out", stage.press("whither-municipality")),
            )
        ),
        Deed(
            "custody",
            both(home(Tab.CUSTODY), day_is(lambda day: len(day.custody) == left)),
            stage.press("tab-supplies"),
        ),
    )


def filled_up(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Paper and change."""

    def paper() -> None:
        stage.till.sheets += 50
        stage.write(sheets="50")()
        stage.press("add-sheets")()

    def change() -> None:
        stage.till.put_in(REFILL)
        stage.count(REFILL)
        stage.press("reason-refill", "primary")()

    return (
        Deed("supplies", home(Tab.SUPPLIES), paper),
        Deed("supplies-paper", day_is(lambda day: day.sheets_added == 50), change),
        Deed("supplies-change", day_is(lambda day: day.moved == 2000), stage.press("tab-day")),
    )


def closed(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Counted, deposited, closed."""

    def cash() -> None:
        stage.count(stage.till.pieces)

    def things() -> None:
        stage.write(sheets=str(stage.till.sheets), custody=str(len(_kept(stage))))()

    return (
        Deed("day", both(home(Tab.DAY), stage.can_press("primary")), stage.press("primary")),
        Deed("count", _closing(ClosingStep.CASH), cash),
        Deed("counted", stage.can_press("primary"), stage.press("primary")),
        Deed("count-things", _closing(ClosingStep.THINGS), things),
        Deed("counted-things", stage.can_press("primary"), stage.press("primary")),
        Deed("deposit", both(_closing(ClosingStep.DEPOSIT), stage.can_press("primary")), stage.press("primary")),
        Deed("closed", day_is(lambda day: day.stage is sums.Stage.NONE), nothing),
    )


def _closing(step: ClosingStep) -> When:
    return lambda seen: seen.desk.scene == Closing(step)


def _kept(stage: Stage) -> tuple[Kept, ...]:
    return stage.now().desk.day.custody


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (*custody(stage), *filled_up(stage), *closed(stage))


def _hall_steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (
        Deed("home", desk_at(Home), stage.press("tab-custody")),
        Deed("custody", home(Tab.CUSTODY), stage.press("tab-day")),
        *closed(stage),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    day = stage.now().desk.day
    deposited = day.last_deposit.total
    wanted = stage.till.yen - sum(yen * count for yen, count in FLOAT.items())
    if deposited != wanted:
        return f"{deposited} yen are deposited, not {wanted}"
    missing = [
        words for words in ("入金票", "差0円", f"預かり品{len(day.custody)}点") if words not in words_on(came[-1:])
    ]
    if missing:
        return f"the deposit slip does not say {missing}"
    return papers_and_slips(came, 0, 1) or GOOD


CLOSING = Act("closing", _steps, _verdict)
HALL_CLOSING = Act("hall-closing", _hall_steps, _verdict)
