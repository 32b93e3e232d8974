"""A resident at the kiosk who looks at the screen and does what it says, after a moment; some do other things too."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import PIN
from hardware.sensors.model import Place
from kiosk.flow import scenes as at
from kiosk.flow import touches as touch
from kiosk.flow.scenes import Scene
from kiosk.flow.touches import Key, Pressed, Touch
from koufu.evidence.words import Scope
from tests.support.sim_world import World

MOMENT_S = 1.0
LONGEST_S = 1200.0
"""Nobody stays longer, whatever the screen says."""
CANCEL = (Pressed(Key.CANCEL), Pressed(Key.CANCEL_YES))


@dataclass(frozen=True)
class Wish:
    """What somebody came for: purposes one after the other, copies of the first, and what they pay with. `covers`: they
    pay cashless where that is offered, and this says of each try whether it is covered; after those it is cash."""

    purposes: tuple[str, ...] = ("pension",)
    copies: int = 1
    members: bool = False
    pieces: tuple[int, ...] = (1000,)
    wrong_pins: int = 0
    covers: tuple[bool, ...] = ()

    @property
    def documents(self) -> int:
        """How many."""
        return len(self.purposes) - 1 + self.copies


@dataclass
class Person:
    """`mischief` is asked before every deed and may do something else instead (then it returns True)."""

    world: World
    resident: str
    card: VirtualCard
    wish: Wish = field(default_factory=Wish)
    mischief: Callable[["Person", Scene], bool] = lambda _person, _scene: False
    pace: Callable[[], float] = lambda: MOMENT_S
    sheets: list[object] = field(default_factory=list)
    money: list[int] = field(default_factory=list)
    put_in: int = 0

    def __post_init__(self) -> None:
        self.here = False
        self.done = False
        self.has_card = True
        self._seen: Scene | None = None
        self._chosen = 0
        self._copies = self.wish.copies
        self._wrong = self.wish.wrong_pins
        self._covers = list(self.wish.covers)
        self.wrongly_typed = 0
        self.tries_at_first = self.tries_left
        self.world.people.append(self)
        self._paid = 0
        self._began = False
        self._patience = 3

    @property
    def tries_left(self) -> int:
        """Of the card's PIN."""
        return self.card.tries_left

    def arrive(self) -> None:
        """Walks up to the terminal."""
        self.here = True
        self.world.surroundings.arrive()
        self.world.watchers.append(self._look)
        self._seen = None
        self.world.time.after(LONGEST_S, self.leave)
        self._look()

    def leave(self) -> None:
        """Walks away, with what is in hand."""
        if self.here:
            self.here, self.done = False, True
            self.world.watchers.remove(self._look)
            self.world.surroundings.leave()

    def touch(self, *touches: Touch) -> None:
        for each in touches:
            self.world.kiosk.put(each)

    def take_everything(self) -> None:
        """All that lies there, and the card if it is the own one."""
        self.sheets += self.world.surroundings.take(Place.SHEET_TRAY)
        self.money += [yen for yen in self.world.surroundings.take(Place.CHANGE_TRAY) if isinstance(yen, int)]
        self.world.surroundings.take(Place.RECEIPT_SLOT)
        self.pull_card()

    def pull_card(self) -> None:
        if self.world.on_reader == self.resident:
            self.world.take_card()
            self.has_card = True

    def put_card(self) -> None:
        lost = self.world.on_reader == self.resident
        if (self.has_card or lost) and self.world.reader.card is None:
            self.has_card = False
            self.world.put_card(self.resident, self.card)

    def _look(self) -> None:
        scene = self.world.scene
        overlay = isinstance(self.world.state.overlay, at.IdleWarning)
        if scene != self._seen or overlay:
            self._seen = scene
            self.world.time.after(self.pace(), lambda: self._act(scene))

    def _act(self, scene: Scene) -> None:
        if not self.here or scene != self.world.scene or not self.world.kiosk.alive:
            return
        if self.mischief(self, scene):
            return
        if isinstance(self.world.state.overlay, at.IdleWarning):
            self._patience -= 1
            if self._patience < 0:
                self.leave()
                return
            self.touch(Pressed(Key.DISMISS))
        self._do(scene)

    def _do(self, scene: Scene) -> None:
        match scene:
            case at.Start():
                if self._began:
                    self.take_everything()
                    self.leave()
                else:
                    self._began = True
                    self.put_card()
            case at.AwaitCard():
                self.put_card()
            case at.EnterPin():
                self._type_pin()
            case at.Advised() | at.WarnNumber():
                self.touch(Pressed(Key.PRIMARY))
            case at.ChoosePurpose() | at.ChooseMatter() | at.ChooseOptions() | at.ChooseMembers() | at.Confirm():
                self._choose(scene)
            case at.TakeCard():
                self.pull_card()
            case at.ChooseMeans() | at.Present():
                self._pay_without_cash(scene)
            case at.Pay():
                self._pay(scene)
            case at.TakeSheets() | at.Declined() | at.Fault():
                self.take_everything()
                self.touch(Pressed(Key.PRIMARY))
                self.leave()
            case at.TakeBelongings() | at.Closed():
                self.take_everything()
                self.leave()
            case _:
                pass

    def _type_pin(self) -> None:
        pad = self.world.kiosk.pad
        wrong, self._wrong = self._wrong > 0, self._wrong - 1
        self.wrongly_typed += wrong
        for digit in "9876" if wrong else PIN:
            self.touch(touch.PinTyped(pad.press(int(digit))))
        self.touch(Pressed(Key.PRIMARY))

    def _choose(self, scene: Scene) -> None:
        visit = self.world.state.visit
        assert visit is not None
        match scene:
            case at.ChoosePurpose():
                purposes = self.wish.purposes
                code = purposes[min(self._chosen, len(purposes) - 1)]
                self._chosen += 1
                self.touch(touch.PurposeChosen(code), Pressed(Key.PRIMARY))
            case at.ChooseMatter(line):
                offered = visit.offer.of(line.kind) if visit.offer is not None else None
                had = [matter for matter in offered.matters if matter.refusal is None] if offered is not None else []
                self.touch(*(touch.MatterChosen(matter.reference) for matter in had[:1]), Pressed(Key.PRIMARY))
            case at.ChooseOptions():
                scope = (touch.ScopeChosen(Scope.MEMBERS),) if self.wish.members else ()
                self.touch(*scope, Pressed(Key.PRIMARY))
            case at.ChooseMembers(line):
                members = visit.offer.people(line.kind) if visit.offer is not None else ()
                toggles = [touch.MemberToggled(member.reference) for member in members[:2]]
                self.touch(*toggles, Pressed(Key.PRIMARY))
            case _ if self._copies > 1:
                self._copies -= 1
                self.touch(touch.CopiesChanged(0, 1))
            case _ if len(visit.basket) < len(self.wish.purposes):
                self.touch(Pressed(Key.ADD_LINE))
            case _:
                self.touch(Pressed(Key.PRIMARY))

    def _pay_without_cash(self, scene: at.ChooseMeans | at.Present) -> None:
        if isinstance(scene, at.ChooseMeans):
            wanted = Key.CASHLESS if self._covers else Key.CASH
            no_cash = wanted is Key.CASH and not self.world.state.takes_cash
            self.touch(*(CANCEL if no_cash else (Pressed(wanted),)))
        elif not scene.stopping:
            self.world.payment.present(covered=self._covers.pop(0) if self._covers else False)

    def _pay(self, scene: at.Pay) -> None:
        visit = self.world.state.visit
        assert visit is not None
        if scene.held >= visit.fee:
            self.touch(Pressed(Key.PRIMARY))
        elif scene.accepted:
            piece = self.wish.pieces[self._paid % len(self.wish.pieces)]
            self._paid += 1
            if self.world.disk.insert(piece, self.world.cash.insert):
                self.put_in += piece
            else:
                self.touch(Pressed(Key.RETURN_MONEY))


def hurried_or_slow(chance: random.Random) -> Callable[[], float]:
    """Somebody who takes between a moment and half a minute."""
    return lambda: chance.choice((0.3, 1.0, 1.0, 2.0, 5.0, 25.0))
