"""The clerk's case of a hand-over without windows: its flow and actions over a virtual reader, the simulated
card-writing terminal and a real server in this process. Clerk and resident are calls; what is typed goes to the pads as
from keys."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from hardware.card.jpki import JpkiSession
from hardware.card.model import SlotEvent, Usage, Verified
from hardware.card.virtual.reader import VirtualReader
from hardware.card.writing.model import OperatorDesk
from hardware.errors import IssuerAway
from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import HolderPin, PinPad, SigningPinPad
from hardware.keypad.pin_rules import PinPolicy
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.hand_over.actions import HandOverActions
from kiosk.actions.counter.hand_over.card import NewCard
from kiosk.actions.counter.hand_over.slips import HandOverSlips
from kiosk.actions.counter.hand_over.wire import HandOverWire
from kiosk.actions.counter.pin_actions import PinActions
from kiosk.counter.case import CaseEffect, CaseWaits, FieldTyped, Happening, IntoCustody
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.case import PACKAGE
from kiosk.counter.hand_over.events import Chosen, Key, Marked, Touched
from kiosk.counter.hand_over.values import Lacking
from kiosk.counter.rules import DeskRules
from kiosk.counter.staff import Role, Staff
from kiosk.errors import ServerAway
from kiosk.flow.events import SlotChanged
from kiosk.flow.touches import PinTyped
from kiosk.flow.values.presentation import Language
from koufu.v1 import applications_pb2 as wire
from printers.virtual import VirtualSlipPrinter
from tests.support.card_writing import HAS, KNOWS, MUNICIPAL, BreakingLine, WritingBench
from tests.support.cards import pin, signing_pin
from tests.support.counter_slips import slip_actions, words_on
from tests.support.pcsc_fake import StepClock
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.staff import sessions_at

CHOSEN = {Usage.USER_AUTH: "8305", Usage.SIGNING: "PLANTED7SECRET99"}
SERVICE = {
    "Allowed": "allowed",
    "FindWaiting": "find_waiting",
    "AdmitTaker": "admit_taker",
    "CompareCard": "compare_card",
    "Activated": "activated",
    "Tell": "tell",
    "Move": "move",
}


@dataclass
class ToService:
    """Fulfils `Transport` with the service in this process; `away`: so many calls are not answered, the last of them
    after it was done."""

    server: ServerForTests
    terminal: str
    away: int = 0
    asked: list[bytes] = field(default_factory=list)

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        raise AssertionError(f"{method} of {len(request)} bytes within {deadline} s is nothing of a hand-over")

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        del deadline
        name = method.rsplit("/", 1)[1]
        message = getattr(wire, "TellRequest" if name == "Tell" else f"{name}Request").FromString(request)
        self.asked.append(request)
        if self.away > 1:
            self.away -= 1
            raise ServerAway("silent")
        answer: bytes = getattr(self.server.node.applications, SERVICE[name])(
            message, self.server.caller(self.terminal)
        ).SerializeToString()
        if self.away:
            self.away -= 1
            raise ServerAway("silent after it was done")
        return answer


class HandOverCounter:
    """One counter: a municipal one, or a post office."""

    def __init__(
        self, server: ServerForTests, terminal: str = "hall-1", *, language: Language = Language.JAPANESE
    ) -> None:
        office = terminal == "hall-1"
        place, role = ("municipal-counter", Role.OFFICER) if office else ("post-office", Role.CLERK)
        self.bench = WritingBench()
        self.slot = VirtualReader(StepClock())
        self.slips = VirtualSlipPrinter()
        self.line = ToService(server, terminal)
        self.terminal_away = False
        session = sessions_at(server, terminal)
        mark = "officer-7" if office else "clerk-1"
        self.clerk_pad = PasswordPad()
        self.pads = PinActions(PinPad(), SigningPinPad(), PinPolicy(), self.clerk_pad)
        self.actions = HandOverActions(
            pins=self.pads,
            card=NewCard(CounterCardActions(self.slot, self._sign_on), self.bench.entropy),
            server=HandOverWire(
                lambda: self.line,
                MUNICIPALITY,
                lambda: wire.Desk(municipality=MUNICIPALITY, session=session(MUNICIPALITY, place, mark, role.value)),
            ),
            slips=HandOverSlips(slip_actions(self.slips, language)),
            entropy=self.bench.entropy,
        )
        self.seen: list[object] = []
        """Every event, effect and state there was, for whoever searches them."""
        self.custody: list[IntoCustody] = []
        self._events: deque[Happening] = deque()
        self.case, effects = PACKAGE.begin(1, Staff(mark, role))
        self._do(effects)

    def _sign_on(self) -> OperatorDesk:
        if self.terminal_away:
            raise IssuerAway("silent")
        return self.bench.terminal.sign_on(MUNICIPAL, KNOWS, HAS)

    def now(self) -> at.Scene:
        return self.case.scene

    def over(self) -> bool:
        return self.case.over

    def lacking(self) -> Lacking:
        """What the server found missing."""
        scene = self.now()
        assert isinstance(scene, at.Papers), scene
        assert scene.lacking is not None
        return scene.lacking

    def hears(self, *events: Happening) -> "HandOverCounter":
        for event in events:
            self._events.append(event)
            while self._events:
                heard = self._events.popleft()
                self.case, effects = PACKAGE.advance(self.case, heard, DeskRules())
                self.seen += [heard, self.case, *effects]
                self._do(effects)
        return self

    def does(self, *keys: Key) -> "HandOverCounter":
        return self.hears(*(Touched(key) for key in keys))

    def chooses(self, **answers: str) -> "HandOverCounter":
        return self.hears(*(Chosen(name.replace("_", "-"), value) for name, value in answers.items()))

    def marks(self, name: str, *values: str) -> "HandOverCounter":
        return self.hears(*(Marked(name, value) for value in values))

    def types(self, **fields: str) -> "HandOverCounter":
        return self.hears(*(FieldTyped(name.replace("_", "-"), text) for name, text in fields.items()))

    def begins(self, coming: str = "proxy") -> "HandOverCounter":
        """Who came, and whether this place may do it."""
        return self.chooses(coming=coming).does(Key.NEXT)

    def finds(self, name: str, born: str) -> "HandOverCounter":
        return self.types(search_name=name, search_born=born).does(Key.SEARCH)

    def shows(self, holder: tuple[str, ...], taker: tuple[str, ...] = ()) -> "HandOverCounter":
        """From the documents up to the papers."""
        self.marks("document", *holder).does(Key.NEXT)
        if isinstance(self.now(), at.OfTaker):
            self.marks("document", *taker).does(Key.NEXT)
        return self

    def puts_card(self) -> "HandOverCounter":
        self.slot.insert(self.bench.card)
        return self.hears(SlotChanged(SlotEvent.INSERTED))

    def pulls_card(self) -> "HandOverCounter":
        self.slot.pull()
        return self.hears(SlotChanged(SlotEvent.REMOVED))

    def enters(self, characters: str) -> "HandOverCounter":
        """As keys do: signs go to the pad that this PIN is typed at, the flow learns how many there are."""
        scene = self.now()
        assert isinstance(scene, at.Typing), scene
        for sign in characters:
            if self.case.from_form:
                count = self.clerk_pad.press(sign)
            elif scene.ask.usage is Usage.USER_AUTH:
                count = self.pads.user_auth.press(int(sign))
            else:
                count = self.pads.signing.press(sign)
            self.hears(PinTyped(count))
        return self.does(Key.PIN_ENTERED)

    def enters_all(self, chosen: dict[Usage, str] | None = None) -> "HandOverCounter":
        """Every PIN that is asked for."""
        while isinstance(scene := self.now(), at.Typing):
            self.enters((chosen or CHOSEN)[scene.ask.usage])
        return self

    def takes(self, usage: Usage, characters: str) -> bool:
        """Whether the card takes this PIN; asked behind the counter's back."""
        typed: HolderPin = pin(characters) if usage is Usage.USER_AUTH else signing_pin(characters)
        return isinstance(JpkiSession(BreakingLine(self.bench.card)).verify(typed, usage), Verified)

    def printed(self) -> str:
        """All words on the last slip."""
        return words_on(self.slips.printed[-1])

    def _do(self, effects: tuple[object, ...]) -> None:
        for effect in effects:
            if isinstance(effect, CaseWaits):
                continue
            if isinstance(effect, IntoCustody):
                self.custody.append(effect)
                continue
            assert isinstance(effect, CaseEffect)
            job = self.actions.start(effect, self._tell)
            if job is not None:
                job.run(self._tell)

    def _tell(self, event: object) -> None:
        assert isinstance(event, Happening)
        self._events.append(event)
