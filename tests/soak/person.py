"""The people who use a kiosk that is soaked: each looks at the screen once it is painted, and touches one real key.
What nobody planned (a fault, a warning) they answer as anybody would, and staff put right what broke."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from hardware.cash.model import CashProblem
from hardware.sensors.model import Place
from hardware.voice.virtual import VirtualVoice
from kiosk.composition.devices import HOPPERS
from kiosk.demo.residents.script import PIN
from kiosk.demo.residents.walk import turn_to
from kiosk.flow import scenes
from kiosk.flow.scenes import Overlay, Scene
from kiosk.flow.state import Terminal
from kiosk.screens.fingers import NoSuchControl
from printers.model import PrinterProblem
from tests.soak.answers import Answers
from tests.soak.in_qml import focused_key
from tests.soak.shop import Shop
from tests.soak.visits import Leaving, Trouble, Visit

LOOKS_EVERY_MS = 3
"""Quicker than anybody: what a visit costs is the kiosk's work, not waiting for its person."""
PATIENCE_MS = 180_000
WRONG_PIN = "9999"
NOTE_YEN = 1000
PUTS_AGAIN_S = 3.0
"""A daemon sees a card within its polling time; whoever puts it there again at once is never seen."""
STANDS_STILL_MS = 1_200
AWAY_MS = 200
TRAY = 250

_WAITS = (
    scenes.ReadingCard,
    scenes.CheckingPin,
    scenes.ProvingOrder,
    scenes.Preparing,
    scenes.ReturningMoney,
    scenes.Releasing,
    scenes.Printing,
    scenes.TellingNumber,
)
"""Scenes in which a person can only wait."""


@dataclass(slots=True)
class _Progress:
    """How far somebody has come."""

    settings: list[str]
    wrong_pins: int
    begun: bool = False
    lines: int = 0
    copied: int = 0
    optioned: bool = False
    left: bool = False
    idle: bool = False
    heard: bool = False
    troubled: bool = False
    story: list[str] = field(default_factory=list)


