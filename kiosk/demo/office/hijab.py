"""A woman who wears a hijab applies for a card. The municipality returns it for the photo; only that is taken anew, and
it is approved. The simulated card maker makes the card, and the simulated mail brings it."""

from collections.abc import Sequence

from hardware.camera.person import Person
from kiosk.counter.card_application import scenes as at
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.kinds import CaseKind
from kiosk.counter.scenes import Home
from kiosk.demo.office import card
from kiosk.demo.office.card import Applicant
from kiosk.demo.office.stage import OfficeDeed, Stage, desk_at
from kiosk.demo.playing.act import GOOD, Act
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed

AOKI = Applicant(
    "青木　希",
    "19920202",
    Person(hijab=True),
    "headwear",
    ("religion", "信仰上の理由によりヒジャブを着用。顔の輪郭は見えている。"),
)


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    def choose_returned() -> None:
        (key,) = (name for name in stage.clerk.controls() if name.startswith("take-up-"))
        stage.press(key)()

    def returned() -> None:
        stage.office.decides(("take",), ("return", "--reason", "photo"))

    def brought() -> None:
        by_mail = ("mail-out", "--kind", "addressee-only-special")
        stage.office.decides(("take",), ("approve",), ("follow",), ("set-up",), by_mail, ("follow",))

    return (
        *card.asked(stage, "card-application", "person"),
        *card.found(stage, AOKI),
        stage.presses("found", at.Who, "route-mail"),
        stage.presses("found-route", at.Who, "primary"),
        *card.willing(stage),
        *card.identified(stage, "driving-licence", "passport"),
        *card.filled_in(stage, phone="099-000-0000"),
        *card.photographed(stage, AOKI),
        *card.signed(stage),
        *card.sent(stage),
        Deed("returned-by-officer", desk_at(Home), returned),
        *stage.begin(CaseKind.CARD_APPLICATION),
        Deed(
            "returned", lambda _: any(name.startswith("take-up-") for name in stage.clerk.controls()), choose_returned
        ),
        *card.photographed(stage, AOKI),
        *card.sent(stage),
        Deed("approved-made-and-mailed", desk_at(Home), brought),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    states = card.states(stage.office)
    if states != ["delivered"]:
        return f"the municipality has {states}"
    slips = sum(1 for each in came if each.slip)
    if slips != 2:
        return f"{slips} receipts came out, not two"
    kept = [each.kind for each in stage.now().desk.day.custody]
    if kept != [CustodyKind.SEALED_PIN_FORM, CustodyKind.RETURNED_CARD]:
        return f"in custody are {kept}"
    return GOOD


HIJAB = Act("hijab", _steps, _verdict)
