"""A card application at the counter as a demonstration plays it: who comes, and every step on both windows up to the
receipt; and where officers of the municipality read that it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.camera.person import Person
from kiosk.counter import scenes as desk
from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.kinds import CaseKind
from kiosk.counter.slips import Slip
from kiosk.demo.office.site import OfficeSite
from kiosk.demo.office.stage import OfficeDeed, Seen, Stage, both, case_at
from kiosk.demo.playing.scripted import Deed


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, as they look to the camera. `exception` is the category and the reason of a photo that is not as the
    rules want it, with what the clerk sees in it."""

    name: str
    born: str = field(repr=False)
    looks: Person
    sees: str = ""
    exception: tuple[str, str] = ("", "")


def asked(stage: Stage, procedure: str, comer: str) -> tuple[OfficeDeed, ...]:
    """From the desk between two residents to what the rules of the place say."""
    keys = (f"procedure-{procedure}", f"comer-{comer}", "residence-here")
    return (
        *stage.begin(CaseKind.CARD_APPLICATION),
        stage.presses("asked", at.Begin, *keys),
        stage.presses("asked-all", at.Begin, "primary"),
    )


def refused(stage: Stage, procedure: str, comer: str) -> tuple[OfficeDeed, ...]:
    """Asked where it may not be done: the windows say where, and a slip."""
    return (
        *asked(stage, procedure, comer),
        Deed("not-here", both(case_at(at.NotHere), _slip_is(Slip.OUT)), stage.press("primary")),
        Deed("over", _home, stage.things.take_everything),
    )


def found(stage: Stage, who: Applicant) -> tuple[OfficeDeed, ...]:
    """Found in the municipality's register."""
    return (
        Deed("who", case_at(at.Who), stage.write(search_name=who.name, search_born=who.born)),
        stage.presses("who-typed", at.Who, "scan"),
    )


def willing(stage: Stage, how: str = "speech") -> tuple[OfficeDeed, ...]:
    """The resident reads what is asked and says yes, in this way."""
    return (
        stage.touches("intent", at.Intent, "primary"),
        Deed("intent-more", _intent_page(1), stage.touch("primary")),
        Deed("intent-last", _intent_page(2), stage.touch("affirm")),
        Deed("intent-yes", stage.can_press("primary"), stage.press(f"intent-expressed-by-{how}")),
        stage.presses("intent-noted", at.Intent, "primary"),
    )


def identified(stage: Stage, *kinds: str) -> tuple[OfficeDeed, ...]:
    """These documents are seen and scanned, one after the other."""
    following = (*(f"document-{kind}" for kind in kinds[1:]), "primary")
    return (
        stage.presses("identity", at.Identity, f"document-{kinds[0]}"),
        *(
            Deed(f"identity-{count}", both(_scanned(count), stage.can_press(key)), stage.press(key))
            for count, key in enumerate(following, start=1)
        ),
    )


def filled_in(stage: Stage, **fields: str) -> tuple[OfficeDeed, ...]:
    """The form, read and confirmed by the resident; both X.509s."""
    return (
        Deed("form", case_at(at.Filling), stage.write(**fields)),
        stage.presses("form-typed", at.Filling, "primary"),
        stage.touches("form-read", at.Filling, "confirm"),
        stage.presses("x509s", at.X509s, "primary"),
    )


def photographed(stage: Stage, who: Applicant) -> tuple[OfficeDeed, ...]:
    """The photo is taken, and what is not as the rules want it has its category and reason."""
    category, reason = who.exception
    excused = (
        (
            stage.presses("photo-taken", at.PhotoScene, f"sees-{who.sees}"),
            stage.presses("photo-exception", at.PhotoScene, f"photo-exception-{category}"),
            Deed("photo-reason", case_at(at.PhotoScene), stage.write(photo_exception_reason=reason)),
        )
        if category
        else ()
    )
    return (
        Deed("photo-nobody", both(case_at(at.PhotoScene), _live), lambda: stage.things.camera.sit(who.looks)),
        Deed("photo-live", both(_well_seen, stage.can_press("primary")), stage.press("primary")),
        *excused,
        Deed("photo-decided", both(_taken, stage.can_press("primary")), stage.press("primary")),
    )


