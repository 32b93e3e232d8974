"""Card applications at a counter, as a clerk and a resident go through them: a post office that is commissioned to take
them in, the municipal counter, and an officer who decides."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import delete, select, update

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.facts import Facts
from certserver.applications.mail_delivery import MailKind
from certserver.applications.permissions import SiteKind
from certserver.applications.places import Place, Procedure
from certserver.applications.states import Actor, Event, EventKind, Reason, Role, State
from certserver.demo.people import MUNICIPALITY
from certserver.demo.profile import mihon_profile
from certserver.ledger.state import found_municipality
from certserver.pipeline.card_applications.commissions import read_commissions
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Done
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known
from certserver.pipeline.profile_rows import add_profile
from certserver.registers.model import Household, RegisterDate
from certserver.registers.snapshots import found_register
from certserver.registers.writing import write_household, write_resident
from certserver.storage.applications import application_attachments, applications, resident_searches
from certserver.storage.staff import staff_failures
from hardware.camera.model import Face, Pixels
from hardware.camera.person import Person, truth
from hardware.camera.virtual import VirtualCamera
from hardware.scanner.virtual import VirtualScanner
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.pictures import Pictures
from kiosk.actions.directory import SignedDirectory
from kiosk.actions.wire import WireServer
from kiosk.composition.counter_applications import IntakeParts, card_applications
from kiosk.composition.counter_cards import no_parties
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.scenes import PhotoScene
from tests.support.card_applications import NEIGHBOUR
from tests.support.commissions import add_commission
from tests.support.journey_desk import Clerk, slip_actions
from tests.support.journey_server import TODAY, Municipality
from tests.support.journey_steps import Journey
from tests.support.registers import make_resident
from tests.support.server_settings import POST_OFFICE
from tests.support.staff import hire

HALL = "mihon-branch"
BABY = "akachan"


def commissioned(municipality: Municipality) -> None:
    """The post office takes applications in; a baby of a few months lives in the municipality. Nobody's application is
    open."""
    with municipality.server.database.writing() as connection:
        connection.execute(delete(staff_failures))
        connection.execute(delete(resident_searches))
        # Whatever another journey left open, on its own clock.
        connection.execute(update(applications).values(open_person=None, state=State.WITHDRAWN.value))
        # Journeys of X.509s and PINs share the municipality and commission the same office at another level.
        if not any(
            each.place is Place.POST_OFFICE_INTAKE for each in read_commissions(connection, MUNICIPALITY, 2**40)
        ):
            paper = DatedPaper("第1号", date(2026, 3, 1))
            add_commission(
                connection,
                Commission(
                    since=date(2026, 4, 1),
                    source="",
                    confirmed=Confirmed.DESIGN,
                    municipality=MUNICIPALITY,
                    office=POST_OFFICE.name,
                    place=Place.POST_OFFICE_INTAKE,
                    procedures=frozenset({Procedure.CARD_APPLICATION}),
                    resolution=paper,
                    contract=paper,
                    notice=paper,
                ),
            )
            write_household(connection, MUNICIPALITY, Household("akachan-no-ie", "見本県見本市緑町7番地", "赤井　母"))
            baby = replace(make_resident(BABY, "akachan-no-ie"), name="赤井　空", name_kana="アカイ　ソラ")
            born = RegisterDate(TODAY.date() - timedelta(days=90))
            write_resident(connection, MUNICIPALITY, replace(baby, born=born))


class SittingCamera(VirtualCamera):
    """A camera that remembers who was asked to sit before it."""

    person: Person | None = None

    def sit(self, person: Person | None) -> None:
        self.person = person
        super().sit(person)


class TrueFaces:
    """Where the drawn person's face truly is: no network has to find it in a journey."""

    def __init__(self, camera: SittingCamera) -> None:
        self._camera = camera

    def faces(self, pixels: Pixels) -> tuple[Face, ...]:
        person = self._camera.person
        return () if person is None else (truth(person, pixels.shape[1], pixels.shape[0]),)


