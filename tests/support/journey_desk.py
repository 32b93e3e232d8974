"""A clerk at the desk of a journey's terminal: real runner, flow, actions and wire, on the journey's clock. The clerk
does what a clerk does, and says what a clerk reads; the resident is the journey's.

    clerk.signs_in("K0127")
    clerk.presses("tab-cases")
    clerk.reads("手続き", "Procedures")
"""

import itertools
import os
from collections.abc import Callable
from dataclasses import replace

from certserver.ports import unix
from certserver.staff.codes import STEP_S, code_at
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.reader import VirtualReader
from hardware.keypad.password import PasswordPad
from kiosk.actions.counter.dispatch import CaseActions
from kiosk.actions.counter.slip_actions import CounterSlipActions, ForWhom
from kiosk.actions.counter.staff import StaffSession
from kiosk.composition.counter import CounterParts, DeskLink, desk_actions, desk_rules, tells_day
from kiosk.counter.case import FieldTyped
from kiosk.counter.day.counts import counts
from kiosk.counter.day.entries import Opened
from kiosk.counter.desk import Desk
from kiosk.counter.events import DeskEvent, DeskOpened, TerminalSeen
from kiosk.counter.form import piece_field
from kiosk.counter.packages import PACKAGES
from kiosk.counter.resident import seen
from kiosk.counter.touches import DeskTouch, SecretTyped
from kiosk.flow.events import SlotChanged
from kiosk.flow.values.presentation import Language
from kiosk.runner.flows import DeskRunner, desk_flow
from kiosk.runner.runner import Runner
from kiosk.screens.counter.cases import shown_by
from kiosk.screens.counter.context import Surroundings
from kiosk.screens.counter.presenter import present_desk
from kiosk.screens.desk_model import DeskModel
from tests.support.journey_kiosk import Kiosk
from tests.support.journey_screen import in_one_piece, screen, words_of
from tests.support.journey_steps import Journey
from tests.support.staff import PASSWORD, hire, secret_of

PARTS = ("header", "tabs", "keys", "alerts", "main", "aside", "action", "extra")
PATIENCE_S = 90.0
_MARKS = itertools.count(1)


Cases = Callable[[StaffSession], tuple[CaseActions, ...]]
"""What cases can have done, in the name of whoever is signed in."""


def slip_actions(kiosk: Kiosk) -> CounterSlipActions:
    """The slips of a counter at this kiosk."""
    return CounterSlipActions(
        kiosk.office.slip_printing, lambda: ForWhom(kiosk.state.board, kiosk.state.presentation.language)
    )


def no_cases(_session: StaffSession) -> tuple[CaseActions, ...]:
    return ()


