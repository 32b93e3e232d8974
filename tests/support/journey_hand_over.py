"""A clerk of a journey who hands cards over, and a card that waits for somebody of the journey's municipality."""

from sqlalchemy import update

from certserver.applications.counted import band_of
from certserver.applications.states import State
from certserver.office.reports.card_queries import figures_by_age
from certserver.ports import in_japan, unix
from certserver.storage.applications import applications
from hardware.card.model import Usage
from kiosk.actions.counter.dispatch import CaseActions
from kiosk.actions.counter.staff import StaffSession
from kiosk.composition.counter_cards import CardParts, hand_over
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.flow.touches import PinTyped
from tests.support.card_applications import at_counter
from tests.support.card_writing import WritingBench
from tests.support.hand_over import BORN, card_waits
from tests.support.hand_over_counter import CHOSEN
from tests.support.journey_cards import CardClerk
from tests.support.journey_server import BRANCH
from tests.support.journey_steps import Journey

KAZUKO = "yoshida-kazuko"
READ, BORN_ON = "よしだ かずこ", BORN[KAZUKO].strftime("%Y%m%d")


def waits_for_kazuko(journey: Journey, bench: WritingBench) -> str:
    """Her card waits at the municipality's own counter: the number on her notice. It is the bench's card."""
    server = journey.office.municipality.server
    with server.database.writing() as connection:
        # Whatever another journey left open.
        connection.execute(update(applications).values(open_person=None, state=State.WITHDRAWN.value))
    counter = at_counter(server, BRANCH, place="municipal-counter", staff="officer-7", role="officer")
    return card_waits(server, KAZUKO, counter, made=bench.persona.user_auth_x509).application


class HandOverClerk(CardClerk):
    """An officer at the municipality's counter, or a clerk at the post office."""

    def actions_of(self, parts: CardParts, session: StaffSession) -> tuple[CaseActions, ...]:
        return (hand_over(parts, session, self.pad),)

    @property
    def handed(self) -> HandOverCase:
        """The open case."""
        assert self.desk.case is not None, self.story()
        case = self.desk.case.case
        assert isinstance(case, HandOverCase)
        return case

    def opens(self) -> None:
        """Signs in, opens the day, and opens the case."""
        if not self.desk.signed_in:
            self.signs_in()
        if not self.desk.day.is_open:
            self.types("sheets", "100")
            self.presses("primary")
            self.until(lambda: self.desk.day.is_open, "the day to be open")
        self.presses("tab-cases", "begin-hand-over")
        self.until(lambda: self.desk.case is not None, "the case to open")

    def cards_delivered(self) -> int:
        """How many the municipality's report by age and sex counts among men and women from 75 to 79."""
        server = self.j.office.municipality.server
        today = in_japan(unix(server.clock.now())).date()
        with server.database.reading() as connection:
            cells = figures_by_age(connection, self.j.office.municipality.code, today)
        return sum(figures.delivered for (band, _), figures in cells.items() if band == band_of(BORN[KAZUKO], today))

    def comes(self, who: str) -> None:
        """Says who came, and asks whether it may be done here."""
        self.presses(f"coming-{who}", "primary")
        self.until(lambda: self.handed.scene != at.Begin(asking=True), "the server's rules")

    def finds(self, **fields: str) -> None:
        """Looks for the card."""
        for name, text in fields.items():
            self.types(f"search-{name}", text)
        self.presses("search")
        self.until(lambda: self.handed.waiting is not None, "the card to be found")
        self.presses("primary")

    def sees_documents(self, *kinds: str) -> None:
        """Marks the documents that are shown."""
        self.presses(*(f"document-{kind}" for kind in kinds), "primary")

    def asks(self) -> None:
        """Has the server judge what was brought."""
        self.presses("primary")
        self.until(lambda: self.handed.flight is None, "the server's judgement")

    def enters_from_form(self) -> None:
        """Every PIN from the sealed form, at the clerk's own keyboard."""
        while self._wanted():
            scene = self.handed.scene
            assert isinstance(scene, at.Typing)
            self.types_secret(CHOSEN[scene.ask.usage])
            self.presses("primary")

    def resident_chooses(self) -> None:
        """Every PIN on the resident's own window."""
        while self._wanted():
            scene = self.handed.scene
            assert isinstance(scene, at.Typing)
            for sign in CHOSEN[scene.ask.usage]:
                signing = scene.ask.usage is Usage.SIGNING
                pad = self.kiosk.pad
                self.kiosk.touched(PinTyped(self.signing_pad.press(sign) if signing else pad.press(int(sign))))
                self.j.settles()
            self.j.touches("primary")

    def _wanted(self) -> bool:
        self.until(lambda: not isinstance(self.handed.scene, (at.ReadingCard, at.Setting)), "the card to be done with")
        return isinstance(self.handed.scene, at.Typing)
