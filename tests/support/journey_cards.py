"""A counter of a journey at which cards are written: the simulators behind real gRPC, the clerk's case wired as in a
terminal, and a card of their own test CA."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import date
from pathlib import Path

import grpc

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.permissions import SiteKind
from certserver.applications.places import Place, Procedure
from certserver.applications.states import Role
from certserver.identity.subjects import link_card
from certserver.stages import Refused
from hardware.card.model import CardReader, Usage
from hardware.card.virtual.persona import PersonaKind
from hardware.card.writing.model import OperatorDesk
from hardware.keypad.pin import SigningPinPad
from hardware.keypad.pin_rules import PinPolicy
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.dispatch import CaseActions
from kiosk.actions.counter.staff import StaffSession
from kiosk.actions.counter.x509_pin.card import holder_of
from kiosk.actions.counter.x509_pin.cases import CASES
from kiosk.actions.counter.x509_pin.ends import ENDS
from kiosk.actions.whole_file import WholeFile
from kiosk.composition.counter_cards import OPEN_CASES, UNTOLD_ENDS, CardParts, Parties, x509_pin
from kiosk.counter.pins import Part
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.flow.touches import PinTyped
from kiosk.simulators.client import RemoteControl, RemoteIssuer, sign_on
from kiosk.simulators.service import SimulatedParties, make_server
from printers.slips.reader import PrintedText, read_strips
from tests.support.card_writing import HAS, KNOWS, MUNICIPAL, POSTAL, RENEWABLE, WritingBench
from tests.support.cards import NOW
from tests.support.commissions import add_commission
from tests.support.journey_desk import Clerk, slip_actions
from tests.support.journey_kiosk import SLIP_DOTS
from tests.support.journey_server import BRANCH, TERMINAL, TERMINALS, Municipality
from tests.support.journey_steps import Journey, a_journey
from tests.support.outside import outside_of
from tests.support.pcsc_fake import StepClock
from tests.support.server import HandClock
from tests.support.server_settings import POST_OFFICE
from tests.support.staff import hire
from tests.support.x509_counter import CHOSEN, KNOWN

WITHIN_S = 20.0
HOLDER = "tsuji-kengo"
"""Whose card lies there, by the municipality's register."""
HALL = TERMINALS[BRANCH]
PUBLIC_ACTS = (Procedure.X509_ISSUE, Procedure.X509_RENEWAL, Procedure.PIN_CHANGE, Procedure.PIN_RESET)


class Simulators:
    """Issuer and card-writing terminal as a program of its own would be, with a card that they know."""

    def __init__(self, channel: grpc.Channel, bench: WritingBench) -> None:
        self.channel = channel
        self.bench = bench
        self.control = RemoteControl(channel, WITHIN_S)

    def parties(self, operator: str) -> Parties:
        def on() -> OperatorDesk:
            return sign_on(self.channel, operator, KNOWS, HAS, WITHIN_S)

        return Parties(RemoteIssuer(self.channel, WITHIN_S), on)


@contextmanager
def simulators(
    kind: PersonaKind = PersonaKind.NORMAL, lines: int = 4, days_valid: int = RENEWABLE
) -> Iterator[Simulators]:
    bench = WritingBench(kind, lines=lines, days_valid=days_valid)
    bench.holder = holder_of(bench.persona.user_auth_x509) or bench.holder
    parties = SimulatedParties(bench.certifier, bench.terminal, outside_of(HandClock()))
    server, port = make_server("127.0.0.1:0", parties, StepClock(), bench.entropy)
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield Simulators(channel, bench)
    finally:
        server.stop(None).wait()


class CardCounters:
    """Counters of journeys, each with simulators and a card of its own, until the stack is left."""

    def __init__(self, stack: ExitStack, municipality: Municipality, folder: Path) -> None:
        self._stack = stack
        self._municipality = municipality
        self._folder = folder

    def begun(self, outside: AbstractContextManager[Simulators], *, hall: bool) -> tuple[Journey, Simulators]:
        """Somebody is there, at the municipality's own counter or at the post office."""
        made = self._stack.enter_context(outside)
        folder = self._folder / f"counter-{len(list(self._folder.iterdir()))}"
        folder.mkdir()
        terminal = BRANCH if hall else TERMINAL
        journey = self._stack.enter_context(a_journey(self._municipality, folder, terminal=terminal))
        journey.arrives()
        self._municipality.forgets_failed_sign_ins()
        open_counters(journey, made)
        return journey, made


