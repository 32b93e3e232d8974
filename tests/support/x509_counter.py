"""The clerk's case of X.509s and PINs without windows: its flow and actions over a virtual reader, the simulated issuer
and card-writing terminal, and a file on disk. Clerk and resident are calls; what is typed goes to the pads as from
keys. A restart leaves card, issuer and file, and nothing else."""

from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hardware.card.model import CardReader, SlotEvent, Usage
from hardware.card.virtual.persona import PIN, SIGNING_PIN, PersonaKind
from hardware.card.virtual.reader import VirtualReader
from hardware.card.writing.model import OperatorDesk, X509Issuer
from hardware.keypad.pin import PinPad, SigningPinPad
from hardware.keypad.pin_rules import PinPolicy
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.pin_actions import PinActions
from kiosk.actions.counter.x509_pin.actions import X509PinActions
from kiosk.actions.counter.x509_pin.card import CardOfCase, holder_of
from kiosk.actions.counter.x509_pin.cases import CASES, CaseAtHand, OpenCases
from kiosk.actions.counter.x509_pin.ends import ENDS, UntoldEnd, UntoldEnds
from kiosk.actions.counter.x509_pin.jobs import JobsOfCase
from kiosk.actions.counter.x509_pin.permits import Rules
from kiosk.actions.counter.x509_pin.procedures import Answer, Procedures, ProcedureServer
from kiosk.actions.counter.x509_pin.slips import CaseSlips
from kiosk.actions.whole_file import WholeFile
from kiosk.counter.case import CaseEffect, CaseEffectFailed, CaseWaits, Happening
from kiosk.counter.pins import Part, PinAsk
from kiosk.counter.rules import DeskRules
from kiosk.counter.staff import Role, Staff
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.case import PACKAGE
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import CaseTakenUp, Did, Do, DocumentMarked, UsageToggled, WishChosen
from kiosk.counter.x509_pin.values import WhyNot, Wish
from kiosk.flow.events import SlotChanged
from kiosk.flow.touches import PinTyped
from kiosk.flow.values.presentation import Language
from printers.virtual import VirtualSlipPrinter
from tests.support.card_writing import HAS, KNOWS, MUNICIPAL, WritingBench
from tests.support.cards import NOW
from tests.support.counter_slips import slip_actions, words_on
from tests.support.pcsc_fake import StepClock

JST = timedelta(hours=9)
STAFF = Staff("clerk-1", Role.CLERK)
BOTH = (Usage.USER_AUTH, Usage.SIGNING)
CHOSEN = {Usage.USER_AUTH: "8305", Usage.SIGNING: "PLANTED7SECRET99"}
KNOWN = {Usage.USER_AUTH: PIN, Usage.SIGNING: SIGNING_PIN}


class Permissive:
    """Rules of a counter where everything is allowed: for tests that are about cards."""

    def allowed(self, effect: object, tell: Callable[[on.RulesSaid], None]) -> None:
        tell(on.RulesSaid(getattr(effect, "number", 0)))

    def begin(self, effect: do.BeginAtServer, case: CaseAtHand) -> Answer:
        del case
        return on.RulesSaid(effect.number, of=effect.begins)

    def end(self, end: UntoldEnd) -> bool:
        del end
        return True

    def renewal(self, effect: do.AskRenewal, tell: Callable[[on.RenewalSaid], None]) -> None:
        tell(on.RenewalSaid(effect.number, effect.last_days))