class People:
    """Visits one after the other. `between` is called while nobody is there, after each visit, and says whether another
    one comes; `at_the_end` once none does, with what somebody waited for in vain."""

    def __init__(
        self,
        shop: Shop,
        answers: Answers,
        visits: Iterator[Visit],
        between: Callable[[Visit], bool],
        at_the_end: Callable[[str], None],
    ) -> None:
        self._shop, self._answers, self._visits = shop, answers, visits
        self._between, self._at_the_end = between, at_the_end
        self._looks = 0
        self._busy = False
        self._over = False
        self._put_at = 0.0
        self._visit = next(visits)
        self._so_far = self._fresh()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._patience = QTimer()
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._in_vain)

    def come(self) -> None:
        """The first one comes; the terminal must have been started."""
        self._timer.start(LOOKS_EVERY_MS)
        self._patience.start()

    def _fresh(self) -> _Progress:
        return _Progress(list(self._visit.settings), self._visit.wrong_pins)

    def _in_vain(self) -> None:
        story = " > ".join(self._so_far.story[-12:])
        self._end(f"{self._visit.name} waited at {type(self._shop.scene).__name__} ({self._visit}): {story}")

    def _end(self, why: str) -> None:
        self._over = True
        self._timer.stop()
        self._patience.stop()
        self._at_the_end(why)

    def _look(self) -> None:
        # Qt handles events while a key is pressed.
        if self._busy or self._over or self._answers.waiting:
            return
        self._busy = True
        if not isinstance(self._shop.scene, scenes.AwaitCard):
            self._put_at = 0.0
        try:
            self._act(self._shop.program.runner.state)
        except NoSuchControl as missing:
            self._so_far.story.append(str(missing))
        finally:
            self._busy = False

    # What they do

    def _touch(self, name: str) -> None:
        window = self._shop.program.window
        try:
            window.touch(name)
        except NoSuchControl:
            turn_to(window, name)
            window.touch(name)
        self._so_far.story.append(f"{type(self._shop.scene).__name__}:{name}")

    def _touch_first(self, *names: str) -> bool:
        """Whether any of them is there."""
        there = self._shop.program.window.controls()
        name = next((name for name in names if name in there), None)
        if name is not None:
            self._touch(name)
        return name is not None

    def _touch_one(self, beginning: str) -> None:
        """One of the keys of this page whose names begin so."""
        there = [name for name in self._shop.program.window.controls() if name.startswith(beginning)]
        if there:
            self._touch(there[self._visit.draw % len(there)])

    def _enter(self, name: str) -> None:
        """Moves to a key with Tab and presses Return, as on a tactile keypad; else by finger."""
        view = self._shop.program.window.view
        view.requestActivate()
        for _ in range(12):
            if focused_key(view) == name:
                QTest.keyClick(view, Qt.Key.Key_Return)
                self._so_far.story.append(f"Return:{name}")
                return
            QTest.keyClick(view, Qt.Key.Key_Tab)
        self._touch(name)

    def _go_on(self, name: str = "primary") -> None:
        if self._visit.keyboard:
            self._enter(name)
        else:
            self._touch(name)

    def _act(self, state: Terminal) -> None:
        so_far, scene = self._so_far, state.scene
        if isinstance(scene, scenes.Start) and so_far.begun and state.visit is None:
            self._leaves()
            return
        if state.overlay is not None:
            self._answer(state.overlay)
            return
        if isinstance(scene, _WAITS) or (so_far.idle and not isinstance(scene, (scenes.TakeBelongings, scenes.Closed))):
            return
        if not so_far.left and self._visit.at is not None and isinstance(scene, self._visit.at):
            so_far.left = True
            if self._leave():
                return
        self._serve_oneself(scene)

    def _leave(self) -> bool:
        """What they do instead of going on; whether that is all for now."""
        match self._visit.leaving:
            case Leaving.CANCELS:
                self._touch_first("cancel", "back")
            case Leaving.GOES_IDLE:
                self._so_far.idle = True
            case Leaving.PULLS:
                self._shop.slot.pull()
            case Leaving.CALLS_STAFF:
                self._touch("staff")
            case Leaving.WALKS_AWAY:
                self._shop.things.around.take(Place.CHANGE_TRAY)
                self._shop.things.around.leave()
                self._so_far.idle = True
            case None:
                return False
        self._so_far.story.append(f"{type(self._shop.scene).__name__}:{self._visit.leaving}")
        return True

    def _answer(self, overlay: Overlay) -> None:
        match overlay:
            case scenes.IdleWarning() if self._so_far.idle:
                pass
            case scenes.IdleWarning():
                self._touch("primary")
            case scenes.AskCancel():
                self._touch("cancel-yes")
            case scenes.Languages():
                self._touch("language-en")
            case scenes.SeeingAndHearing() | scenes.StaffCalled():
                self._touch_first("back", "primary")

    def _serve_oneself(self, scene: Scene) -> None:  # noqa: C901 - a table
        shop, things = self._shop, self._shop.things
        match scene:
            case scenes.Start():
                self._start()
            case scenes.PlugIn(missing=missing):
                if missing:
                    things.headphones.plug()
                    self._touch("primary")
            case scenes.AwaitCard():
                self._put_card()
            case scenes.EnterPin():
                self._type_pin(scene)
            case scenes.NumberReady():
                self._touch("back" if self._so_far.heard else "primary")
                self._so_far.heard = True
            case (
                scenes.ChoosePurpose()
                | scenes.Advised()
                | scenes.ChooseKind()
                | scenes.ChooseMatter()
                | scenes.ChooseOptions()
                | scenes.ChooseMembers()
                | scenes.WarnNumber()
            ):
                self._choose(scene)
            case scenes.Confirm():
                self._confirm()
            case scenes.TakeCard():
                shop.slot.pull()
            case scenes.Pay():
                self._pay(scene)
            case scenes.TakeSheets(waiting=waiting) if not waiting:
                self._go_on()
            case scenes.TakeSheets() | scenes.TakeBelongings():
                shop.slot.pull()
                things.take_everything()
            case scenes.Declined() | scenes.Fault():
                self._put_right()
                self._touch_first("primary")
            case scenes.Closed():
                self._put_right()
                things.around.arrive()
                self._so_far.begun = True
            case _:
                self._so_far.story.append(f"nobody knows what to do at {scene}")
                self._in_vain()

    def _start(self) -> None:
        so_far = self._so_far
        if so_far.settings:
            # After a fault of it the voice is not offered until it was looked at: whoever needs it waits for it.
            setting = so_far.settings[-1]
            if self._touch_first(*(("language-en", "languages") if setting == "english" else (setting,))):
                so_far.settings.pop()
            return
        if self._visit.trouble is Trouble.DOOR_OPEN and not so_far.troubled:
            so_far.troubled = True
            self._shop.things.around.open_door()
            return
        if self._visit.hears_number and not self._shop.program.runner.state.presentation.voice:
            return
        if self._visit.hears_number:
            self._touch("hear-number")
        else:
            self._go_on()
        so_far.begun = True

    def _put_card(self) -> None:
        slot, things, trouble = self._shop.slot, self._shop.things, self._breaks_now()
        if trouble is Trouble.READER_AWAY and things.slot is not None:
            things.slot.lose()
            QTimer.singleShot(AWAY_MS, things.slot.restore)
            return
        if trouble is Trouble.SLOW_CARD:
            slot.slow(0.1)
        elif trouble is Trouble.NO_SOUND:
            self._steer_sound(on=False)
        elif trouble is Trouble.SENSORS_SILENT:
            things.around.fall_silent()
        now = time.monotonic()
        if not self._shop.program.runner.state.card_present and now - self._put_at > PUTS_AGAIN_S:
            self._put_at = now
            slot.insert(things.card(self._visit.card))

    def _breaks_now(self) -> Trouble | None:
        if self._so_far.troubled:
            return None
        self._so_far.troubled = True
        return self._visit.trouble

    def _steer_sound(self, *, on: bool) -> None:
        voice = self._shop.things.voice
        if isinstance(voice, VirtualVoice):
            (voice.plug if on else voice.unplug)()

    def _type_pin(self, scene: scenes.EnterPin) -> None:
        wanted = WRONG_PIN if self._so_far.wrong_pins else PIN
        if scene.digits < len(PIN):
            self._touch(f"digit-{wanted[scene.digits]}")
            return
        self._so_far.wrong_pins = max(0, self._so_far.wrong_pins - 1)
        self._go_on()

    def _choose(self, scene: Scene) -> None:
        visit, so_far = self._visit, self._so_far
        kind = visit.kinds[min(so_far.lines, len(visit.kinds) - 1)] if visit.kinds else None
        match scene:
            case scenes.ChoosePurpose() if kind is not None:
                self._touch("by-name")
            case scenes.ChoosePurpose(chosen=None):
                self._touch_one("purpose-")
            case scenes.ChooseKind(chosen=chosen) if chosen is None or (kind is not None and chosen is not kind):
                if kind is None:
                    self._touch_one("kind-")
                else:
                    self._touch(f"kind-{kind.value}")
            case scenes.ChooseMatter(line=line) if not line.matter:
                self._touch_one("matter-")
            case scenes.ChooseOptions() if not so_far.optioned:
                so_far.optioned = True
                self._touch_one("show-" if visit.draw % 2 else "scope-")
            case scenes.ChooseMembers(line=line) if not line.members:
                self._touch_one("member-")
            case _:
                self._touch("primary")

    def _confirm(self) -> None:
        visit, so_far = self._visit, self._so_far
        if so_far.copied + 1 < visit.copies:
            so_far.copied += 1
            self._touch("more-0")
            return
        if so_far.lines + 1 < len(visit.kinds):
            so_far.lines += 1
            so_far.optioned = False
            self._touch("add-line")
            return
        match self._visit.trouble if not so_far.troubled else None:
            case Trouble.JAM:
                self._shop.things.pages.jam_after(0)
            case Trouble.PAPER_OUT:
                self._shop.things.pages.refill(0)
            case Trouble.SLIP_JAM:
                self._shop.things.slips.fail_in_next_slip(PrinterProblem.JAM)
            case Trouble.CARD_LEAVES_IN_COMMAND:
                self._shop.slot.pull_after(0)
            case Trouble.SERVER_STANDS_STILL:
                self._shop.server.pause()
                QTimer.singleShot(STANDS_STILL_MS, self._shop.server.resume)
            case _:
                pass
        self._go_on()

    def _pay(self, scene: scenes.Pay) -> None:
        things = self._shop.things
        if scene.accepted:
            match self._visit.trouble:
                case Trouble.NOTE_STUCK if not self._so_far.left:
                    self._so_far.left = True
                    things.cash.jam_on_next_insert()
                case Trouble.PAYOUT_STUCK if not self._so_far.left:
                    self._so_far.left = True
                    things.cash.fail_payout_after(1)
            things.cash.insert(NOTE_YEN)
            return
        self._touch_first("primary")

    # Staff, and the end

    def _put_right(self) -> None:
        things, slot = self._shop.things, self._shop.slot
        slot.pull()
        slot.slow(0)
        if things.slot is not None:
            things.slot.restore()
        for problem in CashProblem:
            things.cash.mend(problem)
        for fault in PrinterProblem:
            things.pages.mend(fault)
            things.slips.mend(fault)
        things.pages.refill(TRAY)
        things.around.speak_again()
        things.around.shut_door()
        self._steer_sound(on=True)
        things.headphones.unplug()
        things.take_everything()
        if not things.cash.state().held:
            # A full float, and the box is emptied.
            things.cash.put_back(replace(things.cash.contents(), hoppers=dict(HOPPERS), box=()))

    def _leaves(self) -> None:
        """The visit is over. What virtual devices remember of it, no device would."""
        things = self._shop.things
        self._put_right()
        things.around.arrive()
        things.pages.delivered.clear()
        things.slips.printed.clear()
        del things.around.lamps[:-1]
        things.headphones.heard.clear()
        if isinstance(things.voice, VirtualVoice):
            things.voice.said.clear()
        card = things.cards.get(self._visit.card)
        if card is not None and card.tries_left == 0:
            del things.cards[self._visit.card]
        self._patience.start()
        if not self._between(self._visit):
            self._end("")
            return
        self._visit = next(self._visits)
        self._so_far = self._fresh()
