"""Card applications for the inbox of a console, with no terminal: as a clerk of some office would have sent them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw

from certserver.applications.attachments import AttachmentKind, MediaType
from certserver.applications.facts import Facts
from certserver.applications.identity import IdentityDocument, ShownDocument
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import Actor, CardApplication, Event, EventKind, PhotoState, Role, Route, State
from certserver.ledger.state import found_municipality, read_state
from certserver.office.desk import Desk
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.opening import OPEN
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.rows import Step, Stored, insert_application
from certserver.pipeline.card_applications.stepping import Which, note_step
from certserver.pipeline.card_applications.telling import NewAttachment, attach, tell
from certserver.pipeline.card_applications.who import Known
from certserver.ports import unix
from certserver.registers.model import Household, RegisterDate
from certserver.registers.writing import write_household, write_resident
from tests.support.registers import make_resident

OFFICE = "本町郵便局"
NAME, ADDRESS, BORN = "見本　花", "見本県見本市本町一丁目2番3号", date(1980, 4, 1)
FORM = {
    "name": NAME,
    "name-kana": "ミホン　ハナ",
    "address": ADDRESS,
    "born": BORN.isoformat(),
    "sex": "female",
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
}
_CLERK = "clerk-1"
ELSEWHERE = "992029"
"""A municipality whose residents apply here."""


def drawn_photo() -> bytes:
    """A face that nobody has, as a JPEG."""
    picture = Image.new("RGB", (540, 694), (236, 240, 244))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 520, 480, 940), fill=(70, 90, 120))
    draw.rectangle((230, 420, 310, 560), fill=(214, 178, 152))
    draw.ellipse((150, 130, 390, 470), fill=(224, 190, 164))
    draw.chord((140, 110, 400, 400), 180, 360, fill=(50, 40, 38))
    for at in (220, 320):
        draw.ellipse((at - 12, 285, at + 12, 305), fill=(30, 30, 34))
    draw.arc((225, 330, 315, 400), 20, 160, fill=(150, 80, 80), width=6)
    written = BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()


def drawn_scan(text: str) -> bytes:
    """A document without a name, as a PNG."""
    picture = Image.new("RGB", (860, 540), (250, 250, 246))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, 840, 520), outline=(90, 110, 140), width=6)
    draw.rectangle((60, 120, 260, 400), fill=(222, 226, 232))
    draw.text((320, 140), text, fill=(40, 50, 60), font_size=36)
    for at in range(3):
        draw.rectangle((320, 230 + at * 60, 760, 246 + at * 60), fill=(206, 212, 220))
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def drawn_pdf(text: str) -> bytes:
    """The same on two pages, as a PDF."""
    page = Image.open(BytesIO(drawn_scan(text)))
    written = BytesIO()
    page.save(written, "PDF", save_all=True, append_images=[page])
    return written.getvalue()


def record(desk: Desk, resident: str) -> str:
    """Writes somebody into the register as they are called in their application; their key."""
    with desk.database.writing() as connection:
        write_household(connection, desk.municipality, Household(f"of {resident}", ADDRESS, NAME))
        recorded = replace(make_resident(resident, f"of {resident}"), name=NAME, born=RegisterDate(BORN))
        write_resident(connection, desk.municipality, recorded)
    return resident


def sent(
    desk: Desk, resident: str, *, express: bool = False, outlet: str = OFFICE, residence: str = "", until: str = "send"
) -> str:
    """The number of an application that was taken in and sent, or came as far as `until` says. The register need not
    hold the resident before somebody decides: see `record`."""
    of = residence or desk.municipality
    parts, who = desk.applications, Known(Actor(_CLERK, Role.CLERK, desk.municipality))
    application_id = desk.entropy(16).hex()

    def opened(hand: Hand) -> Done | Declined:
        now, keys = unix(hand.at), hand.parts.keys
        key = keys.new_key(of, application_id)
        personal = Personal(resident, NAME, ADDRESS)
        application = CardApplication(application_id, of, desk.municipality, Route.MAIL, hand.at, express=express)
        stored = Stored(
            application=application,
            version=1,
            person=keys.person(of, resident),
            outlet=outlet,
            key=key,
            personal=keys.close_personal(key, of, application_id, personal),
            touched_at=now,
            due_on=None,
            ended_at=None,
            erase_at=None,
            erased_at=None,
        )
        insert_application(hand.connection, stored, now)
        note_step(
            hand,
            application_id,
            Step(1, OPEN, None, State.DRAFT, _CLERK, Role.CLERK, desk.municipality, now, None),
        )
        return Done(application_id, 1, State.DRAFT)

    with desk.database.writing() as connection:
        if read_state(connection, of) is None:
            found_municipality(connection, of)
    done = in_hand(parts, who, of, opened)
    for kind, media_type, content in (
        (AttachmentKind.PHOTO, MediaType.JPEG, drawn_photo()),
        (AttachmentKind.IDENTITY_DOCUMENT, MediaType.PNG, drawn_scan("DRIVING LICENCE")),
        (AttachmentKind.IDENTITY_DOCUMENT, MediaType.PDF, drawn_pdf("PASSPORT")),
    ):
        done = attach(parts, who, _after(done, of), NewAttachment(kind, media_type, content))
    ground = {"express-ground": "lost", "express-happened-on": BORN.isoformat()} if express else {}
    facts = Facts(
        form={**FORM, **ground},
        shown=(ShownDocument(IdentityDocument.DRIVING_LICENCE), ShownDocument(IdentityDocument.PASSPORT)),
        photo=PhotoState.FIT,
        pin_form_sealed=True,
        mail_kind=MailKind.ADDRESSEE_ONLY_SPECIAL,
    )
    done = tell(parts, who, _after(done, of), facts)
    for event in (EventKind.CHECK_IDENTITY, EventKind.CAPTURE, EventKind.SEND):
        done = move_application(parts, who, _after(done, of), Event(event))
        if event.value == until:
            break
    _after(done, of)
    return application_id


def _after(done: Done | Declined, municipality: str) -> Which:
    assert isinstance(done, Done), done
    return Which(municipality, done.application_id, done.version)