class Clerk:
    """One clerk's desk beside a journey's terminal, in one life of its program."""

    def __init__(
        self, journey: Journey, place: str = "post-office", cases: Cases = no_cases, *, opens: bool = False
    ) -> None:
        """`opens`: the day is opened on the clerk's window. Where the terminal takes the money it is open already."""
        self.j = journey
        self.office = journey.office
        self.kiosk = journey.kiosk
        self._me = ""
        self.pad = PasswordPad()
        self.reader = VirtualReader(self.office.time)
        day = self.kiosk.day
        self.kiosk.has_desk = True
        if not (self.office.separate or opens or day.book.day.date):
            day.book.write(Opened(self.office.now().date().isoformat(), counts({1000: 10}), 500), "K0001")
        parts = CounterParts(
            municipality=self.office.code,
            terminal=self.office.terminal,
            place=place,
            connect=lambda: self.office.wire,
            staff_reader=self.reader,
            slips=slip_actions(self.kiosk),
            day=day,
            entropy=os.urandom,
            cases=cases,
        )
        self.runner: DeskRunner = Runner(
            state=Desk(),
            flow=desk_flow(desk_rules(day), PACKAGES),
            queue=self,
            actions=desk_actions(parts, self.kiosk.put, self.pad),
            lanes=self.kiosk.lanes,
            scheduler=self.office.time,
            fault_log=lambda effect, fault: self.office.faults.append(f"{effect}: {fault!r}"),
        )
        link = DeskLink(self.kiosk.runner, self.runner, shown_by(lambda: self.runner.state))
        self.kiosk.by_desk, self.kiosk.touched, self.kiosk.desk_touched = link.shown, link.touched, self.put
        self.kiosk.slot_heard = lambda event: self.put(SlotChanged(event))
        self.kiosk.runner.observe(link.sees)
        self.put(DeskOpened())
        tells_day(day, self.put, self.kiosk.put)
        self.put(TerminalSeen(seen(self.kiosk.state)))
        self.j.settles()

    @property
    def desk(self) -> Desk:
        """What the desk's flow knows."""
        return self.runner.state

    def put(self, event: DeskEvent | None) -> None:
        """Fulfils the runner's queue: what is put is handled next."""
        if event is not None and self.kiosk.alive:
            self.office.time.after(0, lambda: self._handle(event))

    def get(self) -> DeskEvent | None:
        raise AssertionError("events are handed over one by one")

    def _handle(self, event: DeskEvent) -> None:
        if self.kiosk.alive:
            self.runner.handle(event)

    # What a clerk does

    def presses(self, *names: str) -> None:
        """Keys of the window, one after the other. Raises `AssertionError` for one that is not there."""
        for name in names:
            keys = self.model().touches()
            assert name in keys, f"no key {name} among {', '.join(keys)}\n{self.story()}"
            touch = keys[name]
            assert isinstance(touch, DeskTouch)
            self.put(touch)
            self.j.settles()

    def types(self, name: str, text: str) -> None:
        """A text into a field."""
        self.put(FieldTyped(name, text))
        self.j.settles()

    def counts(self, pieces: dict[int, int]) -> None:
        """Notes and coins, into the fields of the page."""
        for yen, count in pieces.items():
            self.types(piece_field(yen), str(count))

    def types_secret(self, text: str) -> None:
        """A password or the PIN of a staff card: only its length comes out of the pad."""
        for character in text:
            self.put(SecretTyped(self.pad.press(character)))
        self.j.settles()

    def hires(self) -> str:
        """Somebody new works here from now on: their mark. No journey has the code of another's clerk used up."""
        mark = f"K{next(_MARKS):04}"
        hire(self.office.municipality.server, mark)
        return mark

    @property
    def me(self) -> str:
        """The mark of this desk's own clerk."""
        if not self._me:
            self._me = self.hires()
        return self._me

    def shows_password(self, mark: str, password: str = PASSWORD, code: str | None = None) -> None:
        """Types all that a sign-in by password wants."""
        self.types("mark", mark)
        self.types_secret(password)
        now = unix(self.office.now())
        self.types("code", code or code_at(secret_of(mark), now))

    def signs_in(self, mark: str = "") -> None:
        """By password and one-time code; a code is taken once, so a moment passes."""
        mark = mark or self.me
        self.j.waits(STEP_S)
        self.shows_password(mark)
        self.presses("primary")
        self.until(lambda: self.desk.signed_in, f"{mark} to be signed in")

    def lays_card(self, card: VirtualCard) -> None:
        """Onto the reader at the clerk's side."""
        self.reader.insert(card)
        self.j.settles()

    # What a clerk reads

    def model(self, language: Language | None = None) -> DeskModel:
        """The window as it is, or in another language."""
        desk = self.desk if language is None else replace(self.desk, language=language)
        shown = screen(self.kiosk.state, self.office.now(), self.kiosk.by_desk, site=self.office.shown)
        return present_desk(desk, Surroundings(self.kiosk.state, shown, self.office.shown, self.office.now()))

    def reads(self, japanese: str, english: str | None = None) -> None:
        """Reads this sentence, now or soon; the same page in English says the other one."""
        self.until(lambda: in_one_piece(japanese) in words_of(self.model(), PARTS), f"「{japanese}」")
        if english is not None:
            found = words_of(self.model(Language.ENGLISH), PARTS)
            assert in_one_piece(english) in found, f"“{english}” is not on the page\n{found}"

    def reads_not(self, *sentences: str) -> None:
        """Reads none of these."""
        for language in (Language.JAPANESE, Language.ENGLISH):
            found = words_of(self.model(language), PARTS)
            for sentence in sentences:
                assert in_one_piece(sentence) not in found, f"「{sentence}」 is on the page"

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Waits for it on the journey's clock."""
        try:
            self.office.time.run(happened, PATIENCE_S)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}\n{self.story()}") from None

    def story(self) -> str:
        """What both windows show."""
        return f"clerk: {words_of(self.model(), PARTS)}\n{self.j.story()}"