class CardClerk(Clerk):
    """A clerk who may write cards, in one life of the program. `hall`: at the municipality's own counter."""

    def __init__(
        self,
        journey: Journey,
        outside: Simulators,
        *,
        hall: bool = False,
        policy: PinPolicy | None = None,
        reader: CardReader | None = None,
    ) -> None:
        self.outside = outside
        self.hall = hall
        self.signing_pad = SigningPinPad()
        office, kiosk = journey.office, journey.kiosk

        def cases(session: StaffSession) -> tuple[CaseActions, ...]:
            parties = outside.parties(MUNICIPAL if hall else POSTAL)
            parts = CardParts(
                municipality=office.code,
                card=CounterCardActions(reader or office.slot, parties.sign_on),
                issuer=parties.issuer,
                store=WholeFile(office.folder / OPEN_CASES, CASES),
                ends=WholeFile(office.folder / UNTOLD_ENDS, ENDS),
                guard=nullcontext(),
                slips=slip_actions(kiosk),
                pad=kiosk.pad,
                signing_pad=self.signing_pad,
                policy=policy or PinPolicy(),
                connect=lambda: office.wire,
                # Numbers are random for good: the server remembers those of other journeys.
                entropy=os.urandom,
            )
            return self.actions_of(parts, session)

        super().__init__(journey, "municipal-counter" if hall else "post-office", cases)

    def actions_of(self, parts: CardParts, session: StaffSession) -> tuple[CaseActions, ...]:
        """What this clerk's cases can have done."""
        return (x509_pin(parts, session),)

    def hires(self) -> str:
        mark = super().hires()
        if self.hall:
            server = self.office.municipality.server
            hire(server, mark, Role.OFFICER, HALL.name, SiteKind.MUNICIPAL_COUNTER)
        return mark

    @property
    def case(self) -> X509PinCase:
        """The open case."""
        assert self.desk.case is not None, self.story()
        case = self.desk.case.case
        assert isinstance(case, X509PinCase)
        return case

    def opens(self) -> None:
        """Signs in and opens the case."""
        if not self.desk.signed_in:
            self.signs_in()
        self.presses("tab-cases", "begin-x509-pin")
        self.until(lambda: self.desk.case is not None, "the case to open")

    def asks_for(self, wish: str, *usages: str) -> None:
        """Chooses the procedure, and asks whether it may be done here."""
        self.presses(f"wish-{wish}")
        wanted = set(usages) or {"user-auth"}
        for usage in ("signing", "user-auth"):
            if (usage in wanted) != (usage in {each.value for each in self.case.usages}):
                self.presses(f"usage-{usage}")
        self.presses("primary")
        self.until(lambda: self.case.scene != at.Choosing(asking=True), "the server's rules")

    def and_the_resident_agree(self, *more: str) -> None:
        """The clerk makes sure who it is, by the card and what else is shown; the resident reads and agrees on their
        own window."""
        self.presses("document-individual-number-card", *(f"document-{each}" for each in more))
        self.j.touches("primary")
        self.presses("primary")

    def card_is_put(self) -> None:
        """The resident lays the card down."""
        self.j.puts(self.outside.bench.card)

    def resident_types(self, characters: str) -> None:
        """The resident types a PIN on their own window."""
        self.until(lambda: isinstance(self.case.scene, at.Typing), "a PIN to be asked for")
        scene = self.case.scene
        assert isinstance(scene, at.Typing)
        pad = self.kiosk.pad
        for sign in characters:
            signing = scene.ask.usage is Usage.SIGNING
            self.kiosk.touched(PinTyped(self.signing_pad.press(sign) if signing else pad.press(int(sign))))
            self.j.settles()
        self.j.touches("primary")
        self.until(lambda: not isinstance(self.case.scene, at.Checking), "the PIN to be looked at")

    def resident_types_all(self) -> None:
        """Every PIN that is asked for, as somebody does who knows both."""
        while self._asks():
            scene = self.case.scene
            assert isinstance(scene, at.Typing)
            new = scene.ask.part in (Part.NEW, Part.AGAIN)
            self.resident_types((CHOSEN if new else KNOWN)[scene.ask.usage])

    def _asks(self) -> bool:
        waits = (at.Working, at.ReadingCard, at.Checking)
        self.until(lambda: not isinstance(self.case.scene, waits), "the card to be done with")
        return isinstance(self.case.scene, at.Typing)

    def slip(self) -> str:
        """All words of the slip that came out last."""
        self.until(lambda: bool(self.office.slips), "a slip")
        strips = read_strips(self.office.slips[-1], SLIP_DOTS)
        return "".join(item.text for strip in strips for item in strip.items if isinstance(item, PrintedText))

    def ends(self) -> None:
        """The card goes back to its holder, and the case is closed."""
        if self.office.slot.card is not None:
            self.j.takes_card()
        self.presses("primary")
        self.until(lambda: self.desk.case is None, "the case to be closed")


def open_counters(journey: Journey, outside: Simulators) -> None:
    """The municipality commissions its post office with X.509s and PINs, and knows whose the bench's card is."""
    server, der = journey.office.municipality.server, outside.bench.persona.user_auth_x509
    if der:
        with server.database.writing() as connection:
            linked = link_card(connection, server.node.keys.subjects, journey.office.code, der, HOLDER, NOW)
            assert not isinstance(linked, Refused), linked
    opened = DatedPaper("第1号", date(2026, 3, 1))
    commission = Commission(
        since=date(2026, 4, 1),
        source="",
        confirmed=Confirmed.DESIGN,
        municipality=journey.office.code,
        office=POST_OFFICE.name,
        place=Place.POST_OFFICE_X509,
        procedures=frozenset(PUBLIC_ACTS),
        resolution=opened,
        contract=opened,
        notice=opened,
    )
    with journey.office.municipality.server.database.writing() as connection:
        add_commission(connection, commission)