def sent(stage: Stage) -> tuple[OfficeDeed, ...]:
    """The check of all, the form on both windows, sent; the receipt."""
    return (
        Deed("check", both(_form_shown, stage.can_press("primary")), stage.press("primary")),
        Deed("sent", both(case_at(at.SentScene), _slip_is(Slip.OUT)), stage.press("primary")),
        Deed("over", _home, stage.things.take_everything),
    )


MAIL = ("change-planned-no", "forwarding-no", "pin-consent-yes", "copy-consent-yes")


def signed(stage: Stage) -> tuple[OfficeDeed, ...]:
    """Name in the box, sealed PIN form, the old card handed in, and the questions of the mail."""
    return _signed(stage, ("pin-form-sealed", "old-card-handed-in"), ("occasion-renewal", *MAIL))


def signed_for_counter(stage: Stage) -> tuple[OfficeDeed, ...]:
    """The same where the card is fetched at the municipality's counter."""
    return _signed(stage, ("old-card-none",), ())


def signed_for_express(stage: Stage) -> tuple[OfficeDeed, ...]:
    """The same of an express issuance."""
    return _signed(stage, ("pin-form-sealed", "old-card-none"), MAIL)


def _signed(stage: Stage, pin_form: tuple[str, ...], delivery: tuple[str, ...]) -> tuple[OfficeDeed, ...]:
    asked_more = (stage.presses("delivery", at.Delivery, *delivery),) if delivery else ()
    return (
        stage.presses("signature", at.Signing, "signature-kind-handwritten"),
        stage.presses("signature-done", at.Signing, "primary"),
        stage.presses("pin-form", at.PinForm, *pin_form),
        stage.presses("pin-form-done", at.PinForm, "primary"),
        *asked_more,
        stage.presses("delivery-done", at.Delivery, "primary"),
    )


# What officers see


def states(office: OfficeSite) -> list[str]:
    """The state of every application, as officers read them."""
    return [line.split()[1] for line in office.server("application", "list", "--all").splitlines()]


# What is seen


def _case(seen: Seen) -> CardCase | None:
    case = seen.desk.case
    return case.case if case is not None and isinstance(case.case, CardCase) else None


def _scene(seen: Seen) -> object:
    case = _case(seen)
    return None if case is None else case.scene


def _home(seen: Seen) -> bool:
    return isinstance(seen.desk.scene, desk.Home)


def _slip_is(slip: Slip) -> Callable[[Seen], bool]:
    def so(seen: Seen) -> bool:
        scene = _scene(seen)
        return isinstance(scene, (at.NotHere, at.SentScene)) and scene.slip is slip

    return so


def _intent_page(page: int) -> Callable[[Seen], bool]:
    def so(seen: Seen) -> bool:
        scene = _scene(seen)
        return isinstance(scene, at.Intent) and scene.page == page

    return so


def _scanned(count: int) -> Callable[[Seen], bool]:
    def so(seen: Seen) -> bool:
        case, scene = _case(seen), _scene(seen)
        if case is None or not isinstance(scene, at.Identity) or scene.scanning:
            return False
        return sum(1 for each in case.documents if each.scan) == count

    return so


def _live(seen: Seen) -> bool:
    scene = _scene(seen)
    return isinstance(scene, at.PhotoScene) and scene.serial > 0


def _well_seen(seen: Seen) -> bool:
    """Nothing is left to be hinted at."""
    scene = _scene(seen)
    return isinstance(scene, at.PhotoScene) and scene.serial > 0 and not scene.hints


def _taken(seen: Seen) -> bool:
    scene = _scene(seen)
    return isinstance(scene, at.PhotoScene) and scene.taken is not None


def _form_shown(seen: Seen) -> bool:
    scene = _scene(seen)
    return isinstance(scene, at.Check) and scene.pages > 0