@dataclass
class CardCounter:
    """One counter. `parties` stand outside and outlive a restart."""

    folder: Path
    bench: WritingBench = field(default_factory=WritingBench)
    operator: str = MUNICIPAL
    rules: Rules = field(default_factory=Permissive)
    server: ProcedureServer = field(default_factory=Permissive)
    policy: PinPolicy = field(default_factory=PinPolicy)
    issuer: X509Issuer | None = None
    sign_on: Callable[[], OperatorDesk] | None = None
    reader: CardReader | None = None
    language: Language = Language.JAPANESE

    def __post_init__(self) -> None:
        self.bench.holder = holder_of(self.bench.persona.user_auth_x509)
        self.slot = VirtualReader(StepClock())
        self.slips = VirtualSlipPrinter()
        self.seen: list[object] = []
        """Every event, effect and state there was, for whoever searches them."""
        self.restart()

    def restart(self) -> None:
        """The power comes back: a fresh program."""
        entropy = self.bench.entropy
        issuer = self.issuer or self.bench.certifier
        desk = CounterCardActions(self.reader or self.slot, self.sign_on or self._sign_on)
        cases = OpenCases(WholeFile(self.folder / "card-cases.json", CASES), entropy, self._now)
        card = CardOfCase(desk, issuer, cases, entropy)
        ends = WholeFile(self.folder / "card-ends.json", ENDS)
        untold = UntoldEnds(ends, nullcontext(), lambda: int(self._now().timestamp()), lambda: STAFF.mark)
        self.pads = PinActions(PinPad(), SigningPinPad(), self.policy)
        self.actions = X509PinActions(
            pins=self.pads,
            card=card,
            jobs=JobsOfCase(card, issuer, cases, entropy),
            cases=cases,
            rules=self.rules,
            procedures=Procedures(self.server, desk, issuer, cases, untold),
            slips=CaseSlips(slip_actions(self.slips, self.language)),
        )
        self._events: deque[Happening] = deque()
        self.case, effects = PACKAGE.begin(1, STAFF)
        self._do(effects)
        self._settle()

    def _sign_on(self) -> OperatorDesk:
        return self.bench.terminal.sign_on(self.operator, KNOWS, HAS)

    def _now(self) -> datetime:
        return NOW + JST

    def now(self) -> at.CaseScene:
        return self.case.scene

    def why_not(self) -> WhyNot | None:
        """Why it can't be done here, once that is told."""
        scene = self.now()
        return scene.why if isinstance(scene, at.NotHere) else None

    def hears(self, *events: Happening) -> "CardCounter":
        for event in events:
            self._events.append(event)
            self._settle()
        return self

    def does(self, *keys: Do) -> "CardCounter":
        return self.hears(*(Did(key) for key in keys))

    def chooses(self, wish: Wish, usages: tuple[Usage, ...] = BOTH[:1]) -> "CardCounter":
        """Up to the card: the clerk chooses, the resident agrees."""
        self.hears(WishChosen(wish))
        # What is wanted first: the last one can't be taken away.
        for usage in (*(set(usages) - set(self.case.usages)), *(set(self.case.usages) - set(usages))):
            self.hears(UsageToggled(usage))
        self.does(Do.GO_ON)
        if isinstance(self.now(), at.AskInsurance):
            self.does(Do.INSURANCE_DONE)
        return self.hears(DocumentMarked("individual-number-card")).does(Do.AGREE, Do.GO_ON)

    def puts_card(self) -> "CardCounter":
        self.slot.insert(self.bench.card)
        return self.hears(SlotChanged(SlotEvent.INSERTED))

    def pulls_card(self) -> "CardCounter":
        self.slot.pull()
        return self.hears(SlotChanged(SlotEvent.REMOVED))

    def tells_card_gone(self) -> "CardCounter":
        """The watch tells that the card, which broke off a job, is gone."""
        return self.hears(SlotChanged(SlotEvent.REMOVED))

    def asked(self) -> PinAsk:
        scene = self.now()
        assert isinstance(scene, at.Typing), scene
        return scene.ask

    def types(self, characters: str) -> "CardCounter":
        """As keys do: signs go to the pad, the flow learns how many there are."""
        ask = self.asked()
        for sign in characters:
            pad = self.pads
            count = pad.user_auth.press(int(sign)) if ask.usage is Usage.USER_AUTH else pad.signing.press(sign)
            self.hears(PinTyped(count))
        return self.does(Do.PIN_ENTERED)

    def types_all(self) -> "CardCounter":
        """Every PIN that is asked for, as the holder knows or chooses it."""
        while isinstance(self.now(), at.Typing):
            ask = self.asked()
            new = ask.part in (Part.NEW, Part.AGAIN)
            self.types((CHOSEN if new else KNOWN)[ask.usage])
        return self

    def tells_of_card(self) -> "CardCounter":
        """Tells of the card that lies there, however briefly."""
        return self.hears(SlotChanged(SlotEvent.INSERTED))

    def takes_up(self) -> "CardCounter":
        """Goes on with the one case that was cut off."""
        scene = self.now()
        assert isinstance(scene, at.TakeUp), scene
        return self.hears(CaseTakenUp(scene.cases[0].mark))

    def printed(self) -> str:
        """All words on the last slip."""
        return words_on(self.slips.printed[-1])

    def _settle(self) -> None:
        while self._events:
            event = self._events.popleft()
            self.case, effects = PACKAGE.advance(self.case, event, DeskRules())
            self.seen += [event, self.case, *effects]
            self._do(effects)

    def _do(self, effects: tuple[object, ...]) -> None:
        for effect in effects:
            if isinstance(effect, CaseWaits):
                continue
            assert isinstance(effect, CaseEffect)
            job = self.actions.start(effect, self._tell)
            if job is not None:
                try:
                    job.run(self._tell)
                except Exception:  # noqa: BLE001 - as the runner does
                    self._tell(CaseEffectFailed(effect, by_server=False))

    def _tell(self, event: object) -> None:
        assert isinstance(event, Happening)
        self._events.append(event)


def counter_with(folder: Path, kind: PersonaKind = PersonaKind.NORMAL, **more: object) -> CardCounter:
    """A counter with a card of that kind."""
    counter = CardCounter(folder, WritingBench(kind, lines=int(str(more.pop("lines", 4)))))
    for name, value in more.items():
        setattr(counter, name, value)
    counter.restart()
    return counter


def finished(case: X509PinCase) -> at.Ending | None:
    """How it ended."""
    return case.scene.ending if isinstance(case.scene, at.Finished) else None
