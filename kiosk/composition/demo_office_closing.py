"""The day ends: a sealed form and a returned card come into custody, the form leaves for the municipality before two;
money, paper and custody are counted, the deposit slip is printed, and everything is accounted for."""

from collections.abc import Sequence

from kiosk.composition.demo_office_act import GOOD, Act, papers_and_slips, words_on
from kiosk.composition.demo_office_stage import OfficeDeed, Stage, When, both, day_is, desk_at, home, nothing
from kiosk.composition.demo_office_till import FLOAT
from kiosk.composition.demo_office_tray import Came
from kiosk.composition.scripted import Deed
from kiosk.counter.day import day as sums
from kiosk.counter.scenes import Closing, ClosingStep, Home, Tab

REFILL = {100: 20}


def custody(stage: Stage) -> tuple[OfficeDeed, ...]:
    """In and out."""

    def take_in(kind: str, about: str) -> None:
        stage.press(f"kind-{kind}")()
        stage.write(about=about)()
        stage.press("primary")()

    return (
        Deed("home", desk_at(Home), stage.press("tab-custody")),
        Deed("custody", home(Tab.CUSTODY), lambda: take_in("sealed-pin-form", "申請 1件目")),
        Deed("custody-form", day_is(lambda day: len(day.custody) == 1), lambda: take_in("returned-card", "旧カード 1")),
        Deed("custody-card", day_is(lambda day: len(day.custody) == 2), stage.press("kept-1")),
        *stage.before_two("custody-out", stage.press("whither-municipality")),
        Deed("custody-left", day_is(lambda day: len(day.custody) == 1), stage.press("tab-supplies")),
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
        stage.write(sheets=str(stage.till.sheets), custody="1")()

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


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (*custody(stage), *filled_up(stage), *closed(stage))


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    day = stage.now().desk.day
    deposited = day.last_deposit.total
    wanted = stage.till.yen - sum(yen * count for yen, count in FLOAT.items())
    if deposited != wanted:
        return f"{deposited} yen are deposited, not {wanted}"
    missing = [words for words in ("入金票", "差0円", "預かり品1点") if words not in words_on(came[-1:])]
    if missing:
        return f"the deposit slip does not say {missing}"
    return papers_and_slips(came, 0, 1) or GOOD


CLOSING = Act("closing", _steps, _verdict)
