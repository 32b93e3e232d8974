"""Parents apply for their baby's card by express issuance, at the municipality's counter: no photo under one year, and
when it arrives is said as a range, 目安."""

from collections.abc import Sequence

from hardware.camera.person import Person
from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.day.entries import CustodyKind
from kiosk.demo.office import card
from kiosk.demo.office.card import Applicant
from kiosk.demo.office.stage import OfficeDeed, Seen, Stage, both, case_at
from kiosk.demo.playing.act import GOOD, Act, words_on
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed

KOTONE = Applicant("井上　琴音", "20260925", Person())


def _granted(seen: Seen) -> bool:
    case = seen.desk.case
    return case is not None and isinstance(case.case, CardCase) and case.case.granted is not None


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (
        *card.asked(stage, "express", "legal-representative"),
        *card.found(stage, KOTONE),
        stage.presses("found", at.Who, "primary"),
        stage.presses("ground", at.Quick, "express-ground-infant", "change-planned-no"),
        Deed("ground-day", case_at(at.Quick), stage.write(happened_text=KOTONE.born)),
        stage.presses("ground-typed", at.Quick, "again"),
        Deed("granted", both(case_at(at.Quick), _granted, stage.can_press("primary")), stage.press("primary")),
        *card.willing(stage, "helper"),
        *card.identified(stage, "notice-card", "maternity-book", "eligibility-certificate"),
        *card.filled_in(stage, representative_name="井上　ひかり", representative_relation="母"),
        stage.presses("no-photo", at.PhotoScene, "primary"),
        *card.signed_for_express(stage),
        *card.sent(stage),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    if "sent-to-municipality" not in card.states(stage.office):
        return f"the municipality has {card.states(stage.office)}"
    kept = [each.kind for each in stage.now().desk.day.custody]
    if kept != [CustodyKind.SEALED_PIN_FORM] * 2:
        return f"in custody are {kept}, not the proxy's form and the parents'"
    return GOOD if "目安" in words_on(came) else "the receipt does not say that the days are 目安"


EXPRESS = Act("express", _steps, _verdict)