class CardClerk(Clerk):
    """A clerk who takes card applications in."""

    def __init__(self, journey: Journey, place: str = "post-office") -> None:
        office = journey.office
        self.camera = SittingCamera(office.time)
        self.scanner = VirtualScanner()
        self.pictures = Pictures()
        self.spoken: list[str] = []
        bundle = office.municipality.wire.bundle(office.terminal)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(bundle.directory_key.read_text().strip()))
        directory = SignedDirectory(office.wire, key, lambda: int(office.now().timestamp()))
        parts = IntakeParts(
            site=office.site,
            camera=self.camera,
            finder=TrueFaces(self.camera),
            scanner=self.scanner,
            card=CounterCardActions(office.reader or office.slot, no_parties().sign_on),
            pad=journey.kiosk.pad,
            server=lambda: WireServer(office.code, directory.entry, directory.signatory, lambda _: office.wire),
            slips=slip_actions(journey.kiosk),
            pages=office.pages or office.printer,
            clock=office.time,
            local=lambda at: datetime.fromtimestamp(at, office.now().tzinfo),
            speak=self.spoken.append,
            entropy=os.urandom,
            pictures=self.pictures,
        )
        super().__init__(journey, place, lambda session: (card_applications(parts, lambda: office.wire, session),))

    @property
    def case(self) -> CardCase:
        """The open one."""
        assert self.desk.case is not None, self.story()
        assert isinstance(self.desk.case.case, CardCase)
        return self.desk.case.case

    def begins(self, procedure: str = "card-application", comer: str = "person", residence: str = "here") -> None:
        """A new one: what they came for and who came."""
        self.opens()
        self.presses(f"procedure-{procedure}", f"comer-{comer}", f"residence-{residence}", "primary")

    def opens(self) -> None:
        """The page where one begins."""
        self.presses("tab-cases", "begin-card-application")
        self.until(lambda: self.desk.case is not None, "a case to open")
        self.reads("この窓口で受け付けた申請", "Applications taken in at this office")

    def finds(self, name: str, born: str, route: str = "mail") -> None:
        """Who it is, by the register."""
        self.reads("氏名 または フリガナ")
        self.types("search-name", name)
        self.types("search-born", born)
        self.presses("scan")
        self.reads("登録が見つかりました")
        if route:
            self.presses(f"route-{route}")
        self.presses("primary")

    def hears_intent(self, how: str = "speech") -> None:
        """The resident reads three pages and wants a card; the clerk writes down how they said so."""
        self.j.sees("マイナンバーカードとは", "What the card is")
        self.j.touches("primary", "primary", "affirm")
        self.presses(f"intent-expressed-by-{how}", "primary")

    def sees_documents(self, *kinds: str) -> None:
        """Each on the scanner."""
        for kind in kinds:
            self.presses(f"document-{kind}")
            self.until(partial(self._scanned, kind), f"{kind} to be scanned")
        self.presses("primary")

    def _scanned(self, kind: str) -> bool:
        return any(each.kind == kind and each.scan for each in self.case.documents)

    def fills(self, **fields: str) -> None:
        """The form; the resident confirms it, and both X.509s are wanted."""
        for name, text in fields.items():
            self.types(name.replace("_", "-"), text)
        self.presses("primary")
        self.j.sees("内容は正しいですか", "Is all of this right?")
        self.j.touches("confirm")
        self.presses("primary")

    def photographs(self, person: Person) -> None:
        """The resident sits; the picture is taken once it is there."""
        self.camera.sit(person)
        self.until(lambda: self._live, "a live picture")
        self.presses("primary")
        self.until(lambda: isinstance(self.case.scene, PhotoScene) and self.case.scene.taken is not None, "a photo")

    @property
    def _live(self) -> bool:
        return isinstance(self.case.scene, PhotoScene) and self.case.scene.serial > 1

    def finishes(
        self, old_card: str = "none", *, mail: bool = True, express: bool = False, replaces: bool = False
    ) -> None:
        """Signature, sealed PIN form, old card, the mail's questions. `replaces`: they are warned of the old one."""
        self.presses("signature-kind-handwritten", "primary")
        if mail:
            self.presses("pin-form-sealed")
        self.presses(f"old-card-{old_card}", "primary")
        warned = ("免許証の情報が入っているカードのとき：新しいカードには移りません", "does not take it over")
        if replaces:
            self.reads(*warned)
            self.j.sees("免許証の情報は移りません", "The new card does not take it over")
        else:
            self.reads_not(*warned)
        if mail:
            self.presses(*(() if express else ("occasion-first",)), "change-planned-no", "forwarding-no")
            self.presses("pin-consent-yes", "copy-consent-yes")
        self.presses("primary")

    def sends(self) -> None:
        """To the municipality; the receipt comes out."""
        self.reads("送信前の確認", "Check before sending")
        self.presses("primary")
        self.reads("市区町村へ送信しました", "Sent to the municipality")
        self.reads("受付票をお渡しください", "Please hand over the receipt")


