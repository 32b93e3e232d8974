"""The day ends: what the day's cases left in custody is on its list, the sealed form leaves for the municipality before
two; money, paper and custody are counted, the deposit slip is printed, and everything is accounted for. The day of the
municipality's own counter ends likewise."""

from collections.abc import Sequence

from kiosk.composition.demo_office_act import GOOD, Act, papers_and_slips, words_on
from kiosk.composition.demo_office_stage import OfficeDeed, Stage, When, both, day_is, desk_at, home, nothing
from kiosk.composition.demo_office_till import FLOAT
from kiosk.composition.demo_office_tray import Came
from kiosk.composition.scripted import Deed
from kiosk.counter.day import day as sums
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.scenes import Closing, ClosingStep, Home, Tab

REFILL = {100: 20}
FROM_AN_APPLICATION = (CustodyKind.SEALED_PIN_FORM, CustodyKind.RETURNED_CARD)
SEALED_FORMS = (CustodyKind.SEALED_PIN_FORM, CustodyKind.SEALED_PIN_FORM)
"""Of the proxy's hand-over, and of the express application."""


def custody(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Sealed form and old card of the application that was taken in; the form goes on."""
    return (
        Deed("home", desk_at(Home), stage.press("tab-custody")),
        Deed("custody", both(home(Tab.CUSTODY), _kept(*FROM_AN_APPLICATION)), stage.press("kept-1")),
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


def closed(stage: Stage, kept: int) -> tuple[OfficeDeed, ...]:
    """Counted, deposited, closed; so many things are in custody."""

    def cash() -> None:
        stage.count(stage.till.pieces)

    def things() -> None:
        stage.write(sheets=str(stage.till.sheets), custody=str(kept))()

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


def _kept(*kinds: CustodyKind) -> When:
    return lambda seen: tuple(each.kind for each in seen.desk.day.custody) == kinds


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (*custody(stage), *filled_up(stage), *closed(stage, kept=1))


def _hall_steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (
        Deed("home", desk_at(Home), stage.press("tab-custody")),
        Deed("custody", both(home(Tab.CUSTODY), _kept(*SEALED_FORMS)), stage.press("tab-day")),
        *closed(stage, kept=len(SEALED_FORMS)),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    return _accounted(stage, came, kept=1)


def _hall_verdict(stage: Stage, came: Sequence[Came]) -> str:
    return _accounted(stage, came, kept=len(SEALED_FORMS))


def _accounted(stage: Stage, came: Sequence[Came], kept: int) -> str:
    day = stage.now().desk.day
    deposited = day.last_deposit.total
    wanted = stage.till.yen - sum(yen * count for yen, count in FLOAT.items())
    if deposited != wanted:
        return f"{deposited} yen are deposited, not {wanted}"
    missing = [words for words in ("入金票", "差0円", f"預かり品{kept}点") if words not in words_on(came[-1:])]
    if missing:
        return f"the deposit slip does not say {missing}"
    return papers_and_slips(came, 0, 1) or GOOD


CLOSING = Act("closing", _steps, _verdict)
HALL_CLOSING = Act("hall-closing", _hall_steps, _hall_verdict)
