"""At the municipality's own counter: a woman of 78 applied for her card there. It is approved, made by the
simulated card maker, and waits to be fetched."""

from collections.abc import Sequence

from hardware.camera.person import Person
from kiosk.composition import demo_office_card as card
from kiosk.composition.demo_act import GOOD, Act, papers_and_slips
from kiosk.composition.demo_act_tray import Came
from kiosk.composition.demo_office_card import Applicant
from kiosk.composition.demo_office_opening import opened
from kiosk.composition.demo_office_stage import OfficeDeed, Stage, desk_at
from kiosk.composition.scripted import Deed
from kiosk.counter.card_application import scenes as at
from kiosk.counter.scenes import Home

NEW_CARD = "yoshida-kazuko"
KAZUKO = Applicant("ヨシダ　カズコ", "19471208", Person(glasses=True))


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    def made() -> None:
        stage.office.next_card(NEW_CARD)
        stage.office.decides(("take",), ("approve",), ("follow",), ("set-up",), ("notify",))

    return (
        *opened(stage, stage.office.officer),
        *card.asked(stage, "card-application", "person"),
        *card.found(stage, KAZUKO),
        stage.presses("found", at.Who, "route-counter"),
        stage.presses("found-route", at.Who, "primary"),
        *card.willing(stage),
        *card.identified(stage, "care-insurance-card", "disability-book"),
        *card.filled_in(stage, phone="099-000-0001"),
        *card.photographed(stage, KAZUKO),
        *card.signed_for_counter(stage),
        *card.sent(stage),
        Deed("made", desk_at(Home), made),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    if "notice-sent" not in card.states(stage.office):
        return f"the municipality has {card.states(stage.office)}"
    return papers_and_slips(came, 1, 1) or GOOD


WAITS = Act("waits", _steps, _verdict)