@contextmanager
def at_the_hall(journey: Journey, place: SiteKind = SiteKind.MUNICIPAL_COUNTER) -> Iterator[CardClerk]:
    """An officer at the municipal counter, or with its terminal in the field."""
    clerk = CardClerk(journey, place=place.value)
    mark = clerk.hires()
    server = journey.office.municipality.server
    hire(server, mark, role=Role.OFFICER, outlet=HALL, place=place)
    clerk.signs_in(mark)
    yield clerk


def a_neighbour_on_the_same_server(municipality: Municipality) -> None:
    """The server answers for another municipality too, where somebody lives."""
    with municipality.server.database.writing() as connection:
        found_municipality(connection, NEIGHBOUR)
        found_register(connection, NEIGHBOUR, 0)
        add_profile(connection, 0, replace(mihon_profile(), code=NEIGHBOUR))
        write_household(connection, NEIGHBOUR, Household("there", "見本県隣市一丁目1番", "隣　花"))
        hana = replace(make_resident("hana", "there"), name="隣　花", name_kana="トナリ　ハナ")
        write_resident(connection, NEIGHBOUR, replace(hana, born=RegisterDate(date(1980, 4, 1))))


def decided(municipality: Municipality, application: str, event: EventKind, reason: Reason | None = None) -> str:
    """An officer of the municipality decides; the state after it."""
    which = _now(municipality, application)
    officer = Known(Actor("officer-9", Role.OFFICER, MUNICIPALITY))
    done = move_application(municipality.server.node.application_parts, officer, which, Event(event, reason))
    assert isinstance(done, Done), done
    return done.state.value


def attached(municipality: Municipality, application: str) -> list[str]:
    """The kinds of what is attached, in order."""
    table = application_attachments.c
    with municipality.server.database.reading() as connection:
        rows = connection.scalars(select(table.kind).where(table.application == application).order_by(table.number))
        return list(rows)


def mailed_out(municipality: Municipality, application: str) -> None:
    """An officer of the municipality sets the card up, with the PINs of its sealed form, and hands it to the mail."""
    decided(municipality, application, EventKind.SET_UP)
    officer = Known(Actor("officer-9", Role.OFFICER, MUNICIPALITY))
    facts = Facts(activated=True, mail_kind=MailKind.ADDRESSEE_ONLY_SPECIAL)
    done = tell(municipality.server.node.application_parts, officer, _now(municipality, application), facts)
    assert isinstance(done, Done), done
    assert decided(municipality, application, EventKind.MAIL_OUT) == "mailed"


def _now(municipality: Municipality, application: str) -> Which:
    with municipality.server.database.reading() as connection:
        of_it = applications.c.application == application
        version = connection.execute(select(applications.c.version).where(of_it)).scalar_one()
    return Which(MUNICIPALITY, application, version)
