"""Card applications of fictional residents for the console of a demonstration, as a post office would have sent
them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from certserver.applications.attachments import AttachmentKind, MediaType
from certserver.applications.facts import Facts
from certserver.applications.identity import IdentityDocument, ShownDocument
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import Actor, Event, EventKind, PhotoState, Reason, Role, Route
from certserver.demo.chance import SeededSource
from certserver.demo.load import SEED
from certserver.demo.personas import PERSONAS
from certserver.demo.population import generate
from certserver.demo.scans import document, photo
from certserver.office.applications.deciding import Decision, decide
from certserver.office.desk import Desk
from certserver.office.standing import standing
from certserver.pipeline.card_applications.handling import in_hand
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.opening import Draft, open_for
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import NewAttachment, attach, tell
from certserver.pipeline.card_applications.who import Known

CLERK = "clerk-1"
OFFICE = "本町郵便局"
_ADULT_BEFORE = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whoever applies, as the register has them; `sex` is the form's word."""

    resident_id: str
    name: str = field(repr=False)
    name_kana: str = field(repr=False)
    born: date = field(repr=False)
    sex: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """How an application comes in: to which municipality of residence (empty: the desk's own), at which office, with
    which documents, and how far. `exception`: its photo is one by an exception."""

    express: bool = False
    exception: bool = False
    residence: str = ""
    outlet: str = OFFICE
    until: EventKind = EventKind.SEND
    photo: bytes = field(default_factory=photo, repr=False)
    documents: tuple[tuple[MediaType, bytes], ...] = field(
        default_factory=lambda: (
            (MediaType.PNG, document("DRIVING LICENCE")),
            (MediaType.PNG, document("PASSPORT")),
        ),
        repr=False,
    )


def take_in(desk: Desk, who: Applicant, wish: Wish) -> str:
    """Takes an application in as a clerk of the desk's municipality; its number. No terminal is asked. Raises
    `ValueError` when a step of it is refused."""
    parts, of = desk.applications, wish.residence or desk.municipality
    clerk = Known(Actor(CLERK, Role.CLERK, desk.municipality))
    draft = Draft(who.resident_id, who.name, who.address, Route.MAIL, wish.outlet, desk.municipality, wish.express)
    done = in_hand(parts, clerk, of, lambda hand: open_for(hand, draft))
    scans = [(AttachmentKind.IDENTITY_DOCUMENT, media_type, content) for media_type, content in wish.documents]
    for kind, media_type, content in ((AttachmentKind.PHOTO, MediaType.JPEG, wish.photo), *scans):
        done = attach(parts, clerk, _after(done, of), NewAttachment(kind, media_type, content))
    facts = Facts(
        form=dict(_form(desk, who, wish)),
        shown=(ShownDocument(IdentityDocument.DRIVING_LICENCE), ShownDocument(IdentityDocument.PASSPORT)),
        photo=PhotoState.EXCEPTION if wish.exception else PhotoState.FIT,
        pin_form_sealed=True,
        mail_kind=MailKind.ADDRESSEE_ONLY_SPECIAL,
    )
    done = tell(parts, clerk, _after(done, of), facts)
    for event in (EventKind.CHECK_IDENTITY, EventKind.CAPTURE, EventKind.SEND):
        done = move_application(parts, clerk, _after(done, of), Event(event))
        if event is wish.until:
            break
    return _after(done, of).application_id


def send_applications(desk: Desk) -> int:
    """Sends some in, and decides on a few; how many. The desk is a card officer's. None while an alarm stops what
    people do with applications."""
    if standing(desk).open_alarms:
        return 0
    wishes = (
        *(Wish(express=True), Wish(), Wish(exception=True), Wish(), Wish(until=EventKind.CAPTURE), Wish(), Wish()),
    )
    numbers = [
        take_in(desk, who, Wish(wish.express, wish.exception, until=wish.until, photo=photo(at)))
        for at, (who, wish) in enumerate(zip(_residents(), wishes, strict=False))
    ]
    for number in numbers[-2:]:
        decide(desk, number, Decision(EventKind.TAKE))
    decide(desk, numbers[-1], Decision(EventKind.RETURN, reason=Reason.PHOTO))
    return len(numbers)


def _residents() -> Iterator[Applicant]:
    """Grown-ups without a card of the demonstration, of whom nothing is withheld, one of a household. The last come
    first: whoever is at a fixed place of the population may have come to a counter before."""
    known = {persona.resident_id for persona in PERSONAS.values()}
    for household in reversed(generate(SeededSource(SEED)).households):
        people = [each.resident for each in household.people]
        first = people[0]
        plain = first.born.day is not None and first.born.day < _ADULT_BEFORE and first.foreign is None
        if plain and not any(each.withholding or each.resident_id in known for each in people):
            assert first.born.day is not None, "asked just now"
            yield Applicant(
                first.resident_id,
                first.name,
                first.name_kana or "",
                first.born.day,
                first.sex.value,
                household.household.address,
            )


def _form(desk: Desk, who: Applicant, wish: Wish) -> Iterator[tuple[str, str]]:
    yield from {
        "name": who.name,
        "address": who.address,
        "born": who.born.isoformat(),
        "sex": who.sex,
        "phone": "099-000-0000",
        "signature-kind": "handwritten",
        "intent-affirmed-by": "own-key",
        "intent-expressed-by": "speech",
        "who-came": "person",
        "occasion": "first",
        "change-planned": "no",
        "forwarding": "no",
        "pin-consent": "yes",
        "copy-consent": "yes",
    }.items()
    if who.name_kana:
        yield "name-kana", who.name_kana
    if wish.express:
        yield "express-ground", "lost"
        yield "express-happened-on", desk.clock.now().date().isoformat()
    if wish.exception:
        yield "photo-exception", "religion"
        yield "photo-exception-reason", "宗教上の理由"
        yield "photo-findings", "headwear"


def _after(done: Done | Declined, municipality: str) -> Which:
    if isinstance(done, Declined):
        raise ValueError(f"refused: {done.reason.value}")
    return Which(municipality, done.application_id, done.version)
