"""The proxy of the woman of 78 fetches her card at the municipality's counter: what was brought is judged by the
server, first found lacking, then enough; the PINs come from the sealed form, and the card goes along."""

from collections.abc import Sequence

from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.kinds import CaseKind
from kiosk.counter.scenes import Home
from kiosk.counter.slips import Slip
from kiosk.demo.office import card
from kiosk.demo.office.stage import OfficeDeed, Seen, Stage, both, case_at, desk_at, nothing
from kiosk.demo.office.waits import KAZUKO, NEW_CARD
from kiosk.demo.playing.act import GOOD, Act, words_on
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed

NEW_PINS = {"user-auth": "8305", "signing": "MIHON7TEGAMI3"}
"""As they stand in her sealed form; nobody's."""

BROUGHT = ("flag-reply", "flag-letter-of-attorney", "flag-sealed-pin-form", "brought-letter-says-hard-to-go-out")


def asked(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Somebody comes for the card of another."""
    return (
        *stage.begin(CaseKind.HAND_OVER),
        stage.presses("who-came", at.Begin, "coming-proxy"),
        stage.presses("who-came-asked", at.Begin, "primary"),
    )


def _pins(stage: Stage) -> tuple[OfficeDeed, ...]:
    """From the sealed form, each twice, at the clerk's own keyboard."""
    return tuple(
        deed
        for usage, pin in NEW_PINS.items()
        for part in ("new", "again")
        for deed in (
            Deed(
                f"pin-{usage}-{part}",
                both(case_at(at.Typing), stage.can_press(f"pin-{usage}-{part}")),
                stage.write(**{f"pin-{usage}-{part}": pin}),
            ),
            stage.presses(f"pin-{usage}-{part}-typed", at.Typing, "primary"),
        )
    )


def admitted(stage: Stage) -> tuple[OfficeDeed, ...]:
    """From who came to the card on the reader: lacking at first, then all that is wanted."""
    find = stage.write(search_name=KAZUKO.name, search_born=KAZUKO.born)
    return (
        *asked(stage),
        Deed("find", case_at(at.Find), find),
        stage.presses("find-typed", at.Find, "search"),
        Deed("found", both(case_at(at.Find), _found, stage.can_press("primary")), stage.press("primary")),
        stage.presses("why", at.Why, "case-aged-75", "primary"),
        stage.presses("of-her", at.OfHolder, "document-care-insurance-card", "document-disability-book", "primary"),
        stage.presses("of-proxy", at.OfTaker, "document-driving-licence", "document-passport", "primary"),
        stage.presses("papers", at.Papers, "primary"),
        Deed("lacking", both(_lacking, stage.can_press(BROUGHT[0])), stage.press(*BROUGHT)),
        stage.presses("brought", at.Papers, "primary"),
        stage.presses("admitted", at.Ready, "old-card-none"),
        stage.presses("admitted-old-card", at.Ready, "primary"),
        Deed("put-card", case_at(at.AwaitCard), lambda: stage.things.put_card(NEW_CARD)),
    )


def delivered(stage: Stage) -> tuple[OfficeDeed, ...]:
    """From the PINs being set to the desk between two people."""
    return (
        Deed("delivered", both(case_at(at.Delivered), _slip_out), stage.things.take_card),
        stage.presses("delivered-card", at.Delivered, "resealed"),
        stage.presses("delivered-form", at.Delivered, "primary"),
        Deed("over", desk_at(Home), stage.things.take_everything),
        Deed("home-again", desk_at(Home), nothing),
    )


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    return (*admitted(stage), *_pins(stage), *delivered(stage))


def _scene(seen: Seen) -> object:
    case = seen.desk.case
    return case.case.scene if case is not None and isinstance(case.case, HandOverCase) else None


def _found(seen: Seen) -> bool:
    case = seen.desk.case
    return case is not None and isinstance(case.case, HandOverCase) and case.case.waiting is not None


def _lacking(seen: Seen) -> bool:
    scene = _scene(seen)
    return isinstance(scene, at.Papers) and scene.lacking is not None


def _slip_out(seen: Seen) -> bool:
    scene = _scene(seen)
    return isinstance(scene, at.Delivered) and scene.slip is Slip.OUT


def refused(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Where it may not be done: the windows say where to go, and a slip."""

    def out(seen: Seen) -> bool:
        scene = _scene(seen)
        return isinstance(scene, at.NotHere) and scene.slip is Slip.OUT

    return (
        *asked(stage),
        Deed("not-here", both(out, stage.can_press("primary")), stage.press("primary")),
        Deed("over", desk_at(Home), stage.things.take_everything),
    )


def _verdict(stage: Stage, came: Sequence[Came]) -> str:
    if "delivered" not in card.states(stage.office):
        return f"the municipality has {card.states(stage.office)}"
    if any(pin in words_on(came) for pin in NEW_PINS.values()):
        return "a PIN stands on a slip"
    return GOOD if words_on(came) else "no slip came out"


PROXY = Act("proxy", _steps, _verdict)
