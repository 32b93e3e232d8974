"""A hand-over between two events: one frozen value, which the desk puts aside and takes up. Its `repr` holds nothing of
a person, and it never holds a PIN."""

from dataclasses import dataclass, field, replace

from hardware.card.model import Usage
from kiosk.counter.documents import Document
from kiosk.counter.hand_over.effects import Doing
from kiosk.counter.hand_over.scenes import (
    Begin,
    ByEye,
    Closing,
    Comparing,
    Find,
    ReadingCard,
    Scene,
    Setting,
    Typing,
    Weak,
)
from kiosk.counter.hand_over.values import Brought, Waiting
from kiosk.counter.hand_over.words import ALONE, NOTHING_TO_SET, Coming, OldCard, PinSetting
from kiosk.counter.pins import BoardWay, Part, PinAsk
from kiosk.counter.staff import Staff


@dataclass(frozen=True, slots=True)
class Flight:
    """What is on its way to the server. `away`: it did not answer; the same is sent again."""

    number: int
    doing: Doing
    away: bool = False


@dataclass(frozen=True, slots=True)
class HandOverCase:
    """One hand-over. `offered` is what the server said would support the case; `pins` in which ways the PINs may be
    set, empty before whoever came is admitted; `todo` what the server is still to be told."""

    number: int
    staff: Staff
    scene: Scene = field(default_factory=Begin)
    coming: Coming | None = None
    search: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What was typed to find the card."""
    waiting: Waiting | None = None
    why: str = field(default="", repr=False)
    """Why the person could not come: it says much of them."""
    flags: frozenset[str] = frozenset()
    brought: frozenset[str] = field(default=frozenset(), repr=False)
    offered: tuple[str, ...] = field(default=(), repr=False)
    of_holder: tuple[Document, ...] = field(default=(), repr=False)
    of_taker: tuple[Document, ...] = field(default=(), repr=False)
    pins: tuple[PinSetting, ...] = ()
    pin_setting: PinSetting | None = None
    old_card: OldCard | None = None
    asks: tuple[PinAsk, ...] = ()
    """PINs still to be typed."""
    todo: tuple[Doing, ...] = ()
    flight: Flight | None = None
    flights: int = 0
    way: BoardWay = BoardWay.KEYS
    """How somebody types on the resident's window."""
    card_present: bool = False
    over: bool = False

    @property
    def holdable(self) -> bool:
        """Not while the server works at it, a card lies there, or anything of a PIN is on a pad."""
        if self.card_present or (self.flight is not None and not self.flight.away):
            return False
        match self.scene:
            case ReadingCard() | Comparing() | ByEye() | Typing() | Weak() | Setting():
                return False
            case Begin(asking=busy) | Find(busy=busy):
                return not busy
            case _:
                return True

    @property
    def unsent(self) -> bool:
        """Whether the card bears its PINs, or has left, and the municipality does not know it yet."""
        return bool(self.todo) and isinstance(self.scene, Closing)

    @property
    def mark(self) -> str:
        """A short code: the application's, once it was found."""
        if self.waiting is None:
            return f"#{self.number}"
        number = self.waiting.application
        return f"{number[:4]}-{number[4:8]}".upper()

    @property
    def alone(self) -> bool:
        """Somebody came without the person."""
        return self.coming in ALONE

    @property
    def acts_for_another(self) -> bool:
        """Whoever came is not, or not only, the person."""
        return self.coming is not None and self.coming is not Coming.PERSON

    @property
    def from_form(self) -> bool:
        """The PINs stand on the sealed form: staff enter them at the clerk's side."""
        return self.pin_setting is PinSetting.SEALED_FORM

    @property
    def usages(self) -> tuple[Usage, ...]:
        """Whose PINs are set now."""
        if self.waiting is None or self.pin_setting in NOTHING_TO_SET:
            return ()
        borne = ((Usage.USER_AUTH, self.waiting.user_auth), (Usage.SIGNING, self.waiting.signing))
        return tuple(usage for usage, there in borne if there)

    def searched(self, name: str) -> str:
        """What was typed in a field of the search."""
        return dict(self.search).get(name, "")

    def all_asks(self) -> tuple[PinAsk, ...]:
        """Every PIN, each twice."""
        return tuple(PinAsk(usage, part) for usage in self.usages for part in (Part.NEW, Part.AGAIN))

    def judged(self) -> Brought:
        """What the server judges."""
        assert self.coming is not None, "who came is asked first"
        return Brought(
            coming=self.coming.value,
            case=self.why if self.alone else "",
            flags=self.flags,
            brought=self.brought,
            of_holder=self.of_holder,
            of_taker=self.of_taker if self.acts_for_another else (),
        )


def at(case: HandOverCase, scene: Scene) -> HandOverCase:
    """In another scene."""
    return replace(case, scene=scene)


def not_admitted(case: HandOverCase) -> HandOverCase:
    """Something that was judged changed: it is to be judged anew."""
    return replace(case, pins=(), pin_setting=None)
