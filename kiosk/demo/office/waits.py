"""At the municipality's own counter: a woman of 78 applied for her card there. It is approved, made by the
simulated card maker, and waits to be fetched."""

from collections.abc import Sequence

from hardware.camera.person import Person
from kiosk.counter.card_application import scenes as at
from kiosk.counter.scenes import Home
from kiosk.demo.office import card
from kiosk.demo.office.card import Applicant
from kiosk.demo.office.opening import opened
from kiosk.demo.office.stage import OfficeDeed, Stage, desk_at
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed

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
