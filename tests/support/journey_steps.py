"""A visit as the resident lives it: `Journey` does what a person does, and says what a person reads. A step
waits on the virtual clock for what it speaks of; nothing sleeps.

    j.puts_card("tsuji-kengo")
    j.types_pin("1234")
    j.sees("何に使いますか", "What is it for?")
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from certserver.demo.people import MUNICIPALITY
from hardware.card.model import CardReader
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.files import Manner
from hardware.sensors.model import Lamp, Place
from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from kiosk.flow.touches import PinTyped, Touch
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.words import RefusalReason
from koufu.ground.profiles import USUAL
from printers.model import PagePrinter, SlipPrinter
from printers.slips.reader import read_strips
from tests.support import journey_truth as truth
from tests.support.journey_kiosk import SLIP_DOTS, Kiosk, PostOffice
from tests.support.journey_screen import in_one_piece, screen, words
from tests.support.journey_server import TERMINAL, TODAY, Municipality, unaltered

Said = tuple[str, str]
"""A sentence in Japanese and in English."""

PATIENCE_S = 90.0
"""How long a person stands before a screen until it is what they wait for."""

PIN = "1234"

WAYS_OUT = {
    Language.JAPANESE: ("窓口", "もう一度", "お住まいの市区町村", "はじめの画面", "市役所"),
    Language.ENGLISH: ("counter", "again", "where you live", "start screen", "City Hall"),
}
"""What a person can do whom this machine does not serve."""

AT_WORK = (
    at.ReadingCard,
    at.CheckingPin,
    at.ProvingOrder,
    at.Preparing,
    at.AskingDebit,
    at.Releasing,
    at.ReturningMoney,
)


class Journey:
    """One person at one terminal. `told` collects every screen, for whoever has to find out what happened."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self.ledger_before = office.ledger_lengths()
        self.told: list[str] = []
        self._cards: dict[str, VirtualCard] = {}
        self._arrived = False
        self._leaves_after: int | None = None
        self._last: Scene | None = None
        self.kiosk = Kiosk(office, self._shown)

    # What a person does

    def arrives(self) -> None:
        """The terminal is open, and stands at its start."""
        if not self._arrived:
            self._arrived, self.ledger_before = True, self.office.ledger_lengths()
        self._until(lambda: self.shows(at.Start), "the start screen")

    def touches(self, *names: str) -> None:
        """Keys of the screen, one after the other. Raises `AssertionError` for one that is not there."""
        for name in names:
            keys = screen(self.kiosk.state, self.office.now(), self.kiosk.by_desk, site=self.office.shown).touches()
            assert name in keys, f"no key {name} among {', '.join(keys)}\n{self.story()}"
            touch = keys[name]
            if isinstance(touch, Touch):
                self.kiosk.touched(touch)
            else:
                self.kiosk.desk_touched(touch)
            self.settles()

    def keys(self, beginning: str) -> list[str]:
        """The keys of the screen whose names begin so, in reading order."""
        return [
            name
            for name in screen(
                self.kiosk.state, self.office.now(), self.kiosk.by_desk, site=self.office.shown
            ).touches()
            if name.startswith(beginning)
        ]

    def puts_card(self, name: str, manner: Manner | None = None) -> None:
        """Lays that card on the reader: the same card each time, with the tries it has left."""
        if name not in self._cards:
            self._cards[name] = VirtualCard(self.office.municipality.persona(name), os.urandom, manner)
        self.puts(self._cards[name])

    def puts(self, card: VirtualCard) -> None:
        """Lays any card on the reader."""
        self.office.slot.insert(card)
        if self.office.on_board:
            self.office.around.put(Place.CARD_SLOT, card)
        if self._leaves_after is not None:
            self.office.slot.pull_after(self._leaves_after)
            self._leaves_after = None
        self.settles()

    def card(self, name: str) -> VirtualCard:
        """That card, as it was left."""
        return self._cards[name]

    def takes_card(self) -> None:
        """Takes the card off the reader."""
        self.office.slot.pull()
        self.office.around.take(Place.CARD_SLOT)
        self.settles()

    def leaves_after(self, answers: int) -> None:
        """After so many more answers the card will leave in the middle of the next command."""
        if self.office.slot.card is not None:
            self.office.slot.pull_after(answers)
        else:
            self._leaves_after = answers

    def types_pin(self, digits: str = PIN) -> None:
        """Four digits and 決定."""
        for digit in digits:
            self.kiosk.touched(PinTyped(self.kiosk.pad.press(int(digit))))
            self.settles()
        self.touches("primary")

    def inserts(self, *pieces: int) -> None:
        """Notes and coins, once the slots are open."""
        self.settles()
        for piece in pieces:
            assert self.office.cash.insert(piece), f"{piece} yen were not taken\n{self.story()}"
            self.settles()

    def takes(self, *places: Place) -> list[object]:
        """What lies there."""
        things = [thing for place in places for thing in self.office.around.take(place)]
        self.settles()
        return things

    def takes_everything(self) -> None:
        """Card, sheets, money and slip."""
        self.takes_card()
        self.takes(*Place)

    def waits(self, seconds: float) -> None:
        """Stands there."""
        self.office.time.run_for(seconds)

    def walks_away(self) -> None:
        """Leaves everything as it is."""
        self.office.around.leave()
        self.settles()

    # What a person does, several steps at a time

    def identifies(self, name: str = "tsuji-kengo", manner: Manner | None = None) -> None:
        """From the start screen to the first question."""
        self.arrives()
        self.touches("primary")
        self.puts_card(name, manner)
        self.sees("暗証番号を入れてください", "Enter your PIN")
        self.types_pin()
        self.sees("何に使いますか")

    def chooses(self, purpose: str = "pension") -> None:
        """From the first question to the confirmation, as the municipality suggests."""
        self.touches(f"purpose-{purpose}", "primary")
        if self.shows(at.Advised):
            self.touches("primary")
        if self.shows(at.ChooseOptions):
            self.touches("primary")
        self.sees("この内容で申し込みますか", "Is this what you want?")

    def orders(self) -> None:
        """From the confirmation to the money: the card leaves."""
        self.touches("primary")
        self.sees("カードをお取りください", "Take your card")
        self.takes_card()
        self.sees("お金を入れてください", "Insert cash")

    def pays(self, *pieces: int) -> None:
        """Puts money in, all that is asked for, and pays."""
        self.inserts(*(pieces or (1000,)))
        self.sees("お金がそろいました", "That is enough")
        self.touches("primary")

    def comes_to(self, scene: type[Scene], name: str = "tsuji-kengo") -> None:
        """The common journey up to that scene."""
        self.arrives()
        if scene is at.Start:
            return
        self.touches("primary")
        if scene is at.AwaitCard:
            return
        self.puts_card(name)
        steps: tuple[tuple[type[Scene], Callable[[], None]], ...] = (
            (at.EnterPin, self.types_pin),
            (at.ChoosePurpose, lambda: self.touches("purpose-pension", "primary")),
            (at.ChooseOptions, lambda: self.touches("primary")),
            (at.Confirm, lambda: self.touches("primary")),
            (at.TakeCard, self.takes_card),
            (at.Pay, self.pays),
            (at.Printing, lambda: None),
            (at.TakeSheets, lambda: None),
        )
        for where, onward in steps:
            self._until(partial(self.shows, where), where.__name__)
            if where is scene:
                return
            onward()
        raise ValueError(f"the common journey knows no {scene.__name__}")

    def waits_while_it_works(self) -> None:
        """Until the terminal wants something of the person again, or says that it is over."""
        self._until(lambda: not isinstance(self.kiosk.state.scene, AT_WORK), "the terminal")

    # What a person reads

    def shows(self, scene: type[Scene]) -> bool:
        """Whether this scene is on."""
        return isinstance(self.kiosk.state.scene, scene)

    def sees(self, japanese: str, english: str | None = None) -> None:
        """Reads this sentence, now or soon; the same screen in English says the other one."""
        self._until(lambda: self._reads(japanese, Language.JAPANESE), f"「{japanese}」")
        if english is not None:
            assert self._reads(english, Language.ENGLISH), f"“{english}” is not on the screen\n{self.story()}"

    def reads(self, sentence: str) -> None:
        """Reads this sentence in the language that the person chose, now or soon."""
        self._until(
            lambda: (
                in_one_piece(sentence)
                in words(self.kiosk.state, self.office.now(), by_desk=self.kiosk.by_desk, site=self.office.shown)
            ),
            f"「{sentence}」",
        )

    def sees_not(self, *sentences: str) -> None:
        """Reads none of these, in neither language."""
        for language in (Language.JAPANESE, Language.ENGLISH):
            for sentence in sentences:
                assert not self._reads(sentence, language), f"「{sentence}」 is on the screen\n{self.story()}"

    def is_told(self, what: Said, money: Said | None, to_do: Said) -> None:
        """The screen says what happened, what about the money (where any could have been taken), and what to do."""
        for said in (what, money, to_do):
            if said is not None:
                self.sees(*said)

    def says_what_to_do(self) -> None:
        """The screen says in both languages where to go, or that another try helps."""
        for language, ways in WAYS_OUT.items():
            assert any(self._reads(way, language) for way in ways), self.story()

    def reads_slip(self, *sentences: str) -> None:
        """The last slip that came out says this."""
        self.settles()
        assert self.office.slips, f"no slip came out\n{self.story()}"
        strips = read_strips(self.office.slips[-1], SLIP_DOTS)
        text = in_one_piece("".join(strip.text for strip in strips)).replace("\t", "")
        for sentence in sentences:
            assert in_one_piece(sentence) in text, f"「{sentence}」 is not on the slip:\n{text}"

    # What happens meanwhile

    def settles(self) -> None:
        """Everything that takes no time."""
        self.office.time.run_for(0)

    def power_fails(self) -> None:
        """The kiosk stops in the middle of whatever it does. Devices keep what they hold; slots close."""
        self.kiosk.cut()
        self.office.cash.inhibit()

    def power_returns(self) -> None:
        """The kiosk starts anew, with the journal it left."""
        self.kiosk = Kiosk(self.office, self._shown)
        self.settles()

    # How it ends

    def ends_at_start(self) -> None:
        """The next one may come: the start screen is up in Japanese, nothing lies about, nothing was lost."""
        self._until(lambda: self.shows(at.Start), "the start screen")
        assert self.kiosk.state.presentation == Presentation()
        self.sees("証明書が取れます", "certificates")
        self._until(lambda: self.office.around.shown in (Lamp.READY, Lamp.OFF), "the lamp")
        assert not self.office.around.occupied() - {Place.RECEIPT_SLOT}
        self.nothing_is_lost()

    def ends_closed(self, *reasons: OutOfService, says: Said) -> None:
        """Nobody is served, for exactly these reasons, and the screen says so. What a server that is away was not told
        yet is not lost: it waits in the journal."""
        self._until(lambda: self.kiosk.state.scene == at.Closed(frozenset(reasons)), f"closed for {reasons}")
        self.sees(*says)
        self._until(lambda: self.office.around.shown in (Lamp.FAULT, Lamp.ATTENTION), "the lamp")
        if OutOfService.SERVER_AWAY not in reasons:
            self.nothing_is_lost()

    def nothing_is_lost(self) -> None:
        """Money, documents and namespaces are where they must be."""
        self._until(lambda: not self.kiosk.journal.waiting(), "the server to take the outcome")
        truth.money_is_conserved(self.office, self.kiosk, self.ledger_before)
        truth.everything_issued_is_accounted_for(self.office, self.ledger_before)
        truth.nothing_is_left_of_the_visit(self.office, self.kiosk)

    @property
    def declined(self) -> DeclineReason | RefusalReason | None:
        """Why the card or order on the screen is declined."""
        scene = self.kiosk.state.scene
        return scene.reason if isinstance(scene, at.Declined | at.OfferEnrolment) else None

    @property
    def issued(self) -> int:
        """How many documents stand in the ledger because of this journey."""
        return len(self.office.issued_since(self.ledger_before))

    @property
    def delivered(self) -> int:
        """How many documents came out whole."""
        return len(truth.whole_documents(self.office))

    def story(self) -> str:
        """What the screens showed."""
        now = words(self.kiosk.state, self.office.now(), by_desk=self.kiosk.by_desk, site=self.office.shown)
        return "\n".join((*self.told, f"now: {now}", f"in English: {self._english()}", *self.office.faults))

    def _english(self) -> str:
        return words(self.kiosk.state, self.office.now(), Language.ENGLISH, self.kiosk.by_desk, site=self.office.shown)

    def _reads(self, sentence: str, language: Language) -> bool:
        return in_one_piece(sentence) in words(
            self.kiosk.state, self.office.now(), language, self.kiosk.by_desk, site=self.office.shown
        )

    def _until(self, happened: Callable[[], bool], what: str) -> None:
        try:
            self.office.time.run(happened, PATIENCE_S)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}\n{self.story()}") from None

    def _shown(self, terminal: Terminal) -> None:
        if terminal.scene != self._last:
            self._last = terminal.scene
            self.told.append(f"{self.office.time.now:8.2f}  {type(terminal.scene).__name__}")
            if isinstance(terminal.scene, at.Declined | at.OfferEnrolment):
                self.office.municipality.told.append(terminal.scene.reason)


@contextmanager
def a_journey(
    municipality: Municipality,
    folder: Path,
    *,
    code: str = MUNICIPALITY,
    terminal: str = TERMINAL,
    opens: datetime = TODAY,
    reader: CardReader | None = None,
    pages: PagePrinter | None = None,
    slips: SlipPrinter | None = None,
    neighbour: Municipality | None = None,
    printer_profile: str = USUAL.profile_id,
    separate: bool = False,
    on_board: bool = False,
    takes_cashless: bool = False,
) -> Iterator[Journey]:
    """A journey at a terminal of its own, with real devices where some are given. Afterwards the municipality is as
    before."""
    office = PostOffice(
        municipality,
        folder,
        code,
        terminal,
        opens,
        reader,
        pages,
        slips,
        neighbour,
        printer_profile=printer_profile,
        separate=separate,
        on_board=on_board,
        takes_cashless=takes_cashless,
    )
    journey = Journey(office)
    try:
        yield journey
    finally:
        journey.kiosk.cut()
        for line in office.wires.values():
            line.close()
        for each in office.municipalities:
            each.press.alter = unaltered
            each.close_alarms()
